"""Texts that want to be more than texts, as a bundle may bring them: in the list, on the map, on the sheet."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.domain.errors import Malformed
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.text import visible
from izsa_desktop.reports.sheet import Printing, sheet_html
from izsa_desktop.usecases.workplace import open_workplace
from tests.reports.test_sheet import Page
from tests.support import make_revision
from tests.ui.web.sample import HOSTILE, project
from tests.ui.web.test_no_network import Counter
from tests.ui.window import OpenBench
from tests.usecases.line import Line, crafted, merge

BAD = re.compile(r"[\x00-\x08\x0b-\x1f]")
"""No bundle with such a text is taken in: see the next test."""


@pytest.fixture
def counter() -> Iterator[Counter]:
    made = Counter()
    yield made
    made.close()


def test_forty_of_them_are_texts_everywhere(
    bench: OpenBench, line: Line, tmp_path: Path, qtbot: QtBot, counter: Counter
) -> None:
    texts = [text.replace("izsa://app", f"http://127.0.0.1:{counter.port}") for text in HOSTILE if not BAD.search(text)]
    assert len(set(texts)) >= 40
    with open_workplace(line.bornova) as workplace:
        replica, district = workplace.identity.replica, workplace.identity.body
    revisions = [
        make_revision(
            to_registers(
                ProjectFields(title=text, purpose=text, district=district, location=Location(38.46, 27.22)), {}
            ),
            record=f"{district}/{n:032x}",
            replica=replica,
            seq=n,
        )
        for n, text in enumerate(texts, 1)
    ]
    assert merge(line.office, crafted(line.bornova, tmp_path / "b.izsa", revisions))[0].refusal is None
    b = bench(line.office, show=True)
    view = b.page.map.view
    qtbot.waitUntil(lambda: view.ready, timeout=20_000)
    qtbot.waitUntil(lambda: "…" not in b.shown_titles())
    assert sorted(b.shown_titles()) == sorted(map(visible, texts))
    page = view.page
    assert page is not None
    told: list[object] = []

    def ask() -> bool:
        page.page().runJavaScript("JSON.stringify([izsa.projects, izsa.districts, typeof window.pwn])", 0, told.append)
        return f'[{len(texts)},30,"undefined"]' in told

    qtbot.waitUntil(ask, timeout=30_000)
    assert page.locked_profile.interceptor.refused == []
    assert counter.silent()


@pytest.mark.parametrize("text", [text for text in HOSTILE if BAD.search(text)])
def test_a_bundle_with_control_characters_is_refused(line: Line, tmp_path: Path, text: str) -> None:
    with open_workplace(line.bornova) as workplace:
        replica, district = workplace.identity.replica, workplace.identity.body
    revision = make_revision({"title": text}, record=f"{district}/{1:032x}", replica=replica)
    [received] = merge(line.office, crafted(line.bornova, tmp_path / "b.izsa", [revision]))
    assert isinstance(received.refusal, Malformed)


@pytest.mark.parametrize("text", HOSTILE)
def test_on_the_sheet_they_add_nothing(text: str) -> None:
    here = Location(38.46, 27.22)
    plain, hostile = (
        Page(
            sheet_html(
                [project(1, said, here, purpose=said)], reference.load(), "tr", Printing(printed=date(2026, 11, 23))
            )
        )
        for said in ("Düz", text)
    )
    assert {tag for tag, _ in hostile.elements} == {tag for tag, _ in plain.elements}
    assert "pwn" not in "".join(str(attributes) for _, attributes in hostile.elements)
