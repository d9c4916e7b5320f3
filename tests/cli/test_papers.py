"""Documents from the command line: what is selected, for whom, and what is said where nothing can be printed."""

import pytest

from izsa_desktop.reports.templates import FILES
from tests.cli.driver import Izsa, NoScreenEngine
from tests.usecases.line import Line

WELL = {"title": "Çeşme", "title_en": "Fountain", "goals": ["6"], "status": "fikir", "contact": "su@example.org"}


class Printer(NoScreenEngine):
    """Keeps what it was to print."""

    printed: list[tuple[str, bool]]

    def __init__(self) -> None:
        self.printed = []

    def renderer(self) -> "Printer":
        return self

    def pdf(self, html: str, *, tagged: bool = True) -> bytes:
        self.printed.append((html, tagged))
        return b"%PDF-1.7"


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    made = Printer()
    monkeypatch.setattr(NoScreenEngine, "renderer", lambda _self: made)
    return made


def test_sheets_are_of_what_is_named_or_selected(izsa: Izsa, line: Line, printer: Printer) -> None:
    [first, _second] = izsa.add(line.bornova, WELL, {"title": "Park", "goals": ["11"]})
    file = line.folder / "s.pdf"
    ended = izsa("--data", line.bornova, "sheet", first, "-o", file)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [f"Written: {file}", "1 project written."]
    izsa("--data", line.bornova, "sheet", "--goal", "11", "-o", file)
    izsa("--data", line.bornova, "sheet", "-o", file, "--internal", "--untagged", "--language", "both")
    one, chosen, everything = printer.printed
    assert ("Fountain" in one[0], "Park" in one[0], one[1]) == (True, False, True)
    assert ("Çeşme" in chosen[0], "Park" in chosen[0]) == (False, True)
    assert everything[0].count("<article") == 4
    assert not everything[1]
    assert "su@example.org" in everything[0]
    assert "su@example.org" not in one[0]


def test_nothing_selected_is_a_sentence_and_no_file(izsa: Izsa, line: Line, printer: Printer) -> None:
    file = line.folder / "s.pdf"
    ended = izsa("--data", line.bornova, "sheet", "--query", "yokböyleşey", "-o", file)
    assert ended.code == 1
    assert "No project may stand in this document" in ended.err
    assert not file.exists()


def test_catalogue_lists_without_a_file_and_prints_with_one(izsa: Izsa, line: Line) -> None:
    assert izsa("--data", line.bornova, "catalogue", "--json").json == []
    izsa.add(line.bornova, WELL)
    ended = izsa("--data", line.bornova, "catalogue", "-o", line.folder / "k.pdf")
    assert ended.code != 0  # there is no engine
    assert not (line.folder / "k.pdf").exists()


def test_documents_of_a_district(izsa: Izsa, line: Line, printer: Printer) -> None:
    file = line.folder / "d.pdf"
    assert izsa("--data", line.bornova, "document", "coaching", "-o", file).code == 0
    assert izsa("--data", line.bornova, "document", "agenda", "-o", file, lang="tr").code == 0
    assert izsa("--data", line.bornova, "document", "joint", "yok", "-o", file).code == 1
    assert "Coaching report" in printer.printed[0][0]
    assert "Toplantı gündemi" in printer.printed[1][0]


def test_templates_are_written_and_checked(izsa: Izsa, line: Line) -> None:
    folder = line.folder / "t"
    assert izsa("--data", line.bornova, "templates", "export", "-o", folder).code == 0
    assert {file.name for file in folder.iterdir()} == {*FILES, "README.md"}
    good = izsa("--data", line.bornova, "templates", "check", folder)
    assert (good.code, good.lines) == (0, ["Nothing is wrong with the templates."])
    (folder / "sheet.html").write_text("{{ sheets }}\n{{ bütçe }}", encoding="utf-8")
    bad = izsa("--data", line.bornova, "templates", "check", folder)
    assert bad.code == 1
    assert "sheet.html, line 2: there is no such variable: bütçe" in bad.lines
    told = izsa("--data", line.bornova, "templates", "check", folder, "--json").json
    assert {"file": "sheet.html", "line": 2, "problem": "unknown_variable", "detail": "bütçe"} in told
    assert izsa("--data", line.bornova, "templates", "check", folder / "none").code == 1
