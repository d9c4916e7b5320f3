"""A passphrase: what signs needs it, nothing else does, and no step of setting one can lose the key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from izsa_desktop.bundle import enrolment as files
from izsa_desktop.bundle import signing
from izsa_desktop.bundle.signing import PublicKey, SecretKey, is_locked
from izsa_desktop.domain.errors import (
    BadPassphrase,
    DiskProblem,
    FileProblem,
    KeyUnusable,
    KnownError,
    PassphraseNeeded,
    WrongPassphrase,
)
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import enrolment, keys, projects, restoring, sending, trusting, upkeep
from izsa_desktop.usecases.finding import list_found
from izsa_desktop.usecases.keyring import Keyring, key_file
from izsa_desktop.usecases.workplace import Workplace, change_language, keep_key, open_workplace
from tests.usecases.line import Line, enter, export, listing, merge

FIRST, SECOND = "Bornova'da 3 çınar", "Kordon’da 4 palmiye"


@pytest.fixture(autouse=True)
def quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the work of ours; test_signing opens real ones."""
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)


def lock(folder: Path, old: str | None, new: str | None) -> None:
    with open_workplace(folder) as workplace:
        keys.set_passphrase(workplace, old, new)


def own_key_file(folder: Path) -> Path:
    with open_workplace(folder) as workplace:
        return key_file(folder, workplace.identity.replica)


# --- set, change, remove ---------------------------------------------------------------------------------------------


