"""Keeps what the map shows of the districts in step with the list: counted on the worker, only while it is wanted."""

from dataclasses import asdict, replace
from datetime import date

import msgspec
from PySide6.QtCore import QObject

from izsa_desktop.analysis.works import Works
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.settings import MAP_VIEW, Settings
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.usecases.thematic import Subject, districts_of, thematic_json


class ThematicFeed(QObject):
    """``follow`` what is listed; what a person chooses on the map is remembered."""

    def __init__(self, desk: Desk, view: MapView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._works = Works()
        self.choice = _remembered(desk.settings)
        self.listed = ProjectFilter()
        """What the list shows."""
        self._task: Task[bytes] | None = None
        view.thematic_changed.connect(self._choose)

    def follow(self, works: Works) -> None:
        """These are listed now."""
        self._works = works
        self._count()

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self._desk.settings.set_text(MAP_VIEW, msgspec.json.encode(asdict(replace(choice, request=0))).decode())
        self._count()

    def _count(self) -> None:
        """Only the newest wish counts."""
        if self._task is not None:
            self._task.cancel()
        workplace = self._desk.workplace
        subject = Subject(self._works, districts_of(workplace.identity, self.listed))
        choice, t = self.choice, self._desk.t
        self._task = self._desk.tasks.run(
            self, lambda: thematic_json(subject, choice, workplace.reference, t, date.today()), self._show
        )

    def _show(self, data: bytes) -> None:
        self._task = None
        self._view.show_thematic(data)


def _remembered(settings: Settings) -> Choice:
    """The view as it was left here; what cannot be read counts as never chosen."""
    try:
        choice = msgspec.json.decode(settings.text(MAP_VIEW), type=Choice)
    except msgspec.DecodeError:
        return Choice()
    return choice if choice.possible else Choice()
