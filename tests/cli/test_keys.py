"""`izsa key`: the passphrase from the environment or a terminal, and what signs with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from izsa_desktop.bundle import signing
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.usecases import keys
from izsa_desktop.usecases.workplace import open_workplace
from tests.cli.driver import Ended, Izsa
from tests.usecases.line import Line, enter, listing, state_hash

FIRST, SECOND = "Bornova'da 3 çınar", "Kordon’da 4 palmiye"


@pytest.fixture(autouse=True)
def quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the work of ours; test_signing opens real ones."""
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)


@pytest.fixture
def with_words(izsa: Izsa, monkeypatch: pytest.MonkeyPatch) -> "WithWords":
    return WithWords(izsa, monkeypatch)


class WithWords:
    """Runs a command with these passphrases in the environment."""

    def __init__(self, izsa: Izsa, patch: pytest.MonkeyPatch) -> None:
        self._izsa, self._patch = izsa, patch

    def __call__(self, *argv: object, now: str | None = None, new: str | None = None) -> Ended:
        for name, value in (("IZSA_PASSPHRASE", now), ("IZSA_NEW_PASSPHRASE", new)):
            if value is None:
                self._patch.delenv(name, raising=False)
            else:
                self._patch.setenv(name, value)
        return self._izsa(*argv)


def test_set_use_change_and_remove(with_words: WithWords, line: Line) -> None:
    at = ("--data", line.bornova)
    enter(line.bornova, "Bir")
    assert with_words(*at, "key", "passphrase", new=FIRST).code == 0
    for wrong in (None, SECOND, ""):
        ended = with_words(*at, "export", "-o", line.folder / "x.izsa", now=wrong)
        assert (ended.code, ended.out) == (1, "")
        assert "passphrase" in ended.err
        assert not (line.folder / "x.izsa").exists()
    assert with_words(*at, "export", "-o", line.folder / "1.izsa", now=FIRST).code == 0
    assert with_words(*at, "key", "passphrase", now=SECOND, new=SECOND).code == 1
    assert with_words(*at, "key", "passphrase", now=FIRST, new=SECOND).code == 0
    assert with_words(*at, "enrol", "request", "-o", line.folder / "x.enrol", now=SECOND).code == 0
    assert with_words(*at, "key", "passphrase", "--remove", now=FIRST).code == 1
    assert with_words(*at, "key", "passphrase", "--remove", now=SECOND).code == 0
    assert with_words(*at, "key", "passphrase", "--remove").out == "The signing key has no passphrase.\n"
    assert with_words(*at, "export", "-o", line.folder / "2.izsa").code == 0
    assert with_words("--data", line.office, "merge", line.folder / "1.izsa", line.folder / "2.izsa").code == 0


def test_the_office_signs_its_list_with_it(with_words: WithWords, line: Line, tmp_path: Path) -> None:
    new, office = ("--data", tmp_path / "new"), ("--data", line.office)
    assert with_words(*new, "init", "--district", "Konak", "--person", "Yeni").code == 0
    assert with_words(*new, "enrol", "request", "-o", tmp_path / "x.enrol").code == 0
    assert with_words(*office, "key", "passphrase", new=FIRST).code == 0
    before = state_hash(line.office)
    assert with_words(*office, "enrol", "accept", tmp_path / "x.enrol").code == 1
    assert state_hash(line.office) == before
    assert with_words(*office, "enrol", "accept", tmp_path / "x.enrol", now=FIRST).code == 0
    assert state_hash(line.office) != before


def test_a_root_key_on_a_stick_may_be_locked(with_words: WithWords, line: Line, tmp_path: Path) -> None:
    stick, public = tmp_path / "safe.key", tmp_path / "safe.pub"
    key = SecretKey.generate()
    stick.write_bytes(key.file_bytes(FIRST))
    public.write_bytes(key.public.file_bytes())
    office = ("--data", line.office)
    assert with_words(*office, "trust", "rotate", "--add", public, "--threshold", 2, "--sign-with", stick).code == 1
    with_stick = ("--add", public, "--threshold", 2, "--sign-with", stick)
    assert with_words(*office, "trust", "rotate", *with_stick, now=SECOND).code == 1
    assert with_words(*office, "trust", "rotate", *with_stick, now=FIRST).code == 0


