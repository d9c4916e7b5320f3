"""Coaching notes: from the office to one district, and to nobody else."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import Contents, Place
from izsa_desktop.bundle.manifest import Sender
from izsa_desktop.domain.errors import BadField, OfficeOnly, UnknownDistrict
from izsa_desktop.domain.ledger import ANSWER
from izsa_desktop.domain.record_types import COACHING
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision, new_revision
from izsa_desktop.usecases import coaching, rebuilding
from izsa_desktop.usecases.catalogue import catalogue
from izsa_desktop.usecases.projects import list_projects
from izsa_desktop.usecases.trusting import lists_to_carry
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, crafted, enter, export, revisions_of, state_hash
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, take

BORNOVA, KONAK = "TUR035007", "TUR035021"


def write(line: Line, district: str, text: str, day: str = "") -> str:
    with open_workplace(line.office) as office:
        return coaching.write_note(office, district, text, day)


def read(folder: Path, district: str = "") -> list[str]:
    with open_workplace(folder) as workplace:
        return [note.text for note in coaching.notes(workplace, district)]


def signed_by_office(line: Line, target: Path, revisions: Sequence[Revision], to: str = BORNOVA, seq: int = 1) -> Path:
    with open_workplace(line.office) as office, office.store.reading() as reader:
        data, _ = bundle_file.write(
            Contents(revisions, lists=lists_to_carry(reader)),
            Place(seq=seq),
            kind=ANSWER,
            sender=Sender(OFFICE, office.identity.replica),
            to=to,
            created="2026-01-31T12:00:00Z",
            key=office.key(),
        )
    target.write_bytes(data)
    return target


def save(folder: Path, record: str, type_: str, seq: int = 1, **registers: object) -> Revision:
    return new_revision(
        record=record,
        replica=replica(folder),
        seq=seq,
        parents=(),
        registers=registers or {"kind": "note", "text": "Gizli", "date": "2026-01-31"},
        author="Kim",
        wall="2026-01-31T12:00:00Z",
        type_=type_,
    )


def test_a_note_reaches_its_district_and_nobody_else(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova, line.konak)
    write(line, "Bornova", "İlk görüşme", "2026-01-10")
    write(line, BORNOVA, "Göstergeler eksik\n<b>kalın</b>", "2026-03-02")
    write(line, "konak", "Konak'a")
    for folder in (line.bornova, line.konak):
        assert [one.code for one in take(folder, answer(line, folder, tmp_path / folder.name))] == [0]
    assert read(line.bornova) == ["Göstergeler eksik\n<b>kalın</b>", "İlk görüşme"]
    assert read(line.konak) == ["Konak'a"]
    assert read(line.office, BORNOVA) == read(line.bornova)
    assert len(read(line.office)) == 3
    with open_workplace(line.bornova) as bornova:
        [_, first] = coaching.notes(bornova)
        assert (first.day, first.author, first.district) == ("2026-01-10", "Koordinatör", BORNOVA)
        assert list_projects(bornova) == []
        assert catalogue(bornova) == []
    assert hash_of(line.office, BORNOVA) == state_hash(line.bornova)


def test_notes_go_with_the_answer_that_follows_and_survive_a_rebuild(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, tmp_path / "b.izsa"))
    for n in range(3):
        write(line, BORNOVA, f"Not {n}", f"2026-01-1{n}")
        take(line.bornova, answer(line, line.bornova, tmp_path / f"{n}.izsa"))
    for folder in (line.bornova, line.office):
        with open_workplace(folder) as workplace:
            before = coaching.notes(workplace)
            rebuilding.rebuild(workplace)
            with workplace.store.writing() as writer:
                writer.rebuild()
            assert coaching.notes(workplace) == before
            assert len(before) == 3
        state_hash(folder)


def test_the_second_pc_of_the_office_and_of_the_district_have_them_too(line: Line, tmp_path: Path) -> None:
    other = second_pc(line)
    pin(line, line.bornova, other)
    write(line, BORNOVA, "Herkese")
    bundle = answer(line, line.bornova, tmp_path / "a.izsa")
    for folder in (line.bornova, other):
        take(folder, bundle)
        assert read(folder) == ["Herkese"]


def test_today_is_the_day_of_a_note_without_one(line: Line) -> None:
    write(line, BORNOVA, "Bugün")
    with open_workplace(line.office) as office:
        assert coaching.notes(office)[0].day == date.today().isoformat()


@pytest.mark.parametrize(
    ("district", "text", "day", "error"),
    [
        ("TUR035", "x", "", UnknownDistrict),
        ("Ankara", "x", "", UnknownDistrict),
        (BORNOVA, "  \n", "", BadField),
        (BORNOVA, "a\x07", "", BadField),
        (BORNOVA, "x" * 10_001, "", BadField),
        (BORNOVA, "x", "2026-01", BadField),
        (BORNOVA, "x", "dün", BadField),
    ],
)
def test_what_is_no_note_is_not_kept(line: Line, district: str, text: str, day: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        write(line, district, text, day)
    assert read(line.office) == []


def test_a_district_writes_none(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as bornova, pytest.raises(OfficeOnly):
        coaching.write_note(bornova, BORNOVA, "x")
    forged = save(line.bornova, f"{BORNOVA}/{'a' * 32}", COACHING)
    file = crafted(line.bornova, tmp_path / "f.izsa", [forged])
    [refused] = take(line.office, file)
    assert refused.code == 12
    assert read(line.office) == []


def test_an_answer_with_another_districts_note_is_refused(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    foreign = save(line.office, f"{KONAK}/{'a' * 32}", COACHING)
    assert [one.code for one in take(line.bornova, signed_by_office(line, tmp_path / "f.izsa", [foreign]))] == [12]
    assert read(line.bornova) == []


def test_a_type_of_a_later_version_is_too_new(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    later = save(line.office, f"{BORNOVA}/{'a' * 32}", "oylama")
    [refused] = take(line.bornova, signed_by_office(line, tmp_path / "f.izsa", [later]))
    assert refused.code == 17
    theirs = crafted(line.bornova, tmp_path / "g.izsa", [save(line.bornova, f"{BORNOVA}/{'a' * 32}", "oylama")])
    assert [one.code for one in take(line.office, theirs)] == [17]


def test_a_note_under_a_projects_id_does_not_touch_the_project(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Bir")
    odd = save(line.office, id_, COACHING)
    assert [one.code for one in take(line.bornova, signed_by_office(line, tmp_path / "f.izsa", [odd]))] == [0]
    with open_workplace(line.bornova) as bornova:
        [project] = list_projects(bornova)
        assert (project.fields.title, project.fields.kind, len(project.heads)) == ("Bir", "", 1)
        assert [note.id for note in coaching.notes(bornova)] == [id_]
        assert len(revisions_of(bornova)) == 2
    state_hash(line.bornova)


def test_what_another_version_says_of_a_note_can_be_shown(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    odd = [
        save(line.office, f"{BORNOVA}/{'a' * 32}", COACHING, 1, kind="note", text=7, date="once"),
        save(line.office, f"{BORNOVA}/{'b' * 32}", COACHING, 2, kind="oylama", text="x"),
        save(line.office, f"{BORNOVA}/{'c' * 32}", COACHING, 3, kind="note", text="y", _deleted=True),
    ]
    take(line.bornova, signed_by_office(line, tmp_path / "f.izsa", odd))
    with open_workplace(line.bornova) as bornova:
        [note] = coaching.notes(bornova)
        assert (note.text, note.day) == ("", "2026-01-31")
    state_hash(line.bornova)
