"""The office's paper: name in the head, line in the foot, logo. In force for everything that is printed here."""

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from izsa_desktop.reports.sheet_material import Letterhead
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_open
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.letterhead import MAX_LINE, letterhead, remove_logo, set_lines, set_logo


class LetterheadCard(Card):
    """What is typed is kept when a field is left."""

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        super().__init__(t("letterhead.title"), t("letterhead.text"), icon="printer")
        self._desk = desk
        self._kept = Letterhead()
        self.organisation = QLineEdit(maxLength=MAX_LINE, placeholderText=t("sheet.organisation"))
        self.footer = QLineEdit(maxLength=MAX_LINE)
        for text, field in ((t("letterhead.organisation"), self.organisation), (t("letterhead.footer"), self.footer)):
            label = plain_label(text, role="field")
            label.setBuddy(field)
            field.setAccessibleName(text)
            field.editingFinished.connect(self.keep)
            self.body.addWidget(label)
            self.body.addWidget(field)
        self.state = plain_label(t("letterhead.no_logo"), role="soft", wrap=True)
        self.choose = QPushButton(for_button(t("letterhead.choose")))
        icons.put(self.choose, "image", "text")
        self.choose.clicked.connect(self._ask)
        self.remove = QPushButton(for_button(t("letterhead.remove")))
        icons.put(self.remove, "undo-2", "text")
        self.remove.clicked.connect(self.drop)
        self.remove.hide()
        self.body.addWidget(self.state)
        self.body.addLayout(spaced_line(self.choose, self.remove))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def keep(self) -> None:
        """Keeps the two lines, if they are others."""
        workplace, lines = self._desk.workplace, (self.organisation.text(), self.footer.text())
        if lines != (self._kept.organisation, self._kept.footer):
            self._desk.tasks.run(self, lambda: set_lines(workplace, *lines), lambda _none: self._read())

    def take(self, path: Path) -> None:
        """This picture is the logo from now on."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: set_logo(workplace, path), lambda _none: self._read())

    def drop(self) -> None:
        """No logo any more."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: remove_logo(workplace), lambda _none: self._read())

    def _ask(self) -> None:
        t = self._desk.t
        ask_open(
            self,
            self._desk.settings,
            t("letterhead.choose"),
            t("letterhead.kind"),
            lambda paths: self.take(paths[0]),
        )

    def _read(self) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: letterhead(workplace), self._show)

    def _show(self, kept: Letterhead) -> None:
        self._kept = kept
        for field, text in ((self.organisation, kept.organisation), (self.footer, kept.footer)):
            if not field.hasFocus():
                field.setText(text)
        self.state.setText(self._desk.t("letterhead.has_logo") if kept.logo else self._desk.t("letterhead.no_logo"))
        self.remove.setVisible(bool(kept.logo))
