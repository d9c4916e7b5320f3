"""How a project was reviewed is the office's to say."""

import pytest

from izsa_desktop.domain.authority import overstepped, stands_against
from izsa_desktop.domain.record_types import COACHING, JOINT
from izsa_desktop.domain.reference import OFFICE
from tests.support import BORNOVA, KEMALPASA, REFERENCE

REVIEWING = {"incelemede", "düzeltme istendi", "onaylandı"}


@pytest.mark.parametrize("code", [term.code for term in REFERENCE.vocabularies["review"]])
def test_a_district_does_not_review_its_own_work(code: str) -> None:
    said = {"title": "Kompost", "review": code}
    assert overstepped(BORNOVA, BORNOVA, said) == ("review" if code in REVIEWING else "")
    assert overstepped(OFFICE, BORNOVA, {"review": code}) == ""


def test_what_is_no_state_is_nobodys() -> None:
    for value in (None, 5, ["onaylandı"], {"onaylandı": 1}):
        assert overstepped(BORNOVA, BORNOVA, {"review": value}) == ""


def test_the_office_states_no_facts_of_a_district_but_chooses_among_those_that_stand() -> None:
    assert overstepped(OFFICE, BORNOVA, {"review": "onaylandı", "review_note": "Teşekkürler"}) == ""
    assert overstepped(OFFICE, BORNOVA, {f"relations/{KEMALPASA}": {"kind": "joint"}}) == ""
    assert overstepped(OFFICE, BORNOVA, {"review": "onaylandı", "title": "Kompost"}) == "title"
    assert overstepped(OFFICE, BORNOVA, {"title": "Kompost"}, ("title",)) == ""
    assert overstepped(OFFICE, OFFICE, {"title": "Kompost", "review": "onaylandı"}) == ""


def test_the_offices_note_is_the_offices() -> None:
    assert overstepped(BORNOVA, BORNOVA, {"review_note": "Aferin"}) == "review_note"
    assert overstepped(BORNOVA, BORNOVA, {"review_note": None}) == ""
    assert overstepped(OFFICE, OFFICE, {"review_note": "Aferin"}) == ""


@pytest.mark.parametrize("register", ["comments/start", "checks/title"])
def test_what_is_said_of_single_fields_is_the_offices(register: str) -> None:
    assert overstepped(OFFICE, BORNOVA, {register: "Aferin"}) == ""
    assert overstepped(BORNOVA, BORNOVA, {"title": "Kompost", register: "Aferin"}) == register
    assert overstepped(BORNOVA, BORNOVA, {register: None}) == ""
    assert overstepped(KEMALPASA, BORNOVA, {register: None}) == register
    assert overstepped(OFFICE, OFFICE, {register: "Aferin"}) == ""


def test_a_district_says_nothing_of_another_ones_records() -> None:
    assert overstepped(BORNOVA, KEMALPASA, {"title": "Kompost"}, ("title",)) == "title"
    assert overstepped(BORNOVA, KEMALPASA, {}) == "district"


def test_what_withdrawn_saves_were_made_upon_is_the_offices_to_say_and_with_nothing_beside() -> None:
    note: dict[str, object] = {"_withdrawn/x": [], "_withdrawn/y": []}
    assert overstepped(OFFICE, BORNOVA, note) == overstepped(OFFICE, OFFICE, note) == ""
    assert overstepped(BORNOVA, BORNOVA, note, tuple(note)) == "_withdrawn/x"
    assert overstepped(BORNOVA, BORNOVA, {"title": "Kompost", "_withdrawn/y": []}) == "_withdrawn/y"
    assert overstepped(OFFICE, OFFICE, {"title": "Kompost", "_withdrawn/y": []}) == "_withdrawn/y"


def test_in_coaching_each_side_writes_what_is_its_own() -> None:
    note = {"kind": "note", "text": "Görüşüldü", "review": "onaylandı"}
    assert overstepped(OFFICE, BORNOVA, note, (), COACHING) == ""
    assert overstepped(OFFICE, BORNOVA, {}, (), COACHING) == ""
    assert overstepped(BORNOVA, BORNOVA, note, ("kind", "text"), COACHING) == "kind"
    assert overstepped(KEMALPASA, BORNOVA, note, (), COACHING) == "kind"
    assert overstepped(BORNOVA, BORNOVA, {}, (), COACHING) == "district"
    theirs = {"district/kind": "evidence", "district/text": "Yazı"}
    assert overstepped(BORNOVA, BORNOVA, theirs, (), COACHING) == ""
    assert overstepped(BORNOVA, BORNOVA, {**theirs, "_deleted": True}, (), COACHING) == "_deleted"
    assert overstepped(KEMALPASA, BORNOVA, theirs, (), COACHING) == "district/kind"
    assert overstepped(OFFICE, BORNOVA, {"returned": "Eksik", **theirs}, tuple(theirs), COACHING) == "district/kind"
    assert overstepped(BORNOVA, BORNOVA, theirs) == "", "in a project there is no such rule"
    assert overstepped(OFFICE, BORNOVA, {"kind": "note", "_withdrawn/x": []}, (), COACHING) == "_withdrawn/x"
    assert overstepped(OFFICE, BORNOVA, note) == "kind", "in a project they are a district's facts"


def test_a_joint_programme_is_the_offices_and_the_answer_to_it_the_districts() -> None:
    answer, told = {"district/answer": {"said": "accept"}}, {"title": "Ortak", "told/TUR035018": {"said": "accept"}}
    assert overstepped(BORNOVA, BORNOVA, answer, (), JOINT) == ""
    assert overstepped(OFFICE, BORNOVA, told, (), JOINT) == overstepped(OFFICE, OFFICE, told, (), JOINT) == ""
    for body, registers in (
        (KEMALPASA, answer),
        (OFFICE, answer),
        (BORNOVA, told),
        (BORNOVA, answer | told),
        (BORNOVA, {"_deleted": True}),
        (BORNOVA, {}),
    ):
        assert overstepped(body, BORNOVA, registers, tuple(registers), JOINT)


@pytest.mark.parametrize(
    ("registers", "stands"),
    [
        (["district/answer"], False),
        (["district/answer", "told/TUR035021"], False),
        (["told/TUR035021"], False),
        (["district/answer", "title"], True),
        (["district"], True),
        (["title"], True),
    ],
)
def test_only_an_answer_does_not_stand_against_the_office_that_puts_a_record_away(
    registers: list[str], *, stands: bool
) -> None:
    for type_ in (COACHING, JOINT):
        assert stands_against(type_, registers) is stands
    assert stands_against("project", registers)
