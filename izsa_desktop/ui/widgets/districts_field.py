"""The districts that a project serves, as tokens; all thirty by one key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import fold
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.finder import Finder, Offer
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.tokens import Chosen, TokenRow


class DistrictsField(QWidget):
    """Codes of districts in the order in which they were chosen; all of them in the order of the alphabet."""

    edited = Signal()
    controls_changed = Signal()

    def __init__(self, reference: Reference, t: Translator) -> None:
        super().__init__()
        self._reference, self._t = reference, t
        self._all = tuple(district.code for district in reference.districts)
        self._chosen: list[str] = []
        self._read_only = False
        self.line = Finder(self._offers, t("widget.districts_search"), t("widget.districts_name"))
        self.tokens = TokenRow(t, t("widget.districts_chosen"))
        self.all = QPushButton(t("widget.districts_all"))
        self.all.setProperty("role", "tonal")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.tokens)
        self.line.chosen.connect(self._add)
        self.line.leave_back.connect(lambda: self.tokens.go_to(-1))
        self.tokens.removed.connect(self._remove)
        self.tokens.emptied.connect(self.line.setFocus)
        self.all.clicked.connect(self._all_or_none)
        hand_on(self, self.line)

    def value(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def set_value(self, value: tuple[str, ...]) -> None:
        if value == self.value():
            return
        self._chosen = list(value)
        self.line.clear()
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.line.setVisible(not read_only)
        self.all.setVisible(not read_only)
        self._show()

    @property
    def _has_all(self) -> bool:
        return set(self._all) <= set(self._chosen)

    def _offers(self, text: str) -> list[Offer]:
        """Names that begin so before those that have it inside."""
        wanted = fold(text.strip())
        left = [district for district in self._reference.districts if district.code not in self._chosen]
        found = [district for district in left if wanted in fold(district.name)]
        found.sort(key=lambda district: not fold(district.name).startswith(wanted))
        return [Offer(district.code, district.name) for district in found]

    def _add(self, code: str) -> None:
        if code not in self._chosen:
            self._put([*self._chosen, code])

    def _remove(self, code: str) -> None:
        if not self._read_only:
            self._put([one for one in self._chosen if one != code])

    def _all_or_none(self) -> None:
        self._put([] if self._has_all else list(self._all))

    def _put(self, chosen: list[str]) -> None:
        self._chosen = chosen
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.all.setText(self._t("widget.districts_none") if self._has_all else self._t("widget.districts_all"))
        names = [Chosen(code, self._reference.district_name(code, self._t.language)) for code in self._chosen]
        self.tokens.show_chosen(names, self._read_only)
        self.controls_changed.emit()
