"""What was looked at is what is taken in: a file that is another one by then is left alone (A37)."""

import hashlib
import shutil
from pathlib import Path

from izsa_desktop.domain.errors import FileChanged
from izsa_desktop.usecases import inbox, quarantine
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.cli.driver import Izsa
from tests.usecases.line import Line, enter, export, listing, merge, state_hash
from tests.usecases.mail import send
from tests.usecases.test_mails import mail


def two(line: Line, tmp_path: Path) -> tuple[Path, Path]:
    """Two bundles of Bornova's, both good."""
    enter(line.bornova, "Bir")
    first = export(line.bornova, tmp_path / "1.izsa")
    enter(line.bornova, "İki")
    send(line.bornova, tmp_path / "2.izsa", full=True)
    return first, tmp_path / "2.izsa"


def test_a_file_that_was_swapped_after_the_preview_is_left_alone(line: Line, tmp_path: Path) -> None:
    first, second = two(line, tmp_path)
    with open_workplace(line.office) as office:
        [seen] = inbox.look(office, [first]).bundles
    assert seen.parcel.sha256 == hashlib.sha256(first.read_bytes()).hexdigest()
    shutil.copyfile(second, first)
    before = listing(line.office)
    [done] = merge(line.office, seen.parcel)
    assert (done.refusal, done.code) == (FileChanged("1.izsa"), 1)
    assert listing(line.office) == before
    with open_workplace(line.office) as office:
        [again] = inbox.look(office, [first]).bundles
    assert [one.new for one in merge(line.office, again.parcel)] == [2]


def test_one_that_is_the_same_again_is_taken_in(line: Line, tmp_path: Path) -> None:
    first, _second = two(line, tmp_path)
    with open_workplace(line.office) as office:
        [seen] = inbox.look(office, [first]).bundles
    content = first.read_bytes()
    first.unlink()
    first.write_bytes(content)
    assert [one.code for one in merge(line.office, seen.parcel)] == [0]


def test_a_mail_that_was_swapped_is_left_alone_too(line: Line, tmp_path: Path) -> None:
    first, second = two(line, tmp_path)
    file = tmp_path / "ileti.eml"
    file.write_bytes(mail(("1.izsa", first.read_bytes()), ("2.izsa", second.read_bytes())).as_bytes())
    seen = inbox.bundles_of([file])
    with open_workplace(line.office) as office:
        parcels = [one.parcel for one in inbox.look(office, [file]).bundles]
    file.write_bytes(mail(("1.izsa", second.read_bytes())).as_bytes())
    before = state_hash(line.office)
    assert [one.refusal for one in merge(line.office, *parcels)] == [
        FileChanged("ileti.eml · 1.izsa"),
        FileChanged("ileti.eml · 2.izsa"),
    ]
    assert state_hash(line.office) == before
    assert [one.name for one in seen] == ["ileti.eml · 1.izsa", "ileti.eml · 2.izsa"]


def test_what_is_kept_aside_is_what_was_refused(line: Line, tmp_path: Path) -> None:
    """A refused file that is another one by the time it would be copied is not kept with that reason."""
    with create_workplace(tmp_path / "new", "TUR035020", "Elif"):
        pass
    _first, second = two(line, tmp_path)
    unknown = export(tmp_path / "new", tmp_path / "u.izsa")
    with open_workplace(line.office) as office:
        [seen] = inbox.look(office, [unknown]).bundles
        assert seen.code == 11
        shutil.copyfile(second, unknown)
        quarantine.note(office, seen.parcel, seen.refusal)
        assert quarantine.quarantined(office) == []


def test_the_command_line_takes_in_what_was_inspected(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    first, second = two(line, tmp_path)
    seen = izsa("--data", line.office, "inspect", first, "--json").json["file_sha256"]
    expecting = ("--data", line.office, "merge", first, "--expect", seen)
    kept = first.read_bytes()
    shutil.copyfile(second, first)
    before = state_hash(line.office)
    ended = izsa(*expecting)
    assert (ended.code, "not the file any more" in ended.err) == (1, True)
    assert state_hash(line.office) == before
    assert izsa(*expecting, "--expect", seen).code == 2
    first.write_bytes(kept)
    assert izsa(*expecting).code == 0