def test_set_changed_and_taken_off(line: Line) -> None:
    file = own_key_file(line.bornova)
    before = file.read_bytes()
    with open_workplace(line.bornova) as workplace:
        assert not keys.has_passphrase(workplace)
        keys.set_passphrase(workplace, None, FIRST)
        assert keys.has_passphrase(workplace)
        keys.set_passphrase(workplace, FIRST, SECOND)
        assert SecretKey.from_file_bytes(file.read_bytes(), SECOND).file_bytes() == before
        with pytest.raises(WrongPassphrase):
            SecretKey.from_file_bytes(file.read_bytes(), FIRST)
        keys.set_passphrase(workplace, SECOND, None)
        assert not keys.has_passphrase(workplace)
    assert file.read_bytes() == before
    assert sorted(path.suffix for path in file.parent.iterdir()) == [".key", ".pub"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_nobody_changes_it_without_knowing_it(line: Line) -> None:
    lock(line.bornova, None, FIRST)
    before = listing(line.bornova / "keys")
    with open_workplace(line.bornova) as workplace:
        for new in (SECOND, None):
            with pytest.raises(WrongPassphrase):
                keys.set_passphrase(workplace, "something else", new)
            with pytest.raises(PassphraseNeeded):
                keys.set_passphrase(workplace, None, new)
    assert listing(line.bornova / "keys") == before


@pytest.mark.parametrize("passphrase", ["", "kısacık", "x" * 201, "iki\nsatır!", "gizli\u202eharf", "\udcffabcdefgh"])
def test_what_is_no_passphrase_is_refused_before_anything_is_written(line: Line, passphrase: str) -> None:
    before = listing(line.bornova / "keys")
    with open_workplace(line.bornova) as workplace, pytest.raises(BadPassphrase):
        keys.set_passphrase(workplace, None, passphrase)
    assert listing(line.bornova / "keys") == before


def test_a_former_key_is_locked_with_it(line: Line) -> None:
    """It may still be enrolled: whoever steals the disk must not sign with that one either."""
    former, foreign = SecretKey.generate(), SecretKey.generate()
    keep_key(line.bornova, former)
    foreign_file = key_file(line.bornova, foreign.key_id)
    foreign_file.write_bytes(foreign.file_bytes("a passphrase of its own"))
    kept = foreign_file.read_bytes()
    (line.bornova / "keys" / "broken.key").write_bytes(b"x")
    lock(line.bornova, None, FIRST)
    assert is_locked(key_file(line.bornova, former.key_id).read_bytes())
    lock(line.bornova, FIRST, SECOND)
    file = key_file(line.bornova, former.key_id)
    assert SecretKey.from_file_bytes(file.read_bytes(), SECOND).public == former.public
    assert foreign_file.read_bytes() == kept


def test_a_former_key_is_reached_also_after_a_half_done_change(line: Line) -> None:
    former = SecretKey.generate()
    file = key_file(line.bornova, former.key_id)
    lock(line.bornova, None, FIRST)
    file.write_bytes(former.file_bytes(SECOND))  # the program was stopped between this one and the PC's own
    lock(line.bornova, FIRST, SECOND)
    assert SecretKey.from_file_bytes(file.read_bytes(), SECOND).public == former.public


def test_a_new_file_that_cannot_be_written_leaves_the_key_as_it_was(line: Line) -> None:
    file = own_key_file(line.bornova)
    in_the_way = file.with_name(f"{file.name}.new")
    in_the_way.mkdir()
    before = listing(line.bornova / "keys")
    with open_workplace(line.bornova) as workplace, pytest.raises(FileProblem):
        keys.set_passphrase(workplace, None, FIRST)
    assert listing(line.bornova / "keys") == before
    assert in_the_way.is_dir()


@pytest.mark.parametrize("failing", ["torn", "another", "full"])
def test_a_disk_that_fails_leaves_the_key_as_it_was(line: Line, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    before = listing(line.bornova / "keys")
    given_back = {
        "torn": own_key_file(line.bornova).read_bytes()[:-3],
        "another": SecretKey.generate().file_bytes(FIRST),
    }

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with open_workplace(line.bornova) as workplace:
        if failing == "full":
            monkeypatch.setattr(keys, "move_over", full)
        else:
            monkeypatch.setattr(keys, "read_file", lambda *_arguments: given_back[failing])
        with pytest.raises(DiskProblem):
            keys.set_passphrase(workplace, None, FIRST)
    assert listing(line.bornova / "keys") == before


# --- what needs it ---------------------------------------------------------------------------------------------------


def signings(line: Line, tmp_path: Path) -> list[tuple[Path, Callable[[Workplace], object]]]:
    """Everything that signs."""
    with open_workplace(line.konak) as konak:
        enrolment.request_enrolment(konak, tmp_path / "konak.enrol")
    request = SecretKey.generate()
    enrol = tmp_path / "new.enrol"
    with open_workplace(line.bornova) as workplace:
        identity = workplace.identity
    enrol.write_bytes(files.write(identity, request, "2025-03-14T12:00:00Z"))
    return [
        (line.bornova, lambda w: sending.export_bundle(w, tmp_path / "x.izsa")),
        (line.bornova, lambda w: enrolment.request_enrolment(w, tmp_path / "x.enrol")),
        (line.office, lambda w: enrolment.accept_enrolment(w, enrolment.read_request(w, enrol))),
    ]


def test_what_signs_needs_the_passphrase_and_leaves_no_trace_without(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    for folder in (line.bornova, line.office):
        lock(folder, None, FIRST)
    for folder, sign in signings(line, tmp_path):
        before = listing(folder)
        with open_workplace(folder) as workplace:
            with pytest.raises(PassphraseNeeded):
                sign(workplace)
            with pytest.raises(WrongPassphrase):
                keys.unlock(workplace, SECOND)
            with pytest.raises(PassphraseNeeded):
                sign(workplace)
        assert listing(folder) == before
        assert not list(tmp_path.glob("x.*"))
    for folder, sign in signings(line, tmp_path):
        with open_workplace(folder) as workplace:
            keys.unlock(workplace, FIRST)
            sign(workplace)
    assert [r.code for r in merge(line.office, tmp_path / "x.izsa")] == [0]


def test_everything_else_works_without_it(line: Line, tmp_path: Path) -> None:
    konak = export(line.konak, tmp_path / "konak.izsa")
    fingerprints = {}
    for folder in (line.bornova, line.office):
        with open_workplace(folder) as workplace:
            fingerprints[folder] = enrolment.own_fingerprint(workplace)
        lock(folder, None, FIRST)
    with open_workplace(line.bornova) as workplace:
        [id_] = projects.add_projects(workplace, [ProjectFields(title="Bir")])
        projects.save_project(workplace, id_, ProjectFields(title="İki"))
        projects.delete_project(workplace, id_)
        projects.restore_project(workplace, id_)
        assert [project.fields.title for project in list_found(workplace, EVERYTHING)] == ["İki"]
        backup = upkeep.backup(workplace, tmp_path / "backup")
        assert enrolment.own_fingerprint(workplace) == fingerprints[line.bornova]
        assert upkeep.check(workplace) == []
        assert upkeep.state_hash(workplace)
    restoring.restore(line.bornova, backup)
    assert [r.code for r in merge(line.office, konak)] == [0]
    with open_workplace(line.office) as office:
        assert enrolment.own_fingerprint(office) == fingerprints[line.office]
        assert enrolment.enrolled(office)
        assert upkeep.check(office) == []


def test_a_damaged_database_gives_way_under_the_same_locked_key(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    export(line.bornova, tmp_path / "1.izsa")
    for folder in (line.bornova, line.office):
        lock(folder, None, FIRST)
        with open_workplace(folder) as workplace:
            backup = upkeep.backup(workplace, tmp_path / f"{folder.name}.backup")
            replica = workplace.identity.replica
        (folder / "izsa.sqlite3").write_bytes(b"")
        done = restoring.restore(folder, backup)
        assert (done.replaced, done.enrol_again) == (True, False)
        with open_workplace(folder) as workplace:
            assert workplace.identity.replica == replica


# --- once per session ------------------------------------------------------------------------------------------------


def test_it_is_asked_for_once_and_only_when_something_is_signed(line: Line, tmp_path: Path) -> None:
    lock(line.bornova, None, FIRST)
    asked: list[str] = []

    def ask() -> str:
        asked.append("")
        return FIRST

    with open_workplace(line.bornova, keyring=Keyring(ask)) as workplace:
        projects.add_projects(workplace, [ProjectFields(title="Bir")])
        assert asked == []
        sending.export_bundle(workplace, tmp_path / "1.izsa")
        english = change_language(workplace, "en")
        sending.export_bundle(english, tmp_path / "2.izsa")
        assert len(asked) == 1
        keys.set_passphrase(workplace, FIRST, SECOND)
        sending.export_bundle(workplace, tmp_path / "3.izsa")
    assert len(asked) == 1


def test_a_further_key_is_locked_as_the_first_and_opens_with_it(line: Line) -> None:
    """The office signs its list with keys that it keeps beside that of its PC."""
    asked: list[str] = []

    def ask() -> str:
        asked.append("")
        return FIRST

    open_one, locked_one = SecretKey.generate(), SecretKey.generate()
    with open_workplace(line.office) as workplace:
        workplace.add_key(open_one)
        assert not is_locked(key_file(line.office, open_one.key_id).read_bytes())
        keys.set_passphrase(workplace, None, FIRST)
        workplace.add_key(SecretKey.generate())
    with open_workplace(line.office) as workplace, pytest.raises(PassphraseNeeded):
        workplace.add_key(locked_one)
    assert not key_file(line.office, locked_one.key_id).exists()
    with open_workplace(line.office, keyring=Keyring(ask)) as workplace:
        workplace.add_key(locked_one)
        for key in (open_one, locked_one):
            assert is_locked(key_file(line.office, key.key_id).read_bytes())
            assert workplace.key(key.key_id).public == key.public
        keys.set_passphrase(workplace, FIRST, SECOND)
        assert workplace.key().key_id == workplace.identity.replica
        keys.set_passphrase(workplace, SECOND, None)
        assert workplace.keyring.passphrase is None
        assert workplace.key(locked_one.key_id).public == locked_one.public
    assert len(asked) == 1
    assert not any(is_locked(path.read_bytes()) for path in (line.office / "keys").glob("*.key"))


def test_the_office_changes_its_root_keys_by_the_one_passphrase(line: Line, tmp_path: Path) -> None:
    lock(line.office, None, FIRST)
    with open_workplace(line.office) as office:
        before = trusting.trust_view(office).trust
        with pytest.raises(PassphraseNeeded):
            trusting.rotate(office)
        assert trusting.trust_view(office).trust == before
    with open_workplace(line.office, keyring=Keyring(lambda: FIRST)) as office:
        [root] = trusting.rotate(office).roots
    root_file = key_file(line.office, PublicKey(root).key_id)
    assert root not in before.roots
    assert is_locked(root_file.read_bytes())
    lock(line.office, FIRST, SECOND)
    enrol = tmp_path / "new.enrol"
    with open_workplace(line.bornova) as workplace:
        enrol.write_bytes(files.write(workplace.identity, SecretKey.generate(), "2025-03-14T12:00:00Z"))
    with open_workplace(line.office, keyring=Keyring(lambda: SECOND)) as office:
        enrolment.accept_enrolment(office, enrolment.read_request(office, enrol))
        assert trusting.trust_view(office).trust.version > before.version + 1


def test_a_root_key_from_elsewhere_may_have_a_passphrase_of_its_own(tmp_path: Path) -> None:
    key = SecretKey.generate()
    path = tmp_path / "safe.key"
    path.write_bytes(key.file_bytes(SECOND))
    assert trusting.read_secret(path, lambda: SECOND).public == key.public
    for ask in (None, lambda: None):
        with pytest.raises(PassphraseNeeded):
            trusting.read_secret(path, ask)
    with pytest.raises(WrongPassphrase):
        trusting.read_secret(path, lambda: FIRST)
    path.write_bytes(key.file_bytes())
    assert trusting.read_secret(path, lambda: FIRST).public == key.public


def test_an_unlocked_key_is_never_asked_about(line: Line, tmp_path: Path) -> None:
    def ask() -> str:
        raise AssertionError("asked")

    with open_workplace(line.bornova, keyring=Keyring(ask)) as workplace:
        sending.export_bundle(workplace, tmp_path / "1.izsa")


def test_the_passphrase_is_nowhere_on_disk(line: Line, tmp_path: Path) -> None:
    lock(line.bornova, None, FIRST)
    with open_workplace(line.bornova, keyring=Keyring(lambda: FIRST)) as workplace:
        sending.export_bundle(workplace, tmp_path / "1.izsa")
    for path in [*line.bornova.rglob("*"), tmp_path / "1.izsa"]:
        assert not path.is_file() or FIRST.encode() not in path.read_bytes()


# --- a key that cannot be used ---------------------------------------------------------------------------------------


def without_key(folder: Path) -> None:
    own_key_file(folder).unlink()


def broken_key(folder: Path) -> None:
    file = own_key_file(folder)
    file.write_bytes(file.read_bytes()[:50])


def another_key(folder: Path) -> None:
    own_key_file(folder).write_bytes(SecretKey.generate().file_bytes())


def without_public_half(folder: Path) -> None:
    own_key_file(folder).with_suffix(".pub").unlink()


def another_public_half(folder: Path) -> None:
    own_key_file(folder).with_suffix(".pub").write_bytes(SecretKey.generate().public.file_bytes())


@pytest.mark.parametrize(
    "damage", [without_key, broken_key, another_key, without_public_half, another_public_half], ids=lambda d: d.__name__
)
def test_a_damaged_key_is_named_by_the_check(line: Line, damage: Callable[[Path], None]) -> None:
    lock(line.bornova, None, FIRST)
    damage(line.bornova)
    with open_workplace(line.bornova) as workplace:
        [problem] = upkeep.check(workplace)
        assert problem.startswith("signing key: key_unusable")
        with pytest.raises(KeyUnusable):
            workplace.public_key()


def test_a_key_of_another_pc_does_not_sign_here(line: Line) -> None:
    another_key(line.bornova)
    with open_workplace(line.bornova) as workplace, pytest.raises(KnownError) as caught:
        workplace.key()
    assert isinstance(caught.value, KeyUnusable)


def test_what_is_wrong_with_a_key_is_said_in_words(line: Line) -> None:
    without_key(line.bornova)
    with open_workplace(line.bornova) as workplace, pytest.raises(KeyUnusable) as caught:
        workplace.public_key()
    assert "(" + str(caught.value.file) + ": there is no such file" in Translator("en").error(caught.value)
    broken_key(line.konak)
    with open_workplace(line.konak) as workplace, pytest.raises(KeyUnusable) as caught:
        workplace.key()
    assert caught.value.problem.startswith("secret_key")
