"""The global goals as coloured tiles: choose several, one of them is the main goal."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from izsa_desktop.domain.reference import Goal
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.text import plain_tip

_TILE_WIDTH = 190


def ink_on(background: QColor) -> QColor:
    """White, or nearly black where white would be hard to read (goals 2, 7, 11 and 12)."""
    light = 0.299 * background.redF() + 0.587 * background.greenF() + 0.114 * background.blueF()
    return QColor("#1b1b1b") if light > 0.58 else QColor("#ffffff")


class GoalTile(QAbstractButton):
    """One goal: its number in its colour and its short name. A click on the star of a chosen tile makes it the main."""

    star_clicked = Signal()

    def __init__(self, goal: Goal, name: str) -> None:
        super().__init__()
        self.goal, self._name = goal, name
        self.main = False
        self.read_only = False
        self.setCheckable(True)
        self.setText(f"{goal.code} {name}")
        self.setAccessibleName(f"{goal.code} {name}")
        self.setToolTip(plain_tip(f"{goal.code} · {name}"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(_TILE_WIDTH, 2 * QFontMetrics(self._small()).lineSpacing() + 10)

    def _number(self) -> QRectF:
        side = self.height() - 10
        return QRectF(5, 5, side, side)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 0.86)
        font.setWeight(QFont.Weight.Medium)
        return font

    def _star(self) -> QRect:
        return QRect(self.width() - 22, (self.height() - 16) // 2, 16, 16)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.read_only:
            return
        if self.isChecked() and self._star().adjusted(-4, -8, 6, 8).contains(event.position().toPoint()):
            self.star_clicked.emit()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.read_only:
            super().keyPressEvent(event)
        else:
            event.ignore()  # the picker moves among its tiles

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
        painter.setFont(self._small())
        painter.setPen(ink_on(own) if on else color("text"))
        left = round(self._number().right()) + 8
        area = QRect(left, 2, self.width() - left - (22 if on else 4), self.height() - 4)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(area, flags, self._name)
        if on and (self.main or not self.read_only):
            self._paint_star(painter, ink_on(own))

    def _paint_star(self, painter: QPainter, ink: QColor) -> None:
        if self.main:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(self._star()).adjusted(-2, -2, 2, 2))
            ink = QColor(self.goal.color)
        where = QPointF(self._star().topLeft())
        if self.main:
            painter.drawPixmap(where + QPointF(2, 2), icons.pixmap("star", ink.name(), 12, 2.0))
        else:
            painter.setOpacity(0.65)
            painter.drawPixmap(where, icons.pixmap("star", ink.name(), 14, 2.0))
            painter.setOpacity(1.0)


class GoalPicker(QWidget):
    """Goal codes, the main one first. Arrow keys move, space chooses, ``*`` or Enter makes a chosen goal the main."""

    edited = Signal()

    def __init__(self, goals: tuple[Goal, ...], t: Translator) -> None:
        super().__init__()
        self._chosen: list[str] = []
        self._read_only = False
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(5)
        self.tiles = {goal.code: GoalTile(goal, goal.name[t.language]) for goal in goals}
        for code, tile in self.tiles.items():
            tile.clicked.connect(lambda on, code=code: self._clicked(code, on))
            tile.star_clicked.connect(lambda code=code: self.make_main(code))
        first = next(iter(self.tiles.values()))
        for tile in self.tiles.values():
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile is first else Qt.FocusPolicy.ClickFocus)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a label's letter does not lead to a field without one
        self.setFocusProxy(first)
        self._arrange(2)

    def value(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def set_value(self, value: tuple[str, ...]) -> None:
        self._chosen = list(value)
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    def make_main(self, code: str) -> None:
        """Puts a chosen goal first."""
        if code in self._chosen[1:]:
            self._chosen.remove(code)
            self._chosen.insert(0, code)
            self._show()
            self.edited.emit()

    def _clicked(self, code: str, on: bool) -> None:
        if on:
            self._chosen.append(code)
        else:
            self._chosen.remove(code)
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        for code, tile in self.tiles.items():
            tile.setChecked(code in self._chosen)
            tile.main = self._chosen[:1] == [code]
            tile.read_only = self._read_only
            tile.setVisible(code in self._chosen or not self._read_only)
            tile.update()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(6, self.width() // _TILE_WIDTH)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_TILE_WIDTH, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes = list(self.tiles)
        at = next((i for i, tile in enumerate(self.tiles.values()) if tile.hasFocus()), None)
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if at is None or self._read_only:
            super().keyPressEvent(event)
        elif step is not None:
            self.tiles[codes[min(max(at + step, 0), len(codes) - 1)]].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Asterisk, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make_main(codes[at])
        else:
            super().keyPressEvent(event)
