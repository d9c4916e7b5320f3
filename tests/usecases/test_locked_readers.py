"""The office's keys for reading have the signing key's passphrase, and a new key is not left unlocked."""

import os
import pty
import shutil
from pathlib import Path

import pytest

from izsa_desktop.bundle import signing
from izsa_desktop.bundle.encryption import is_encrypted
from izsa_desktop.domain.errors import KeyUnusable, PassphraseNeeded, WrongPassphrase
from izsa_desktop.usecases import exchange, keys, readers, restoring, sending, upkeep
from izsa_desktop.usecases.keyring import Keyring, identity_files, key_file
from izsa_desktop.usecases.workplace import open_workplace
from tests.cli.driver import Izsa
from tests.usecases.line import Line, enter, merge
from tests.usecases.mail import answer, pin, take
from tests.usecases.test_answers import titles

FIRST, SECOND = "Bornova'da 3 çınar", "Kordon’da 4 palmiye"


@pytest.fixture(autouse=True)
def quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the work of ours; age's own is as it is."""
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)


def reading(line: Line) -> Path:
    """The office has a key for reading, and Bornova knows of it."""
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        readers.readers(office)
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    [file] = identity_files(line.office)
    return file


def encrypted(line: Line, title: str, target: Path) -> Path:
    enter(line.bornova, title)
    with open_workplace(line.bornova) as bornova:
        sending.export_bundle(bornova, target, encrypt=True)
    return target


def lock(folder: Path, old: str | None, new: str | None) -> None:
    with open_workplace(folder) as workplace:
        keys.set_passphrase(workplace, old, new)


def test_locked_changed_and_taken_off_with_the_signing_key(line: Line) -> None:
    file = reading(line)
    plain = file.read_bytes()
    lock(line.office, None, FIRST)
    assert is_encrypted(file.read_bytes())
    assert b"AGE-SECRET-KEY" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    lock(line.office, FIRST, SECOND)
    lock(line.office, SECOND, None)
    assert file.read_bytes() == plain
    assert sorted(path.suffix for path in file.parent.iterdir()) == [".age", ".key", ".pub"]


def test_an_encrypted_bundle_asks_once_and_says_nothing_false_of_the_file(line: Line) -> None:
    reading(line)
    lock(line.office, None, FIRST)
    first, second = (encrypted(line, title, line.folder / f"{title}.izsa") for title in ("Bir", "İki"))
    with open_workplace(line.office) as office:
        with pytest.raises(PassphraseNeeded):
            exchange.preview_bundles(office, [first])
        with pytest.raises(PassphraseNeeded):
            exchange.merge_bundles(office, [first])
    asked: list[str] = []

    def ask() -> str:
        asked.append(FIRST if asked else SECOND)
        return asked[-1]

    with open_workplace(line.office, keyring=Keyring(ask)) as office:
        with pytest.raises(WrongPassphrase):
            exchange.merge_bundles(office, [first])
        assert [one.code for one in exchange.preview_bundles(office, [first, second])] == [0, 0]
        assert [one.code for one in exchange.merge_bundles(office, [first, second])] == [0, 0]
    assert asked == [SECOND, FIRST]
    assert titles(line.office) == ["Bir", "İki"]


def test_one_made_where_there_is_a_passphrase_is_locked_from_the_beginning(line: Line) -> None:
    lock(line.office, None, FIRST)
    with open_workplace(line.office) as office:
        with pytest.raises(PassphraseNeeded):
            readers.readers(office)
        assert identity_files(line.office) == []
        keys.unlock(office, FIRST)
        readers.readers(office)
    [file] = identity_files(line.office)
    assert is_encrypted(file.read_bytes())


def test_a_damaged_one_is_named(line: Line) -> None:
    file = reading(line)
    bundle = encrypted(line, "Bir", line.folder / "1.izsa")
    file.write_bytes(b"no key")
    assert [type(one.refusal) for one in merge(line.office, bundle)] == [KeyUnusable]


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
def test_the_stock_tool_opens_a_bundle_with_the_locked_key(line: Line) -> None:
    file = reading(line)
    lock(line.office, None, "parola olur")
    bundle = encrypted(line, "Bir", line.folder / "1.izsa")
    child, terminal = pty.fork()
    if child == 0:  # age reads a passphrase from a terminal alone
        os.execvp("age", ["age", "-d", "-i", str(file), "-o", str(line.folder / "plain.izsa"), str(bundle)])
    os.write(terminal, b"parola olur\n")
    try:
        while os.read(terminal, 1024):
            pass
    except OSError:  # it has ended
        pass
    assert os.waitpid(child, 0)[1] == 0
    assert [one.code for one in merge(line.office, line.folder / "plain.izsa")] == [0]


# --- a new key in the place of a locked one --------------------------------------------------------------------------


def lost(line: Line) -> Path:
    """Bornova's key was locked; its database and its key are gone, a backup is there."""
    enter(line.bornova, "Bir")
    lock(line.bornova, None, FIRST)
    with open_workplace(line.bornova) as bornova:
        upkeep.backup(bornova, line.folder / "backup.sqlite3")
        keys.unlock(bornova, FIRST)
        sending.export_bundle(bornova, line.folder / "1.izsa")
    for path in (line.bornova / "izsa.sqlite3", *(line.bornova / "bundles" / "out").iterdir()):
        path.write_bytes(b"")
    return line.folder / "backup.sqlite3"


def test_whoever_had_a_passphrase_is_asked_for_another(izsa: Izsa, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = lost(line)
    monkeypatch.setenv("IZSA_NEW_PASSPHRASE", SECOND)
    ended = izsa("--data", line.bornova, "restore", backup)
    assert (ended.code, "The passphrase is set" in ended.out) == (0, True)
    with open_workplace(line.bornova) as bornova:
        assert keys.has_passphrase(bornova)
        assert not keys.lost_its_lock(bornova)
        keys.unlock(bornova, SECOND)


@pytest.mark.parametrize("given", [None, "kısa"])
def test_where_nobody_can_be_asked_it_is_told(
    izsa: Izsa,
    line: Line,
    monkeypatch: pytest.MonkeyPatch,
    given: str | None,
) -> None:
    backup = lost(line)
    monkeypatch.delenv("IZSA_NEW_PASSPHRASE", raising=False)
    if given is not None:
        monkeypatch.setenv("IZSA_NEW_PASSPHRASE", given)
    ended = izsa("--data", line.bornova, "restore", backup)
    assert (ended.code, "the new one has none" in ended.err) == (0, True)
    with open_workplace(line.bornova) as bornova:
        assert keys.lost_its_lock(bornova)


def test_whoever_had_none_is_not_asked(izsa: Izsa, line: Line) -> None:
    enter(line.bornova, "Bir")
    with open_workplace(line.bornova) as bornova:
        upkeep.backup(bornova, line.folder / "backup.sqlite3")
        key_file(line.bornova, bornova.identity.replica).unlink()
    (line.bornova / "izsa.sqlite3").write_bytes(b"")
    assert restoring.restore(line.bornova, line.folder / "backup.sqlite3").enrol_again
    with open_workplace(line.bornova) as bornova:
        assert not keys.lost_its_lock(bornova)
    assert izsa("--data", line.bornova, "key", "renew").err == ""
