"""What a record of coaching shows, also where another program wrote nonsense into it."""

import msgspec
import pytest

from izsa_desktop.domain.coaching import Action, Evidence, Note, Session, StageChange, Tick, entry_from
from izsa_desktop.domain.ladder import holds
from izsa_desktop.domain.revision import Json, Revision, new_revision

RECORD = "TUR035007/" + "a1" * 16
NINE = ["0.1", "0.2", "0.3", "0.4", "1.1", "1.2", "1.3", "1.5"]


def save(
    registers: dict[str, Json], *upon: Revision, seq: int = 1, author: str = "Koç", wall: str = "2026-01-31T12:00:00Z"
) -> Revision:
    return new_revision(
        record=RECORD,
        replica="a" * 16,
        seq=seq,
        parents=tuple(one.id for one in upon),
        registers=registers,
        author=author,
        wall=wall,
        type_="coaching",
    )


@pytest.mark.parametrize(
    ("registers", "kind"),
    [
        ({"kind": "note"}, Note),
        ({"kind": "tick", "criterion": "1.1"}, Tick),
        ({"kind": "session", "next": 7, "participants": []}, Session),
        ({"kind": "action", "owner": None, "due": "yakında", "done": "2026"}, Action),
        ({"kind": "stage", "stage": 0, "met": "0.1"}, StageChange),
        ({"district/kind": "evidence", "district/criterion": "1.1"}, Evidence),
    ],
)
def test_each_kind_is_shown_with_what_fits(registers: dict[str, Json], kind: type[object]) -> None:
    shown = entry_from(RECORD, [save({"text": 7, "date": "31.01.2026", **registers})])
    assert shown is not None and isinstance(shown, kind)
    assert (shown.text, shown.day, shown.author, shown.district) == ("", "2026-01-31", "Koç", "TUR035007")
    for name in ("following", "participants", "due", "done", "owner", "returned", "link"):
        assert getattr(shown, name, "") == ""
    assert getattr(shown, "met", ()) == ()


@pytest.mark.parametrize(
    "registers",
    [
        {},
        {"text": "x"},
        {"kind": "oylama"},
        {"kind": ["note"]},
        {"kind": "tick"},
        {"kind": "stage"},
        {"kind": "stage", "stage": True},
        {"kind": "stage", "stage": 10},
        {"kind": "note", "_deleted": True},
        {"kind": "evidence", "criterion": "1.1"},
        {"district/kind": "evidence"},
        {"district/kind": "tick", "district/criterion": "1.1"},
        {"district/kind": "evidence", "district/criterion": "1.1", "_deleted": True},
    ],
)
def test_what_this_version_does_not_know_is_not_shown(registers: dict[str, Json]) -> None:
    assert entry_from(RECORD, [save(registers)]) is None


def test_who_wrote_it_first_is_its_author_and_the_day_of_an_answer_is_its_own() -> None:
    handed = save(
        {"district/kind": "evidence", "district/criterion": "1.1", "district/date": "2026-01-02"}, author="Ece"
    )
    answer = save({"returned": "Eksik", "returned_on": "2026-02-03"}, handed, seq=2, wall="2026-02-03T09:00:00Z")
    shown = entry_from(RECORD, [answer, handed])
    assert isinstance(shown, Evidence)
    assert (shown.author, shown.day, shown.returned, shown.returned_on) == ("Ece", "2026-01-02", "Eksik", "2026-02-03")
    assert shown.wall == "2026-02-03T09:00:00Z"


def test_a_districts_mark_counts_for_its_own_actions_alone() -> None:
    done = {"kind": "action", "district/done": "2026-02-03"}
    for owner, day in (("TUR035007", "2026-02-03"), ("TUR035", ""), ("", "")):
        shown = entry_from(RECORD, [save({**done, "owner": owner})])
        assert isinstance(shown, Action) and shown.done == day
    both = entry_from(RECORD, [save({**done, "owner": "TUR035007", "done": "2026-01-05"})])
    assert isinstance(both, Action) and both.done == "2026-01-05"


