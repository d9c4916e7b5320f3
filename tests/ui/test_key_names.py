"""Keys are called what is printed on them, also where Qt speaks Turkish."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from izsa_desktop.ui.key_names import key_name


@pytest.fixture
def turkish(qapp: QApplication) -> Iterator[None]:
    """Qt's own sentences in Turkish, as in the program."""
    translator = QTranslator()
    assert translator.load("qtbase_tr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("turkish")
@pytest.mark.parametrize("keys", ["Ctrl++", "Ctrl+0", "PgUp", "PgDown", "Alt+Left", "Ctrl+Shift+P"])
def test_a_key_is_called_what_is_printed_on_it(keys: str) -> None:
    assert QKeySequence("Ctrl++").toString(QKeySequence.SequenceFormat.NativeText) == "Kontrol++"
    assert key_name(keys) == keys
