"""What shall be forgotten, and why? Takes what can be erased, gives back what a person wants erased."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from izsa_desktop.domain.fields import BY_NAME, FIELDS
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.fields import LineField, QuietCombo
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.erasure import EVIDENCE, MAX_REASON, Forget

_SHORT_KEY = 12


class EraseDialog(QDialog):
    """``wanted`` gives the answer; nothing is erased here."""

    wanted = Signal(Forget)

    def __init__(self, project: Project, erasable: Mapping[str, Sequence[str]], t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._t, self._project, self._erasable = t, project, erasable
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("kvkk.erase_title"))
        marks = Mnemonics()
        self.field, self.file = QuietCombo(), QuietCombo()
        for name in _personal_first(erasable):
            told = t.field(name)
            self.field.addItem(t("kvkk.personal_field", field=told) if _personal(name) else told, name)
        self.reason = LineField(t("kvkk.reason_hint"), limit=MAX_REASON)
        self.keep = QCheckBox(marks.mark(t("kvkk.keep_shown")))
        self.copies = QCheckBox(marks.mark(t("kvkk.with_copies")))
        self.copies.setChecked(True)
        self.field_row = FormRow(marks.mark(t("kvkk.which_field")), self.field)
        self.file_row = FormRow(marks.mark(t("kvkk.which_file")), self.file)
        self.reason_row = FormRow(marks.mark(t("kvkk.reason")), self.reason, t("kvkk.reason_help"))
        self.buttons = QDialogButtonBox()
        self.erase = self.buttons.addButton(t("kvkk.erase"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.leave = self.buttons.addButton(t("history.leave"), QDialogButtonBox.ButtonRole.RejectRole)
        self.leave.setDefault(True)
        self.buttons.accepted.connect(self._answer)
        self.buttons.rejected.connect(self.reject)
        self.field.currentIndexChanged.connect(lambda _index: self._field_chosen())
        self.reason.edited.connect(self._check)
        self._lay_out()
        self._field_chosen()
        self._check()

    def _field_chosen(self) -> None:
        """Files are chosen one by one."""
        chosen = str(self.field.currentData() or "")
        names = {evidence.key: evidence.name or evidence.link for evidence in self._project.fields.evidence}
        self.file.clear()
        self.file.addItem(self._t("kvkk.all_files"), "")
        for key in self._erasable.get(EVIDENCE, ()):
            self.file.addItem(visible(names.get(key) or key[:_SHORT_KEY]), key)
        self.file_row.setVisible(chosen == EVIDENCE)

    def _check(self) -> None:
        self.erase.setEnabled(bool(self.reason.value().strip()) and self.field.count() > 0)

    def _answer(self) -> None:
        field = str(self.field.currentData())
        self.wanted.emit(
            Forget(
                field=field,
                reason=self.reason.value(),
                key=str(self.file.currentData()) if field == EVIDENCE else "",
                keep_shown=self.keep.isChecked(),
                delete_copies=self.copies.isChecked(),
            )
        )
        self.accept()

    def _lay_out(self) -> None:
        t = self._t
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 22, 26, 20)
        layout.setSpacing(12)
        layout.addWidget(plain_label(t("kvkk.erase_title"), role="title", wrap=True))
        layout.addWidget(plain_label(t("kvkk.erase_text"), role="soft", wrap=True))
        for part in (self.field_row, self.file_row, self.reason_row, self.keep, self.copies):
            layout.addWidget(part)
        layout.addWidget(plain_label(t("kvkk.for_good"), role="warn", wrap=True))
        layout.addWidget(self.buttons)
        self.setMinimumWidth(max(520, self.minimumSizeHint().width()))


def _personal(name: str) -> bool:
    """True for a field that is about a person, or has a part that is."""
    spec = BY_NAME[name]
    return spec.personal or (spec.row is not None and any(part.personal for part in spec.row.attributes))


def _personal_first(names: Mapping[str, Sequence[str]]) -> list[str]:
    order = [spec.name for spec in FIELDS if spec.name in names]
    return sorted(order, key=lambda name: not _personal(name))
