"""One photo, document or link of a project: its picture, what it shows, whose it is, and whether people are in it."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import ChoiceField, LineField, TextField
from izsa_desktop.ui.widgets.text import ElidedLabel, for_button, plain_label, plain_tip

_PREVIEW = 84
WAITING, DAMAGED = "missing", "damaged"
"""What may be wrong with a stored file; ``evidence.<state>`` says it."""


class EvidenceItem(QFrame):
    """Shows one ``Evidence``. What a person changes is in ``value``; what the widget does not show stays in it."""

    edited = Signal()
    open_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, licences: Vocabulary, t: Translator) -> None:
        super().__init__()
        self.setObjectName("evidenceItem")
        self._t = t
        self._shown = Evidence()
        self._read_only = False
        self.preview = QToolButton()
        self.preview.setFixedSize(_PREVIEW + 8, _PREVIEW + 8)
        self.name = ElidedLabel(role="field")
        self.address = LineField()
        self.address.set_read_only(True)
        self.size_label = plain_label(role="soft")
        self.remove = QToolButton()
        icons.put(self.remove, "trash-2", "soft", 16)
        self.state = plain_label(role="warn", wrap=True)
        self.caption = LineField(t("evidence.caption_hint"), 500)
        self.licence = ChoiceField(licences, t.language, t("evidence.no_licence"))
        self.licence.setMinimumContentsLength(2)  # the form is narrow
        self.people = QCheckBox(for_button(t("evidence.people")))
        self.people.setToolTip(plain_tip(t("evidence.people_tip")))
        self.consent_help = plain_label(t("evidence.consent_help"), role="soft", wrap=True)
        self.consent = TextField(t("evidence.consent_hint"), lines=2)
        self._lay_out()
        self.preview.clicked.connect(self.open_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        self.people.clicked.connect(self._people_clicked)
        for field in (self.caption, self.licence, self.consent):
            field.edited.connect(self.edited)

    @property
    def key(self) -> str:
        return self._shown.key

    def value(self) -> Evidence:
        return replace(
            self._shown,
            caption=self.caption.value(),
            licence=self.licence.value(),
            people=self.people.isChecked(),
            consent=self.consent.value(),
        )

    def show_evidence(self, evidence: Evidence) -> None:
        """Shows another one, or the same with other words. The preview comes by ``set_preview``."""
        other = evidence.key != self._shown.key
        self._shown = evidence
        self.caption.set_value(evidence.caption)
        self.licence.set_value(evidence.licence)
        self.people.setChecked(evidence.people)
        self.consent.set_value(evidence.consent)
        if other:
            self.set_state("")
        self._name_controls()
        self._show_parts()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for field in (self.caption, self.licence, self.consent):
            field.set_read_only(read_only)
        self.people.setEnabled(not read_only)
        self._show_parts()

    def set_preview(self, picture: QPixmap) -> None:
        """A small picture of the file, made by the program itself."""
        self.preview.setProperty("izsa_icon", None)
        self.preview.setIconSize(QSize(_PREVIEW, _PREVIEW))
        self.preview.setIcon(QIcon(picture))

    def set_state(self, state: str) -> None:
        """``WAITING``, ``DAMAGED`` or nothing special. A file that is not there cannot be opened; all else works."""
        self.state.setText(self._t(f"evidence.{state}") if state else "")
        self.state.setVisible(bool(state))
        self.preview.setEnabled(not state)
        icons.put(self.preview, *(("circle-alert", "warn") if state else (_icon(self._shown), "soft")), 32)

    def _people_clicked(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        """What is empty is not shown to somebody who only reads."""
        seen, link = self.value(), bool(self._shown.link)
        self.name.setVisible(not link)
        self.size_label.setVisible(not link and bool(self._shown.size))
        self.address.setVisible(link)
        self.remove.setVisible(not self._read_only)
        self.caption.setVisible(bool(seen.caption) or not self._read_only)
        self.licence.setVisible(bool(seen.licence) or not self._read_only)
        self.people.setVisible(seen.people or (not self._read_only and not link))
        self.consent.setVisible((seen.people and not self._read_only) or bool(seen.consent))
        self.consent_help.setVisible(seen.people and not self._read_only)

    def _name_controls(self) -> None:
        t, shown = self._t, self._shown
        name = visible(shown.link or shown.name)
        self.name.show_text(shown.name)
        self.address.set_value(shown.link)
        self.size_label.setText(t.size(shown.size) if shown.size else "")
        self.setAccessibleName(t("evidence.item_named", name=name))
        self.address.setAccessibleName(t("evidence.item_named", name=name))
        self.preview.setAccessibleName(t("evidence.open_named", name=name))
        self.preview.setToolTip(plain_tip(t("evidence.open_named", name=name)))
        self.remove.setAccessibleName(t("evidence.remove_named", name=name))
        self.remove.setToolTip(plain_tip(t("evidence.remove_named", name=name)))
        self.caption.setAccessibleName(t("evidence.caption_named", name=name))
        self.licence.setAccessibleName(t("evidence.licence_named", name=name))
        self.people.setAccessibleName(t("evidence.people_named", name=name))
        self.consent.setAccessibleName(t("evidence.consent_named", name=name))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name, 1)
        head.addWidget(self.address, 1)
        head.addWidget(self.size_label)
        head.addWidget(self.remove)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.licence, 1)
        line.addWidget(self.people, 1)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addLayout(head)
        words.addWidget(self.state)
        words.addWidget(self.caption)
        words.addLayout(line)
        words.addWidget(self.consent_help)
        words.addWidget(self.consent)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)


def _icon(evidence: Evidence) -> str:
    if evidence.link:
        return "link"
    return "image" if evidence.media_type.startswith("image/") else "file-text"
