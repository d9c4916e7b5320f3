"""Taking in what was looked at, and what came of it: at the office conflicts, at a district the office's news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.coaching import Evidence
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.usecases import exchange
from izsa_desktop.usecases.conflicts import count_conflicts
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.outlines import kept_outlines
from izsa_desktop.usecases.parcels import Parcel
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.sent import confirmed
from izsa_desktop.usecases.workplace import Workplace, known_reference


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
    notes: int
    """Records of coaching by the office that were not here before: also evidence that it returned."""
    asked: int
    """Joint programmes that it is asked to join since now."""
    reopen: bool
    """Goals, words or outlines came that are in force when the workplace is opened next."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files. ``conflicts``: projects about which there is something to decide now."""

    received: tuple[Received, ...]
    conflicts: int
    news: OfficeNews | None = None


def take(
    workplace: Workplace, files: Sequence[Path | Parcel], progress: Progress = no_progress, *, confirmed: bool = False
) -> Taken:
    """``exchange.merge_bundles``, and what came of it. Raises what that raises."""
    before = _said_now(workplace)
    received = tuple(exchange.merge_bundles(workplace, files, progress, confirmed=confirmed))
    return Taken(received, count_conflicts(workplace), None if workplace.identity.office else _news(workplace, before))


def take_kept(workplace: Workplace) -> Taken:
    """The same with the refused files that are kept: they are judged by what is known now."""
    before = _said_now(workplace)
    received = tuple(exchange.judge_again(workplace))
    return Taken(received, count_conflicts(workplace), None if workplace.identity.office else _news(workplace, before))


@dataclass(frozen=True, slots=True)
class _Said:
    """What the office has said to a district: of its projects state and note; ids of coaching and joint programmes."""

    reviews: Mapping[str, tuple[str, str]]
    notes: frozenset[str]
    asked: frozenset[str]


_NOTHING = _Said({}, frozenset(), frozenset())


def _news(workplace: Workplace, before: _Said) -> OfficeNews:
    with workplace.store.reading() as reader:
        _, seq = confirmed(reader, workplace.identity.replica)
        trust, now = workplace.trust(reader), _said(reader, workplace.identity.body)
        told = len(reader.catalogue())
        reference = known_reference(reader.meta(), kept_outlines(reader))
    return OfficeNews(
        confirmed=seq,
        enrolled=len(trust.members),
        list_version=trust.version,
        reviewed=sum(said != before.reviews.get(id_, ("", "")) for id_, said in now.reviews.items()),
        catalogue=told,
        notes=len(now.notes - before.notes),
        asked=len(now.asked - before.asked),
        reopen=reference != workplace.reference,
    )


def _said_now(workplace: Workplace) -> _Said:
    if workplace.identity.office:
        return _NOTHING
    with workplace.store.reading() as reader:
        return _said(reader, workplace.identity.body)


def _said(reader: Reader, body: str) -> _Said:
    shown = (project for project in reader.projects(ProjectFilter()) if project.body == body)
    reviews = {project.id: (project.fields.review, project.fields.review_note) for project in shown}
    notes = frozenset(one.id for one in reader.coaching(body) if not isinstance(one, Evidence) or one.returned)
    return _Said(reviews, notes, frozenset(share.id for share in reader.joint()))
