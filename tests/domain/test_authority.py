"""How a project was reviewed is the office's to say."""

import pytest

from izsa_desktop.domain.authority import overstepped
from izsa_desktop.domain.reference import OFFICE
from tests.support import BORNOVA, REFERENCE

REVIEWING = {"incelemede", "düzeltme istendi", "onaylandı"}


@pytest.mark.parametrize("code", [term.code for term in REFERENCE.vocabularies["review"]])
def test_a_district_does_not_review_its_own_work(code: str) -> None:
    assert overstepped(BORNOVA, {"title": "Kompost", "review": code}) == ("review" if code in REVIEWING else "")
    assert overstepped(OFFICE, {"review": code}) == ""


def test_what_is_no_state_is_nobodys() -> None:
    for value in (None, 5, ["onaylandı"], {"onaylandı": 1}):
        assert overstepped(BORNOVA, {"review": value}) == ""
