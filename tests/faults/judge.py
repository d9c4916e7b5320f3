"""What must be in a workplace after its window was killed, by what the person had typed and been told.

Every record has a line of states: what stood in its form, from when. What a person gets back (what is stored, with the
draft over it) must be one of these states, and none that was outdated more than a second before the kill; what was
acknowledged must be stored. Whatever nobody touched must be as it was. A form that is deleted goes as it was last
saved: what is typed into it between the wish and its fulfilment goes with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.drafts import Draft, drafts
from izsa_desktop.usecases.upkeep import check
from izsa_desktop.usecases.workplace import Workplace
from tests.faults.diary import Happening

DRAFT_AGE = 1.0
"""Seconds: nothing older than this may be missing from what comes back."""


@dataclass(frozen=True)
class Content:
    """All that a person would see of a workplace."""

    stored: Mapping[str, Project]
    drafts: Mapping[str, Draft]

    @classmethod
    def of(cls, workplace: Workplace) -> "Content":
        wanted = (ProjectFilter(), ProjectFilter(deleted=True))
        found = [project for filter_ in wanted for project in projects.list_projects(workplace, filter_)]
        return cls({project.id: project for project in found}, {draft.record: draft for draft in drafts(workplace)})

    def back(self, workplace: Workplace, record: str) -> ProjectFields:
        """What a person gets back of a record: an empty form of one that is nowhere."""
        project, draft = self.stored.get(record), self.drafts.get(record)
        fields = project.fields if project else ProjectFields()
        return projects.checked(workplace, replace(fields, **draft.values) if draft else fields)


@dataclass
class Line:
    """The states of one record's form, oldest first; the newest of them that was acknowledged as saved."""

    states: list[tuple[float, ProjectFields]] = field(default_factory=list)
    acknowledged: int | None = None

    def newest(self, fields: ProjectFields) -> int | None:
        """The last state with this content."""
        return max((n for n, (_, state) in enumerate(self.states) if state == fields), default=None)

    def missing_since(self, fields: ProjectFields, moment: float) -> float | None:
        """How long before the moment the content was outdated, 0 when it was not; None when it was never there."""
        found = self.newest(fields)
        if found is None:
            return None
        return moment - self.states[found + 1][0] if found + 1 < len(self.states) else 0.0


