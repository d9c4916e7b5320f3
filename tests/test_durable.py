"""Renames: durable, patient with a virus scanner, and never at the price of what was there."""

import errno
from pathlib import Path

import pytest

from izsa_desktop.durable import move_over, os_problem, sync_file


class Scanner:
    """Holds a file for some tries, as Windows says it: nothing else than the system's answer is played here."""

    def __init__(self, tries: int, code: int) -> None:
        self.tries, self.code, self.replace = tries, code, Path.replace
        self.waited: list[float] = []

    def __call__(self, source: Path, target: Path) -> Path:
        if self.tries:
            self.tries -= 1
            error = PermissionError(errno.EACCES, "held")
            error.winerror = self.code  # type: ignore[attr-defined]  # only Windows has it
            raise error
        return self.replace(source, target)


def _held(monkeypatch: pytest.MonkeyPatch, tries: int, code: int) -> Scanner:
    scanner = Scanner(tries, code)

    def replace(source: Path, target: Path) -> Path:
        return scanner(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr("izsa_desktop.durable.time.sleep", scanner.waited.append)
    return scanner


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "old").write_bytes(b"old")
    return tmp_path / "new", tmp_path / "old"


def test_the_new_stands_where_the_old_was(files: tuple[Path, Path]) -> None:
    new, old = files
    sync_file(new)
    move_over(new, old)
    assert old.read_bytes() == b"new"
    assert not new.exists()


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_scanner_is_given_time(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    scanner = _held(monkeypatch, 6, code)
    move_over(*files)
    assert files[1].read_bytes() == b"new"
    assert 2 < sum(scanner.waited) < 3
    assert scanner.waited == sorted(scanner.waited)


def test_but_not_for_ever_and_nothing_is_gone(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    scanner = _held(monkeypatch, 99, 32)
    with pytest.raises(PermissionError) as caught:
        move_over(*files)
    assert os_problem(caught.value) == "EACCES"
    assert sum(scanner.waited) < 3
    assert [file.read_bytes() for file in files] == [b"new", b"old"]


def test_no_right_at_all_is_said_at_once(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    scanner = _held(monkeypatch, 1, 0)
    with pytest.raises(PermissionError):
        move_over(*files)
    assert scanner.waited == []
    assert files[1].read_bytes() == b"old"
