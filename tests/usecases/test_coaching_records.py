"""Sessions, actions, evidence, stages: who may write what, what is refused, what is put away."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from izsa_desktop.domain.errors import (
    BadField,
    DistrictOnly,
    KnownError,
    NoSuchEntry,
    NoSuchProject,
    NothingToConfirm,
    NotYourDistrict,
    OfficeOnly,
    StageIsSigned,
    UnknownDistrict,
)
from izsa_desktop.domain.record_types import COACHING
from izsa_desktop.usecases import coached, coaching, coaching_view, handing_in, stages, taking
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.usecases.line import Line, crafted, enter, export, merge
from tests.usecases.mail import answer, pin, take
from tests.usecases.test_coaching import save

BORNOVA, KONAK = "TUR035007", "TUR035021"
TOMORROW = (date.today() + timedelta(days=1)).isoformat()


def bring(line: Line, tmp_path: Path, name: str) -> None:
    take(line.bornova, answer(line, line.bornova, tmp_path / name))


Try = Callable[[Workplace], object]
AT_OFFICE: list[tuple[Try, type[KnownError], str]] = [
    (lambda w: coaching.write_session(w, "Bornova", " "), BadField, "empty"),
    (lambda w: coaching.write_session(w, "Bornova", "x" * 10_001), BadField, "too_long"),
    (lambda w: coaching.write_session(w, "Bornova", "x", TOMORROW), BadField, "in_future"),
    (lambda w: coaching.write_session(w, "Bornova", "x", "2026-02"), BadField, "not_a_day"),
    (lambda w: coaching.write_session(w, "Bornova", "x", participants="a\u202eb"), BadField, "hidden_characters"),
    (lambda w: coaching.write_session(w, "Bornova", "x", participants="x" * 301), BadField, "too_long"),
    (
        lambda w: coaching.write_session(w, "Bornova", "x", "2026-02-03", following="2026-02-02"),
        BadField,
        "before_the_talk",
    ),
    (lambda w: coaching.write_session(w, "TUR035", "x"), UnknownDistrict, ""),
    (lambda w: coaching.write_action(w, "Bornova", "x", owner="Konak"), BadField, "not_in_this_talk"),
    (
        lambda w: coaching.write_action(w, "Bornova", "x", day="2026-02-03", due="2026-02-02"),
        BadField,
        "before_the_talk",
    ),
    (lambda w: coaching.write_action(w, "Bornova", "x", due="bir gün"), BadField, "not_a_day"),
    (lambda w: coaching.write_action(w, "Atlantis", "x"), UnknownDistrict, ""),
    (lambda w: coaching.mark_done(w, "0000"), NoSuchEntry, ""),
    (lambda w: coaching.withdraw(w, "0000"), NoSuchEntry, ""),
    (lambda w: handing_in.hand_in(w, "1.1", "x"), DistrictOnly, ""),
    (lambda w: handing_in.accept(w, "0000"), NoSuchEntry, ""),
    (lambda w: handing_in.give_back(w, "0000", "x"), NoSuchEntry, ""),
    (lambda w: handing_in.give_back(w, "0000", ""), BadField, "empty"),
    (lambda w: stages.propose(w, "Bornova", 6), BadField, "no_such_stage"),
    (lambda w: stages.propose(w, "Bornova", -1), BadField, "no_such_stage"),
    (stages.confirm, DistrictOnly, ""),
]
AT_DISTRICT: list[tuple[Try, type[KnownError], str]] = [
    (lambda w: coaching.write_session(w, "Bornova", "x"), OfficeOnly, ""),
    (lambda w: coaching.write_action(w, "Bornova", "x"), OfficeOnly, ""),
    (lambda w: handing_in.accept(w, "0000"), OfficeOnly, ""),
    (lambda w: handing_in.give_back(w, "0000", "x"), OfficeOnly, ""),
    (lambda w: stages.propose(w, "Bornova", 0), OfficeOnly, ""),
    (stages.confirm, NothingToConfirm, ""),
    (lambda w: handing_in.hand_in(w, "9.9", "x"), BadField, "unknown_code"),
    (lambda w: handing_in.hand_in(w, "2.2", "x"), BadField, "counted"),
    (lambda w: handing_in.hand_in(w, "1.1", ""), BadField, "empty"),
    (lambda w: handing_in.hand_in(w, "1.1", "x", day=TOMORROW), BadField, "in_future"),
    (lambda w: handing_in.hand_in(w, "1.1", "x", link="ftp://x"), BadField, "no_web_address"),
    (lambda w: handing_in.hand_in(w, "1.1", "x", link="https://\u200bx"), BadField, "hidden_characters"),
    (lambda w: handing_in.hand_in(w, "1.1", "x", project="yok"), NoSuchProject, ""),
    (lambda w: coaching_view.path(w, "Konak"), NotYourDistrict, ""),
]


@pytest.mark.parametrize(
    ("at_office", "attempt", "error", "problem"),
    [*((True, *one) for one in AT_OFFICE), *((False, *one) for one in AT_DISTRICT)],
)
def test_what_a_side_cannot_write(
    line: Line, at_office: bool, attempt: Try, error: type[KnownError], problem: str
) -> None:
    with open_workplace(line.office if at_office else line.bornova) as workplace:
        with pytest.raises(error) as refused:
            attempt(workplace)
        assert getattr(refused.value, "problem", "") == problem
        with workplace.store.reading() as reader:
            assert reader.coaching() == []


def test_evidence_names_an_own_project_by_number_or_id(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Kompost")
    [theirs] = enter(line.konak, "Konak'ın işi")
    with open_workplace(line.bornova) as bornova:
        number = _number(bornova, id_)
        for named in (id_, number, id_[10:18]):
            handing_in.hand_in(bornova, "1.1", "Proje", project=named)
        found = coaching_view.path(bornova, BORNOVA).evidence
        assert [one.evidence.project for one in found] == [id_] * 3
        assert [one.project for one in found] == [f"{number} · Kompost"] * 3
        with pytest.raises(NoSuchProject):
            handing_in.hand_in(bornova, "1.1", "x", project=theirs)
    assert [one.code for one in merge(line.office, export(line.bornova, tmp_path / "b.izsa"))] == [0]


def _number(workplace: Workplace, id_: str) -> str:
    with workplace.store.reading() as reader:
        shown = reader.project(id_)
    assert shown is not None
    return shown.number


def test_putting_away(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        shown = handing_in.hand_in(bornova, "1.1", "Olur")
        wrong = handing_in.hand_in(bornova, "1.2", "Yanlış dosya")
        coaching.withdraw(bornova, wrong)
        with pytest.raises(NoSuchEntry):
            coaching.withdraw(bornova, wrong)
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        assert [one.evidence.id for one in coaching_view.path(office, BORNOVA).evidence] == [shown]
        with pytest.raises(BadField):
            coaching.withdraw(office, shown)
        ids = [
            coaching.write_note(office, "Bornova", "Not"),
            coaching.write_session(office, "Bornova", "Görüşme"),
            coaching.write_action(office, "Bornova", "İş"),
            stages.propose(office, "Bornova", 0),
        ]
        tick = handing_in.accept(office, shown[10:20])
        for again in (handing_in.accept, lambda w, id_: handing_in.give_back(w, id_, "x")):
            with pytest.raises(BadField) as refused:
                again(office, shown)
            assert refused.value.problem == "accepted_already"
    bring(line, tmp_path, "a.izsa")
    with open_workplace(line.bornova) as bornova:
        for id_ in (*ids, tick):
            with pytest.raises(OfficeOnly):
                coaching.withdraw(bornova, id_)
        with pytest.raises(BadField):
            coaching.withdraw(bornova, shown)
    with open_workplace(line.office) as office:
        for id_ in (*ids, tick):
            coaching.withdraw(office, id_)
    bring(line, tmp_path, "a2.izsa")
    for folder in (line.office, line.bornova):
        with open_workplace(folder) as workplace:
            left = coaching_view.path(workplace, BORNOVA)
            assert [one.id for one in coaching_view.entries(left)] == [shown]
            assert [one.state for one in left.evidence] == ["waiting"], "without its tick it waits again"


def test_a_signed_stage_stays_and_the_newest_one_counts(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        first = stages.propose(office, "Bornova", 0, "Başlangıç")
    bring(line, tmp_path, "a.izsa")
    with open_workplace(line.bornova) as bornova:
        assert stages.confirm(bornova, first).signed
        with pytest.raises(NothingToConfirm):
            stages.confirm(bornova, first)
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        with pytest.raises(StageIsSigned):
            coaching.withdraw(office, first)
        second = stages.propose(office, "Bornova", 0)
        found = coaching_view.path(office, BORNOVA)
        assert (found.signed and found.signed.id, found.proposed and found.proposed.id) == (first, second)


FORGED: list[dict[str, object]] = [
    {"kind": "session", "text": "x"},
    {"kind": "stage", "stage": 5, "district/confirmed": "2026-01-02"},
    {"district/kind": "evidence", "district/criterion": "1.1", "returned": "x"},
]


def test_a_district_cannot_write_in_the_offices_name(line: Line, tmp_path: Path) -> None:
    for n, registers in enumerate(FORGED):
        forged = save(line.bornova, f"{BORNOVA}/{'a' * 32}", COACHING, 1, **registers)
        assert [one.code for one in merge(line.office, crafted(line.bornova, tmp_path / f"{n}.izsa", [forged]))] == [12]
    evidence: dict[str, object] = {"district/kind": "evidence", "district/criterion": "1.1"}
    others = save(line.bornova, f"{KONAK}/{'a' * 32}", COACHING, 1, **evidence)
    assert [one.code for one in merge(line.office, crafted(line.bornova, tmp_path / "k.izsa", [others]))] == [12]


def test_the_districts_stand_in_the_order_of_the_alphabet_whatever_they_reached(line: Line) -> None:
    with open_workplace(line.office) as office:
        before = [one.district for one in coached.coached(office)]
        names = [office.reference.district_name(code) for code in before]
        assert names[:4] == ["Aliağa", "Balçova", "Bayındır", "Bayraklı"] and names[-1] == "Urla"
        assert names.index("Çeşme") < names.index("Dikili") and len(names) == 30
        for code in ("0.1", "0.3", "0.4", "0.5"):
            coaching.write_tick(office, "Urla", code, "Belge")
        coaching.write_session(office, "Urla", "x", "2026-01-05", following="2026-02-05")
        coaching.write_action(office, "Urla", "x")
        after = coached.coached(office)
        assert [one.district for one in after] == before
        assert after[-1] == coached.Coached(after[-1].district, "2026-01-05", "2026-02-05", 1, 0)


def test_a_district_hears_what_the_office_wrote_and_not_what_it_handed_in_itself(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        ids = [handing_in.hand_in(bornova, code, "Belge") for code in ("1.1", "1.2", "1.3")]
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        handing_in.accept(office, ids[0])
        handing_in.give_back(office, ids[1], "Eksik")
        coaching.write_session(office, "Bornova", "Görüşme")
    first, again = (answer(line, line.bornova, tmp_path / f"{n}.izsa", full=True) for n in range(2))
    with open_workplace(line.bornova) as bornova:
        for bundle, count in ((first, 3), (again, 0)):
            news = taking.take(bornova, [bundle]).news
            assert news is not None and news.notes == count
