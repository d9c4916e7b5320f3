"""How much of the catalogue a bundle takes, and for whom it is."""

from pathlib import Path

import pytest

from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.sharing import shared_project
from izsa_desktop.usecases import catalogue, reviewing
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import make_revision
from tests.usecases.line import Line, enter, export
from tests.usecases.mail import take


@pytest.fixture
def office(line: Line, tmp_path: Path) -> Path:
    """With three approved projects of two districts; the last one was reviewed last."""
    ids = [*enter(line.konak, "Bir", "İki"), *enter(line.bayrakli, "Üç", "Onaysız")]
    take(line.office, export(line.konak, tmp_path / "k.izsa"), export(line.bayrakli, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        for id_ in ids[:3]:
            reviewing.review(office, id_, "onaylandı", "")
    return line.office


def told(office: Path, but: str) -> list[str]:
    with open_workplace(office) as workplace, workplace.store.reading() as reader:
        found = [shared_project(line) for line in catalogue.catalogue_lines(reader, but)]
    return sorted(one.fields.title for one in found if one)


def test_each_body_is_told_of_the_others_and_the_office_of_nobody(office: Path) -> None:
    assert told(office, "TUR035007") == ["Bir", "Üç", "İki"]
    assert told(office, "TUR035021") == ["Üç"]
    assert told(office, OFFICE) == []


def test_what_is_too_much_for_a_bundle_stays_behind(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workplace(office) as workplace, workplace.store.reading() as reader:
        sizes = [len(line) + 1 for line in catalogue.catalogue_lines(reader, "TUR035007")]
    monkeypatch.setattr(catalogue, "MAX_TEXT", sum(sizes))
    assert len(told(office, "TUR035007")) == 3
    monkeypatch.setattr(catalogue, "MAX_TEXT", sum(sizes) - 1)
    assert len(told(office, "TUR035007")) == 2
    monkeypatch.setattr(catalogue, "MAX_CATALOGUE", 1)
    assert len(told(office, "TUR035007")) == 1


def test_a_project_that_grew_too_large_for_a_line_silences_no_answer(office: Path, line: Line) -> None:
    """Each of its saves fits; all that it shows does not."""
    [big] = enter(line.bornova, "Koca")
    take(office, export(line.bornova, line.folder / "big.izsa"))
    with open_workplace(office) as workplace:
        reviewing.review(workplace, big, "onaylandı")
        with workplace.store.reading() as reader:
            [before] = reader.history(big)[:1]
    pc = before.replica
    grown = before
    saves = []
    for n, name in enumerate(("purpose", "summary"), start=before.seq + 1):
        words = {name: "a b " * 50_000}
        grown = make_revision(words, grown, record=big, replica=pc, seq=n, wall=f"2026-01-0{n}T00:00:00Z")
        saves.append(grown)
    with open_workplace(office) as workplace, workplace.store.writing() as writer:
        writer.add(saves)
    assert "Koca" not in told(office, "TUR035021")
    assert told(office, "TUR035021") != []
