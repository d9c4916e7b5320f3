"""Workplaces that files are judged in, and a town, each made once and copied."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance import town, world
from tests.conformance.make_hostile import HERE
from tests.conformance.town import Town, izsa

Prepared = Callable[..., Path]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A workplace in which these honest files lie already. Not to be changed: see ``prepared``."""
    kept: dict[tuple[str, tuple[str, ...]], Path] = {}

    def make(at: str, after: tuple[str, ...]) -> Path:
        if (at, after) not in kept:
            folder = tmp_path_factory.mktemp("made") / at
            if after:
                shutil.copytree(make(at, after[:-1]), folder)
                merged = izsa("--data", folder, "merge", HERE / "honest" / f"{after[-1]}.izsa")
                assert merged.code in (0, 14), merged
            else:
                world.make(at, folder)
            kept[at, after] = folder
        return kept[at, after]

    return make


@pytest.fixture
def prepared(made: Prepared, tmp_path: Path) -> Prepared:
    """The same, as a copy of the test's own."""

    def copy(at: str, after: tuple[str, ...] = ()) -> Path:
        return Path(shutil.copytree(made(at, after), tmp_path / at))

    return copy


@pytest.fixture(scope="session")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return town.make(tmp_path_factory.mktemp("town"))


@pytest.fixture
def here(made_town: Town, tmp_path: Path) -> Town:
    """An office, two PCs of Bornova and one of Konak; nobody has entered anything."""
    shutil.copytree(made_town.folder, tmp_path / "town")
    return Town(tmp_path / "town")
