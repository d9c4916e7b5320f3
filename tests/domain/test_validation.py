"""What may be stored, and what is missing before it may be sent."""

from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from izsa_desktop.domain.errors import BadField, UnknownDistrict
from izsa_desktop.domain.fields import BY_NAME
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.revision import parse_revision
from izsa_desktop.domain.validation import MAX_LENGTH, MAX_RECORD, REQUIRED_TO_SEND, clean, missing
from tests.support import FIELDS, REFERENCE, make_revision, project_fields

REFUSED: list[tuple[str, Any, str]] = [
    *((name, "x" * (limit + 1), "too_long") for name, limit in MAX_LENGTH.items()),
    ("audience_note", ("x" * 1500, "y" * 1500), "too_long"),
    *((name, "a\x07b", "hidden_characters") for name in MAX_LENGTH),
    *((name, "a\u202eb", "hidden_characters") for name in ("neighbourhood", "unit", "owner")),
    ("unit", "a\nb", "hidden_characters"),
    ("audience_note", ("iyi", "k\x00"), "hidden_characters"),
    ("title", "\ud800", "hidden_characters"),
    ("start", "2025-13", "not_a_date"),
    ("goals", ("18",), "unknown_goal"),
    ("goals", ("6", "6"), "twice"),
    ("status", "yok", "unknown_code"),
    ("scope", "NOKTA", "unknown_code"),
    ("audience", ("herkes", "kimse"), "unknown_code"),
    ("location", Location(90.1, 0), "not_on_earth"),
    ("location", Location(0, float("nan")), "not_on_earth"),
]


@pytest.mark.parametrize(("name", "value", "problem"), REFUSED)
def test_a_value_that_cannot_be_stored_is_named(name: str, value: Any, problem: str) -> None:
    with pytest.raises(BadField) as caught:
        clean(replace(FIELDS, **{name: value}), REFERENCE)
    assert (caught.value.field, caught.value.problem) == (name, problem)


def test_a_district_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownDistrict):
        clean(replace(FIELDS, district="TUR035031"), REFERENCE)


def test_good_fields_stay_as_they_are_but_for_normal_form() -> None:
    assert clean(FIELDS, REFERENCE) == FIELDS
    assert clean(replace(FIELDS, title="  Ag\u0306ac\u0327 \r\n"), REFERENCE).title == "Ağaç"


def test_the_longest_project_that_may_be_saved_may_also_be_sent() -> None:
    widest = {name: '"' * limit for name, limit in MAX_LENGTH.items() if not BY_NAME[name].one_line}
    wide = {name: "😀" * MAX_LENGTH[name] for name in MAX_LENGTH}
    for texts in (wide, wide | widest):
        codes = tuple(goal.code for goal in REFERENCE.goals)
        fields = clean(ProjectFields(**texts, goals=codes, district="TUR035007"), REFERENCE)  # type: ignore[arg-type]
        revision = make_revision(to_registers(fields, {}), author="😀" * 200)
        assert parse_revision(revision.body) == revision
        assert len(revision.body) < MAX_RECORD


@given(project_fields)
def test_what_is_stored_can_be_sent_and_is_stored_the_same_again(entered: ProjectFields) -> None:
    try:
        fields = clean(entered, REFERENCE)
    except BadField as refusal:
        assert refusal.problem == "hidden_characters"
        return
    assert clean(fields, REFERENCE) == fields
    revision = make_revision(to_registers(fields, {}))
    assert parse_revision(revision.body) == revision


def test_what_is_missing_is_told_in_the_order_of_the_form() -> None:
    assert missing(ProjectFields()) == REQUIRED_TO_SEND
    assert missing(FIELDS) == ()
    assert missing(replace(FIELDS, audience=(), audience_note="Okullar")) == ()
    assert missing(replace(FIELDS, audience=(), audience_note="", start=None)) == ("audience",)
    assert missing(replace(FIELDS, start=None, start_planned=None)) == ("start",)
    assert missing(replace(FIELDS, start="unknown")) == ()
