"""Goes on with what was typed and not saved when the program stopped: asks once, loses nothing, mixes nothing.

What a person keeps waits on disk until its record is opened: the first at once, the others when they are chosen in the
list, or by the line at the top of the page that counts them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.unfinished import Decision, UnfinishedDialog
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.usecases.drafts import Draft, Unfinished, settle_drafts, unfinished
from izsa_desktop.usecases.telling import Teller


class UnfinishedWork(QObject):
    """``banner`` belongs at the top of the page."""

    go_on = Signal(Unfinished)
    """This one is to be opened now."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._waiting: dict[str, Unfinished] = {}
        self.dialog: UnfinishedDialog | None = None
        self.banner = Banner()
        self.banner.setProperty("wide", True)

    def look(self) -> None:
        """Reads what there is, and asks if there is something."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: unfinished(workplace), self._found)

    def take(self, record: str) -> Draft | None:
        """The draft that waits for a record; from here on it is the form's."""
        found = self._waiting.pop(record, None)
        self._count()
        return found.draft if found else None

    def ask(self) -> None:
        """Shows what is unfinished, field by field."""
        if self.dialog is not None or not self._waiting:
            return
        t = self._desk.t
        teller = Teller(self._desk.workplace.reference, t)
        self.dialog = UnfinishedDialog(list(self._waiting.values()), teller, t, self._page.window())
        self.dialog.decided.connect(self._decided)
        self.dialog.finished.connect(self._closed)
        self.dialog.show()

    def tell_dropped(self, gone: Sequence[Unfinished]) -> None:
        """Says that what was typed is gone, with a way back: a click too many must not cost an hour's work."""
        t = self._desk.t
        self._desk.notify.good(t("unfinished.dropped"), Action(t("list.undo"), lambda: self._bring_back(gone)))

    def _bring_back(self, gone: Sequence[Unfinished]) -> None:
        self._waiting |= {one.draft.record: one for one in gone}
        workplace, back = self._desk.workplace, [one.draft for one in gone]
        self._desk.tasks.run(self, lambda: settle_drafts(workplace, back, ()), lambda _none: None)
        self._count()
        self.go_on.emit(gone[0])

    def _found(self, found: list[Unfinished]) -> None:
        self._waiting = {one.draft.record: one for one in found}
        self._count()
        self.ask()

    def _closed(self) -> None:
        self.dialog = None

    def _decided(self, decision: Decision) -> None:
        """What was opened while the question stood is no longer to be decided."""
        kept = [draft for draft in decision.kept if draft.record in self._waiting]
        dropped = [self._waiting.pop(record) for record in decision.dropped if record in self._waiting]
        gone = [one.draft.record for one in dropped]
        for draft in kept:
            self._waiting[draft.record] = Unfinished(draft, self._waiting[draft.record].project)
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: settle_drafts(workplace, kept, gone), lambda _none: None)
        self._count()
        if dropped:
            self.tell_dropped(dropped)
        if kept:
            self.go_on.emit(self._waiting[kept[0].record])

    def _count(self) -> None:
        t, count = self._desk.t, len(self._waiting)
        if count:
            text = t("unfinished.waiting", count=count)
            self.banner.say("history", text, "warn", t("unfinished.show"), self.ask)
        else:
            self.banner.hide()
