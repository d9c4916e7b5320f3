"""What a project is to others is the district's to say and the office's."""

from izsa_desktop.domain.authority import overstepped
from izsa_desktop.domain.reference import OFFICE
from tests.support import BORNOVA, KEMALPASA

ROW: dict[str, object] = {f"relations/{KEMALPASA}/{'b2' * 16}": {"kind": "ortak iş"}}


def test_the_office_and_the_district_may_say_it_and_nobody_else() -> None:
    assert overstepped(OFFICE, BORNOVA, ROW) == overstepped(BORNOVA, BORNOVA, ROW) == ""
    assert overstepped(OFFICE, BORNOVA, {**ROW, "review": "onaylandı"}) == ""
    assert overstepped(KEMALPASA, BORNOVA, ROW) == next(iter(ROW))


def test_the_office_says_nothing_else_with_it() -> None:
    assert overstepped(OFFICE, BORNOVA, {**ROW, "title": "x"}) == "title"
    assert overstepped(OFFICE, BORNOVA, {"relations": []}) == "relations"
