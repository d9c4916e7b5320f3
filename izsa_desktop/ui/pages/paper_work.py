"""Opening the window in which documents are made: what it needs takes a while to load, and may not be there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from izsa_desktop.ui.dialogs.document import DocumentDialog


def with_documents(desk: Desk, page: QWidget, use: Callable[[type["DocumentDialog"]], None]) -> None:
    """Hands over the dialog's class once everything is loaded; where the web engine is missing, a sentence says so."""

    def loaded(_none: None) -> None:
        try:
            from izsa_desktop.ui.dialogs.document import DocumentDialog  # loads the web engine
        except ImportError as problem:
            desk.tasks.failed(NoRenderer(str(problem)))
            return
        use(DocumentDialog)

    desk.tasks.run(page, _load, loaded)


def _load() -> None:
    """On the worker; the drawing libraries take a while to load."""
    from izsa_desktop.usecases import documents as _documents  # noqa: F401  # loaded ahead of its use
