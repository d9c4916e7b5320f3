"""A joint programme to be written or changed. Takes what there is, gives back what was entered; stores nothing."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.domain.joint import Member, ProgrammeFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.column import scrolled
from izsa_desktop.ui.widgets.districts_field import DistrictsField
from izsa_desktop.ui.widgets.field_maker import FieldMaker
from izsa_desktop.ui.widgets.fields import LineField
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.other_project import OtherProjectField, ProjectLookup
from izsa_desktop.ui.widgets.text import for_button, plain_label

_WIDTH, _HEIGHT = 760, 660
NOWHERE: Mapping[str, Sequence[str]] = MappingProxyType({})


class MembersField(QWidget):
    """The projects of a programme, a line each, and one more that is found by typing."""

    edited = Signal()

    def __init__(self, lookup: ProjectLookup, t: Translator) -> None:
        super().__init__()
        self._lookup, self._t = lookup, t
        self._titles: dict[str, str] = {}
        self._rows: list[tuple[OtherProjectField, QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add = QPushButton(t("joint.add_member"))
        self.add.setProperty("role", "add")
        icons.put(self.add, "plus", "accent", 15)
        self.add.clicked.connect(lambda: self._append().setFocus())
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def fields(self) -> list[OtherProjectField]:
        """One for each line."""
        return [field for field, _ in self._rows]

    def value(self) -> tuple[Member, ...]:
        ids = dict.fromkeys(filter(None, (field.value() for field in self.fields)))
        return tuple(Member(id_, self._titles.get(id_, "")) for id_ in ids)

    def set_value(self, members: tuple[Member, ...]) -> None:
        self._titles = {one.project: one.title for one in members}
        for one in members:
            self._append().set_value(one.project)

    def _append(self) -> OtherProjectField:
        field = OtherProjectField(self._lookup, self._t("joint.member_hint"))
        field.setAccessibleName(self._t("joint.member"))
        remove = QPushButton()
        remove.setAccessibleName(self._t("joint.remove_member"))
        remove.setToolTip(self._t("joint.remove_member"))
        icons.put(remove, "x", "soft", 15)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(field, 1)
        line.addWidget(remove)
        field.edited.connect(self.edited)
        self._rows.append((field, row))
        self._column.insertWidget(len(self._rows) - 1, row)
        remove.clicked.connect(lambda: self._remove(field))
        row.show()
        return field

    def _remove(self, field: OtherProjectField) -> None:
        at = self.fields.index(field)
        _, row = self._rows.pop(at)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        (self.fields[min(at, len(self._rows) - 1)] if self._rows else self.add).setFocus()
        self.edited.emit()


class ProgrammeDialog(QDialog):
    """``written`` gives what was entered; ``failed`` says what of it cannot be stored, ``stored`` closes."""

    written = Signal(object)
    """ProgrammeFields."""

    def __init__(
        self,
        fields: ProgrammeFields,
        known: Reference,
        t: Translator,
        lookup: ProjectLookup,
        parent: QWidget,
        *,
        new: bool = False,
        elsewhere: Mapping[str, Sequence[str]] = NOWHERE,
    ) -> None:
        """``elsewhere``: by project the names of the other joint programmes that it is in."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._before, self._t, self._elsewhere = fields, t, elsewhere
        title = t("joint.new_title") if new else t("joint.edit")
        self.setWindowTitle(title)
        make = FieldMaker(known, t, lookup)
        self.name = LineField(t("joint.name_hint"), limit=200)
        self.lead: Any = make.field("district")
        self.lead.setItemText(self.lead.findData(OFFICE), t("sheet.body_office"))  # a body here, not where something is
        self.members = MembersField(lookup, t)
        self.twice = Banner()
        self.bodies = DistrictsField(known, t)
        self.made: dict[str, Any] = {name: make.field(name) for name in _AS_PROJECT}
        self.problem = plain_label(role="bad", wrap=True)
        self.problem.hide()
        self._buttons = QDialogButtonBox()
        self.keep = self._buttons.addButton(for_button(t("joint.save")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setProperty("role", "primary")
        leave = self._buttons.addButton(for_button(t("joint.leave")), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setAutoDefault(False)
        self._buttons.accepted.connect(lambda: self.written.emit(self.value()))
        self._buttons.rejected.connect(self.reject)
        self._lay_out(title, new=new)
        self._show(fields)
        self.members.edited.connect(self._warn)
        self._warn()
        self.resize(_WIDTH, _HEIGHT)
        self.name.setFocus()
        if new:
            self.name.selectAll()  # a name that is proposed goes as soon as another one is typed

    def value(self) -> ProgrammeFields:
        """What was entered."""
        entered = {name: field.value() for name, field in self.made.items()}
        return replace(
            self._before,
            name=self.name.value(),
            lead=self.lead.value(),
            members=self.members.value(),
            bodies=self.bodies.value(),
            **entered,
        )

    def failed(self, error: KnownError) -> None:
        """Says what cannot be stored; everything typed stays."""
        self.problem.setText(self._t.error(error))
        self.problem.show()

    def _warn(self) -> None:
        """A project that is in another programme joins the two: people should mean it."""
        t, names = self._t, {one.project: one.title for one in self._before.members}
        found = [
            t("joint.twice", title=names.get(field.value()) or field.text(), names=", ".join(elsewhere))
            for field in self.members.fields
            if (elsewhere := self._elsewhere.get(field.value()))
        ]
        if found:
            self.twice.say("circle-alert", "\n".join([*dict.fromkeys(found), t("joint.twice_then")]), "warn")
        else:
            self.twice.hide()

    def _show(self, fields: ProgrammeFields) -> None:
        self.name.set_value(fields.name)
        self.lead.set_value(fields.lead)
        self.members.set_value(fields.members)
        self.bodies.set_value(fields.bodies)
        for name, field in self.made.items():
            field.set_value(getattr(fields, name))

    def _lay_out(self, title: str, *, new: bool) -> None:
        t, marks = self._t, Mnemonics()
        name_help = t("joint.name_proposed") if new and self._before.name else t("joint.name_help")
        beside = QHBoxLayout()
        beside.setSpacing(10)
        lead = FormRow(marks.mark(t("joint_field.lead")), self.lead, t("joint.lead_help"))
        status = FormRow(marks.mark(t("joint_field.status")), self.made["status"])
        beside.addWidget(lead, 1, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(status, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setContentsMargins(2, 2, 12, 2)
        column.setSpacing(12)
        column.addWidget(FormRow(marks.mark(t("joint_field.name")), self.name, name_help))
        column.addWidget(FormRow(marks.mark(t("joint_field.purpose")), self.made["purpose"]))
        column.addLayout(beside)
        for name in ("start", "end"):
            column.addWidget(FormRow(marks.mark(t(f"joint_field.{name}")), self.made[name]))
        column.addWidget(FormRow(t("joint.members"), self.members, t("joint.members_help")))
        column.addWidget(self.twice)
        column.addWidget(FormRow(t("joint.bodies"), self.bodies, t("joint.bodies_help")))
        column.addWidget(FormRow(t("joint.indicators"), self.made["indicators"], t("joint.indicators_help")))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(26, 22, 26, 20)
        whole.setSpacing(12)
        whole.addWidget(plain_label(title, role="title", wrap=True))
        text = t("joint.new_text") if new else t("joint.edit_text")
        whole.addWidget(plain_label(text, role="soft", wrap=True))
        whole.addWidget(scrolled(column, title), 1)
        whole.addWidget(self.problem)
        whole.addWidget(self._buttons)


_AS_PROJECT = ("purpose", "status", "start", "end", "indicators")
"""Fields that are entered as a project's."""
