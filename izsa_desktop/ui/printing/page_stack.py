"""The place of a document that is being made: that it is being made, then its pages, or why there are none."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from izsa_desktop.ui.printing.page_view import PageView
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.ui.widgets.waiting import waiting


class PageStack(QStackedWidget):
    """``view`` has the pages, ``problem`` says why there are none."""

    def __init__(self, preparing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = PageView(self)
        self._waiting, self.problem = waiting(preparing), plain_label(role="soft", wrap=True)
        self.problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self._waiting, self.view, self.problem):
            self.addWidget(part)

    @property
    def has_pages(self) -> bool:
        """Whether pages are seen, if only former ones."""
        return self.currentWidget() is self.view

    def wait(self) -> None:
        """It is being made."""
        self.setCurrentWidget(self._waiting)

    def open(self, pdf: bytes | Path) -> None:
        """Here it is."""
        self.view.open(pdf)
        self.setCurrentWidget(self.view)

    def fail(self, sentence: str) -> None:
        """Why there is none."""
        self.problem.setText(sentence)
        self.setCurrentWidget(self.problem)
