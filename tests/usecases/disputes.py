"""Two PCs of one municipality that write about the same projects without knowing of each other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.registers import fields_of, to_registers
from izsa_desktop.domain.revision import Json
from izsa_desktop.usecases import enrolment, projects
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace
from tests.support import BORNOVA
from tests.usecases.line import Line, export, merge, revisions_of

SECOND = "Barış Demir"


@dataclass(frozen=True)
class Disputes:
    """``first`` is Ayşe's PC, ``second`` Barış's; the office knows both."""

    line: Line

    @property
    def first(self) -> Path:
        return self.line.bornova

    @property
    def second(self) -> Path:
        return self.line.folder / "second"

    @property
    def office(self) -> Path:
        return self.line.office

    def replica(self, folder: Path) -> str:
        with open_workplace(folder) as workplace:
            return workplace.identity.replica

    def entered(self, *entered: ProjectFields) -> list[str]:
        """Projects that both PCs know; their ids."""
        with open_workplace(self.first) as workplace:
            ids = projects.add_projects(workplace, entered)
        self.meet()
        return ids

    def meet(self) -> None:
        """Each PC gets to know all that the other has written."""
        with open_workplace(self.first) as first, open_workplace(self.second) as second:
            share(first, second)
            share(second, first)

    def differ(self, id_: str, first: dict[str, Any], second: dict[str, Any]) -> None:
        """Each changes these fields of a project, then they meet."""
        for folder, fields in ((self.first, first), (self.second, second)):
            change(folder, id_, **fields)
        self.meet()

    def send(self) -> list[Path]:
        """Both tell the office; the bundles."""
        n = len(list(self.line.folder.glob("*.izsa")))
        files = [export(folder, self.line.folder / f"{n}-{folder.name}.izsa") for folder in (self.first, self.second)]
        merge(self.office, *files)
        return files


def make_disputes(line: Line) -> Disputes:
    """Admits the second PC."""
    made = Disputes(line)
    with create_workplace(made.second, BORNOVA, SECOND, "en") as second, open_workplace(line.office) as office:
        enrolment.request_enrolment(second, line.folder / "request")
        enrolment.accept_enrolment(office, enrolment.read_request(office, line.folder / "request"))
    return made


def share(one: Workplace, other: Workplace) -> None:
    """As exchange between PCs of a district brings it."""
    with other.store.writing() as writer:
        writer.add(revisions_of(one))


def change(folder: Path, id_: str, **fields: Any) -> None:
    """Changes some fields as a person does."""
    with open_workplace(folder) as workplace:
        now = projects.get_project(workplace, id_)
        projects.save_project(workplace, id_, replace(now.fields, **fields))


def write(workplace: Workplace, id_: str, registers: dict[str, Json], heads: tuple[str, ...] = ()) -> None:
    """Writes registers as some program may; ``heads``: what it knew (by default everything)."""
    with workplace.store.writing() as writer:
        parents = heads or tuple(head.id for head in writer.state(id_).heads)
        writer.add(list(revisions_in(workplace, writer, [(id_, parents, registers)])))


def shown(folder: Path, id_: str) -> Project:
    with open_workplace(folder) as workplace:
        return projects.get_project(workplace, id_)


def many(disputes: Disputes, count: int, fields: Callable[[int, str], dict[str, Any]]) -> list[str]:
    """Many projects in conflict, quickly: ``fields`` of the nth as "first" and "second" write them."""
    ids = disputes.entered(*(ProjectFields(title=f"Proje {n:03}") for n in range(count)))
    for name, folder in (("first", disputes.first), ("second", disputes.second)):
        with open_workplace(folder) as workplace, workplace.store.writing() as writer:
            saves = []
            for n, id_ in enumerate(ids):
                state = writer.state(id_)
                wanted = replace(fields_of(state.values), **fields(n, name))
                heads = tuple(head.id for head in state.heads)
                saves.append((id_, heads, to_registers(wanted, state.values)))
            writer.add(list(revisions_in(workplace, writer, saves)))
    disputes.meet()
    return ids
