"""The first start: three questions - which municipality, who works here, which language - a notice, and then ready."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui.widgets.emblem import Emblem
from izsa_desktop.ui.widgets.fields import LineField, QuietCombo
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.kvkk_notice import KvkkNotice
from izsa_desktop.ui.widgets.text import plain_label, surface
from izsa_desktop.usecases.notice import own_text

_ANYWHERE_IN = Qt.ShortcutContext.WidgetWithChildrenShortcut


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered."""

    body: str
    person: str
    language: str
    joins: bool = False
    """At the office: it has a PC already, which signs the list."""


class WelcomePage(QWidget):
    """Asks; ``answered`` gives the answers. Changing the language asks for the page in that language."""

    answered = Signal(Answers)
    language_wanted = Signal(Answers)

    def __init__(self, reference: Reference, t: Translator, folder: str, so_far: Answers | None = None) -> None:
        super().__init__()
        surface(self, "welcome")
        self._t = t
        marks = Mnemonics()
        self.body = QuietCombo()
        self.body.addItem(t("welcome.choose"), "")
        self.body.addItem(t("welcome.office"), reference.province.code)
        self.body.insertSeparator(2)
        for district in reference.districts:
            self.body.addItem(t("sheet.body_district", name=district.name), district.code)
        self.joins = QCheckBox(marks.mark(t("welcome.joins")))
        self.joins_help = plain_label(t("welcome.joins_help"), role="soft", wrap=True)
        self.person = LineField(t("welcome.person_hint"), limit=200)
        self.problem = plain_label(role="bad", wrap=True)
        self.problem.hide()
        self.start = QPushButton(t("welcome.start"))
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        self.body_row = FormRow(marks.mark(t("welcome.body")), self.body)
        self.person_row = FormRow(marks.mark(t("welcome.person")), self.person, t("welcome.person_help"))
        self.languages = QButtonGroup(self)
        language_row = FormRow(marks.mark(t("welcome.language")), self._language_choice())
        self.panel, self.notice = QFrame(), QFrame()
        self.back, self.accept = QPushButton(t("kvkk.back")), QPushButton(t("kvkk.accept"))
        self.accept.setProperty("role", "primary")
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Return), self.accept, self.accept.click, context=here)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self.notice, self._back, context=_ANYWHERE_IN)
        self._lay_out(folder, language_row)
        self._lay_out_notice(own_text(Path(folder)))
        if so_far is not None:
            self.body.setCurrentIndex(max(0, self.body.findData(so_far.body)))
            self.person.set_value(so_far.person)
            self.joins.setChecked(so_far.joins)
        self.body.activated.connect(lambda _index: self._check())
        self.person.edited.connect(self._check)
        self.person.returnPressed.connect(self._answer)
        self.start.clicked.connect(self._answer)
        self.back.clicked.connect(self._back)
        self.accept.clicked.connect(self._accept)
        self._check()

    @property
    def answers(self) -> Answers:
        """What stands in the fields now."""
        body = str(self.body.currentData() or "")
        joins = body == OFFICE and self.joins.isChecked()
        return Answers(body, self.person.value().strip(), self._t.language, joins)

    def refuse(self, sentence: str) -> None:
        """It did not work: says why, and lets the person try again."""
        self.problem.setText(visible(sentence))
        self.problem.show()
        self.setEnabled(True)
        self._back()

    def _language_choice(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        names = {"tr": "Türkçe", "en": "English"}
        for language in LANGUAGES:
            button = QPushButton(names[language])
            button.setCheckable(True)
            button.setProperty("role", "chip")
            button.setChecked(language == self._t.language)
            button.clicked.connect(lambda _on, language=language: self._other_language(language))
            self.languages.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        hand_on(row, self.languages.buttons()[0])
        return row

    def _other_language(self, language: str) -> None:
        if language != self._t.language:
            self.language_wanted.emit(replace(self.answers, language=language))

    def _check(self) -> None:
        self.problem.hide()
        for part in (self.joins, self.joins_help):
            part.setVisible(self.answers.body == OFFICE)
        self.start.setEnabled(bool(self.answers.body and self.answers.person))

    def _answer(self) -> None:
        """The notice about personal data comes before anything is stored."""
        if self.start.isEnabled():
            self.panel.hide()
            self.notice.show()
            self.accept.setFocus()

    def _back(self) -> None:
        self.notice.hide()
        self.panel.show()
        self.start.setFocus()

    def _accept(self) -> None:
        self.setEnabled(False)
        self.answered.emit(self.answers)

    def _lay_out(self, folder: str, language_row: FormRow) -> None:
        t = self._t
        panel = self.panel
        panel.setObjectName("card")
        panel.setFixedWidth(max(480, 60 * self.fontMetrics().averageCharWidth()))
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(34, 30, 34, 28)
        inside.setSpacing(16)
        inside.addWidget(Emblem(56), 0, Qt.AlignmentFlag.AlignLeft)
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(plain_label(t("welcome.title"), role="page"))
        titles.addWidget(plain_label(t("welcome.subtitle"), role="soft", wrap=True))
        inside.addLayout(titles)
        further = QVBoxLayout()
        further.setSpacing(4)
        further.addWidget(self.joins)
        further.addWidget(self.joins_help)
        inside.addWidget(self.body_row)
        inside.addLayout(further)
        for row in (self.person_row, language_row):
            inside.addWidget(row)
        inside.addWidget(self.problem)
        inside.addWidget(self.start)
        inside.addWidget(plain_label(t("welcome.folder", folder=folder), role="soft", wrap=True))
        ground = QWidget()
        surface(ground, "welcome")
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(panel)
        column.addWidget(self.notice, 20)
        column.addStretch(3)
        around = QHBoxLayout(ground)  # with an alignment Qt would ask for the height that the whole width needs
        around.addStretch(1)
        around.addLayout(column)
        around.addStretch(1)
        scroll = QScrollArea()  # large text on a small screen
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(ground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _lay_out_notice(self, own: str) -> None:
        t = self._t
        self.notice.setObjectName("card")
        self.notice.setFixedWidth(max(640, 80 * self.fontMetrics().averageCharWidth()))
        self.notice.setMaximumHeight(620)
        self.notice.hide()
        inside = QVBoxLayout(self.notice)
        inside.setContentsMargins(34, 28, 34, 26)
        inside.setSpacing(14)
        inside.addWidget(plain_label(t("kvkk.title"), role="page", wrap=True))
        inside.addWidget(KvkkNotice(t, own), 1)
        line = QHBoxLayout()
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.accept)
        inside.addLayout(line)
