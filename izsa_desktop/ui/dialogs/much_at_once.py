"""Shall a bundle that changes very much be taken in? What it does, by name; the number is typed: so it was read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import sort_key
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.dialogs.confirm import RoomyDialog
from izsa_desktop.ui.widgets.fields import LineField
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label
from izsa_desktop.usecases.inbox import CloserLook

_NAMED = 6


class MuchAtOnceDialog(RoomyDialog):
    """Accepted when a person has typed how many projects it is about."""

    def __init__(self, look: CloserLook, desk: Desk, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("exchange.much_title"), parent)
        self._desk = desk
        bundle = look.received.bundle
        self.number = len(look.put_away) + len(look.disputed)
        if bundle is not None:
            sender = body_name(desk, bundle.manifest.sender.district), bundle.signer.person
            self.column.addWidget(plain_label(t("exchange.sender", district=sender[0], person=sender[1]), role="soft"))
        self._tell(t("exchange.much_put_away", count=len(look.put_away)), look.put_away)
        self._tell(t("exchange.much_disputed", count=len(look.disputed)), look.disputed)
        ask = t("exchange.much_ask") if desk.office else t("exchange.much_ask_office")
        self.column.addWidget(plain_label(ask, wrap=True))
        self.field = LineField(limit=9)
        self.field.edited.connect(self._check)
        label = Mnemonics().mark(t("exchange.much_type", number=t.number(self.number)))
        self.column.addWidget(FormRow(label, self.field))
        self.go = self.finish(t("exchange.much_go"), t("exchange.much_leave"))
        self.field.setFocus()
        self._check()

    def _tell(self, sentence: str, projects: Sequence[Project]) -> None:
        if not projects:
            return
        t = self._desk.t
        self.column.addWidget(plain_label(sentence, role="strong", wrap=True))
        names = QVBoxLayout()
        names.setContentsMargins(10, 0, 0, 0)
        names.setSpacing(3)
        for title in sorted((project.fields.title or t("list.untitled") for project in projects), key=sort_key)[
            :_NAMED
        ]:
            names.addWidget(ElidedLabel(title))
        if len(projects) > _NAMED:
            names.addWidget(plain_label(t("exchange.much_more", count=len(projects) - _NAMED), role="soft"))
        self.column.addLayout(names)

    def _check(self) -> None:
        self.go.setEnabled(self.field.value().strip().replace(".", "").replace(",", "") == str(self.number))
