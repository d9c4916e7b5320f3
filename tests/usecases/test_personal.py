"""What is personal, declared once in ``domain.fields``, is in nothing that outsiders read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from izsa_desktop.bundle.file import revision_lines
from izsa_desktop.domain.fields import FIELDS as ALL_FIELDS
from izsa_desktop.domain.fields import FieldSpec, Kind, public
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import mapping, projects, sheets
from izsa_desktop.usecases.cells import COLUMNS
from izsa_desktop.usecases.exporting import export_found
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.support import FIELDS
from tests.usecases.line import Line, export

CANARY = "kanarya"
TITLE = "Açık proje adı"


def marked(specs: tuple[FieldSpec, ...], value: Any, path: str = "") -> Any:
    """The value with a word of its own in every personal part, rows included."""
    changes: dict[str, Any] = {}
    for spec in specs:
        where = f"{path}{spec.name}"
        if spec.personal:
            assert spec.kind is Kind.TEXT, "give this test a value for a personal field of another kind"
            changes[spec.name] = f"{CANARY} {where}"
        elif spec.row is not None:
            rows = getattr(value, spec.name)
            assert rows, "the project of the tests fills every list"
            changes[spec.name] = tuple(marked(spec.row.attributes, row, f"{where}.") for row in rows)
    return (structs.replace if isinstance(value, ProjectFields) else replace)(value, **changes)


def personal(specs: tuple[FieldSpec, ...]) -> Iterator[FieldSpec]:
    for spec in specs:
        if spec.personal:
            yield spec
        if spec.row is not None:
            yield from personal(spec.row.attributes)


PROJECT: ProjectFields = structs.replace(marked(ALL_FIELDS, FIELDS), title=TITLE)


def sheet(workplace: Workplace, ids: list[str]) -> str:
    return sheets.sheets_html(workplace, ids)


def on_the_map(workplace: Workplace, _ids: list[str]) -> str:
    return mapping.map_data(workplace, projects.list_projects(workplace)).to_json().decode()


def as_table(workplace: Workplace, _ids: list[str]) -> str:
    target = workplace.folder.parent / "exported.csv"
    export_found(workplace, ProjectFilter(), COLUMNS, target)
    return target.read_text(encoding="utf-8-sig")


OUTSIDERS: list[Callable[[Workplace, list[str]], str]] = [sheet, on_the_map, as_table]
"""Everything that leaves the municipalities and the office: an export for others belongs into this list."""


def test_some_fields_are_personal_and_each_is_marked() -> None:
    names = [spec.name for spec in personal(ALL_FIELDS)]
    assert {"contact", "consent"} <= set(names)
    assert repr(PROJECT).count(CANARY) >= len(names)
    assert CANARY not in repr(public(PROJECT))
    assert public(PROJECT) == structs.replace(public(FIELDS), title=TITLE), "what is not personal stays"


@pytest.mark.parametrize("read", OUTSIDERS)
def test_nothing_personal_reaches_outsiders(line: Line, read: Callable[[Workplace, list[str]], str]) -> None:
    with open_workplace(line.bornova) as bornova:
        ids = projects.add_projects(bornova, [PROJECT])
        found = read(bornova, ids)
    assert TITLE in found
    assert CANARY not in found


def test_the_office_gets_it_and_nobody_else(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        projects.add_projects(bornova, [PROJECT])
    bundle = b"".join(revision_lines(export(line.bornova, line.folder / "b.izsa").read_bytes()))
    assert f"{CANARY} contact".encode() in bundle
