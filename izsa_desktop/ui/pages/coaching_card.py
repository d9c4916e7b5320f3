"""What the office's coaches wrote to this district; not there as long as they wrote nothing."""

from collections.abc import Sequence

from izsa_desktop.domain.coaching import Note
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.widgets.card import Card
from izsa_desktop.ui.widgets.coaching_notes import CoachingNotes
from izsa_desktop.usecases.coaching import notes


class CoachingCard(Card):
    """To read only."""

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        super().__init__(t("coaching.title"), t("coaching.text"), icon="bookmark")
        self._desk = desk
        self.notes = CoachingNotes(t)
        self.body.addWidget(self.notes)
        self.hide()

    def reload(self) -> None:
        """Reads what is here now."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: notes(workplace, workplace.identity.body), self._show)

    def _show(self, found: Sequence[Note]) -> None:
        self.notes.show_notes(found)
        self.setHidden(not found)
