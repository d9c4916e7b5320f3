"""Sessions, actions, evidence, stages: who may write what, what is refused, what is put away."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from izsa_desktop.analysis.ladder import Status
from izsa_desktop.domain.errors import (
    BadField,
    DistrictOnly,
    KnownError,
    NoNewestProposal,
    NoSuchEntry,
    NoSuchProject,
    NothingToConfirm,
    NotYourPath,
    OfficeOnly,
    StageIsSigned,
    StageNotHeld,
    StageSignedAlready,
    UnknownDistrict,
)
from izsa_desktop.domain.record_types import COACHING
from izsa_desktop.i18n import Translator
from izsa_desktop.reference.ladder import load_ladder
from izsa_desktop.usecases import coached, coaching, coaching_view, handing_in, projects, stages, taking
from izsa_desktop.usecases.ladder import detail
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.usecases.line import Line, crafted, enter, export, merge, revisions_of
from tests.usecases.mail import answer, pin, take
from tests.usecases.test_coaching import save, signed_by_office

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
    (lambda w: stages.propose(w, "Bornova", 0), BadField, "needs_no_signature"),
    (lambda w: stages.propose(w, "Bornova", 1), StageNotHeld, "0.1, 0.2, 0.3, 0.4, 0.5"),
    (lambda w: coaching.write_session(w, "Bornova", "\u200b\u200b \u2060"), BadField, "empty"),
    (lambda w: coaching.write_note(w, "Bornova", "\u200b"), BadField, "empty"),
    (lambda w: coaching.write_session(w, "Bornova", "x", "1900-01-01"), BadField, "too_long_ago"),
    (lambda w: coaching.write_session(w, "Bornova", "x", following="2199-01-01"), BadField, "too_far_ahead"),
    (lambda w: coaching.write_action(w, "Bornova", "x", day="1999-12-31"), BadField, "too_long_ago"),
    (lambda w: coaching.write_action(w, "Bornova", "x", due="2199-01-01"), BadField, "too_far_ahead"),
    (lambda w: coaching.write_note(w, "Bornova", "x", "2199-01-01"), BadField, "too_far_ahead"),
    (lambda w: coaching.write_tick(w, "Bornova", "1.1", "x", "1900-01-01"), BadField, "too_long_ago"),
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
    (lambda w: coaching_view.path(w, "Konak"), NotYourPath, ""),
    (lambda w: handing_in.hand_in(w, "1.1", "\u200b"), BadField, "empty"),
    (lambda w: handing_in.hand_in(w, "1.1", "x", day="1900-01-01"), BadField, "too_long_ago"),
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


def meet(line: Line, stage: int = 1) -> list[str]:
    """Meets a stage and those below by ticks, on both sides alike; their ids."""
    with open_workplace(line.office) as office:
        lower = load_ladder().stages[: stage + 1]
        wanted = [one.code for below in lower for one in below.criteria if one.months]
        return [coaching.write_tick(office, "Bornova", code, "Belge") for code in wanted]


def test_putting_away(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    met = meet(line)
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
            stages.propose(office, "Bornova", 1),
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
        for id_ in (*ids, tick, *met):
            coaching.withdraw(office, id_)
    bring(line, tmp_path, "a2.izsa")
    for folder in (line.office, line.bornova):
        with open_workplace(folder) as workplace:
            left = coaching_view.path(workplace, BORNOVA)
            assert [one.id for one in coaching_view.entries(left)] == [shown]
            assert [one.state for one in left.evidence] == ["waiting"], "without its tick it waits again"


def test_a_signed_stage_stays_and_the_newest_one_counts(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    meet(line)
    with open_workplace(line.office) as office:
        first = stages.propose(office, "Bornova", 1, "Kuruluş")
    bring(line, tmp_path, "a.izsa")
    with open_workplace(line.bornova) as bornova:
        assert stages.confirm(bornova, first).signed
        with pytest.raises(NothingToConfirm):
            stages.confirm(bornova, first)
        [said] = [one for one in revisions_of(bornova) if "district/confirmed" in one.registers]
        [offer] = [one for one in revisions_of(bornova) if one.registers.get("kind") == "stage"]
        assert (said.registers["district/stage"], said.registers["district/proposal"]) == (1, offer.id)
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        with pytest.raises(StageIsSigned):
            coaching.withdraw(office, first)
        found = coaching_view.path(office, BORNOVA)
        assert (found.signed and found.signed.id, found.proposed) == (first, None)


def _open(path: coaching_view.DistrictPath) -> list[int]:
    return [one.number for one in stages.proposable(path.ladder, path.standing, path.signed)]


def test_what_both_have_signed_is_not_proposed_again_while_it_holds(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    meet(line)
    with open_workplace(line.office) as office:
        assert _open(coaching_view.path(office, BORNOVA)) == [1, 2, 3, 4, 5]
        stages.propose(office, "Bornova", 1)
    bring(line, tmp_path, "a.izsa")
    with open_workplace(line.bornova) as bornova:
        stages.confirm(bornova)
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        assert _open(coaching_view.path(office, BORNOVA)) == [2, 3, 4, 5]
        with pytest.raises(StageSignedAlready) as refused:
            stages.propose(office, "Bornova", 1)
        assert "1. basamağı iki taraf da imzaladı" in Translator("tr").error(refused.value)
        with pytest.raises(StageNotHeld):
            stages.propose(office, "Bornova", 2)
        for code in ("0.1", "0.3"):
            coaching.take_back(office, "Bornova", code)
        assert _open(coaching_view.path(office, BORNOVA)) == [1, 2, 3, 4, 5], "it holds no more: another may be signed"
        with pytest.raises(StageNotHeld):
            stages.propose(office, "Bornova", 1)


def test_a_meeting_that_was_agreed_on_stands_until_it_is_past_replaced_or_called_off(line: Line) -> None:
    days = (-40, -20, 20, 30)
    ago, lately, soon, later = ((date.today() + timedelta(days=one)).isoformat() for one in days)

    def agreed(office: Workplace) -> tuple[str, str]:
        [row] = [one for one in coached.coached(office) if one.district == BORNOVA]
        return coaching_view.path(office, BORNOVA).next_session, row.following

    with open_workplace(line.office) as office:
        coaching.write_session(office, "Bornova", "İlk", ago, following=soon)
        short = coaching.write_session(office, "Bornova", "Kısa konuşma")
        assert agreed(office) == (soon, soon), "nobody said anything of it"
        coaching.withdraw(office, short)
        before = (date.today() - timedelta(days=60)).isoformat()
        coaching.write_session(office, "Bornova", "Sonradan yazıldı", before)
        assert agreed(office) == (soon, soon)
        assert [one.following for one in coaching_view.path(office, BORNOVA).sessions] == [soon, ""], "it was earlier"
        coaching.write_session(office, "Bornova", "Gün değişti", lately, following=later)
        assert agreed(office) == (later, later), "replaced"
        coaching.write_session(office, "Bornova", "İptal", following="")
        assert agreed(office) == ("", ""), "called off"
        coaching.write_session(office, "Konak", "İlk", ago, following=date.today().isoformat())
        coaching.write_session(office, "Konak", "Olan görüşme")
        assert coaching_view.path(office, KONAK).next_session == "", "this is the talk that was agreed on"


def test_of_several_proposals_the_newest_alone_can_be_confirmed(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    meet(line)
    with open_workplace(line.office) as office:
        older, newer = (stages.propose(office, "Bornova", 1, text) for text in ("Önce", "Sonra"))
    bring(line, tmp_path, "a.izsa")
    with open_workplace(line.bornova) as bornova:
        with pytest.raises(NoNewestProposal):
            stages.confirm(bornova, older)
        assert stages.confirm(bornova).id == newer
        for id_ in (older, ""):
            with pytest.raises(NothingToConfirm):
                stages.confirm(bornova, id_)


def test_a_proposal_with_nothing_behind_it_asks_for_no_signature(line: Line, tmp_path: Path) -> None:
    """As an older program wrote it, or one that lies."""
    pin(line, line.bornova)
    meet(line)
    bring(line, tmp_path, "a.izsa")
    for n, (stage, met) in enumerate(((0, ["0.1"]), (0, CODES), (1, []), (5, CODES[:9]))):
        forged = save(line.office, f"{BORNOVA}/{'a' * 31}{n}", COACHING, 500 + n, kind="stage", stage=stage, met=met)
        bundle = signed_by_office(line, tmp_path / f"{n}.izsa", [forged], seq=2 + n)
        assert [one.code for one in take(line.bornova, bundle)] == [0]
    with open_workplace(line.bornova) as bornova:
        found = coaching_view.path(bornova, BORNOVA)
        assert (len(found.stages), found.proposed) == (4, None), "they are read, and ask for nothing"
        with pytest.raises(NothingToConfirm):
            stages.confirm(bornova)


def handed_in(line: Line, tmp_path: Path) -> str:
    """Evidence of Bornova, which the office has received."""
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        id_ = handing_in.hand_in(bornova, "1.1", "Olur", day="2026-02-02")
    merge(line.office, export(line.bornova, tmp_path / "handed.izsa"))
    return id_


def criterion(path: coaching_view.DistrictPath, code: str = "1.1") -> Status:
    return next(one for one in path.standing.criteria if one.criterion.code == code)


def test_evidence_taken_back_while_it_is_accepted_shows_nothing_on_either_side(line: Line, tmp_path: Path) -> None:
    id_, t = handed_in(line, tmp_path), Translator("tr")
    with open_workplace(line.office) as office:
        handing_in.accept(office, id_)
        assert criterion(coaching_view.path(office, BORNOVA)).met
    with open_workplace(line.bornova) as bornova:
        coaching.withdraw(bornova, id_)
    bring(line, tmp_path, "a.izsa")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    for folder in (line.office, line.bornova):
        with open_workplace(folder) as workplace:
            path = coaching_view.path(workplace, BORNOVA)
            status = criterion(path)
            assert (status.met, status.tick) == (False, None)
            assert "geri çekti; ölçüt yeniden açık" in detail(status, t)
            assert [(one.evidence.id, one.state) for one in path.evidence] == [(id_, "withdrawn")]
    with open_workplace(line.office) as office:
        for attempt in (handing_in.accept, lambda w, id_: handing_in.give_back(w, id_, "x")):
            with pytest.raises(BadField) as refused:
                attempt(office, id_)
            assert refused.value.problem == "taken_back_already"
        coaching.write_tick(office, "Bornova", "1.1", "Yenisi görüldü")
        again = criterion(coaching_view.path(office, BORNOVA))
        assert again.met and not again.withdrawn


def test_what_was_returned_is_accepted_only_when_it_is_handed_in_again(line: Line, tmp_path: Path) -> None:
    id_ = handed_in(line, tmp_path)
    with open_workplace(line.office) as office:
        handing_in.give_back(office, id_, "İmza yok", "2026-02-05")
        with pytest.raises(BadField) as refused:
            handing_in.accept(office, id_)
        assert refused.value == BadField("ladder_evidence", "returned_already", "2026-02-05")
        assert not criterion(coaching_view.path(office, BORNOVA)).met
    with open_workplace(line.bornova) as bornova:
        again = handing_in.hand_in(bornova, "1.1", "Olur, imzalı")
    merge(line.office, export(line.bornova, tmp_path / "again.izsa"))
    with open_workplace(line.office) as office:
        handing_in.accept(office, again)
        assert criterion(coaching_view.path(office, BORNOVA)).met


def test_evidence_waits_until_it_is_answered(line: Line, tmp_path: Path) -> None:
    id_, t = handed_in(line, tmp_path), Translator("tr")
    with open_workplace(line.office) as office:
        status = criterion(coaching_view.path(office, BORNOVA))
        assert status.waiting and detail(status, t) == "Verilen kanıta ofisin bakması bekleniyor."
        handing_in.accept(office, id_)
        assert not criterion(coaching_view.path(office, BORNOVA)).waiting


def test_evidence_is_called_sent_when_it_was_in_a_bundle(line: Line, tmp_path: Path) -> None:
    t = Translator("tr")
    with open_workplace(line.bornova) as bornova:
        id_ = handing_in.hand_in(bornova, "1.1", "Olur")

        def told() -> tuple[bool, str, str]:
            path = coaching_view.path(bornova, BORNOVA)
            [handed] = path.evidence
            [item] = [one for one in coaching_view.agenda(bornova) if one.kind == "evidence_waiting"]
            assert handed.state == "waiting"
            return handed.unsent, detail(criterion(path), t), coaching_view.sentence(item, t)

        assert told() == (
            True,
            "Kanıt kaydedildi; Büyükşehre yazılacak ilk paketle gidecek.",
            "1.1 için kanıt kaydedildi, paketle gidecek: Olur",
        )
    bundle = export(line.bornova, tmp_path / "b.izsa")
    sent = "Verilen kanıta ofisin bakması bekleniyor.", "1.1 için verilen kanıt bakılmayı bekliyor: Olur"
    with open_workplace(line.bornova) as bornova:
        assert told() == (False, *sent)
        handing_in.hand_in(bornova, "1.1", "Bir daha")
        path = coaching_view.path(bornova, BORNOVA)
        assert {one.evidence.id == id_: one.unsent for one in path.evidence} == {True: False, False: True}
        assert not criterion(path).unsent, "something is on its way"
    merge(line.office, bundle)
    with open_workplace(line.office) as office:
        [handed] = coaching_view.path(office, BORNOVA).evidence
        assert not handed.unsent


def test_evidence_names_what_can_be_chosen(line: Line) -> None:
    own, gone = enter(line.bornova, "Kompost", "Silinen")
    with open_workplace(line.bornova) as bornova:
        projects.delete_project(bornova, gone)
        assert [one.id for one in handing_in.own_projects(bornova)] == [own]


def test_a_deleted_project_shows_nothing(line: Line) -> None:
    [id_] = enter(line.bornova, "Kompost")
    with open_workplace(line.bornova) as bornova:
        projects.delete_project(bornova, id_)
        with pytest.raises(NoSuchProject):
            handing_in.hand_in(bornova, "1.1", "Proje", project=id_)


def test_a_district_is_spoken_to_as_itself(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    meet(line)
    with open_workplace(line.office) as office:
        coaching.write_action(office, "Bornova", "Liste")
        stages.propose(office, "Bornova", 1)
    bring(line, tmp_path, "a.izsa")
    said = {}
    for folder in (line.office, line.bornova):
        with open_workplace(folder) as workplace:
            items = [one for one in coaching_view.agenda(workplace) if one.district == BORNOVA and one.kind != "silent"]
            said[folder] = {coaching_view.sentence(one, Translator("tr")) for one in items}
    assert said == {
        line.office: {"İlçenin yapacağı iş: Liste", "1. basamak önerisi ilçenin imzasını bekliyor"},
        line.bornova: {"Sizin yapacağınız iş: Liste", "1. basamak önerisi sizin imzanızı bekliyor"},
    }


CODES = [one.code for below in load_ladder().stages for one in below.criteria]
FORGED: list[dict[str, object]] = [
    {"kind": "session", "text": "x"},
    {"kind": "stage", "stage": 5, "district/confirmed": "2026-01-02"},
    {"district/kind": "evidence", "district/criterion": "1.1", "returned": "x"},
]


UNFIT: list[tuple[dict[str, object], str]] = [
    ({"district/text": ""}, "empty"),
    ({"district/text": "x" * 50_000}, "too_long"),
    ({"district/link": "javascript:alert(1)"}, "no_web_address"),
]


@pytest.mark.parametrize(("said", "problem"), UNFIT)
def test_evidence_that_nobody_could_have_typed_is_not_accepted(
    line: Line, tmp_path: Path, said: dict[str, object], problem: str
) -> None:
    evidence = {"district/kind": "evidence", "district/criterion": "0.1", "district/text": "Tutanak"} | said
    evidence["district/date"] = "2026-03-01"
    record = f"{BORNOVA}/{'a' * 32}"
    made = save(line.bornova, record, COACHING, 1, **evidence)
    assert [one.code for one in merge(line.office, crafted(line.bornova, tmp_path / "1.izsa", [made]))] == [0]
    with open_workplace(line.office) as office, pytest.raises(BadField) as refused:
        handing_in.accept(office, record)
    assert refused.value.problem == problem


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
