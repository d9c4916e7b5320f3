"""A Qt application without a screen, for commands that need WebEngine but no window."""

import os
from typing import Final

from PySide6.QtWidgets import QApplication

from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.ui.web.scheme import register_scheme

_NO_SCREEN: Final = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_QUICK_BACKEND": "software",
    "QSG_RHI_BACKEND": "null",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu --log-level=3",
    "QT_LOGGING_RULES": "default.info=false;default.warning=false",  # it says that there is no graphics card
}


def ensure_application() -> QApplication:
    """The running application, or a new one without a screen. Raises NoRenderer when Qt has no application to give."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if running is not None:
        raise NoRenderer("another kind of Qt application is running")
    for name, value in _NO_SCREEN.items():
        os.environ.setdefault(name, value)
    register_scheme()
    return QApplication(["izsa"])
