"""Templates of an office's own: what they may, what is told of them, what they are given."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop import resource_files
from izsa_desktop.domain.errors import BadTemplate
from izsa_desktop.i18n import Translator
from izsa_desktop.reports import catalogue, papers, sheet_rows, sheet_view
from izsa_desktop.reports.sheet import Printing, sheet_html
from izsa_desktop.reports.sheet_goals import GoalTile, Segment
from izsa_desktop.reports.sheet_maps import SheetMaps
from izsa_desktop.reports.sheet_material import Comment, Letterhead, Photo
from izsa_desktop.reports.sheet_view import SheetView
from izsa_desktop.reports.template_check import KNOWN, check
from izsa_desktop.reports.templates import FILES, Templates, shipped
from tests.reports.samples import FULL, REFERENCE, RICH

SHEET = '<html lang="{{ language }}"><title>{{ document_title }}</title>{% for sheet in sheets %}%s{% endfor %}</html>'
WHOLE = "{{ sheet.title }}{{ sheet.id }}{{ sheet.qr }}{{ sheet.revision }}{{ text.map_credit }}"


def own(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return tmp_path


def problems(folder: Path) -> list[tuple[str, int, str]]:
    return [(one.file, one.line, one.kind) for one in check(folder, REFERENCE)]


def sheet(inner: str) -> str:
    return SHEET.replace("%s", inner)


def test_the_programs_own_templates_are_good(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(shipped(name).read_bytes())
    assert check(tmp_path, REFERENCE) == []
    assert check(tmp_path / "none", REFERENCE) == []


def test_a_template_of_ones_own_is_used_instead(tmp_path: Path) -> None:
    folder = own(tmp_path, sheet_html=sheet("<h1>Kendi: {{ sheet.title }}</h1>"))
    html = sheet_html([FULL], REFERENCE, "tr", Printing(templates=Templates(folder)))
    assert f"<h1>Kendi: {FULL.fields.title}</h1>" in html
    assert "Kendi:" not in sheet_html([FULL], REFERENCE, "tr")


def test_style_sheets_of_ones_own_too(tmp_path: Path) -> None:
    folder = own(tmp_path, sheet_css="h1 { color: rebeccapurple }")
    assert "rebeccapurple" in sheet_html([FULL], REFERENCE, "tr", Printing(templates=Templates(folder)))


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        (WHOLE, []),
        (WHOLE + "\n{{ sheet.budget }}", [("sheet.html", 2, "unknown_variable")]),
        (WHOLE + "\n\n{{ bütçe }}", [("sheet.html", 3, "unknown_variable")]),
        (WHOLE + "\n{% if %}", [("sheet.html", 2, "syntax")]),
        (WHOLE.replace("{{ sheet.qr }}", ""), [("sheet.html", 0, "missing")]),
        (WHOLE.replace("{{ sheet.title }}", ""), [("sheet.html", 0, "missing")]),
        (WHOLE + '\n<img src="https://example.org/a.png"/>', [("sheet.html", 2, "remote")]),
        (WHOLE + "\n<script>alert(1)</script>", [("sheet.html", 2, "script")]),
        (WHOLE + '\n<p onclick="x()">', [("sheet.html", 2, "script")]),
        (WHOLE + "\n{{ sheet.purpose | safe }}", [("sheet.html", 2, "unsafe")]),
        (WHOLE + "\n{{ sheet.goals[0].name }}", [("sheet.html", 2, "fails")]),  # there need be no goal
        (WHOLE + "\n{{ ''.__class__ }}", [("sheet.html", 2, "fails")]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(inner: str, found: list[tuple[str, int, str]], tmp_path: Path) -> None:
    assert list(dict.fromkeys(problems(own(tmp_path, sheet_html=sheet(inner))))) == found


def test_the_folders_other_files(tmp_path: Path) -> None:
    folder = own(tmp_path, künye_html="x", base_css="@import '//example.org/a.css';", notes_txt="x")
    (folder / "report.html").write_bytes(b"\xff\xfe\x00")
    assert sorted(problems(folder)) == [
        ("base.css", 1, "remote"),
        ("künye.html", 0, "unknown_file"),
        ("report.html", 0, "unreadable"),
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "{{ yok }}",
        "{% if %}",
        "{{ sheet.title.__class__.__mro__ }}",
        "{% include '../../secret.html' %}",
        "{{ 1 / 0 }}",
    ],
)
def test_printing_with_a_bad_template_ends_with_a_sentence(inner: str, tmp_path: Path) -> None:
    folder = own(tmp_path, sheet_html=sheet(f"\n{inner}"))
    (tmp_path.parent / "secret.html").write_text("gizli", encoding="utf-8")
    with pytest.raises(BadTemplate) as caught:
        sheet_html([FULL], REFERENCE, "tr", Printing(templates=Templates(folder)))
    assert (caught.value.file, caught.value.line) == ("sheet.html", 2) or "secret" in str(caught.value)
    assert Translator("tr").error(caught.value)


def test_texts_are_escaped_in_templates_of_ones_own(tmp_path: Path) -> None:
    folder = own(tmp_path, sheet_html=sheet("<p>{{ organisation }}</p>"))
    printing = Printing(templates=Templates(folder), letterhead=Letterhead(organisation="<b>x</b>"))
    assert "<p>&lt;b&gt;x&lt;/b&gt;</p>" in sheet_html([FULL], REFERENCE, "tr", printing)


# --- the variables ---------------------------------------------------------------------------------------------------

README = resource_files.path("templates/README.md").read_text(encoding="utf-8")
VIEWS = (
    *(SheetView, SheetMaps, GoalTile, Segment, Photo, Comment),
    *(sheet_rows.IndicatorView, sheet_rows.Table, sheet_rows.BarView),
    *(papers.Report, papers.Block, catalogue.Cover, catalogue.Summary, catalogue.Dot, catalogue.Row, catalogue.Bar),
)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_part_of_a_variable_is_documented(view: Any) -> None:
    assert [field.name for field in fields(view) if f"`{field.name}`" not in README] == []


class Spy(Templates):
    """Remembers what templates are given."""

    given: dict[str, set[str]]

    def __init__(self) -> None:
        super().__init__()
        self.given = {}

    def render(self, name: str, variables: Any) -> str:
        self.given[name] = set(variables)
        return super().render(name, variables)


def test_every_variable_is_documented_and_known_to_the_check() -> None:
    spy = Spy()
    printing = Printing(printed=date(2026, 11, 23), templates=spy)
    sheet_html([RICH], REFERENCE, "tr", printing)
    papers.offer_html([RICH], REFERENCE, "tr", {}, printing=printing)
    papers.report_html(papers.Report(kind="a", title="b"), Translator("tr"), printing)
    empty = catalogue.Summary(matrix_heads=(), matrix=(), dots=(), balance=(), states=())
    cover = catalogue.Cover(kind="a", title="b", lines=())
    catalogue.catalogue([RICH], REFERENCE, "tr", cover=cover, summary=empty, printing=printing).html({})
    assert spy.given == {
        name: set(KNOWN[name]) for name in ("sheet.html", "offer.html", "report.html", "catalogue.html")
    }
    assert [name for name in set().union(*spy.given.values()) if f"`{name}`" not in README] == []


def test_every_sentence_and_name_is_documented() -> None:
    words = (*sheet_view.TEXTS, *sheet_view.FIELDS, *sheet_view.FIELDS_OF_THE_RECORD)
    assert [name for name in words if f"`{name}`" not in README] == []


def test_the_readme_names_the_files_and_no_variable_that_is_gone() -> None:
    assert [name for name in FILES if f"`{name}`" not in README] == []
    known = {field.name for view in VIEWS for field in fields(view)} | set().union(*KNOWN.values())
    rows = re.findall(r"^\| (`[^|]+) \|", README, flags=re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    assert named - known - _PARTS == set()


_PARTS = {"code", "frame", "land", "area", "borders", "own", "labels", "name", "x", "y"}
"""Of the drawings, which are no views of a template."""