def test_put_away_it_stays_away_whatever_the_district_answers_meanwhile() -> None:
    first = save({"kind": "action", "owner": "TUR035007", "text": "Liste"})
    gone = save({"_deleted": True}, first, seq=2)
    done = save({"district/done": "2026-02-03"}, first, seq=3)
    assert entry_from(RECORD, [first, gone, done]) is None
    assert entry_from(RECORD, [first, done, save({"_deleted": True}, first, done, seq=4)]) is None
    later = save({"due": "2026-03-01"}, first, seq=5)
    assert isinstance(entry_from(RECORD, [first, gone, later]), Action), "what the office itself wrote on is seen"


def test_evidence_that_was_taken_back_says_when() -> None:
    handed = save({"district/kind": "evidence", "district/criterion": "1.1"})
    back = save({"district/withdrawn": True}, handed, seq=2, wall="2026-02-03T09:00:00Z")
    answered = save({"returned": "Eksik"}, handed, seq=3, wall="2026-02-07T09:00:00Z")
    for saves, day in (([handed], ""), ([handed, back], "2026-02-03"), ([handed, back, answered], "2026-02-03")):
        shown = entry_from(RECORD, saves)
        assert isinstance(shown, Evidence) and shown.withdrawn == day


def test_a_clock_that_says_a_day_that_is_none_makes_no_record_unreadable() -> None:
    shown = entry_from(RECORD, [save({"kind": "session"}, wall="2026-99-99T12:00:00Z")])
    assert shown is not None and shown.day == "1970-01-01"


def test_who_opens_a_record_of_the_other_side_is_not_its_author() -> None:
    note = save({"kind": "note"})
    early = save({"district/x": 1}, seq=2, author="Ece", wall="2020-01-01T12:00:00Z")
    shown = entry_from(RECORD, [early, note])
    assert shown is not None and shown.author == "Koç"


def test_signed_is_what_both_signed_while_it_held() -> None:
    proposed: dict[str, Json] = {"kind": "stage", "stage": 1, "met": list(NINE)}
    confirmed: dict[str, Json] = {"district/confirmed": "2026-02-03", "district/met": list(NINE)}

    def signed(*registers: dict[str, Json]) -> bool:
        shown = entry_from(RECORD, [save({name: value for one in registers for name, value in one.items()})])
        assert isinstance(shown, StageChange)
        return shown.signed

    assert signed(proposed, confirmed)
    assert not signed(proposed)
    assert not signed(proposed, confirmed, {"district/confirmed": "2026"})
    assert not signed(proposed, confirmed, {"met": NINE[1:]})
    assert not signed(proposed, confirmed, {"district/met": [*NINE[1:], "0.2", 7]})
    assert not signed(proposed, confirmed, {"stage": 2})
    assert not signed(proposed, confirmed, {"met": [*NINE[1:], "0.01"]}), "no code of any ladder"
    assert not signed(proposed, confirmed, {"stage": 0, "met": [], "district/met": []}), "of nothing, nothing holds"
    assert signed(proposed, confirmed, {"stage": 0}), "as programs of old wrote it"


OFFER = save({"kind": "stage", "stage": 1, "met": list(NINE), "date": "2026-01-31"})
CONFIRMED: dict[str, Json] = {"district/confirmed": "2026-02-03", "district/met": list(NINE)}
NAMED = CONFIRMED | {"district/proposal": OFFER.id, "district/stage": 1}
SIGNED = save(NAMED, OFFER, seq=2, author="Ece", wall="2026-02-03T09:00:00Z")
OTHER_PC = "b" * 16
EARLY = "2020-01-01T00:00:00Z"


def stage(*saves: Revision) -> StageChange:
    shown = entry_from(RECORD, [OFFER, *saves])
    assert isinstance(shown, StageChange)
    return shown


