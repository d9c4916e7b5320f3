"""The coaching ladder at the office: as a file, from a file, or the program's own again; first what that changes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from izsa_desktop.domain.ladder import Ladder
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.confirm import Words, confirm
from izsa_desktop.ui.dialogs.files import ask_open, ask_save
from izsa_desktop.ui.folders import open_folder
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.widgets.card import Card
from izsa_desktop.ui.widgets.flow_layout import flowing
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.ladder_changes import told, told_of_built_in, write_ladder
from izsa_desktop.usecases.ladders import current_ladder, is_built_in, read_ladder, restore_ladder, set_ladder


class LadderCard(Card):
    """What is in force, and three ways to change it."""

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        super().__init__(t("ladder_card.title"), t("ladder_card.text"), icon="route")
        self._desk = desk
        self.now = plain_label(wrap=True)
        self.write = _button(t("ladder_card.write"), "save", self._ask_where)
        self.choose = _button(t("ladder_card.choose"), "folder-open", self._ask_which)
        self.restore = _button(t("ladder_card.restore"), "undo-2", self.look_at_built_in)
        holder, flow = flowing(10)
        for button in (self.write, self.choose, self.restore):
            flow.addWidget(button)
        self.body.addWidget(self.now)
        self.body.addWidget(holder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: current_ladder(workplace), self._show)

    def _show(self, ladder: Ladder) -> None:
        count = sum(len(stage.criteria) for stage in ladder.stages)
        facts = {"version": ladder.version, "stages": len(ladder.stages)}
        self.restore.setVisible(not is_built_in(ladder))
        self.now.setText(self._desk.t("ladder_card.now", count=count, **facts))

    # --- as a file ----------------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        t = self._desk.t
        name, kind = f"{t('ladder_card.file')}.json", t("ladder_card.kind")
        ask_save(self, self._desk.settings, t("ladder_card.write"), name=name, kind=kind, chosen=self.write_to)

    def write_to(self, target: Path) -> None:
        """Writes the ladder that is in force."""
        t, workplace = self._desk.t, self._desk.workplace
        show = Action(t("exchange.open_folder"), lambda: open_folder(target.parent))
        self._desk.tasks.run(
            self,
            lambda: write_ladder(workplace, target),
            lambda _none: self._desk.notify.good(t("coach.template_written", name=target.name), show),
        )

    # --- another one --------------------------------------------------------------------------------------------------

    def _ask_which(self) -> None:
        t = self._desk.t
        title, kind = t("ladder_card.choose"), t("ladder_card.kind")
        ask_open(self, self._desk.settings, title, kind, lambda paths: self.look_at(paths[0]))

    def look_at(self, file: Path) -> None:
        """Takes the ladder of a file once a person has read what it changes."""
        t, workplace = self._desk.t, self._desk.workplace

        def look() -> tuple[bytes, list[str]]:
            data = read_ladder(file)
            return data, told(workplace, data, t)

        self._desk.tasks.run(
            self,
            look,
            lambda found: self._offer(found[1], t("ladder_card.take"), lambda: set_ladder(workplace, found[0])),
        )

    def look_at_built_in(self) -> None:
        """The same for the program's own."""
        t, workplace = self._desk.t, self._desk.workplace
        self._desk.tasks.run(
            self,
            lambda: told_of_built_in(workplace, t),
            lambda said: self._offer(said, t("ladder_card.restore_go"), lambda: restore_ladder(workplace)),
        )

    def _offer(self, said: Sequence[str], go: str, take: Callable[[], Ladder]) -> None:
        t = self._desk.t
        words = Words(t("ladder_card.ask"), (*said, t("ladder_card.what_then")), go, t("coach.leave"))

        def act() -> None:
            self._desk.tasks.run(self, take, self._taken)

        confirm(words, self.window(), act)

    def _taken(self, ladder: Ladder) -> None:
        self._desk.notify.good(self._desk.t("ladder_card.taken", version=ladder.version))
        self._show(ladder)
        self._desk.changes.announce(changes.COACHING, by=self)


def _button(label: str, icon: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(for_button(label))
    icons.put(button, icon, "text", 16)
    button.clicked.connect(act)
    return button
