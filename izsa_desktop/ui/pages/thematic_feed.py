"""Keeps what the map shows of the districts in step with the list: counted on the worker, only while it is wanted.

While the map shows projects and nothing else, nothing is counted. Else the projects are read in small parts: between
two of them the worker does what was asked of it meanwhile.
"""

from dataclasses import asdict, replace
from datetime import date

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QTimer

from izsa_desktop.analysis.works import Entry, Works
from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.settings import MAP_VIEW, Settings
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.usecases.thematic import Subject, districts_of, entries_at, thematic_json

PART = 250
"""Projects that are read at once: a few milliseconds of the worker."""
PAUSE_MS = 250
"""For more projects than one part it waits until nobody types any more."""


class ThematicFeed(QObject):
    """``follow`` what is listed; what a person chooses on the map is remembered."""

    def __init__(self, desk: Desk, view: MapView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._numbers: Numbers = np.zeros(0, dtype=np.int64)
        self._listed = ProjectFilter()
        self._entries: list[Entry] = []
        self._read = 0
        """How many of the numbers were read."""
        self._works: Works | None = None
        self.choice = _remembered(desk.settings)
        self._reading: Task[tuple[Entry, ...]] | None = None
        self._counting: Task[bytes] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._go_on)
        view.thematic_changed.connect(self._choose)

    def follow(self, numbers: Numbers, listed: ProjectFilter) -> None:
        """These are listed now, by this filter."""
        self.stop()
        self._numbers, self._listed = numbers, listed
        self._entries, self._read, self._works = [], 0, None
        self._show()

    def stop(self) -> None:
        """What was listed is not wanted any more."""
        self._pause.stop()
        for task in (self._reading, self._counting):
            if task is not None:
                task.cancel()
        self._reading = self._counting = None

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self._desk.settings.set_text(MAP_VIEW, msgspec.json.encode(asdict(replace(choice, request=0))).decode())
        self._show()

    def _show(self) -> None:
        if self.choice.plain:
            self._count(Works())
        elif self._works is not None:
            self._count(self._works)
        elif self._reading is None and not self._pause.isActive():
            if len(self._numbers) > PART:
                self._pause.start()
            else:
                self._go_on()

    def _go_on(self) -> None:
        workplace, some = self._desk.workplace, self._numbers[self._read : self._read + PART].tolist()
        self._reading = self._desk.tasks.run(self, lambda: entries_at(workplace, some), self._take)

    def _take(self, some: tuple[Entry, ...]) -> None:
        self._reading = None
        self._entries += some
        self._read += PART
        if self._read < len(self._numbers):
            self._go_on()
        else:
            self._works = Works(self._entries)
            self._show()

    def _count(self, works: Works) -> None:
        """Only the newest wish counts."""
        if self._counting is not None:
            self._counting.cancel()
        workplace = self._desk.workplace
        subject = Subject(works, districts_of(workplace.identity, self._listed))
        choice, t = self.choice, self._desk.t
        self._counting = self._desk.tasks.run(
            self, lambda: thematic_json(subject, choice, workplace.reference, t, date.today()), self._tell
        )

    def _tell(self, data: bytes) -> None:
        self._counting = None
        self._view.show_thematic(data)


def _remembered(settings: Settings) -> Choice:
    """The view as it was left here; what cannot be read counts as never chosen."""
    try:
        choice = msgspec.json.decode(settings.text(MAP_VIEW), type=Choice)
    except msgspec.DecodeError:
        return Choice()
    return choice if choice.possible else Choice()