LATER: list[dict[str, Json]] = [
    {"district/confirmed": None},
    {"district/confirmed": "2026-12-24"},
    {"district/met": []},
    NAMED | {"district/confirmed": "2025-01-01"},
    {"stage": 5},
    {"met": []},
    {"kind": "note"},
    {"text": "Sonradan"},
    {"date": "2199-01-01"},
    {"_deleted": True},
]


@pytest.mark.parametrize("registers", LATER)
@pytest.mark.parametrize("wall", ["2020-01-01T00:00:00Z", "2026-03-01T00:00:00Z"])
def test_what_both_signed_is_final(registers: dict[str, Json], wall: str) -> None:
    assert (SHOWN.signed, SHOWN.confirmed, SHOWN.confirmed_by, SHOWN.stage) == (True, "2026-02-03", "Ece", 1)
    assert stage(SIGNED, save(registers, SIGNED, seq=3, author="Kim", wall=wall)) == SHOWN


def test_a_pc_that_signs_again_as_if_it_had_not_has_signed_once() -> None:
    again = save(NAMED | {"district/confirmed": "2026-02-01"}, OFFER, seq=3, wall="2026-02-01T09:00:00Z")
    assert stage(again, SIGNED) == SHOWN
    elsewhere = msgspec.structs.replace(again, replica=OTHER_PC)
    assert stage(elsewhere, SIGNED).confirmed == "2026-02-01", "the earliest of two PCs"
    hollow = msgspec.structs.replace(save(NAMED | {"district/met": []}, OFFER, seq=3, wall=EARLY), replica=OTHER_PC)
    assert stage(hollow, SIGNED) == SHOWN, "no other PC takes a signature back"


SHOWN = stage(SIGNED)


@pytest.mark.parametrize(
    "registers",
    [
        NAMED | {"district/proposal": "f" * 64},
        NAMED | {"district/proposal": None},
        NAMED | {"district/stage": 2},
        NAMED | {"district/confirmed": "2026"},
    ],
)
def test_a_confirmation_of_something_else_confirms_nothing(registers: dict[str, Json]) -> None:
    other = save(registers, OFFER, seq=2)
    assert (stage(other).confirmed, stage(other).signed) == ("", False)
    assert stage(other, save(NAMED, other, seq=3)).signed, "and the right one does, later"


def test_a_confirmation_as_it_was_written_before_it_named_its_proposal() -> None:
    old = save(CONFIRMED, OFFER, seq=2, author="Ece", wall="2026-02-03T09:00:00Z")
    assert stage(old) == SHOWN


def test_a_day_that_had_not_come_is_the_day_of_the_writing() -> None:
    early = save(NAMED | {"district/confirmed": "2199-01-01"}, OFFER, seq=2, wall="2026-02-03T09:00:00Z")
    assert stage(early).confirmed == "2026-02-03"
    night = save(NAMED | {"district/confirmed": "2026-02-04"}, OFFER, seq=2, wall="2026-02-03T22:30:00Z")
    assert stage(night).confirmed == "2026-02-04", "where it was written it was past midnight"
    offered = entry_from(RECORD, [save({"kind": "stage", "stage": 1, "date": "2199-01-01"})])
    assert offered is not None and offered.day == "2026-01-31"


def test_the_office_takes_back_what_it_does_not_know_to_be_signed() -> None:
    gone = save({"_deleted": True}, OFFER, seq=3)
    assert entry_from(RECORD, [OFFER, gone]) is None
    assert entry_from(RECORD, [OFFER, gone, SIGNED]) is None


def test_a_stage_holds_with_four_of_it_and_of_every_lower_one() -> None:
    assert holds(1, NINE)
    assert not holds(1, [*NINE[:3], *NINE[4:], *NINE[4:]]), "one code twice is one"
    assert not holds(2, [*NINE, "2.1", "2.2", "2.3"])
    assert holds(2, [*NINE, "2.1", "2.2", "2.3", "2.4"])
    assert not holds(2, ["2.1", "2.2", "2.3", "2.4"])
