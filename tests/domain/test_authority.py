"""How a project was reviewed is the office's to say."""

import pytest

from izsa_desktop.domain.authority import overstepped
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
    assert overstepped(OFFICE, BORNOVA, {"review": "onaylandı", "title": "Kompost"}) == "title"
    assert overstepped(OFFICE, BORNOVA, {"title": "Kompost"}, ("title",)) == ""
    assert overstepped(OFFICE, OFFICE, {"title": "Kompost", "review": "onaylandı"}) == ""


def test_the_offices_note_is_the_offices() -> None:
    assert overstepped(BORNOVA, BORNOVA, {"review_note": "Aferin"}) == "review_note"
    assert overstepped(BORNOVA, BORNOVA, {"review_note": None}) == ""


def test_a_district_says_nothing_of_another_ones_records() -> None:
    assert overstepped(BORNOVA, KEMALPASA, {"title": "Kompost"}, ("title",)) == "title"
    assert overstepped(BORNOVA, KEMALPASA, {}) == "district"
