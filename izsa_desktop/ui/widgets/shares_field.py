"""How a project divides between environment, economy, society and governance: percentages and a bar of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from izsa_desktop.domain.balance import even, proposed
from izsa_desktop.domain.reference import Goal, Reference
from izsa_desktop.domain.rows import Share
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.fields import repolish
from izsa_desktop.ui.widgets.goal_badge import ink_on
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label, set_role

TONES = ("share_1", "share_2", "share_3", "share_4")
_GAP = 2


class PercentBox(QSpinBox):
    """0 to 100; the mouse wheel belongs to the form around it."""

    def __init__(self, name: str, sign_before: bool) -> None:
        """``sign_before``: %55 as in Turkish, not 55%."""
        super().__init__()
        self.setRange(0, 100)
        self.setSingleStep(5)
        (self.setPrefix if sign_before else self.setSuffix)("%")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class BalanceBar(QWidget):
    """Parts beside each other, each with its number where there is room; what is left to 100 stays empty."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[str, int]], said: str) -> None:
        """``parts``: a colour of the theme and a percentage. ``said`` is what a screen reader says."""
        self._parts = [part for part in parts if part[1] > 0]
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height() + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("line"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        whole = max(100, sum(percent for _, percent in self._parts))
        left = 0.0
        for tone, percent in self._parts:
            width = self.width() * percent / whole
            self._paint_part(painter, QRectF(left, 0, max(width - _GAP, 1), self.height()), tone, percent)
            left += width

    @staticmethod
    def _paint_part(painter: QPainter, box: QRectF, tone: str, percent: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tone))
        painter.drawRoundedRect(box, 4, 4)
        if QFontMetrics(painter.font()).horizontalAdvance("000") < box.width():
            painter.setPen(ink_on(color(tone)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(percent))


class Swatch(QWidget):
    """The colour that stands for a dimension in the bar."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(10, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._tone))
        painter.drawRoundedRect(self.rect(), 3, 3)


class SharesField(QWidget):
    """Shares of dimensions in percent, those above zero, in the order of their codes as they are stored."""

    edited = Signal()

    def __init__(self, reference: Reference, t: Translator) -> None:
        super().__init__()
        self._reference, self._t = reference, t
        self._words = reference.vocabularies["dimension"]
        self._goals: tuple[str, ...] = ()
        self._others: tuple[Share, ...] = ()
        self.bar = BalanceBar()
        self.boxes = {
            term.code: PercentBox(t("widget.share_of", name=term.label[t.language]), t.language == "tr")
            for term in self._words
        }
        self.note = plain_label(role="soft", wrap=True)
        self._mark = icons.label("info", "soft", 15)
        self.propose = self._button(t("widget.shares_propose"))
        self.even = self._button(t("widget.shares_even"))
        self.clear = self._button(t("widget.shares_clear"))
        self._labels: list[QLabel] = []
        self._lay_out()
        for box in self.boxes.values():
            box.valueChanged.connect(self._touched)
        self.propose.clicked.connect(lambda: self._fill(proposed(self._known_goals())))
        self.even.clicked.connect(lambda: self._fill(even(self._filled() or list(self.boxes))))
        self.clear.clicked.connect(lambda: self._fill({}))
        hand_on(self, next(iter(self.boxes.values())))
        self._show()

    def value(self) -> tuple[Share, ...]:
        shares = [Share(code=code, percent=box.value()) for code, box in self.boxes.items() if box.value()]
        return tuple(sorted((*shares, *self._others), key=lambda share: share.code))

    def set_value(self, value: tuple[Share, ...]) -> None:
        """A dimension that this version does not know is kept, and counts."""
        self._others = tuple(share for share in value if share.code not in self.boxes)
        self._put({share.code: share.percent for share in value})

    def set_goals(self, codes: tuple[str, ...]) -> None:
        """The project's goals, the main one first: what a proposal is made of."""
        self._goals = tuple(codes)
        self.propose.setEnabled(bool(proposed(self._known_goals())))

    def set_read_only(self, read_only: bool) -> None:
        for widget in (self.propose, self.even, self.clear):
            widget.setVisible(not read_only)
        for box in self.boxes.values():
            box.setReadOnly(read_only)
            repolish(box)

    def _filled(self) -> list[str]:
        return [code for code, box in self.boxes.items() if box.value()]

    def _known_goals(self) -> list[Goal]:
        return [self._reference.goals_by_code[code] for code in self._goals if code in self._reference.goals_by_code]

    def _fill(self, shares: Mapping[str, int]) -> None:
        self._others = ()
        self._put(shares)
        self.edited.emit()

    def _put(self, shares: Mapping[str, int]) -> None:
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setValue(shares.get(code, 0))
            box.blockSignals(False)
        self._show()

    def _touched(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        tones = dict(zip(self.boxes, TONES, strict=True))
        shares = sorted(self.value(), key=lambda s: list(tones).index(s.code) if s.code in tones else len(tones))
        names = [
            self._t("widget.share_part", name=visible(self._words.label(s.code, self._t.language)), percent=s.percent)
            for s in shares
        ]
        said = self._t("widget.shares_bar", shares=", ".join(names)) if names else self._t("widget.shares_empty")
        self.bar.show_parts([(tones.get(share.code, "faint"), share.percent) for share in shares], said)
        self._say(sum(share.percent for share in shares))

    def _say(self, whole: int) -> None:
        if whole in (0, 100):
            self.note.setText(self._t("widget.shares_full") if whole else self._t("widget.shares_empty"))
            icon, tone, role = ("circle-check", "good", "soft") if whole else ("info", "soft", "soft")
        else:
            key = "widget.shares_less" if whole < 100 else "widget.shares_more"
            self.note.setText(self._t(key, sum=whole, left=abs(100 - whole)))
            icon, tone, role = "circle-alert", "warn", "warn"
        icons.turn(self._mark, icon, tone, 15)
        set_role(self.note, role)

    @staticmethod
    def _button(text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(7)
        grid.setVerticalSpacing(5)
        for n, (code, box) in enumerate(self.boxes.items()):
            label = plain_label(self._words.label(code, self._t.language))
            self._labels.append(label)
            at = (n // 2, (n % 2) * 4)
            grid.addWidget(Swatch(TONES[n]), *at)
            grid.addWidget(label, at[0], at[1] + 1)
            grid.addWidget(box, at[0], at[1] + 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(5, 1)
        grid.setColumnMinimumWidth(3, 10)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.note, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.propose, self.even, self.clear):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.bar)
        column.addLayout(grid)
        column.addLayout(foot)
        column.addLayout(buttons)
