"""What a record of a joint programme shows, also where a district wrote what no program of this version writes."""

import pytest

from izsa_desktop.domain.joint_registers import ANSWER, share_of_state, told_registers
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.revision import Json, Revision
from tests.support import make_revision

LATER = "district/later"
"""A register of a district's that a later version may write."""


def save(registers: dict[str, Json], *upon: Revision, seq: int = 1, replica: str = "a" * 16) -> Revision:
    return make_revision(registers, *upon, seq=seq, replica=replica, author=replica, type_="joint")


OFFERED = save({"title": "Kompost ağı", "lead": "TUR035007"})


def test_nothing_of_a_district_is_the_programme() -> None:
    """Two PCs of it that differ would keep the office from saving: it may not write there."""
    here = save({LATER: "x"}, OFFERED, seq=1, replica="b" * 16)
    there = save({LATER: "y"}, OFFERED, seq=1, replica="c" * 16)
    saves = [OFFERED, here, there]
    shown = share_of_state(record_state(OFFERED.record, saves), saves)
    assert shown is not None
    assert (shown.conflicts, shown.updated_by, shown.fields.name) == ((), "a" * 16, "Kompost ağı")
    assert share_of_state(record_state(OFFERED.record, [save({LATER: "x"})]), [save({LATER: "x"})]) is None


@pytest.mark.parametrize(("day", "shown_day"), [("2026-02-03", "2026-02-03"), ("<b>" * 900, ""), ("2026", ""), (7, "")])
def test_the_others_are_told_a_day_and_no_other_words(day: Json, shown_day: str) -> None:
    saves = [OFFERED, save({ANSWER: {"said": "accept", "day": day, "note": ""}}, OFFERED, seq=1, replica="b" * 16)]
    shown = share_of_state(record_state(OFFERED.record, saves), saves)
    assert shown is not None and shown.answer.day == shown_day
    assert told_registers([shown.answer], {}) == {"told/TUR035007": {"day": shown_day, "said": "accept"}}
