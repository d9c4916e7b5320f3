"""The districts that a project serves, as tokens; all thirty by one key."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import fold
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.finder import Offer
from izsa_desktop.ui.widgets.found_field import FoundField
from izsa_desktop.ui.widgets.tokens import Chosen


class DistrictsField(FoundField):
    """Codes of districts in the order in which they were chosen; all of them in the order of the alphabet."""

    def __init__(self, reference: Reference, t: Translator) -> None:
        super().__init__(t, t("widget.districts_search"), t("widget.districts_name"), t("widget.districts_chosen"))
        self._reference = reference
        self._all = tuple(district.code for district in reference.districts)
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
        column.addWidget(self.note)
        column.addWidget(self.tokens)
        self.all.clicked.connect(self._all_or_none)

    def set_read_only(self, read_only: bool) -> None:
        self.all.setVisible(not read_only)
        super().set_read_only(read_only)

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

    def _all_or_none(self) -> None:
        self._put([] if self._has_all else list(self._all))

    def _show(self) -> None:
        self.all.setText(self._t("widget.districts_none") if self._has_all else self._t("widget.districts_all"))
        super()._show()

    def _token(self, code: str) -> Chosen:
        return Chosen(code, self._reference.district_name(code, self._t.language))
