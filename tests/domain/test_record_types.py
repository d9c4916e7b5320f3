"""Records of several types side by side: each is made of its own saves."""

from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.record_types import COACHING, of_type
from izsa_desktop.domain.revision import PROJECT
from izsa_desktop.domain.withdrawal import note_of
from tests.support import make_revision


def test_saves_of_one_type_are_given_back_as_they_are() -> None:
    saves = [make_revision(), make_revision({"title": "x"}, seq=2)]
    assert of_type(saves, PROJECT) is saves
    assert of_type(saves, COACHING) == []
    assert of_type([], COACHING) == []


def test_saves_of_two_types_under_one_id_do_not_touch_each_other() -> None:
    project = make_revision()
    note = make_revision({"kind": "note", "text": "Not"}, type_=COACHING, seq=2)
    upon = make_revision({"text": "Sonra"}, note, type_=COACHING, seq=3)
    both = [upon, project, note]
    assert of_type(both, PROJECT) == [project]
    assert of_type(both, COACHING) == [upon, note]
    assert record_state(project.record, of_type(both, COACHING)).values == {"kind": "note", "text": "Sonra"}


def test_what_the_office_notes_of_withdrawn_saves_belongs_to_every_type() -> None:
    gone = make_revision({"kind": "note", "text": "Gitti"}, type_=COACHING)
    upon = make_revision({"text": "Sonra", "kind": "note"}, gone, type_=COACHING, seq=2)
    noted = make_revision(note_of({gone.id: []}), seq=3)
    found = of_type([upon, noted], COACHING)
    assert found == [upon, noted]
    assert record_state(gone.record, found).values == {"text": "Sonra", "kind": "note"}
