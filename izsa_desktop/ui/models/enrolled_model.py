"""The enrolled PCs in columns."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.desk import Desk, body_name, local_day
from izsa_desktop.ui.models.columns_model import AnyIndex, ColumnsModel
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.received_row import numbers
from izsa_desktop.usecases.trusting import Enrolled

BODY, PERSON, SINCE, LAST, STATE, ANSWERED = COLUMNS = ("body", "person", "since", "last", "state", "answered")


class EnrolledModel(ColumnsModel[Enrolled]):
    """``show`` the PCs and the newest answer to each body (code)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.t(f"enrolled.{name}") for name in COLUMNS)
        self._desk = desk
        self._answers: Mapping[str, BundleEntry] = {}

    def show(self, rows: Sequence[Enrolled], answers: Mapping[str, BundleEntry]) -> None:
        """Shows these instead."""
        self._answers = answers
        self.show_rows(tuple(rows))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one, column = self.rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(color(self._tone(one, column)))
        if role == Qt.ItemDataRole.FontRole and column == BODY:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _text(self, one: Enrolled, column: str) -> str:
        t, member = self._desk.t, one.member
        if column == BODY:
            return body_name(self._desk, member.district)
        if column == PERSON:
            return visible(member.person)
        if column == SINCE:
            return local_day(t, member.since)
        if column == LAST:
            return t("enrolled.heard", seq=one.last.seq, when=local_day(t, one.last.moved)) if one.last else ""
        if column == STATE:
            return state_text(one, t)
        answer = self._answers.get(member.district)
        waits = t("enrolled.answer_waits") if self._waits(one) else ""
        return waits or (local_day(t, answer.moved) if answer else "")

    def _tone(self, one: Enrolled, column: str) -> str:
        if column == STATE and (one.member.revoked_after_seq is not None or one.standing.missing):
            return "bad"
        if column == ANSWERED and self._waits(one):
            return "accent"
        return "text" if column in (BODY, PERSON) else "soft"

    def _waits(self, one: Enrolled) -> bool:
        """True where a bundle came after the newest answer."""
        if one.own or one.last is None or one.member.revoked_after_seq is not None:
            return False
        answer = self._answers.get(one.member.district)
        return answer is None or answer.moved < one.last.moved


def state_text(one: Enrolled, t: Translator) -> str:
    """How one PC stands: all there, what is missing, or up to where it counts."""
    if one.own:
        return t("enrolled.own")
    if one.member.replaced:
        return t("enrolled.replaced")
    if one.member.revoked_after_seq is not None:
        return t("enrolled.shut_out", seq=one.member.revoked_after_seq)
    if one.member.district == OFFICE and not one.member.may_speak_for_office:
        return t("enrolled.reads")
    if one.standing.missing:
        return t("enrolled.missing", numbers=numbers(one.standing.missing))
    return t("enrolled.complete") if one.last else t("enrolled.silent")
