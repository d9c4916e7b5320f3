"""A district's way up the ladder: ticks by the office, over bundles to the district, which sees itself alone."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import BadField, NotYourPath, OfficeOnly, UnknownDistrict
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.record_types import COACHING
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, coaching_view, ladder, projects, rebuilding, relating, taking
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, crafted, enter, export, state_hash
from tests.usecases.mail import answer, hash_of, pin, take
from tests.usecases.test_coaching import save, signed_by_office

BORNOVA, KONAK = "TUR035007", "TUR035021"
TODAY = date.today()


def tick(line: Line, criterion: str, day: str = "", evidence: str = "Yazı 2026/14") -> str:
    with open_workplace(line.office) as office:
        return coaching.write_tick(office, "Bornova", criterion, evidence, day)


def plain(folder: Path, language: str = "tr", today: date | None = None) -> dict[str, Any]:
    with open_workplace(folder) as workplace:
        found = coaching_view.path(workplace, BORNOVA, today)
        return ladder.to_plain(found.standing, found.signed, BORNOVA, Translator(language))


def steps(folder: Path, language: str = "tr", today: date | None = None) -> list[dict[str, Any]]:
    with open_workplace(folder) as workplace:
        return ladder.steps_to_plain(ladder.district_standing(workplace, BORNOVA, today), Translator(language))


def criterion(folder: Path, code: str, language: str = "tr", today: date | None = None) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in plain(folder, language, today)["criteria"] if one["code"] == code)
    return found


def test_ticks_reach_the_district_and_nobody_else(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova, line.konak)
    for code in ("0.1", "0.3", "0.4", "0.5"):
        tick(line, code)
    for folder in (line.bornova, line.konak):
        assert [one.code for one in take(folder, answer(line, folder, tmp_path / folder.name))] == [0]
    assert plain(line.bornova) == plain(line.office)
    assert [one["code"] for one in plain(line.bornova)["criteria"] if one["met"]] == ["0.1", "0.3", "0.4", "0.5"]
    assert [one["code"] for one in steps(line.bornova)] == ["1.1", "1.2"]
    with open_workplace(line.konak) as konak, konak.store.reading() as reader:
        assert reader.coaching() == []
    assert hash_of(line.office, BORNOVA) == state_hash(line.bornova)


def test_a_tick_is_no_note(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    tick(line, "1.3")
    bundle = answer(line, line.bornova, tmp_path / "a.izsa")
    with open_workplace(line.bornova) as bornova:
        news = taking.take(bornova, [bundle]).news
        assert news is not None and news.notes == 1, "the district hears of it"
        assert coaching.notes(bornova) == []
    assert criterion(line.bornova, "1.3")["met"]


def test_both_sides_count_the_same_of_what_was_sent(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        running = ProjectFields(title="Zeytin", purpose="Amaç", status="sürüyor")
        projects.add_projects(bornova, [running] * 4)
        gone, _ = projects.add_projects(bornova, [running, replace(running, status="iptal")])
        projects.delete_project(bornova, gone)
    enter(line.konak, "Konak'ın projesi")
    for folder in (line.bornova, line.konak):
        take(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
    assert plain(line.office) == plain(line.bornova)
    listed = criterion(line.office, "0.2", "en")
    assert (listed["met"], listed["computed"]) == (False, True)
    assert listed["detail"] == "4 of 5 records are running projects; at least 5 are needed. Evidence needed: list."


def test_evidence_expires_on_both_sides(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    for code in ("0.1", "0.2", "0.4"):
        tick(line, code)
    tick(line, "0.3", (TODAY - timedelta(days=200)).isoformat(), "Tutanak 7")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    later = TODAY + timedelta(days=200)
    for folder in (line.office, line.bornova):
        assert [one["code"] for one in steps(folder)] == ["1.1", "1.2"]
        assert [one["code"] for one in steps(folder, today=later)] == ["0.3", "0.5"]
        old = criterion(folder, "0.3", "en", later)
        assert (old["met"], old["expired"], old["evidence"]) == (False, True, "Tutanak 7")
        assert "counted until" in old["detail"] and old["expires"] < later.isoformat()
    tick(line, "0.3", evidence="Tutanak 8")
    take(line.bornova, answer(line, line.bornova, tmp_path / "b.izsa"))
    assert criterion(line.bornova, "0.3", today=later)["evidence"] == "Tutanak 8"
    assert [one["code"] for one in steps(line.bornova, today=later)] == ["1.1", "1.2"]


def test_ticks_survive_a_rebuild(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    tick(line, "1.1")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    for folder in (line.office, line.bornova):
        before = plain(folder)
        with open_workplace(folder) as workplace:
            rebuilding.rebuild(workplace)
            with workplace.store.writing() as writer:
                writer.rebuild()
        assert plain(folder) == before
        state_hash(folder)


def test_what_was_ticked_by_mistake_is_taken_back(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    ids = {tick(line, "1.1"), tick(line, "1.1", "2026-01-01")}
    tick(line, "1.2")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.office) as office:
        assert set(coaching.take_back(office, "Bornova", "1.1")) == ids
        assert coaching.take_back(office, "Bornova", "1.1") == []
        with pytest.raises(BadField):
            coaching.take_back(office, "Bornova", "7.1")
    take(line.bornova, answer(line, line.bornova, tmp_path / "b.izsa"))
    for folder in (line.office, line.bornova):
        assert [criterion(folder, code)["met"] for code in ("1.1", "1.2")] == [False, True]
        state_hash(folder)


def test_the_offices_offer_is_no_answer_of_the_district(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    [ours], [theirs] = enter(line.bornova, "Zeytin"), enter(line.konak, "Zeytinlik")
    for folder in (line.bornova, line.konak):
        take(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
    with open_workplace(line.office) as office:
        relating.relate(office, ours, theirs, "ortak iş")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    assert not criterion(line.bornova, "2.5")["met"]
    with open_workplace(line.bornova) as bornova:
        relating.relate(bornova, ours, theirs, "benzer değil")
    assert criterion(line.bornova, "2.5")["met"]
    take(line.office, export(line.bornova, tmp_path / "2.izsa"))
    assert criterion(line.office, "2.5")["met"]


def test_a_relation_among_the_districts_own_is_no_answer(line: Line) -> None:
    one, other = enter(line.bornova, "Bir", "İki")
    with open_workplace(line.bornova) as bornova:
        relating.relate(bornova, one, other, "ortak iş")
    assert not criterion(line.bornova, "2.5")["met"]


def test_a_district_sees_its_own_path_only(line: Line) -> None:
    with open_workplace(line.konak) as konak:
        assert ladder.district_standing(konak, "konak").stage.number == 0
        for asked, error in (("Bornova", NotYourPath), ("TUR035", UnknownDistrict), ("Ankara", UnknownDistrict)):
            with pytest.raises(error):
                ladder.district_standing(konak, asked)
    with open_workplace(line.office) as office, pytest.raises(UnknownDistrict):
        ladder.district_standing(office, "TUR035")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (("TUR035", "0.1", "x", ""), UnknownDistrict),
        (("Ankara", "0.1", "x", ""), UnknownDistrict),
        ((BORNOVA, "6.1", "x", ""), BadField),
        ((BORNOVA, "", "x", ""), BadField),
        ((BORNOVA, "2.2", "x", ""), BadField),
        ((BORNOVA, "0.1", " \n", ""), BadField),
        ((BORNOVA, "0.1", "a\x07", ""), BadField),
        ((BORNOVA, "0.1", "x" * 10_001, ""), BadField),
        ((BORNOVA, "0.1", "x", "2026-01"), BadField),
        ((BORNOVA, "0.1", "x", "unknown"), BadField),
        ((BORNOVA, "0.1", "x", (TODAY + timedelta(days=2)).isoformat()), BadField),
    ],
)
def test_what_is_no_evidence_is_not_kept(line: Line, told: tuple[str, str, str, str], error: type[Exception]) -> None:
    with open_workplace(line.office) as office:
        with pytest.raises(error):
            coaching.write_tick(office, *told)
        with office.store.reading() as reader:
            assert reader.coaching() == []


def test_a_district_ticks_nothing(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as bornova:
        with pytest.raises(OfficeOnly):
            coaching.write_tick(bornova, BORNOVA, "0.1", "x")
        with pytest.raises(OfficeOnly):
            coaching.take_back(bornova, BORNOVA, "0.1")
    forged = save(line.bornova, f"{BORNOVA}/{'a' * 32}", COACHING, **coaching.tick_registers("0.1", "x", "2026-01-01"))
    [refused] = take(line.office, crafted(line.bornova, tmp_path / "f.izsa", [forged]))
    assert refused.code == 12
    assert not criterion(line.office, "0.1")["met"]


def test_what_another_version_says_of_a_tick_does_no_harm(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    odd = [
        save(line.office, f"{BORNOVA}/{'a' * 32}", COACHING, 1, kind="tick", criterion=7, text="x"),
        save(line.office, f"{BORNOVA}/{'b' * 32}", COACHING, 2, kind="tick", text="x"),
        save(line.office, f"{BORNOVA}/{'c' * 32}", COACHING, 3, kind="tick", criterion="8.8", text="x"),
        save(line.office, f"{BORNOVA}/{'d' * 32}", COACHING, 4, kind="tick", criterion="0.1", text=1, date="once"),
    ]
    assert [one.code for one in take(line.bornova, signed_by_office(line, tmp_path / "f.izsa", odd))] == [0]
    found = criterion(line.bornova, "0.1", today=date(2026, 2, 1))
    assert (found["met"], found["evidence"], found["date"]) == (True, "", "2026-01-31")
    assert sum(one["met"] for one in plain(line.bornova, today=date(2026, 2, 1))["criteria"]) == 1
    state_hash(line.bornova)


def test_sentences_in_both_languages(line: Line) -> None:
    tick(line, "0.3", "2026-01-15", "Tutanak")
    on = date(2026, 2, 1)
    assert steps(line.office, "tr", on)[0] == {
        "code": "0.1",
        "name": "Başkan ya da yardımcısı düzeyinde muhatap bildirildi",
        "stage": 0,
        "detail": "Gereken kanıt: yazı.",
    }
    assert criterion(line.office, "0.3", "tr", on)["detail"] == (
        "Kanıt: tutanak, 15 Ocak 2026; 15 Ocak 2027 gününe kadar geçerli."
    )
    assert criterion(line.office, "0.3", "en", on)["detail"] == (
        "Evidence: minutes, 15 January 2026; it counts until 15 January 2027."
    )
    assert criterion(line.office, "4.2", "en", on)["detail"] == "There is nothing to count yet."
    assert (plain(line.office)["stage_name"], plain(line.office, "en")["stage_name"]) == ("Başlangıç", "No office yet")
