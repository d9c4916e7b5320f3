"""The agenda of who coaches: what is to be done, the earliest first, with a way to the district that it is about."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.usecases.coaching_view import Item, sentence

MOST_SHOWN = 60
"""More are listed by ``izsa coach agenda``."""
_ICONS = {
    "action_theirs": "check-check",
    "action_ours": "check-check",
    "session_due": "users",
    "evidence_expires": "history",
    "evidence_expired": "circle-alert",
    "evidence_waiting": "inbox",
    "evidence_returned": "undo-2",
    "stage_proposed": "route",
    "silent": "users",
}


class AgendaList(LogList):
    """``wanted``: a district (code) is to be looked at."""

    wanted = Signal(str)

    def __init__(self, t: Translator, name: Callable[[str], str]) -> None:
        """``name``: of a district by its code."""
        super().__init__(t("coach.agenda_empty"))
        self._t, self._name = t, name

    def show_items(self, items: Sequence[Item]) -> None:
        """Shows these, and how many more there are."""
        self.set_rows([self._row(one) for one in items[:MOST_SHOWN]])

    def _row(self, one: Item) -> LogRow:
        t = self._t
        tone = "warn" if one.late or one.kind == "evidence_expired" else "accent"
        day = t.date(one.day) if one.day else t("coach.no_day")
        mark = ("warn", t("coach.late")) if one.late else None
        said = visible(sentence(one, t))
        row = LogRow(_ICONS[one.kind], tone, self._name(one.district), end=day, mark=mark, notes=[("soft", said)])
        return row.offer(t("coach.look"), lambda: self.wanted.emit(one.district))
