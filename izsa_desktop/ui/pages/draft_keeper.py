"""Puts what is typed on disk, again and again while somebody types: never later than a second after a key stroke."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from izsa_desktop.ui.desk import Desk
from izsa_desktop.usecases.drafts import Draft, drop_draft, keep_draft

DRAFT_AFTER_MS = 700


class DraftKeeper(QObject):
    """Serves one form. ``current`` gives its draft, None when nothing is typed; ``saving`` is true during a save."""

    def __init__(
        self, desk: Desk, current: Callable[[], Draft | None], saving: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._current, self._saving = desk, current, saving
        self._kept = ""
        self.timer = QTimer(self, singleShot=True, interval=DRAFT_AFTER_MS)
        self.timer.timeout.connect(self.keep)

    def touched(self) -> None:
        """Something was typed. Going on typing does not put off what is due."""
        if not self.timer.isActive():
            self.timer.start()

    def keep(self) -> None:
        """Puts the draft on disk; not while a save is under way, which does more."""
        if self._saving():
            self.timer.start()
            return
        draft, workplace = self._current(), self._desk.workplace
        if draft is None:
            self.drop()
        else:
            self._kept = draft.record
            self._desk.tasks.run(self, lambda: keep_draft(workplace, draft), lambda _: None)

    def resumed(self, record: str) -> None:
        """The form holds what a draft on disk holds."""
        self._kept = record

    def saved(self) -> None:
        """Saving has dropped the draft."""
        self._kept = ""

    def drop(self) -> None:
        """Nothing is typed any more, or nobody wants it."""
        if self._kept:
            record, self._kept = self._kept, ""
            workplace = self._desk.workplace
            self._desk.tasks.run(self, lambda: drop_draft(workplace, record), lambda _: None)