def test_a_new_one_that_is_none_is_refused_in_words(with_words: WithWords, line: Line) -> None:
    before = listing(line.bornova)
    for new in (None, "", "kısacık", "\udcff" * 9):
        ended = with_words("--data", line.bornova, "key", "passphrase", new=new)
        assert ended.code == 1
        assert "8 to 200" in ended.err
    assert listing(line.bornova) == before


def test_a_new_key_goes_on_where_the_old_one_is_forgotten(with_words: WithWords, line: Line) -> None:
    at = ("--data", line.bornova)
    enter(line.bornova, "Bir")
    assert with_words(*at, "export", "-o", line.folder / "1.izsa").code == 0
    enter(line.bornova, "İki")
    assert with_words(*at, "key", "passphrase", new=FIRST).code == 0
    refused = with_words(*at, "export", "-o", line.folder / "2.izsa", now="forgotten it")
    assert "izsa key renew" in refused.err
    renewed = with_words(*at, "key", "renew")
    assert renewed.code == 0
    assert "One save" in renewed.out
    assert str(line.bornova / "bundles" / "out") in renewed.out
    asked = with_words(*at, "enrol", "request", "-o", line.folder / "again.enrol")
    assert asked.out.strip()[-24:] in renewed.out
    assert with_words("--data", line.office, "enrol", "accept", line.folder / "again.enrol").code == 0
    assert with_words(*at, "export", "-o", line.folder / "2.izsa").code == 0
    assert with_words("--data", line.office, "merge", line.folder / "1.izsa", line.folder / "2.izsa").code == 0
    assert with_words("--data", line.office, "list").out.endswith("2 projects\n")


def test_where_nothing_was_sent_nothing_is_to_be_brought(izsa: Izsa, line: Line) -> None:
    renewed = izsa("--data", line.bornova, "key", "renew")
    assert renewed.code == 0
    assert "bundles" not in renewed.out


def test_the_office_takes_no_new_key_like_this(izsa: Izsa, line: Line) -> None:
    before = listing(line.office)
    assert izsa("--data", line.office, "key", "renew").code == 1
    assert listing(line.office) == before


# --- a terminal ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_on_a_terminal_it_is_typed_unseen(line: Line) -> None:
    enter(line.bornova, "Bir")
    shown = on_a_terminal(line, ["key", "passphrase"], [FIRST, "something else", FIRST, FIRST])
    assert "These are not the same" in shown
    assert FIRST not in shown
    with open_workplace(line.bornova) as workplace:
        assert keys.has_passphrase(workplace)
    assert "bundle" in on_a_terminal(line, ["export", "-o", str(line.folder / "1.izsa")], [FIRST])
    assert (line.folder / "1.izsa").is_file()
    assert "passphrase" in on_a_terminal(line, ["export", "-o", str(line.folder / "2.izsa")], ["\x04"])
    assert not (line.folder / "2.izsa").exists()


def on_a_terminal(line: Line, argv: list[str], typed: list[str]) -> str:
    """What a person sees who types these lines, each once it is asked for."""
    import pty

    ours, theirs = pty.openpty()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("IZSA_")}
    command = [sys.executable, "-c", "from izsa_desktop.__main__ import command_line; command_line()"]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [*command, "--lang", "en", "--data", str(line.bornova), *argv],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**environ, "PYTHONPATH": str(root)},
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    for answer in typed:
        at = len(shown)
        while b": " not in shown[at:]:
            shown += os.read(ours, 4096)
        os.write(ours, answer.encode() + (b"" if answer == "\x04" else b"\n"))
    try:
        while more := os.read(ours, 4096):
            shown += more
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    process.wait(timeout=30)
    return shown.decode()


def test_an_answer_is_never_plain_where_somebody_asked_for_encryption(izsa: Izsa, line: Line) -> None:
    target = line.folder / "answer.izsa"
    for option in ("--encrypt", "--complete"):
        refused = izsa("--data", line.office, "export", "--to", "Bornova", option, "-o", target)
        assert (refused.code, refused.out, target.exists()) == (1, "", False)
    answered = izsa("--data", line.office, "export", "--to", "Bornova", "-o", target)
    assert answered.code == 0
    assert "Mail it to the district" in answered.out
