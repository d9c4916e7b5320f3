"""What is to be decided about one record: its fields below each other, in each the values side by side."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk, body_name, local_time
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.choice_card import Told
from izsa_desktop.ui.widgets.column import scrolled
from izsa_desktop.ui.widgets.conflict_card import ConflictCard
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.text import for_button, plain_label, surface
from izsa_desktop.usecases.conflicts import Choice, Disputed, Voice

_SHORT_PC = 4
_MOST_NAMES = 3


class ConflictView(QWidget):
    """Says what a person decides; writes nothing."""

    chosen = Signal(object, object)
    """ConflictCard, Choice."""
    undo_wanted = Signal(object)
    """ConflictCard."""
    all_wanted = Signal(str)
    """Replica: its values in every field that is open here."""
    everywhere_wanted = Signal(str, str)
    """Replica and whose it is: its values in all records."""
    open_wanted = Signal(str)
    step_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "editor")
        self._desk, t = desk, desk.t
        self.record = ""
        self.cards: list[ConflictCard] = []
        self._here: ConflictCard | None = None
        self._whose = ""
        self.heading = plain_label(role="title", wrap=True)
        self.about = plain_label(role="soft", wrap=True)
        self.previous = tool("chevron-up", t("conflict.previous"))
        self.next = tool("chevron-down", t("conflict.next"))
        self.open_project = tool("pencil", t("conflict.open_project"))
        self.takers: dict[str, QPushButton] = {}
        """By replica: what this PC wrote, in all fields of the record."""
        self.everywhere = QToolButton()
        self.everywhere.setText(t("conflict.everywhere"))
        self.everywhere.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.everywhere.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.put(self.everywhere, "ellipsis", "soft", 16)
        self._menu = QMenu(self.everywhere)
        self.everywhere.setMenu(self._menu)
        self._column = QVBoxLayout()
        self._lay_out()
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        self.open_project.clicked.connect(lambda: self.open_wanted.emit(self.record))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_record(self, found: Disputed, alone: bool) -> None:
        """Shows a record; ``alone``: there is no other in the list."""
        t = self._desk.t
        self.record = found.id
        self.heading.setText(" ".join(visible(found.title).split()) or t("list.untitled"))
        self._whose = " · ".join(filter(None, (body_name(self._desk, found.body), visible(found.number))))
        empty(self._column)
        self._show_takers(found, alone)
        self.cards = []
        for conflict in found.conflicts:
            told = [self._told(n, choice) for n, choice in enumerate(conflict.choices, start=1)]
            card = ConflictCard(conflict, told, t)
            card.chosen.connect(partial(self._choose, card))
            card.undo_wanted.connect(partial(self.undo_wanted.emit, card))
            self._column.addWidget(card)
            card.show()  # at once: what does not stand there yet cannot get the keyboard
            self.cards.append(card)
        self._column.addStretch(1)
        self.refresh()
        self.area.verticalScrollBar().setValue(0)
        self._put_here(next(iter(self.open_cards), None))

    @property
    def open_cards(self) -> list[ConflictCard]:
        """What waits for a decision."""
        return [card for card in self.cards if card.open]

    @property
    def here(self) -> ConflictCard | None:
        """What the keys are about."""
        return self._here

    def go_to(self, card: ConflictCard, *, focus: bool) -> None:
        """The keys are about this one from now on; ``focus``: the keyboard goes there too."""
        self._put_here(card)
        if focus:
            card.take_focus()
        self.area.ensureWidgetVisible(card, 0, 12)

    def enter(self) -> None:
        """The keyboard goes to the values."""
        if self._here is not None:
            self.go_to(self._here, focus=True)

    def after(self, card: ConflictCard | None) -> ConflictCard | None:
        """What is still open below this one; None where nothing is."""
        at = self.cards.index(card) if card in self.cards else -1
        return next((one for one in self.cards[at + 1 :] if one.open), None)

    def all_from(self, replica: str) -> list[tuple[ConflictCard, Choice]]:
        """What this PC wrote in what is open, the newest where it wrote several values."""
        found = []
        for card in self.open_cards:
            theirs = [
                (voice.when, voice.revision, choice)
                for choice in card.conflict.choices
                for voice in choice.voices
                if choice.allowed and voice.replica == replica
            ]
            if theirs:
                found.append((card, max(theirs, key=lambda said: said[:2])[2]))
        return found

    def refresh(self) -> None:
        """What follows from how many fields are open."""
        self.about.setText(f"{self._whose} · {self._desk.t('conflict.fields', count=len(self.open_cards))}")
        for replica, button in self.takers.items():
            button.setEnabled(bool(self.all_from(replica)))

    # --- by hand ------------------------------------------------------------------------------------------------------

    def press(self, key: int) -> None:
        """The key of a value, from 1."""
        if self._here is not None and self._here.open and key <= len(self._here.choices):
            self._here.choices[key - 1].click()

    def take(self, key: int) -> None:
        """The key of a PC, from 1."""
        shown = [button for button in self.takers.values() if button.isVisible()]
        if key <= len(shown):
            shown[key - 1].click()

    def _choose(self, card: ConflictCard, choice: Choice) -> None:
        self._put_here(card)
        self.chosen.emit(card, choice)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keys are about what the keyboard is in."""
        for card in self.cards:
            if now is not None and card.open and card.isAncestorOf(now):
                self._put_here(card)

    def _put_here(self, card: ConflictCard | None) -> None:
        self._here = card
        for one in self.cards:
            one.mark(one is card)

    # --- in words -----------------------------------------------------------------------------------------------------

    def _told(self, key: int, choice: Choice) -> Told:
        t = self._desk.t
        names = list(dict.fromkeys(visible(voice.who) for voice in choice.voices[::-1]))
        who = ", ".join(names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            who = t("conflict.and_more", names=who, count=len(names) - _MOST_NAMES)
        newest = choice.voices[-1]
        where = " · ".join(filter(None, (local_time(t, newest.when), self._place(newest))))
        notes = t("conflict.shown") if choice.shown else "", "" if choice.allowed else t("conflict.not_here")
        return Told(key, who, where, " · ".join(filter(None, notes)))

    def _place(self, voice: Voice) -> str:
        t = self._desk.t
        pc = t("conflict.own_pc") if voice.own else t("conflict.pc", pc=voice.replica[:_SHORT_PC])
        elsewhere = voice.district and voice.district != self._desk.workplace.identity.body
        return f"{body_name(self._desk, voice.district)} · {pc}" if elsewhere else pc

    def _people(self, found: Disputed) -> Mapping[str, str]:
        """Who wrote on each PC, in the order of the values; where two are called the same, with the PC."""
        voices: dict[str, Voice] = {}
        for conflict in found.conflicts:
            for choice in conflict.choices:
                if choice.allowed:
                    voices |= {voice.replica: voice for voice in choice.voices if voice.replica not in voices}
        t, names = self._desk.t, [voice.who for voice in voices.values()]
        return {
            replica: visible(voice.who)
            if names.count(voice.who) == 1
            else t("conflict.who_where", who=visible(voice.who), where=self._place(voice))
            for replica, voice in voices.items()
        }

    def _show_takers(self, found: Disputed, alone: bool) -> None:
        t, people = self._desk.t, self._people(found)
        empty(self._flow)
        self.takers = {}
        self._menu.clear()
        several = len(found.conflicts) > 1 and len(people) > 1
        for key, (replica, who) in enumerate(people.items(), start=1):
            button = QPushButton(for_button(t("conflict.take_all", who=who)))
            button.setProperty("role", "tonal")
            button.setToolTip(t("conflict.take_all_tip", number=key))
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self.all_wanted.emit, replica))
            self.takers[replica] = button
            self._flow.addWidget(button)
            button.setVisible(several)
            act = self._menu.addAction(for_button(t("conflict.take_everywhere", who=who)))
            act.triggered.connect(partial(self.everywhere_wanted.emit, replica, who))
        self._tools.setVisible(several or not alone)
        self.everywhere.setVisible(not alone)

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.heading, 1)
        for button in (self.open_project, self.previous, self.next):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        takers = QWidget()
        self._flow = FlowLayout(takers, 8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        takers.setSizePolicy(policy)
        self._tools = QWidget()
        line = QHBoxLayout(self._tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(takers, 1)
        line.addWidget(self.everywhere, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(22, 14, 14, 10)
        head.setSpacing(2)
        head.addLayout(top)
        head.addWidget(self.about)
        head.addSpacing(6)
        head.addWidget(self._tools)
        self._column.setContentsMargins(22, 18, 22, 22)
        self._column.setSpacing(14)
        self.area = scrolled(self._column, self._desk.t("conflict.title"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