@dataclass
class Verdict:
    """``wrongs`` is empty when all is well; the rest counts what was looked at."""

    wrongs: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What the window said that did not go well."""
    saves: int = 0
    drafts: int = 0
    """Drafts that were kept in this sitting."""
    deletions: int = 0
    imported: int = 0
    """Projects that came by acknowledged imports."""
    keys: int = 0
    age: float = 0.0
    """The oldest key stroke that did not come back: how old it was at the kill."""
    late: float = 0.0
    """What was allowed for the machine besides."""


class Judge:
    """Compares a workplace after a kill with a diary and with what was there before."""

    def __init__(
        self, workplace: Workplace, before: Content, happenings: Sequence[Happening], killed: float, late: float
    ) -> None:
        """``killed``: the moment. ``late``: seconds by which this machine may have delayed the window's timers."""
        self._workplace, self._before, self._happenings = workplace, before, happenings
        self._killed, self._late = killed, late
        self._lines: dict[str, Line] = {}
        self._discarded = {record for h in happenings if h.what == "discard" for record in h.several}
        self.verdict = Verdict(late=late)

    def judge(self) -> Verdict:
        """Everything, in words."""
        verdict, before, now = self.verdict, self._before, Content.of(self._workplace)
        for happening in self._happenings:
            self._follow(happening)
        verdict.wrongs += [
            *self._imported(now),
            *self._saved(now),
            *self._typed(now),
            *self._untouched(now),
            *self._deleted(now),
            *check(self._workplace),
        ]
        verdict.drafts = sum(before.drafts.get(record) != draft for record, draft in now.drafts.items())
        return verdict

    # --- what happened ----------------------------------------------------------------------------------------------

    def _follow(self, h: Happening) -> None:
        if h.what == "broken":
            self.verdict.wrongs.append(h.text)
        elif h.what == "problem":
            self.verdict.problems.append(h.text)
        elif h.what == "saved" and h.fields is not None:
            self._acknowledge(h.record, h.fields)
        elif h.what == "deleted" and (line := self._lines.get(h.record)) is not None:
            line.states.append((h.at, line.states[line.acknowledged or 0][1]))
        elif h.fields is not None:
            self._form_shows(h, projects.checked(self._workplace, h.fields))

    def _form_shows(self, h: Happening, fields: ProjectFields) -> None:
        if h.record not in self._lines:
            self.verdict.wrongs += self._came_back_wrong(h.record, fields)
        line = self._lines.setdefault(h.record, Line())
        if h.what == "overwritten" and line.states[-1][1] != fields:
            self.verdict.wrongs.append(f"{h.record}: the form changed by itself, {h.at - self._killed:+.3f} s")
        line.states.append((h.at, fields))
        self.verdict.keys += h.what == "typed"

    def _came_back_wrong(self, record: str, fields: ProjectFields) -> Iterator[str]:
        """The first that is shown of a record is what an earlier sitting left; what is imported now has none."""
        known = record in self._before.stored or record in self._before.drafts
        if known and record not in self._discarded and fields != self._before.back(self._workplace, record):
            yield f"{record}: came back differently in the window"

    def _acknowledge(self, record: str, fields: ProjectFields) -> None:
        line = self._lines.setdefault(record, Line())
        self.verdict.saves += 1
        line.acknowledged = line.newest(fields)
        if line.acknowledged is None:
            self.verdict.wrongs.append(f"{record}: acknowledged what nobody typed")

    # --- what must be -----------------------------------------------------------------------------------------------

    def _saved(self, now: Content) -> Iterator[str]:
        for record, line in self._lines.items():
            if line.acknowledged is None:
                continue
            if record not in now.stored:
                yield f"{record}: acknowledged and gone"
            elif now.stored[record].fields not in (fields for _, fields in line.states[line.acknowledged :]):
                yield f"{record}: stored is not what was acknowledged, nor anything later"

    def _typed(self, now: Content) -> Iterator[str]:
        for record, line in self._lines.items():
            age = line.missing_since(now.back(self._workplace, record), self._killed)
            if age is None:
                yield f"{record}: what comes back was never in the form"
            elif age > DRAFT_AGE + self._late:
                yield f"{record}: what comes back had been outdated for {age:.3f} s"
            else:
                self.verdict.age = max(self.verdict.age, age)

    def _imported(self, now: Content) -> Iterator[str]:
        """All or nothing, and all that were announced. Nothing else is new but what was in the form."""
        fresh = {
            project.fields.title: record
            for record, project in now.stored.items()
            if record not in self._before.stored and record not in self._lines
        }
        announced = {h.text: h.several for h in self._happenings if h.what == "imported"}
        for h in self._happenings:
            if h.what != "import":
                continue
            titled = {record for title in h.several if (record := fresh.pop(title, None))}
            ids = titled | set(announced.get(h.text, ()))
            self.verdict.imported += len(announced.get(h.text, ()))
            touched = sum(line.states[0][1].title in h.several for line in self._lines.values())
            if len(titled) + touched not in (0, len(h.several)) or not ids <= now.stored.keys():
                yield f"{h.text}: {len(titled)} and {touched} of {len(h.several)}, {len(ids)} announced"
        yield from (f"{record}: nobody entered it" for record in fresh.values())

    def _untouched(self, now: Content) -> Iterator[str]:
        asked = {h.record for h in self._happenings if h.what in ("delete", "restore")}
        for record, project in self._before.stored.items():
            if record not in now.stored:
                yield f"{record}: gone"
            elif record not in self._lines and now.stored[record].fields != project.fields:
                yield f"{record}: changed though nobody touched it"
            elif record not in asked and now.stored[record].deleted != project.deleted:
                yield f"{record}: deleted or brought back though nobody wanted it"
        for record in (self._before.drafts.keys() | now.drafts.keys()) - self._lines.keys():
            kept, draft = self._before.drafts.get(record), now.drafts.get(record)
            if draft != kept and not (draft is None and record in self._discarded):
                yield f"{record}: its draft changed though nobody touched it"

    def _deleted(self, now: Content) -> Iterator[str]:
        last = {h.record: h.what for h in self._happenings if h.what in ("delete", "deleted", "restore", "restored")}
        for record, what in last.items():
            if what in ("deleted", "restored"):
                self.verdict.deletions += 1
                if now.stored[record].deleted != (what == "deleted"):
                    yield f"{record}: {what}, and then not"
