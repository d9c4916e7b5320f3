"""Files made by others are what their list says: same bytes, licence beside them, and none that is not listed."""

import hashlib
import json
from typing import Any

import pytest

from izsa_desktop import resource_files

ROWS: list[dict[str, Any]] = json.loads(resource_files.path("vendor/VENDOR.json").read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_the_file_is_unchanged(row: dict[str, Any]) -> None:
    assert hashlib.sha256(resource_files.path(row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert resource_files.path(row["licence_file"]).is_file()
    assert row["package"]
    assert row["version"]
    assert row["licence"]


def test_every_file_is_listed() -> None:
    found = {
        file.relative_to(resource_files.ROOT).as_posix()
        for folder in ("vendor", "fonts", "icons")
        for file in resource_files.path(folder).rglob("*")
        if file.is_file() and file.name != "VENDOR.json"
    }
    assert found == {row["file"] for row in ROWS}
