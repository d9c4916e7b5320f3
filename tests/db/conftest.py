"""A store in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from izsa_desktop.db.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "izsa.sqlite3", tmp_path / "backups", "now")
    yield made
    made.close()
