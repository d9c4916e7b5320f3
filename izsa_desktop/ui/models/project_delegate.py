"""Paints a row of the list: title, district and status, the goals as coloured squares, what needs attention."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from izsa_desktop.domain.authority import REVIEW
from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.facets import confirmed_on, freshness
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.query import marks
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.domain.validation import missing
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.models.project_list_model import ROW
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.freshness_light import light_icon, light_text
from izsa_desktop.ui.widgets.goal_badge import ink_on
from izsa_desktop.usecases.finding import Row
from izsa_desktop.usecases.reviewing import CORRECTION

_PAD = 14
_LEAST_SQUARE = 18
_MOST_GOALS = 6
_LIGHT = 13
STATUS_TONES = {
    "sürüyor": "accent",
    "tamamlandı": "good",
    "planlandı": "soft",
    "fikir": "soft",
    "durduruldu": "warn",
    "iptal": "bad",
}


class ProjectDelegate(QStyledItemDelegate):
    """Three lines: title, place, goals with status. Only rows in sight are painted."""

    def __init__(self, reference: Reference, t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._reference, self._t = reference, t

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = QFontMetrics(option.font).lineSpacing()
        return QSize(200, 2 * line + _square(option.font) + 34)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row | None = index.data(ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        font: QFont = option.font
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_back(painter, rect, chosen, bool(state & QStyle.StateFlag.State_MouseOver))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        line = QFontMetrics(font).lineSpacing()
        area = rect.adjusted(_PAD, 10, -_PAD, -10)
        if row is None:
            painter.fillRect(QRect(area.x(), area.y() + 3, area.width() * 2 // 3, line - 6), color("line"))
            painter.restore()
            return
        project = row.project
        marked = row.marks
        self._paint_title(painter, font, QRect(area.x(), area.y(), area.width(), line), project, marked)
        below = QRect(area.x(), area.y() + line + 2, area.width(), line)
        painter.setFont(_scaled(font, 0.92))
        painter.setPen(color("soft"))
        below = self._paint_light(painter, below, project)
        _text(painter, below, visible(row.snippet) or self.below_title(project), marked)
        goals = QRect(area.x(), below.bottom() + 8, area.width(), _square(font))
        width = self._paint_status(painter, font, goals, project)
        self._paint_goals(painter, font, goals.adjusted(0, 0, -width, 0), project)
        painter.restore()

    @staticmethod
    def _paint_back(painter: QPainter, rect: QRect, chosen: bool, under: bool) -> None:
        if chosen or under:
            painter.fillRect(rect, color("selected" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), color("accent"))
        painter.fillRect(QRect(rect.x() + _PAD, rect.bottom(), rect.width() - _PAD, 1), color("line"))

    def _paint_title(
        self,
        painter: QPainter,
        font: QFont,
        rect: QRect,
        project: Project,
        marked: tuple[str, ...],
    ) -> None:
        mark = "git-fork" if project.conflicts else "circle-alert" if _lacking(project) else ""
        if mark:
            tone = "bad" if project.conflicts else "warn"
            size = 15
            painter.drawPixmap(
                rect.right() - size, rect.y() + (rect.height() - size) // 2, icons.pixmap(mark, tone, size, 2.0)
            )
            rect = rect.adjusted(0, 0, -size - 6, 0)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(color("text") if project.fields.title else color("soft"))
        _text(painter, rect, visible(project.fields.title) or self._t("list.untitled"), marked)

    @staticmethod
    def _paint_light(painter: QPainter, rect: QRect, project: Project) -> QRect:
        """How fresh the record is; the room that is left."""
        if project.shared:
            return rect
        icon, tone = light_icon(freshness(confirmed_on(project), date.today()))
        at = rect.y() + (rect.height() - _LIGHT) // 2
        painter.drawPixmap(rect.right() - _LIGHT, at, icons.pixmap(icon, tone, _LIGHT, 2.0))
        return rect.adjusted(0, 0, -_LIGHT - 6, 0)

    def light(self, project: Project) -> str:
        """The same in words."""
        day = confirmed_on(project)
        return "" if project.shared else light_text(freshness(day, date.today()), day, self._t)

    def below_title(self, project: Project) -> str:
        """The second line: where, and since when; before it what is to be corrected."""
        f = project.fields
        names = [
            self._reference.vocabularies[REVIEW].label(f.review, self._t.language) if f.review == CORRECTION else "",
            self._reference.district_name(f.district, self._t.language) if f.district else "",
            f.neighbourhood,
            self._t("list.start_unknown") if f.start == UNKNOWN else self._t.date(f.start),
        ]
        return " · ".join(visible(name) for name in names if name)

    def described(self, project: Project) -> str:
        """All that a row shows, in words: for screen readers."""
        f, t = project.fields, self._t
        status = self._reference.vocabularies["status"].label(f.status, t.language) if f.status else ""
        goals = ", ".join(f.goals)
        parts = (
            visible(f.title) or t("list.untitled"),
            self.below_title(project),
            visible(status),
            t("widget.row_goals", goals=visible(goals)) if goals else "",
            self.attention(project),
            self.light(project),
        )
        return ". ".join(part for part in parts if part)

    def attention(self, project: Project) -> str:
        """What the mark behind the title means; nothing where there is no mark."""
        if project.conflicts:
            return self._t("widget.row_conflicts", fields=", ".join(map(self._t.field, project.conflicts)))
        if project.shared:
            return self._t("network.row")
        lacking = _lacking(project)
        return self._t("widget.row_missing", fields=", ".join(map(self._t.field, lacking))) if lacking else ""

    def _paint_status(self, painter: QPainter, font: QFont, rect: QRect, project: Project) -> int:
        status = project.fields.status
        if not status:
            return 0
        label = visible(self._reference.vocabularies["status"].label(status, self._t.language))
        small = _scaled(font, 0.86)
        small.setWeight(QFont.Weight.Medium)
        painter.setFont(small)
        width = QFontMetrics(small).horizontalAdvance(label) + 16
        pill = QRectF(rect.right() - width, rect.y() - 0.5, width, rect.height() + 1)
        tone = color(STATUS_TONES.get(status, "soft"))
        back = QColor(tone)
        back.setAlphaF(0.13)
        painter.setPen(Qt.PenStyle.NoPen)
        for brush in (color("surface"), back):  # the same ground in a chosen row, where the tint would swallow the text
            painter.setBrush(brush)
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(tone)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, label)
        return width + 8

    def _paint_goals(self, painter: QPainter, font: QFont, rect: QRect, project: Project) -> None:
        codes = project.fields.goals
        bold = _scaled(font, 0.82)
        bold.setBold(True)
        painter.setFont(bold)
        side = rect.height()
        room = min(_MOST_GOALS, rect.width() // (side + 4))
        for n, code in enumerate(codes[:room]):
            goal = self._reference.goals_by_code.get(code)
            back = QColor(goal.color) if goal else color("faint")
            square = QRectF(rect.x() + n * (side + 4), rect.y(), side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(back)
            painter.drawRoundedRect(square, 4, 4)
            painter.setPen(ink_on(back))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, visible(code))
        if len(codes) > room:
            painter.setPen(color("soft"))
            more = QRect(rect.x() + room * (side + 4), rect.y(), 2 * side, side)
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter, f"+{len(codes) - room}")


def _lacking(project: Project) -> tuple[str, ...]:
    """The required fields that are empty; of another body's project the catalogue does not tell all of them."""
    return () if project.shared else missing(project.fields)


def _square(font: QFont) -> int:
    """The side of a goal's square, and the height of the line that they stand in."""
    return max(_LEAST_SQUARE, QFontMetrics(_scaled(font, 0.86)).height() + 3)


def _scaled(font: QFont, factor: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    return made


def _text(painter: QPainter, rect: QRect, text: str, marked: tuple[str, ...]) -> None:
    """One line, cut where it is too long; words that were sought stand on a colour of their own and are underlined."""
    line = " ".join(text.split())
    metrics = QFontMetrics(painter.font())
    cut = metrics.elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
    for start, end in marks(cut, marked):
        left = rect.x() + metrics.horizontalAdvance(cut[:start])
        width = rect.x() + metrics.horizontalAdvance(cut[:end]) - left
        painter.fillRect(QRect(left, rect.y() + 1, width, rect.height() - 2), color("mark"))
        painter.fillRect(QRect(left, rect.bottom() - 1, width, 1), painter.pen().color())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
