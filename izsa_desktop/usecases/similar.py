"""Projects that are alike, among all that are known here: the workplace's own and those of the city-wide catalogue.

Pairs of which somebody has said what they are to each other are not proposed again, nor those of one joint programme.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from izsa_desktop.analysis.goals import Example, GoalIdea, Suggester
from izsa_desktop.analysis.joined import pair, said_of
from izsa_desktop.analysis.likeness import LEAST, Index
from izsa_desktop.analysis.reasons import Reason, reasons
from izsa_desktop.analysis.subject import Reading, Subject
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.joint import programmes_in
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.wording import reading, suggester
from izsa_desktop.usecases.workplace import Workplace

MOST = 20
"""Proposals for one project."""
MOST_PAIRS = 1000
LEARNT_FROM = 2000
"""So many of the workplace's projects teach which goals are given, those changed last."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A project that is like the one that was asked about."""

    project: Project
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two projects that are like each other."""

    a: Project
    b: Project
    score: float
    reasons: tuple[Reason, ...]


class Collection:
    """Projects ready to be compared. Made once for many questions; it does not follow later saves."""

    def __init__(
        self,
        projects: Iterable[Project],
        read: Reading,
        progress: Progress = no_progress,
        together: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """``together``: the members of joint programmes, of which nobody asks any more. May raise ``Cancelled``."""
        self.projects = {project.id: project for project in projects}
        self._reading = read
        self._answered: dict[str, set[str]] = {}
        for said in said_of(self.projects.values()):
            self._answered.setdefault(said.project, set()).add(said.other)
            self._answered.setdefault(said.other, set()).add(said.project)
        for some in together:
            for id_ in some:
                self._answered.setdefault(id_, set()).update(other for other in some if other != id_)
        self.index = Index(self._subjects(progress))

    def _subjects(self, progress: Progress) -> Iterator[Subject]:
        for n, project in enumerate(self.projects.values()):
            if n % 500 == 0:
                progress(n, len(self.projects))
            yield self._subject(project)
        progress(len(self.projects), len(self.projects))

    def _subject(self, project: Project) -> Subject:
        return self._reading.subject(project.id, project.fields)

    def like(self, fields: ProjectFields, id_: str = "", most: int = MOST, least: float = 0.0) -> list[Alike]:
        """Those most like what is entered, best first; none about which somebody has said what it is to ``id_``."""
        one = self._reading.subject(id_, fields)
        found = []
        for like in self.index.like(one, most, self._answered.get(id_, ())):
            if like.score >= least:
                other = self.projects[self.index.ids[like.place]]
                found.append(Alike(other, like.score, tuple(reasons(self.index, one, self._subject(other)))))
        return found

    def pairs(self, least: float = LEAST, most: int = MOST_PAIRS, progress: Progress = no_progress) -> list[Pair]:
        """Pairs that may be the same or joint work, best first; none of two projects that are both of others.

        ``progress`` may raise ``Cancelled``.
        """
        found = []
        for place, other, score in self.index.pairs(least, progress=progress):
            a, b = pair(self.index.ids[place], self.index.ids[other])
            if b not in self._answered.get(a, ()) and not (self.projects[a].shared and self.projects[b].shared):
                found.append((-score, a, b))
        return [self._pair(*one) for one in sorted(found)[:most]]

    def _pair(self, lacking: float, a: str, b: str) -> Pair:
        one, other = self.projects[a], self.projects[b]
        return Pair(one, other, -lacking, tuple(reasons(self.index, self._subject(one), self._subject(other))))


def known_projects(workplace: Workplace, most: int | None = None) -> list[Project]:
    """All that are here, of whomever, or so many of them."""
    with workplace.store.reading() as reader:
        return list(islice(reader.everything(), most))


def collection(workplace: Workplace, progress: Progress = no_progress) -> Collection:
    """All projects that are known here, ready to be compared."""
    return ready(workplace, known_projects(workplace), progress)


def ready(workplace: Workplace, projects: Iterable[Project], progress: Progress = no_progress) -> Collection:
    """These projects, ready to be compared."""
    with workplace.store.reading() as reader:
        together = [one.joined for one in programmes_in(reader)]
    return Collection(projects, reading(workplace.reference), progress, together)


def similar(workplace: Workplace, id_: str, most: int = MOST, progress: Progress = no_progress) -> list[Alike]:
    """The projects most like one, best first. Raises NoSuchProject; ``progress`` may raise ``Cancelled``."""
    project = get_project(workplace, id_)
    return collection(workplace, progress).like(project.fields, project.id, most)


def sentence(reason: Reason, known: Reference, t: Translator) -> str:
    """A reason for people; what the projects say themselves still has to be made visible."""
    if reason.kind == "goals":
        goals = (known.goals_by_code.get(code) for code in reason.values)
        values = [f"{goal.code} {goal.name[t.language]}" for goal in goals if goal]
    elif reason.kind == "theme":  # behind a colon stands what part of the theme
        values = [known.vocabularies["theme"].label(code.partition(":")[0], t.language) for code in reason.values]
    else:
        values = [known.district_name(one, t.language) if one.startswith(OFFICE) else one for one in reason.values]
    between = " · " if reason.kind == "theme" else ", "
    return t(f"similar_why.{reason.kind}", values=between.join(dict.fromkeys(values)))


def suggest_goals(workplace: Workplace, text: str, most: int = 5) -> list[GoalIdea]:
    """The goals that a title and purpose may serve, best first, as the workplace has taught the program."""
    return taught_suggester(workplace, known_projects(workplace), but=text).suggest(text, most)


def suggest_goals_for(workplace: Workplace, id_: str, most: int = 5) -> list[GoalIdea]:
    """The same for a project, whatever goals it has. Raises NoSuchProject."""
    fields = get_project(workplace, id_).fields
    return suggest_goals(workplace, text_of(fields), most)


def taught_suggester(workplace: Workplace, known: Iterable[Project], but: str = "") -> Suggester:
    """Proposes goals, having learnt from those of the known projects that are the workplace's; ``but``: this text."""
    made = suggester(workplace.reference)
    made.learn(_accepted(known, but))
    return made


def text_of(fields: ProjectFields) -> str:
    """What goals are suggested from."""
    return "\n".join(filter(None, (fields.title, fields.purpose, fields.title_en, fields.purpose_en)))


def _accepted(known: Iterable[Project], but: str) -> Iterator[Example]:
    """What somebody has given goals to; a text does not speak for itself."""
    own = [project for project in known if not project.shared and project.fields.goals]
    newest = sorted(own, key=lambda project: project.updated, reverse=True)[:LEARNT_FROM]
    for fields in (project.fields for project in newest):
        if text_of(fields) != but:
            yield Example(text_of(fields), fields.goals)
