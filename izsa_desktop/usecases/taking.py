"""Taking in what was looked at, and what came of it: at the office conflicts, at a district the office's news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.usecases import exchange, quarantine
from izsa_desktop.usecases.conflicts import count_conflicts
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.sent import confirmed
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class OfficeNews:
    """What a district knows after an answer. ``confirmed``: the bundle up to which the office has everything, or 0."""

    confirmed: int
    enrolled: int
    """PCs on the list."""
    list_version: int
    reviewed: int
    """Own projects about which the office says something else than before."""
    catalogue: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files. ``conflicts``: projects about which there is something to decide now."""

    received: tuple[Received, ...]
    conflicts: int
    news: OfficeNews | None = None


def take(
    workplace: Workplace, paths: Sequence[Path], progress: Progress = no_progress, *, confirmed: bool = False
) -> Taken:
    """``exchange.merge_bundles``, and what came of it. Raises what that raises."""
    before = {} if workplace.identity.office else _reviews_now(workplace)
    received = tuple(exchange.merge_bundles(workplace, paths, progress, confirmed=confirmed))
    for item in received:
        if item.refusal is None and item.path.parent == workplace.folder / quarantine.FOLDER:
            quarantine.release(item.path)
    return Taken(received, count_conflicts(workplace), None if workplace.identity.office else _news(workplace, before))


def take_kept(workplace: Workplace) -> Taken:
    """The same with the refused files that are kept: they are judged by what is known now."""
    before = {} if workplace.identity.office else _reviews_now(workplace)
    received = tuple(exchange.judge_again(workplace))
    return Taken(received, count_conflicts(workplace), None if workplace.identity.office else _news(workplace, before))


def _news(workplace: Workplace, before: Mapping[str, tuple[str, str]]) -> OfficeNews:
    with workplace.store.reading() as reader:
        _, seq = confirmed(reader, workplace.identity.replica)
        trust, now = workplace.trust(reader), _reviews(reader, workplace.identity.body)
        told = len(reader.catalogue())
    reviewed = sum(said != before.get(id_, ("", "")) for id_, said in now.items())
    return OfficeNews(seq, len(trust.members), trust.version, reviewed, told)


def _reviews_now(workplace: Workplace) -> dict[str, tuple[str, str]]:
    with workplace.store.reading() as reader:
        return _reviews(reader, workplace.identity.body)


def _reviews(reader: Reader, body: str) -> dict[str, tuple[str, str]]:
    """State and note of a body's projects."""
    shown = (project for project in reader.projects(ProjectFilter()) if project.body == body)
    return {project.id: (project.fields.review, project.fields.review_note) for project in shown}
