"""Documents to print: which one, of which projects, for whom, in which language; the pages are beside it.

For whom is chosen each time anew: what is said first is always the public one. A change makes the document anew, a
moment after the last one; nothing of it is done on the GUI thread but the printing, which the web engine does.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QRadioButton, QVBoxLayout, QWidget

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.joint import Programme
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import sort_key, visible
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.reports.sheet import BOTH
from izsa_desktop.reports.sheet_material import INTERNAL, PUBLIC
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.printing.preview import PreviewDialog
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.documents import (
    AGENDA,
    BOOKLET,
    COACHING,
    JOINT,
    KINDS,
    OF_PROJECTS,
    DocumentOrder,
    make,
)
from izsa_desktop.usecases.joint import programmes

_PAUSE_MS, _SIDE, _EDGE = 350, 290, 18
_WITH_DISTRICT = frozenset({BOOKLET, COACHING})
_ALWAYS_INTERNAL = frozenset({COACHING, AGENDA})


class DocumentDialog(PreviewDialog):
    """Takes what the list shows and what is chosen in it; gives nothing back."""

    def __init__(
        self, wanted: ProjectFilter, ids: Sequence[str], desk: Desk, parent: QWidget, *, name: str = ""
    ) -> None:
        self._desk, self._wanted, self._ids = desk, wanted, tuple(ids)
        t = desk.t
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(t(f"document_kind.{kind}"), kind)
        self.chosen = QRadioButton(for_button(t("document.chosen", count=len(self._ids))))
        self.all_shown = QRadioButton(for_button(t("document.all_shown")))
        self.public = QRadioButton(for_button(t("document.public")))
        self.internal = QRadioButton(for_button(t("document.internal")))
        self.district, self.programme, self.language = QComboBox(), QComboBox(), QComboBox()
        self._labels: dict[QWidget, QWidget] = {}
        side = self._side()
        super().__init__(None, name or f"{t('document.file')}.pdf", t, desk.tasks, parent, side=side)
        self.setWindowTitle(t("document.title"))
        room = self.screen().availableGeometry()
        self.resize(min(1150, room.width() - 60), min(1000, room.height() - 60))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._make)
        self._fill()
        for box in (self.kind, self.district, self.programme, self.language):
            box.currentIndexChanged.connect(self._changed)
        for button in (self.chosen, self.public):
            button.toggled.connect(self._changed)
        self._show_choices()
        desk.tasks.run(self, lambda: programmes(desk.workplace), self._show_programmes)
        self._make()

    @property
    def order(self) -> DocumentOrder:
        """What is wanted now."""
        kind = str(self.kind.currentData())
        named = kind in OF_PROJECTS and self.chosen.isChecked()
        return DocumentOrder(
            kind=kind,
            ids=self._ids if named else (),
            wanted=self._wanted,
            district=str(self.district.currentData()),
            programme=str(self.programme.currentData() or ""),
            language=str(self.language.currentData()),
            variant=INTERNAL if self.internal.isChecked() and kind not in _ALWAYS_INTERNAL else PUBLIC,
        )

    def done(self, result: int) -> None:
        """Closing in any way ends what is still under way."""
        self._pause.stop()
        super().done(result)

    # --- making ------------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._show_choices()
        self._give_up()
        self._ready(False)
        self._pause.start()

    def _make(self) -> None:
        workplace, order = self._desk.workplace, self.order
        if order.kind == JOINT and not order.programme:
            self._give_up()
            self._stack.fail(self._t("document.no_programme"))
            return
        given_up = self._begin()
        step = self._step("reading", given_up)
        self._tasks.run(
            self,
            lambda: make(workplace, order, step),
            lambda made: None if given_up.is_set() else self.show_document(made),
            self._show_failure,
        )

    # --- choices -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        known, t = self._desk.workplace.reference, self._desk.t
        body = self._desk.workplace.identity.body
        districts = sorted(known.districts, key=lambda one: sort_key(one.name))
        for one in districts if self._desk.office else [known.district(body)]:
            self.district.addItem(visible(one.name), one.code)
        for code in (*LANGUAGES, BOTH):
            self.language.addItem(t(f"document.language_{code}"), code)
        self.language.setCurrentIndex(LANGUAGES.index(t.language))
        (self.chosen if self._ids else self.all_shown).setChecked(True)
        self.chosen.setEnabled(bool(self._ids))
        self.public.setChecked(True)
        if body == OFFICE:
            self.district.setCurrentIndex(0)

    def _show_programmes(self, found: list[Programme]) -> None:
        for one in found:
            self.programme.addItem(visible(one.fields.name), one.id)

    def _show_choices(self) -> None:
        """Asks only for what the chosen document needs."""
        kind = str(self.kind.currentData())
        needs = {
            self.district: kind in _WITH_DISTRICT,
            self.programme: kind == JOINT,
            self.selection: kind in OF_PROJECTS,
            self.for_whom: kind not in _ALWAYS_INTERNAL,
        }
        for widget, needed in needs.items():
            widget.setVisible(needed)
            if widget in self._labels:
                self._labels[widget].setVisible(needed)
        self._about.setText(self._desk.t(f"document_about.{kind}"))
        self.warning.setVisible(self.internal.isChecked() or kind in _ALWAYS_INTERNAL)

    def _side(self) -> QWidget:
        t = self._desk.t
        side = QVBoxLayout()
        side.setContentsMargins(_EDGE, 8, _EDGE, 12)
        side.setSpacing(6)
        self._about = plain_label(role="soft", wrap=True)
        self.warning = plain_label(t("document.internal_warning"), role="soft", wrap=True)
        self.selection = _group(self.chosen, self.all_shown)
        self.for_whom = _group(self.public, self.internal)
        for text, field in (
            (t("document.kind"), self.kind),
            (t("document.district"), self.district),
            (t("document.programme"), self.programme),
            (t("document.selection"), self.selection),
            (t("document.for_whom"), self.for_whom),
            (t("document.language"), self.language),
        ):
            label = plain_label(text, role="field")
            label.setBuddy(field)
            field.setAccessibleName(text)
            self._labels[field] = label
            side.addWidget(label)
            side.addWidget(field)
            if field is self.kind:
                side.addWidget(self._about)
            elif field is self.for_whom:
                side.addWidget(self.warning)
            side.addSpacing(6)
        side.addStretch(1)
        holder = QFrame()
        holder.setLayout(side)
        asked = max(group.sizeHint().width() for group in (self.selection, self.for_whom))
        holder.setFixedWidth(max(_SIDE, asked + 2 * _EDGE))
        return holder


def _group(*buttons: QRadioButton) -> QFrame:
    holder = QFrame()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    together = QButtonGroup(holder)
    for button in buttons:
        together.addButton(button)
        column.addWidget(button)
    return holder
