"""Documents from the command line: what is selected, for whom, and what is said where nothing can be printed."""

import pytest

from izsa_desktop.reports.templates import FILES
from tests.cli.driver import Izsa, NoScreenEngine
from tests.reports.printer import PlainPrinter
from tests.usecases.line import Line

WELL = {"title": "Çeşme", "title_en": "Fountain", "goals": ["6"], "status": "fikir", "contact": "su@example.org"}


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> PlainPrinter:
    made = PlainPrinter()
    monkeypatch.setattr(NoScreenEngine, "renderer", lambda _self: made)
    return made


def test_sheets_are_of_what_is_named_or_selected(izsa: Izsa, line: Line, printer: PlainPrinter) -> None:
    [first, _second] = izsa.add(line.bornova, WELL, {"title": "Park", "goals": ["11"]})
    file = line.folder / "s.pdf"
    ended = izsa("--data", line.bornova, "sheet", first, "-o", file)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [f"Written: {file}", "1 project written."]
    izsa("--data", line.bornova, "sheet", "--goal", "11", "-o", file)
    izsa("--data", line.bornova, "sheet", "-o", file, "--internal", "--untagged", "--language", "both")
    one, chosen, everything = printer.printed
    assert ("Fountain" in one, "Park" in one, "mark:" in one) == (True, False, True)
    assert ("Çeşme" in chosen, "Park" in chosen) == (False, True)
    assert everything.count("<article") == 4
    assert "mark:" not in everything
    assert "su@example.org" in everything
    assert "su@example.org" not in one


def test_nothing_selected_is_a_sentence_and_no_file(izsa: Izsa, line: Line, printer: PlainPrinter) -> None:
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


def test_documents_of_a_district(izsa: Izsa, line: Line, printer: PlainPrinter) -> None:
    file = line.folder / "d.pdf"
    assert izsa("--data", line.bornova, "document", "coaching", "-o", file).code == 0
    assert izsa("--data", line.bornova, "document", "agenda", "-o", file, lang="tr").code == 0
    assert izsa("--data", line.bornova, "document", "joint", "yok", "-o", file).code == 1
    assert "Coaching report" in printer.printed[0]
    assert "Toplantı gündemi" in printer.printed[1]


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
