"""A short run of ``tests.faults.kill``."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="the window needs it")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")


def test_kills_at_random_moments(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.kill", "--rounds", "8", "--seed", "suite"]
    run = subprocess.run(
        [*command, "--folder", str(tmp_path / "rounds")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.strip().endswith(f"0 wrong\nkept: {tmp_path / 'rounds'}")
