"""A disk that fails or is full: said, survived, nothing lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import recording
from tests.faults.bad_disk import sit

pytest.importorskip("PySide6", reason="the window needs it")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")


def tried(kind: str, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.full_disk", kind, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, which only root can make."""
    folder = tmp_path / "small"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can make a file system")
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if (made := subprocess.run(command, capture_output=True, text=True, check=False)).returncode:
        pytest.skip(f"no file system could be made: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_no_file_may_grow(tmp_path: Path) -> None:
    tried("limit", tmp_path / "work")


def test_not_a_byte_is_free(small_disk: Path) -> None:
    tried("tmpfs", small_disk / "work")


@pytest.mark.skipif(bool(recording.why_not()), reason=recording.why_not())
@pytest.mark.parametrize("kind", ["a write fails", "flushing fails"])
def test_calls_fail(tmp_path: Path, kind: str) -> None:
    verdict = sit(tmp_path / "work", kind, "suite", 2.5)
    assert verdict.wrongs == []
    assert verdict.problems
