"""Workplaces that know each other, fresh for every test."""

import shutil
from pathlib import Path

import pytest

from tests.cli.driver import Izsa
from tests.usecases.line import Line, make_line


@pytest.fixture(scope="session")
def made_line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    return make_line(tmp_path_factory.mktemp("made"))


@pytest.fixture
def line(made_line: Line, tmp_path: Path) -> Line:
    """An office and three districts, enrolled and empty."""
    shutil.copytree(made_line.folder, tmp_path / "line")
    return Line(tmp_path / "line")


@pytest.fixture
def izsa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Izsa:
    return Izsa(capsys, monkeypatch)
