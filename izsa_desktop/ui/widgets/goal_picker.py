"""The goals as coloured tiles: choose several, one of them is the main goal. Local goals follow the global ones."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from izsa_desktop.domain.reference import Goal
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.goal_badge import ink_on
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label, plain_tip

_TILE_CHARACTERS = 24
"""How much of a name fits beside another tile; the name goes on in a second line."""
_RECOMMENDED = 5
SECOND_DIGIT_MS = 900
"""How long a first digit waits for a second one."""
_UNMODIFIED = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
_RING = 2
"""Pixels around the star of the main goal."""
_NAME = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
_SMALLEST = 0.8
"""Of the usual letters of a name, where it would go over the edge."""
_STEPS = {Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1)}


def fitting(font: QFont, name: str, area: QRect) -> QFont:
    """The font, or as much smaller as it must be for a name to stay in its area."""
    found, least = QFont(font), font.pointSizeF() * _SMALLEST
    while found.pointSizeF() > least:
        if area.contains(QFontMetrics(found).boundingRect(area, _NAME, name)):
            break
        found.setPointSizeF(found.pointSizeF() - 0.25)
    return found


class GoalTile(QAbstractButton):
    """One goal: its number in its colour and its short name. A click on the star of a chosen tile makes it the main."""

    star_clicked = Signal()
    left = Signal()
    """The keyboard has gone elsewhere."""

    def __init__(self, goal: Goal, t: Translator) -> None:
        super().__init__()
        self.goal, self._t = goal, t
        self._name = name = goal.name[t.language]
        self.main = False
        self.read_only = False
        self.setCheckable(True)
        self.setText(f"{goal.code} {name}")
        self.setAccessibleName(f"{goal.code} {name}")
        self.setToolTip(plain_tip(f"{goal.code} · {goal.statement[t.language]}"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._small())
        height = 2 * metrics.lineSpacing() + 10
        return QSize(metrics.averageCharWidth() * _TILE_CHARACTERS + height, height)

    def show_state(self, chosen: bool, main: bool, read_only: bool) -> None:
        """Looks and says so."""
        self.main, self.read_only = main, read_only
        self.setChecked(chosen)
        said = self._t("widget.main_goal") if main else self._t("widget.chosen_goal") if chosen else ""
        self.setAccessibleDescription(said if read_only else f"{said}. {self._t('widget.goals_keys')}".lstrip(". "))
        self.update()

    def _number(self) -> QRectF:
        side = self.height() - 10
        return QRectF(5, 5, side, side)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 0.86)
        font.setWeight(QFont.Weight.Medium)
        return font

    def star(self) -> QRect:
        """Where the star of a chosen tile is; that of the main goal has a ring around it."""
        return QRect(self.width() - 22, (self.height() - 16) // 2, 16, 16)

    def name_area(self, on: bool) -> QRect:
        """Where the name stands; beside the star of one that is chosen (``on``)."""
        left = round(self._number().right()) + 8
        right = self.star().left() - _RING - 3 if on else self.width() - 4
        return QRect(left, 2, right - left, self.height() - 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.read_only:
            return
        if self.isChecked() and self.star().adjusted(-4, -8, 6, 8).contains(event.position().toPoint()):
            self.star_clicked.emit()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.read_only:
            super().keyPressEvent(event)
        else:
            event.ignore()  # the picker moves among its tiles

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        own, on = QColor(self.goal.color), self.isChecked()
        back = own if on else color("hover" if self.underMouse() and not self.read_only else "surface")
        edge = color("accent") if self.hasFocus() else (own if on else color("line"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(edge if not self.hasFocus() else QColor(0, 0, 0, 0))
        painter.setBrush(back)
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(color("text") if on else edge)
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
        self._paint_number(painter, own, on)
        self._paint_name(painter, own, on)

    def _paint_number(self, painter: QPainter, own: QColor, on: bool) -> None:
        square = self._number()
        if not on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(own)
            painter.drawRoundedRect(square, 4, 4)
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(self.font().pointSizeF() * 1.12)
        painter.setFont(font)
        painter.setPen(ink_on(own))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, self.goal.code)

    def _paint_name(self, painter: QPainter, own: QColor, on: bool) -> None:
        area = self.name_area(on)
        painter.setFont(fitting(self._small(), self._name, area))
        painter.setPen(ink_on(own) if on else color("text"))
        painter.drawText(area, _NAME, self._name)
        if on and (self.main or not self.read_only):
            self._paint_star(painter, ink_on(own))

    def _paint_star(self, painter: QPainter, ink: QColor) -> None:
        if self.main:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(self.star()).adjusted(-_RING, -_RING, _RING, _RING))
            ink = QColor(self.goal.color)
        where = QPointF(self.star().topLeft())
        if self.main:
            painter.drawPixmap(where + QPointF(2, 2), icons.pixmap("star", ink.name(), 12, 2.0))
        else:
            painter.setOpacity(0.65)
            painter.drawPixmap(where, icons.pixmap("star", ink.name(), 14, 2.0))
            painter.setOpacity(1.0)


class GoalPicker(QWidget):
    """Goal codes, the main one first.

    Typing a number chooses that goal ("1" "1" is 11). Arrow keys move, Enter and the space bar choose and take back, M
    and ``*`` make a goal the main one.
    """

    edited = Signal()

    def __init__(self, goals: tuple[Goal, ...], t: Translator) -> None:
        super().__init__()
        self._t = t
        self._chosen: list[str] = []
        self._read_only = False
        self._columns = 0
        self._digit = ""
        self._waiting = QTimer(self, singleShot=True, interval=SECOND_DIGIT_MS)
        self._waiting.timeout.connect(self._take_digit)
        self._grid = QGridLayout()
        self._grid.setSpacing(5)
        self.note = plain_label(role="warn", wrap=True)
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(self._grid)
        column.addWidget(self.note)
        self.tiles = {goal.code: GoalTile(goal, t) for goal in goals}
        for code, tile in self.tiles.items():
            tile.clicked.connect(lambda on, code=code: self._clicked(code, on))
            tile.star_clicked.connect(lambda code=code: self.make_main(code))
            tile.left.connect(self._take_digit)
        first = next(iter(self.tiles.values()))
        for tile in self.tiles.values():
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile is first else Qt.FocusPolicy.ClickFocus)
        hand_on(self, first)
        self._arrange(2)

    def value(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def set_value(self, value: tuple[str, ...]) -> None:
        self._forget_digit()
        self._chosen = list(value)
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    def make_main(self, code: str) -> None:
        """Puts a goal first; one that was not chosen is chosen by that."""
        if self._chosen[:1] != [code]:
            self._chosen = [code, *(one for one in self._chosen if one != code)]
            self._show()
            self.edited.emit()

    def add(self, code: str) -> None:
        """Chooses a goal, behind those that are chosen."""
        if code in self.tiles and code not in self._chosen:
            self._clicked(code, on=True)

    def _clicked(self, code: str, on: bool) -> None:
        if on:
            self._chosen.append(code)
        else:
            self._chosen.remove(code)
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        for code, tile in self.tiles.items():
            tile.show_state(code in self._chosen, self._chosen[:1] == [code], self._read_only)
            tile.setVisible(code in self._chosen or not self._read_only)
        many = len(self._chosen) > _RECOMMENDED and not self._read_only
        self.note.setText(self._t("widget.many_goals", count=len(self._chosen)) if many else "")
        self.note.setVisible(many)
        self._arrange(self._columns, force=True)

    def _arrange(self, columns: int, force: bool = False) -> None:
        if columns == self._columns and not force:
            return
        self._columns = columns
        order = [code for code in self._chosen if code in self.tiles] if self._read_only else list(self.tiles)
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
        for n, code in enumerate(order):
            self._grid.addWidget(self.tiles[code], n // columns, n % columns)
        for column in range(6):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @property
    def _tile_width(self) -> int:
        return next(iter(self.tiles.values())).sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(6, self.width() // self._tile_width)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._tile_width, super().minimumSizeHint().height())

    # --- by keyboard -------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((code for code, tile in self.tiles.items() if tile.hasFocus()), None)
        key = Qt.Key(event.key())
        if at is None or self._read_only:
            super().keyPressEvent(event)
        elif event.text().isdecimal() and event.text().isascii():
            self._type(event.text())
        elif key in _STEPS:
            self._move(at, *_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._digit:
            self.tiles[at].click()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_digit()
        elif key in (Qt.Key.Key_Asterisk, Qt.Key.Key_M) and event.modifiers() in _UNMODIFIED:
            self.make_main(at)
        else:
            super().keyPressEvent(event)

    def _move(self, at: str, right: int, down: int) -> None:
        self._take_digit()
        codes = list(self.tiles)
        to = codes.index(at) + right + down * self._columns
        if 0 <= to < len(codes):
            self.tiles[codes[to]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self, digit: str) -> None:
        """A number that can go on waits for its second digit; any other chooses its goal at once."""
        number = self._digit + digit
        if number not in self.tiles:
            self._take_digit()
            number = digit
        self._forget_digit()
        if number not in self.tiles:
            return
        self.tiles[number].setFocus(Qt.FocusReason.OtherFocusReason)
        if any(code != number and code.startswith(number) for code in self.tiles):
            self._digit = number
            self._waiting.start()
        else:
            self.add(number)

    def _take_digit(self) -> None:
        """No second digit comes."""
        number = self._digit
        self._forget_digit()
        if number:
            self.add(number)

    def _forget_digit(self) -> None:
        self._waiting.stop()
        self._digit = ""
