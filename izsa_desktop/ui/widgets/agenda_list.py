"""The agenda of who coaches: what is to be done, the earliest first, with a way to the district that it is about.

What has no day is folded: thirty districts with which nobody has talked yet would bury what is due.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.coaching_view import Item, sentence

MOST_SHOWN = 60
"""More are on the printed agenda, and listed by ``izsa coach agenda``."""
FEW = 3
"""So many without a day need no fold."""
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


class AgendaList(QWidget):
    """``wanted``: a district (code) is to be looked at."""

    wanted = Signal(str)

    def __init__(self, t: Translator, name: Callable[[str], str]) -> None:
        """``name``: of a district by its code."""
        super().__init__()
        self._t, self._name = t, name
        self.dated = LogList(t("coach.agenda_empty"))
        self.more = plain_label(role="soft", wrap=True)
        self.fold = QPushButton()
        self.fold.setCheckable(True)
        self.fold.setProperty("role", "link")
        self.fold.toggled.connect(self._unfold)
        self.undated = LogList("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.dated)
        column.addWidget(self.more)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.undated)
        self.show_items([])

    def show_items(self, items: Sequence[Item]) -> None:
        """Shows these, and how many more there are."""
        t, dated = self._t, [one for one in items if one.day]
        undated = [one for one in items if not one.day]
        self.dated.set_rows([self._row(one) for one in dated[:MOST_SHOWN]])
        self.undated.set_rows([self._row(one) for one in undated[:MOST_SHOWN]])
        left = max(0, len(dated) - MOST_SHOWN) + max(0, len(undated) - MOST_SHOWN)
        self.more.setText(t("coach.more_items", count=left))
        self.more.setVisible(left > 0)
        self.dated.setVisible(bool(dated) or not undated)
        self.fold.setText(for_button(t("coach.nodays", count=len(undated))))
        self.fold.setVisible(len(undated) > FEW)
        self._unfold(self.fold.isChecked())

    def _unfold(self, wanted: bool) -> None:
        self.undated.setVisible(bool(self.undated.rows) and (wanted or self.fold.isHidden()))
        icons.put(self.fold, "chevron-down" if wanted else "chevron-right", "accent", 16)

    def _row(self, one: Item) -> LogRow:
        t = self._t
        tone = "warn" if one.late or one.kind == "evidence_expired" else "accent"
        day = t.date(one.day) if one.day else ""
        mark = ("warn", t("coach.late")) if one.late else None
        said = visible(sentence(one, t))
        key = f"{one.district} {one.kind} {one.code} {one.record}"
        name = self._name(one.district)
        row = LogRow(_ICONS[one.kind], tone, name, end=day, mark=mark, notes=[("soft", said)], key=key)
        return row.offer(t("coach.look"), lambda: self.wanted.emit(one.district))
