"""What a record of coaching shows, also where another program wrote nonsense into it."""

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
        {"district/kind": "evidence", "district/criterion": "1.1", "district/withdrawn": True},
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


def test_put_away_and_written_on_at_once_it_stays_in_sight() -> None:
    first = save({"kind": "action", "owner": "TUR035007", "text": "Liste"})
    gone = save({"_deleted": True}, first, seq=2)
    done = save({"district/done": "2026-02-03"}, first, seq=3)
    shown = entry_from(RECORD, [first, gone, done])
    assert isinstance(shown, Action) and shown.done == "2026-02-03"
    assert entry_from(RECORD, [first, done, save({"_deleted": True}, first, done, seq=4)]) is None


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
    assert signed(proposed, confirmed, {"stage": 0, "met": [], "district/met": []}), "everybody stands on the lowest"


def test_a_stage_holds_with_four_of_it_and_of_every_lower_one() -> None:
    assert holds(1, NINE)
    assert not holds(1, [*NINE[:3], *NINE[4:], *NINE[4:]]), "one code twice is one"
    assert not holds(2, [*NINE, "2.1", "2.2", "2.3"])
    assert holds(2, [*NINE, "2.1", "2.2", "2.3", "2.4"])
    assert not holds(2, ["2.1", "2.2", "2.3", "2.4"])
