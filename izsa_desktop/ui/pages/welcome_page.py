"""The first start: three questions - which municipality, who works here, which language - and then ready."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui.widgets.emblem import Emblem
from izsa_desktop.ui.widgets.fields import LineField, QuietCombo
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.text import plain_label, surface


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered."""

    body: str
    person: str
    language: str


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
        self._lay_out(folder, language_row)
        if so_far is not None:
            self.body.setCurrentIndex(max(0, self.body.findData(so_far.body)))
            self.person.set_value(so_far.person)
        self.body.activated.connect(lambda _index: self._check())
        self.person.edited.connect(self._check)
        self.person.returnPressed.connect(self._answer)
        self.start.clicked.connect(self._answer)
        self._check()

    @property
    def answers(self) -> Answers:
        """What stands in the fields now."""
        return Answers(str(self.body.currentData() or ""), self.person.value().strip(), self._t.language)

    def refuse(self, sentence: str) -> None:
        """It did not work: says why, and lets the person try again."""
        self.problem.setText(visible(sentence))
        self.problem.show()
        self.setEnabled(True)

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
        row.setFocusProxy(self.languages.buttons()[0])
        return row

    def _other_language(self, language: str) -> None:
        if language != self._t.language:
            now = self.answers
            self.language_wanted.emit(Answers(now.body, now.person, language))

    def _check(self) -> None:
        self.problem.hide()
        self.start.setEnabled(bool(self.answers.body and self.answers.person))

    def _answer(self) -> None:
        if self.start.isEnabled():
            self.setEnabled(False)
            self.answered.emit(self.answers)

    def _lay_out(self, folder: str, language_row: FormRow) -> None:
        t = self._t
        panel = QFrame()
        panel.setObjectName("card")
        panel.setFixedWidth(480)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(34, 30, 34, 28)
        inside.setSpacing(16)
        inside.addWidget(Emblem(56), 0, Qt.AlignmentFlag.AlignLeft)
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(plain_label(t("welcome.title"), role="page"))
        titles.addWidget(plain_label(t("welcome.subtitle"), role="soft", wrap=True))
        inside.addLayout(titles)
        for row in (self.body_row, self.person_row, language_row):
            inside.addWidget(row)
        inside.addWidget(self.problem)
        inside.addWidget(self.start)
        inside.addWidget(plain_label(t("welcome.folder", folder=folder), role="soft", wrap=True))
        around = QVBoxLayout(self)
        around.addStretch(2)
        around.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(3)
