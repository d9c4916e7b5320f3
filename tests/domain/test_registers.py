"""A project as registers: what is written is exactly what differs, and reading gives back what was entered."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.registers import field_of, from_state, to_registers
from izsa_desktop.domain.revision import MAX_SAFE_INTEGER, Json, Revision, parse_revision
from izsa_desktop.domain.rows import Actual, Partner
from tests.support import FIELDS, RECORD, changed_fields, json_values, make_revision, project_fields


def _shown(*revisions: Revision) -> ProjectFields:
    return from_state(record_state(RECORD, revisions)).fields


def _after(fields: ProjectFields, *before: Revision) -> list[Revision]:
    """The revisions with one more, as a person makes it who sees ``before`` and enters ``fields``."""
    state = record_state(RECORD, before)
    registers = to_registers(fields, state.values)
    return [*before, make_revision(registers, *state.heads, seq=len(before) + 1)] if registers else list(before)


@given(project_fields)
def test_what_was_entered_is_shown(fields: ProjectFields) -> None:
    assert _shown(make_revision(to_registers(fields, {}))) == fields


def test_every_field_is_kept_and_named() -> None:
    reviewed = structs.replace(FIELDS, review_note="Tamam")
    registers = to_registers(reviewed, {})
    assert {field_of(register) for register in registers} == set(ProjectFields.__struct_fields__)
    assert _shown(make_revision(registers)) == reviewed


@given(st.lists(project_fields, min_size=1, max_size=4))
def test_any_state_becomes_any_other(history: list[ProjectFields]) -> None:
    revisions: list[Revision] = []
    for fields in history:
        revisions = _after(fields, *revisions)
        assert not revisions or _shown(*revisions) == fields
        assert _after(fields, *revisions) == revisions  # saving what is shown writes nothing


@given(st.data())
def test_changing_one_field_writes_only_its_registers(data: st.DataObject) -> None:
    first = data.draw(project_fields)
    name, second = data.draw(changed_fields(first))
    before = record_state(RECORD, [make_revision(to_registers(first, {}))]).values
    assert {field_of(register) for register in to_registers(second, before)} <= {name}


_HOSTILE_REGISTERS = st.dictionaries(
    st.sampled_from(
        [
            *("title", "start", "main_goal", "goals/6", "goals/", "goals/a,b", "audience/herkes", "audience_note"),
            *("locations/main", "locations/2", "_deleted", "status", "new", "goals"),
        ]
    ),
    json_values
    | st.fixed_dictionaries({"rank": st.integers(-3, 3) | st.just(MAX_SAFE_INTEGER) | st.booleans() | st.none()})
    | st.fixed_dictionaries({"type": st.just("Point"), "coordinates": json_values, "exactness": json_values}),
)


@given(_HOSTILE_REGISTERS, project_fields)
def test_whatever_stands_in_the_registers_can_be_shown_and_corrected(
    registers: dict[str, Json], fields: ProjectFields
) -> None:
    strange = make_revision(registers)
    assert isinstance(_shown(strange), ProjectFields)
    corrected = _after(fields, strange)
    assert _shown(*corrected) == fields
    assert all(parse_revision(revision.body) == revision for revision in corrected)


def test_adding_a_goal_writes_one_register_and_so_two_persons_do_not_clash() -> None:
    start = make_revision(to_registers(structs.replace(FIELDS, goals=("6", "13")), {}))
    values = record_state(RECORD, [start]).values
    assert to_registers(structs.replace(FIELDS, goals=("6", "13", "11")), values) == {"goals/11": {"rank": 2}}
    one = make_revision(to_registers(structs.replace(FIELDS, goals=("6", "13", "11")), values), start, replica="0" * 16)
    other = make_revision(
        to_registers(structs.replace(FIELDS, goals=("6", "13", "15")), values), start, replica="1" * 16
    )
    both = from_state(record_state(RECORD, [start, one, other]))
    assert both.fields.goals == ("6", "13", "11", "15")
    assert both.conflicts == ()


def test_after_a_goal_was_taken_out_the_others_keep_their_ranks() -> None:
    start = make_revision(to_registers(structs.replace(FIELDS, goals=("6", "13", "11", "15")), {}))
    fewer = _after(structs.replace(FIELDS, goals=("6", "11", "15")), start)
    assert fewer[-1].registers == {"goals/13": None}
    more = _after(structs.replace(FIELDS, goals=("6", "11", "15", "1")), *fewer)
    assert more[-1].registers == {"goals/1": {"rank": 4}}


def test_the_order_of_goals_and_groups_is_kept_when_it_is_all_that_changes() -> None:
    start = make_revision(to_registers(FIELDS, {}))
    turned = structs.replace(FIELDS, goals=("11", "6", "13"), audience=("çocuklar", "kadınlar"))
    assert _shown(*_after(turned, start)) == turned


def test_another_main_goal_by_one_and_a_further_goal_by_another_give_no_goal_twice() -> None:
    start = make_revision(to_registers(structs.replace(FIELDS, goals=("6",)), {}))
    values = record_state(RECORD, [start]).values
    one = make_revision(to_registers(structs.replace(FIELDS, goals=("13",)), values), start, replica="0" * 16)
    other = make_revision(to_registers(structs.replace(FIELDS, goals=("6", "13")), values), start, replica="1" * 16)
    both = record_state(RECORD, [start, one, other])
    assert from_state(both).fields.goals == ("13",)
    assert to_registers(from_state(both).fields, both.values) == {}


def test_a_further_goal_that_becomes_the_main_one_and_goes_again_is_gone() -> None:
    revisions: list[Revision] = []
    for goals in (("6", "13"), ("13",), ("11",)):
        revisions = _after(structs.replace(FIELDS, goals=goals), *revisions)
        assert _shown(*revisions).goals == goals


def test_the_highest_rank_can_still_be_followed() -> None:
    start = make_revision({"audience/herkes": {"rank": MAX_SAFE_INTEGER}})
    wanted = ProjectFields(audience=("herkes", "kadınlar"))
    revisions = _after(wanted, start)
    assert _shown(*revisions) == wanted
    assert parse_revision(revisions[-1].body) == revisions[-1]


@pytest.mark.parametrize("degrees", [38.12345674999, 38.1234567, -89.9999999, 90.0])
def test_a_place_is_kept_to_a_centimetre_and_then_stays(degrees: float) -> None:
    assert FIELDS.location is not None
    entered = structs.replace(FIELDS, location=replace(FIELDS.location, lat=degrees))
    shown = _shown(make_revision(to_registers(entered, {})))
    assert shown.location is not None
    assert shown.location.lat == round(degrees, 7)
    assert to_registers(shown, to_registers(entered, {})) == {}


# --- rows ------------------------------------------------------------------------------------------------------------


def test_a_new_row_gets_a_key_from_its_content_and_keeps_it() -> None:
    entered = ProjectFields(partners=(Partner(name="EÜ"), Partner(name="EÜ"), Partner(name="DEÜ")))
    start = make_revision(to_registers(entered, {}))
    shown = _shown(start)
    keys = [partner.key for partner in shown.partners]
    assert len({*keys, ""}) == 4
    assert [partner.name for partner in shown.partners] == ["EÜ", "EÜ", "DEÜ"]
    assert to_registers(entered, {}) == start.registers  # the same on every PC
    renamed = structs.replace(shown, partners=(replace(shown.partners[0], role="fon"), *shown.partners[1:]))
    [changed] = _after(renamed, start)[1].registers
    assert changed == f"partners/{keys[0]}"


def test_two_persons_who_add_different_rows_agree() -> None:
    start = make_revision(to_registers(FIELDS, {}))
    values = record_state(RECORD, [start]).values
    more = [Partner(key="n1", name="İZKA", role="fon"), Partner(key="n2", name="DEÜ", role="ortak")]
    edits = [
        make_revision(
            to_registers(structs.replace(FIELDS, partners=(*FIELDS.partners, partner)), values),
            start,
            replica=str(n) * 16,
        )
        for n, partner in enumerate(more)
    ]
    both = from_state(record_state(RECORD, [start, *edits]))
    assert [partner.name for partner in both.fields.partners] == ["Ege Üniversitesi", "İZKA", "DEÜ"]
    assert both.conflicts == ()


def test_what_an_indicator_reached_is_a_register_for_each_value() -> None:
    start = make_revision(to_registers(FIELDS, {}))
    [indicator] = FIELDS.indicators
    more = replace(indicator, actuals=(*indicator.actuals, Actual(key="a2", value=Decimal(0), date="2025")))
    revisions = _after(structs.replace(FIELDS, indicators=(more,)), start)
    assert revisions[-1].registers == {"actuals/i1/a2": {"rank": 2, "value": "0", "date": "2025"}}
    gone = _after(structs.replace(FIELDS, indicators=()), *revisions)
    assert gone[-1].registers == {"indicators/i1": None, "actuals/i1/a1": None, "actuals/i1/a2": None}


def test_what_a_newer_version_keeps_in_a_row_survives() -> None:
    newer = make_revision({"partners/p1": {"rank": 1, "name": "EÜ", "yeni": ["x"], "role": 5}})
    shown = _shown(newer)
    assert shown.partners == (Partner(key="p1", name="EÜ"),)
    assert _after(shown, newer) == [newer]
    edited = _after(structs.replace(shown, partners=(replace(shown.partners[0], type="okul"),)), newer)
    assert edited[-1].registers == {"partners/p1": {"rank": 1, "name": "EÜ", "yeni": ["x"], "type": "okul"}}


_HOSTILE_ROWS = st.dictionaries(
    st.sampled_from(
        [
            *("partners/a", "partners/", "partners/a/b", "indicators/i", "indicators/i/j", "actuals/i/1"),
            *("actuals/i/j/2", "evidence/x", "goal_details/6", "relations/y", "dimensions", "co2e"),
            *("audience_number", "confirmed", "sites/s"),
        ]
    ),
    json_values
    | st.fixed_dictionaries(
        {"rank": st.integers(-3, 3), "name": json_values, "value": json_values, "why": json_values}
    ),
)


@given(_HOSTILE_ROWS, project_fields)
def test_whatever_stands_in_rows_can_be_shown_and_corrected(registers: dict[str, Json], fields: ProjectFields) -> None:
    strange = make_revision(registers)
    shown = _shown(strange)
    assert msgspec.json.decode(msgspec.json.encode(shown), type=ProjectFields) == shown
    assert _shown(*_after(fields, strange)) == fields
