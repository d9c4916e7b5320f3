"""Versions of a project, what they differ in, and the way back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from izsa_desktop.domain.errors import NoSuchRevision, NotYourDistrict
from izsa_desktop.domain.fields import FIELDS as ALL_FIELDS
from izsa_desktop.domain.fields import says_something
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.revision import new_revision
from izsa_desktop.domain.rows import Evidence, Partner
from izsa_desktop.usecases import history, projects
from izsa_desktop.usecases.history import Comparison
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.support import FIELDS
from tests.usecases.line import Line, enter, export, merge


def save(workplace: Workplace, id_: str, **changes: Any) -> str:
    """Changes a project; the new save's id."""
    fields = structs.replace(projects.get_project(workplace, id_).fields, **changes)
    return projects.save_project(workplace, id_, fields).revision


def told(comparison: Comparison) -> dict[str, list[str]]:
    """Every line that differs, with marks as the command line has them."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return {
        one.field: ["".join(marks[s.sort].format(s.text) for s in line.segments) for line in one.lines]
        for one in comparison.told
    }


def elsewhere(workplace: Workplace, id_: str, **registers: object) -> str:
    """A save of the same project that another PC of the municipality made from the first one; its id."""
    first = history.versions(workplace, id_)[0]
    made = new_revision(
        record=id_,
        replica="f" * 16,
        seq=1,
        parents=(first.id,),
        registers=registers,
        author="Öteki",
        wall="2020-01-01T00:00:00Z",
    )
    with workplace.store.writing() as writer:
        writer.add([made])
    return made.id


def test_versions_tell_who_wrote_what_and_where(line: Line) -> None:
    [id_] = enter(line.bornova, "Kompost")
    with open_workplace(line.bornova) as bornova:
        second = save(bornova, id_, title="Kompost ağı", unit="Park")
        projects.delete_project(bornova, id_)
        one, two, three = history.versions(bornova, id_)
        assert (one.number, one.author, one.own, one.now) == (1, "Ayşe Yılmaz", True, False)
        assert (two.id, two.fields) == (second, ("title", "unit"))
        assert (three.fields, three.binned, three.now) == ((), True, True)
        other = elsewhere(bornova, id_, unit="Temizlik")
        shown = {v.id: v for v in history.versions(bornova, id_)}
        assert (shown[other].pc, shown[other].now, shown[other].own) == ("ffffffff", True, False)
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    with open_workplace(line.office) as office:
        assert {v.pc for v in history.versions(office, id_)} == {"Ayşe Yılmaz"}


def test_a_version_that_waits_for_another_says_so(line: Line) -> None:
    [id_] = enter(line.bornova, "Kompost")
    with open_workplace(line.bornova) as bornova, bornova.store.writing() as writer:
        [first] = writer.history(id_)
        lost = new_revision(
            record=id_,
            replica="f" * 16,
            seq=1,
            parents=(first.id,),
            registers={"unit": "a"},
            author="Ö",
            wall=first.wall,
        )
        waits = new_revision(
            record=id_,
            replica="f" * 16,
            seq=2,
            parents=(lost.id,),
            registers={"unit": "b"},
            author="Ö",
            wall=first.wall,
        )
        writer.add([waits])
    with open_workplace(line.bornova) as bornova:
        assert [v.parked for v in history.versions(bornova, id_)] == [False, True]


def test_texts_are_compared_word_by_word_and_rows_by_what_they_are(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        [id_] = projects.add_projects(bornova, [FIELDS])
        first = history.versions(bornova, id_)[0].id
        second = save(
            bornova,
            id_,
            purpose="Çatı suyunu park için toplamak.\nİkinci satır.",
            status="tamamlandı",
            audience=tuple(reversed(FIELDS.audience)),
            partners=(replace(FIELDS.partners[0], role="fon"), Partner(name="Mimarlar Odası")),
            evidence=FIELDS.evidence[:1],
        )
        found = told(history.changed_by(bornova, id_, second))
        assert found == told(history.compare(bornova, id_, first[:6], second))
    assert found == {
        "purpose": ["Çatı suyunu{+ park için+} toplamak.\nİkinci satır."],
        "status": ["[-Running-] → {+Completed+}"],
        "audience": ["Only their order changed."],
        "partners": ["Ege Üniversitesi", "Role: [-Partner-] → {+Funding+}", "{+Mimarlar Odası+}"],
        "evidence": ["[-https://example.org/belge · Haber-]"],
    }


def test_every_field_can_be_told_in_both_languages(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        [id_] = projects.add_projects(bornova, [ProjectFields()])
        first = history.versions(bornova, id_)[0].id
        second = projects.save_project(bornova, id_, FIELDS).revision
        for language in ("tr", "en"):
            found = told(history.compare(bornova, id_, first, second, language))
            empty = ProjectFields(district=FIELDS.district)
            wanted = {s.name for s in ALL_FIELDS if getattr(FIELDS, s.name) != getattr(empty, s.name)}
            assert set(found) == wanted
            assert all("".join(lines).strip("[]{}+- ") for lines in found.values())


def test_going_back_is_one_more_save_that_keeps_the_number_and_can_be_undone(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        [id_] = projects.add_projects(bornova, [FIELDS])
        before = projects.get_project(bornova, id_)
        first = history.versions(bornova, id_)[0].id
        changed = {s.name: getattr(ProjectFields(), s.name) for s in ALL_FIELDS if s.name != "district"}
        save(bornova, id_, **changed)
        projects.delete_project(bornova, id_)
        heads = projects.get_project(bornova, id_).heads
        back = history.restore_version(bornova, id_, first)
        assert (back.fields, back.number, back.deleted) == (before.fields, before.number, False)
        assert len(history.versions(bornova, id_)) == 4
        assert history.versions(bornova, id_)[3].id == back.heads[0]
        assert history.restore_version(bornova, id_, first) == back
        undone = history.undo_restore(bornova, id_, heads)
        assert (undone.fields.title, undone.deleted) == ("", True)


def test_going_back_settles_what_two_pcs_wrote_apart(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        [id_] = projects.add_projects(bornova, [ProjectFields(title="a", unit="x")])
        first = history.versions(bornova, id_)[0].id
        save(bornova, id_, unit="y")
        elsewhere(bornova, id_, unit="z", owner="Öteki")
        assert projects.get_project(bornova, id_).conflicts == ("unit",)
        back = history.restore_version(bornova, id_, first)
        assert (back.conflicts, back.fields.unit, back.fields.owner, len(back.heads)) == ((), "x", "", 1)


def test_nobody_goes_back_in_the_record_of_another(line: Line) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    with open_workplace(line.office) as office:
        first = history.versions(office, id_)[0].id
        with pytest.raises(NotYourDistrict):
            history.restore_version(office, id_, first)


@pytest.mark.parametrize("wanted", ["", "abc", "0" * 64, "%"])
def test_a_version_that_is_not_there(line: Line, wanted: str) -> None:
    [id_] = enter(line.bornova, "Kompost")
    with open_workplace(line.bornova) as bornova, pytest.raises(NoSuchRevision):
        history.changed_by(bornova, id_, wanted)


def test_the_bin_gives_back_everything_with_its_evidence(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        [id_] = projects.add_projects(bornova, [FIELDS])
        before = projects.get_project(bornova, id_)
        projects.delete_project(bornova, id_)
        assert projects.get_project(bornova, id_).deleted
        projects.restore_project(bornova, id_)
        after = projects.get_project(bornova, id_)
    assert after.fields == before.fields
    assert after.fields.evidence == FIELDS.evidence
    silent = {"energy_produced", "review_note"}  # nought; the office's
    assert all(says_something(getattr(after.fields, spec.name)) for spec in ALL_FIELDS if spec.name not in silent)
    assert isinstance(after.fields.evidence[0], Evidence)


def test_the_window_says_nothing_that_is_markup(line: Line, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=1>"
    with open_workplace(line.bornova) as bornova:
        [id_] = projects.add_projects(bornova, [ProjectFields(title="a")])
        second = save(bornova, id_, title=hostile)
        [lines] = told(history.changed_by(bornova, id_, second)).values()
    assert lines == [f"[-a-]{{+{hostile}+}}"]
