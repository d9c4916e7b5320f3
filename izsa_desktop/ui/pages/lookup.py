"""Finds other projects for the form, on the worker."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject

from izsa_desktop.domain.errors import NoSuchProject
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.ui.desk import Desk
from izsa_desktop.usecases.finding import search
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.workplace import Workplace

_OFFERED = 12


class Lookup:
    """What ``other_project`` asks for."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        self._desk, self._owner = desk, owner

    def search(self, text: str, done: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        """Some projects that match, as ids and names."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self._owner, lambda: _found(workplace, text), lambda rows: done(self._named(rows)))

    def names(self, ids: Sequence[str], done: Callable[[Mapping[str, str]], None]) -> None:
        """The names of projects by their ids; of those that are not here, whose they are."""
        workplace, t = self._desk.workplace, self._desk.t
        bodies = {id_: workplace.reference.district_name(id_.partition("/")[0], t.language) for id_ in ids}
        elsewhere = {id_: t("form.other_not_here", district=name) for id_, name in bodies.items()}
        self._desk.tasks.run(
            self._owner, lambda: _known(workplace, ids), lambda rows: done(elsewhere | dict(self._named(rows)))
        )

    def _named(self, projects: Sequence[Project]) -> list[tuple[str, str]]:
        t, reference = self._desk.t, self._desk.workplace.reference
        return [
            (
                project.id,
                f"{project.fields.title or t('list.untitled')} · {reference.district_name(project.body, t.language)}",
            )
            for project in projects
        ]


def _found(workplace: Workplace, text: str) -> list[Project]:
    answer = search(workplace, ProjectFilter(query=text))
    return [row.project for row in answer.rows.values()][:_OFFERED]


def _known(workplace: Workplace, ids: Sequence[str]) -> list[Project]:
    found = []
    for id_ in ids:
        try:
            found.append(get_project(workplace, id_))
        except NoSuchProject:
            continue  # of another district: not here yet
    return found
