"""What the office looks at and says of single fields: a checklist to tick, and a comment for any field.

The comments stand in the form, each right above its field; this panel keeps them and knows what is said.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.i18n import Translator
from izsa_desktop.reference.checklist import Check
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.fields import QuietCombo, WrapField
from izsa_desktop.ui.widgets.form_layout import NO_COMMENT, SECTION_OF
from izsa_desktop.ui.widgets.text import for_button, surface
from izsa_desktop.usecases.reviewing import NO_REMARKS, Remarks

_MOST_HEIGHT = 164


class ReviewPanel(QScrollArea):
    """``edited``: a person has changed something. ``field_wanted``: a field of the form is to be shown."""

    edited = Signal()
    field_wanted = Signal(str)
    comment_put = Signal(str, QWidget)
    """Something is said of a field from now on, in this widget."""
    comment_dropped = Signal(str)

    def __init__(self, checks: Sequence[Check], t: Translator) -> None:
        super().__init__()
        self._t, self._stands = t, NO_REMARKS
        self.ticks: dict[str, QCheckBox] = {}
        self.comments: dict[str, WrapField] = {}
        self._lines: dict[str, QWidget] = {}
        self.add = QuietCombo()
        self.add.setAccessibleName(t("reviewing.comment_add"))
        self.add.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add.setMinimumContentsLength(len(t("reviewing.comment_add")))
        self.add.addItem(t("reviewing.comment_add"), "")
        for name in SECTION_OF:
            if name not in NO_COMMENT:
                self.add.addItem(t.field(name), name)
        self.add.activated.connect(lambda _at: self._add())
        inside = QWidget()
        surface(inside, "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(self._checklist(checks))
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMaximumHeight(_MOST_HEIGHT)
        self.setAccessibleName(t("reviewing.checklist"))

    def _checklist(self, checks: Sequence[Check]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, check in enumerate(checks):
            tick = self.ticks[check.code] = QCheckBox()
            text = check.text[self._t.language]
            tick.setAccessibleName(text)
            tick.clicked.connect(lambda _on: self.edited.emit())
            grid.addWidget(tick, row, 0)
            grid.addWidget(_TickText(text, tick), row, 1)
            grid.addWidget(self._comment_button(check), row, 2)
        return grid

    def _comment_button(self, check: Check) -> QToolButton:
        name = self._t.field(check.field)
        button = tool("message-square", self._t("reviewing.comment_about", field=name))
        button.clicked.connect(lambda _on: self.comment_on(check.field))
        return button

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_remarks(self, found: Remarks) -> None:
        """Shows what stands."""
        self._stands = found
        self._put(found)

    def say(self, remarks: Remarks) -> None:
        """Puts this in, as if a person had."""
        self._put(remarks)

    def settle(self, stored: Remarks) -> None:
        """This is on disk now; what was typed since stays."""
        self._stands = stored

    @property
    def said(self) -> Remarks:
        """Comments and ticks as they are now."""
        texts = {name: str(field.value()).strip() for name, field in self.comments.items()}
        ticked = frozenset(code for code, tick in self.ticks.items() if tick.isChecked())
        unknown = self._stands.checks - self.ticks.keys()
        elsewhere = {name: text for name, text in self._stands.comments.items() if name not in SECTION_OF}
        return Remarks({name: text for name, text in texts.items() if text} | elsewhere, ticked | unknown)

    @property
    def dirty(self) -> bool:
        """True when something is not saved."""
        return self.said != self._stands

    @property
    def changes(self) -> tuple[Mapping[str, str], Mapping[str, bool]]:
        """What is to be saved: comments by field, ticks by code."""
        now, before = self.said, self._stands
        names = {**before.comments, **now.comments}
        comments = {n: now.comments.get(n, "") for n in names if now.comments.get(n) != before.comments.get(n)}
        return comments, {code: code in now.checks for code in now.checks ^ before.checks}

    def _put(self, remarks: Remarks) -> None:
        for code, tick in self.ticks.items():
            tick.setChecked(code in remarks.checks)
        for name in [name for name in self.comments if name not in remarks.comments]:
            self._drop(name)
        for name, text in remarks.comments.items():
            if name in SECTION_OF:
                self._field(name).set_value(text)

    # --- comments -----------------------------------------------------------------------------------------------------

    def comment_on(self, name: str) -> None:
        """The line in which something is said of a field, at that field."""
        line = self._field(name)
        self.field_wanted.emit(name)
        line.setFocus()

    def _add(self) -> None:
        name = str(self.add.currentData() or "")
        self.add.setCurrentIndex(0)
        if name:
            self.comment_on(name)

    def _field(self, name: str) -> WrapField:
        if name not in self.comments:
            t, title = self._t, self._t.field(name)
            field = self.comments[name] = WrapField(t("reviewing.comment_hint"))
            field.setAccessibleName(t("reviewing.comment_about", field=title))
            field.edited.connect(self.edited)
            drop = tool("x", t("reviewing.comment_drop", field=title))
            drop.clicked.connect(lambda _on: self._clear(name))
            line = self._lines[name] = QFrame()
            line.setObjectName("comment")
            beside = QHBoxLayout(line)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(4)
            beside.addWidget(icons.label("message-square", "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(field, 1)
            beside.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
            self.comment_put.emit(name, line)
        return self.comments[name]

    def _clear(self, name: str) -> None:
        self._drop(name)
        self.edited.emit()

    def _drop(self, name: str) -> None:
        del self.comments[name]
        line = self._lines.pop(name)
        line.hide()
        line.deleteLater()
        self.comment_dropped.emit(name)


class _TickText(QLabel):
    """The text of a tick, which goes on in a second line where there is little room."""

    def __init__(self, text: str, tick: QCheckBox) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self._tick = tick

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._tick.click()


def fold_button(text: str) -> QToolButton:
    """A button that unfolds the panel."""
    button = QToolButton()
    button.setText(for_button(text))
    button.setCheckable(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    icons.put(button, "list", "soft", 16)
    return button
