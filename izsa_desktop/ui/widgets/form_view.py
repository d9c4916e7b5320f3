"""The form as something to scroll and to walk through: sections below each other, Tab in the order of reading, undo.

What the fields hold is not known here; see ``project_form``.
"""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.form_layout import SECTIONS
from izsa_desktop.ui.widgets.form_row import FormRow
from izsa_desktop.ui.widgets.section_box import SectionBox
from izsa_desktop.ui.widgets.tab_order import chain

_MAKE_EVERY_MS = 10
_UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class FormView(QScrollArea):
    """Sections, and where in them one is."""

    section_reached = Signal(str)
    left_field = Signal()
    """The keyboard has gone from one control to another."""

    def __init__(self, t: Translator, make_row: Callable[[str], FormRow], filled: Callable[[str], bool]) -> None:
        """``make_row`` makes the row of a field; ``filled`` says whether a field holds something."""
        super().__init__()
        self.setAccessibleName(t("widget.form"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # page up and page down reach it from every field
        self._read_only = False
        self._everything = False
        self.sections = {spec.name: SectionBox(spec, t, make_row, filled) for spec in SECTIONS}
        self._ordering = QTimer(self, singleShot=True, interval=0)
        self._ordering.timeout.connect(self.order)
        self._goal: tuple[QWidget, bool] | None = None
        self._bringing = QTimer(self, singleShot=True, interval=0)
        self._bringing.timeout.connect(self._bring_now)
        self._making = QTimer(self, interval=_MAKE_EVERY_MS)
        self._making.timeout.connect(self._make_next)
        self._lay_out()
        for section in self.sections.values():
            section.opened.connect(self._ordering.start)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_section())
        running = QApplication.instance()
        assert isinstance(running, QApplication)  # there is no widget without one
        running.focusChanged.connect(self._follow)

    def prepare(self) -> None:
        """Makes in idle moments what a full record will need, so that it opens as fast as a short one."""
        self._making.start()

    def show_everything(self, on: bool) -> None:
        """Unfolds all sections, now and for the projects to come; or folds them again."""
        self._everything = on
        self._show_sections()

    def _show_sections(self) -> None:
        for section in self.sections.values():
            section.show_lines(self._read_only, self._everything)
        self._ordering.start()

    # --- where one is -----------------------------------------------------------------------------------------------

    def go_to_section(self, name: str) -> None:
        """Unfolds a section and puts the cursor into its first field."""
        section = self.sections[name]
        if section.isHidden():
            return  # a reader is not shown what is empty
        if not section.spec.shown:
            section.open()
            self._ordering.start()
        section.first().setFocus()
        self._bring(section, to_top=True)

    def step_section(self, step: int) -> None:
        """Goes on to the next section, or back (-1)."""
        shown = [name for name, section in self.sections.items() if not section.isHidden()]
        focus = QApplication.focusWidget()
        now = next((name for name in shown if focus and self.sections[name].isAncestorOf(focus)), None)
        at = shown.index(now or self.section_in_sight())
        self.go_to_section(shown[min(max(at + step, 0), len(shown) - 1)])

    def section_in_sight(self) -> str:
        """The section that is read now: the one at the top."""
        top = self.verticalScrollBar().value() + 40
        shown = [name for name, section in self.sections.items() if not section.isHidden()]
        reached = [name for name in shown if self.sections[name].y() <= top]
        return reached[-1] if reached else shown[0] if shown else SECTIONS[0].name

    def _tell_section(self) -> None:
        self.section_reached.emit(self.section_in_sight())

    def _bring(self, widget: QWidget, to_top: bool = False) -> None:
        """Into sight, now and once more when what was unfolded on the way has its place."""
        self._goal = widget, to_top
        self._bring_now()
        self._bringing.start()

    def _bring_now(self) -> None:
        if self._goal is None or not shiboken6.isValid(self._goal[0]):
            return
        widget, to_top = self._goal
        inside = self.widget()
        assert inside is not None
        layout = inside.layout()
        if layout is not None:
            layout.activate()
        if to_top:
            self.verticalScrollBar().setValue(widget.y() - 8)
            self.section_reached.emit(next(name for name, box in self.sections.items() if box is widget))
        else:
            self.ensureWidgetVisible(widget, 0, 60)
        self.horizontalScrollBar().setValue(0)

    def _follow(self, left: QWidget | None, reached: QWidget | None) -> None:
        """Brings into sight what the keyboard has reached. Under the mouse and when the window comes back all stays."""
        inside = self.widget()
        if left is not None:
            left.removeEventFilter(self)
            self.left_field.emit()
        if reached is None or inside is None or not inside.isAncestorOf(reached):
            return
        reached.installEventFilter(self)
        if left is not None and not QApplication.mouseButtons():
            self._bring(reached)
            section = next(name for name, box in self.sections.items() if box.isAncestorOf(reached))
            self.section_reached.emit(section)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo are the form's: a text with the focus would keep these keys for itself."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (any(event.matches(keys) for keys in _UNDO_KEYS) or _is_ctrl_y(event))
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # --- the order of Tab, and the parts ----------------------------------------------------------------------------

    def order(self) -> None:
        """Tab goes through the form as it is read; and the form is as wide as it needs."""
        self._ordering.stop()
        stops: list[QWidget] = []
        for section in self.sections.values():
            stops += [*section.rows, section.more]
        chain(stops)
        inside = self.widget()
        assert inside is not None
        self.setMinimumWidth(inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab, from anywhere in the form: what came or went since is in order first."""
        if self._ordering.isActive():
            self.order()
        return super().focusNextPrevChild(forward)

    def _make_next(self) -> None:
        if not any(section.make_one() for section in self.sections.values()):
            self._making.stop()

    def _lay_out(self) -> None:
        inside = _Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 10, 14, 24)
        column.setSpacing(16)
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _Inside(QWidget):
    """As high as its lines are at its width; a layout would ask for what they need at the narrowest, and leave gaps."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form")

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return QSize()
        least = layout.totalMinimumSize()
        if not layout.hasHeightForWidth():
            return least
        return QSize(least.width(), layout.totalHeightForWidth(max(least.width(), self.width())))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _is_ctrl_y(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
