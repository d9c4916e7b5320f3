"""The bootstrap on the Qt that is installed here."""

from pathlib import Path

import PySide6
import pytest

import bootstrap

FOLDER = Path(PySide6.__file__).parent

pytestmark = pytest.mark.skipif(not bootstrap.LINUX, reason="only Linux takes libraries from the system")


@pytest.mark.parametrize("file", bootstrap.QT_FILES + bootstrap.QT_WAYLAND_FILES)
def test_the_files_whose_links_are_followed_exist(file: str) -> None:
    assert (FOLDER / file).is_file()


def test_nothing_is_missing_once_the_bootstrap_is_through() -> None:
    assert "libQt6Core.so.6 => " in bootstrap.ldd(FOLDER, bootstrap.QT_FILES)
    assert bootstrap.missing_libraries(bootstrap.ldd(FOLDER, bootstrap.QT_FILES)) == []
