"""Keeping records true: which nobody has confirmed for long, confirming many at once, and reminding who should.

Confirming is a save like any other: it writes the day. The light is ``domain.facets.freshness``: fresh for a year, due
for another, then stale.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.errors import NotYourDistrict
from izsa_desktop.domain.facets import DUE, STALE, confirmed_on, freshness
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import sort_key, visible
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.finding import lexicon
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import listed_project, require_own, revisions_in
from izsa_desktop.usecases.reviewing import CORRECTION, comments_of
from izsa_desktop.usecases.workplace import Workplace, require_outside

_LONGEST_LETTER = 1_800
"""Characters of a mail that is handed to the mail program: what every system's addresses can hold."""


def confirm_many(
    workplace: Workplace, ids: Sequence[str], progress: Progress = no_progress, today: date | None = None
) -> int:
    """Says of own projects that all of it is still true; of how many that was news. One transaction.

    Raises NoSuchProject, NotYourDistrict.
    """
    day = (today or date.today()).isoformat()
    whole = [listed_project(workplace, id_).id for id_ in dict.fromkeys(ids)]
    saves: list[tuple[str, tuple[str, ...], dict[str, Any]]] = []
    with workplace.store.writing() as writer:
        for done, id_ in enumerate(whole):
            progress(done, len(whole))
            state = writer.state(id_)
            require_own(workplace, state)
            if state.values.get("confirmed") != day:
                saves.append((id_, tuple(head.id for head in state.heads), {"confirmed": day}))
        writer.add(list(revisions_in(workplace, writer, saves)))
        progress(len(whole), len(whole))
    return len(saves)


@dataclass(frozen=True, slots=True)
class Due:
    """A record that somebody should look at again: nobody has confirmed it since ``day``."""

    project: Project
    day: str
    light: str
    """``DUE`` or ``STALE``."""


def due_records(workplace: Workplace, today: date | None = None) -> list[Due]:
    """A workplace's own (at the office everybody's) records that are due or stale, the oldest first."""
    with workplace.store.reading() as reader:
        return _due(reader, today or date.today())


def _due(reader: Reader, today: date) -> list[Due]:
    wanted = ProjectFilter(freshness=(DUE, STALE))
    found = [
        Due(project, confirmed_on(project), freshness(confirmed_on(project), today))
        for project in reader.projects(wanted, lexicon(), today)
    ]
    return sorted(found, key=lambda one: (one.day, one.project.id))


@dataclass(frozen=True, slots=True)
class Correction:
    """A project that the office wants corrected. ``comments`` by field."""

    project: Project
    comments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one district is to be reminded of."""

    district: str
    due: tuple[Due, ...]
    corrections: tuple[Correction, ...]


def reminders(workplace: Workplace, district: str = "", today: date | None = None) -> list[Reminder]:
    """Per district with something to do, in Turkish order; ``district``: only this one (code or name).

    A district has only its own. Raises UnknownDistrict, NotYourDistrict.
    """
    only = workplace.reference.district(district).code if district else ""
    if not workplace.identity.office:
        if only and only != workplace.identity.body:
            raise NotYourDistrict(workplace.reference.district_name(only), workplace.body_name)
        only = workplace.identity.body
    now = today or date.today()
    with workplace.store.reading() as reader:
        due = _due(reader, now)
        asked = reader.projects(ProjectFilter(review=(CORRECTION,)), lexicon(), now)
    said = comments_of(workplace, [project.id for project in asked])
    by_district: dict[str, Reminder] = {}
    for code in {*(one.project.body for one in due), *(project.body for project in asked)}:
        if code != OFFICE and code == (only or code):
            by_district[code] = Reminder(
                code,
                tuple(one for one in due if one.project.body == code),
                tuple(Correction(project, said[project.id]) for project in asked if project.body == code),
            )
    names = {code: workplace.reference.district_name(code) for code in by_district}
    return sorted(by_district.values(), key=lambda one: sort_key(names[one.district]))


# --- as a letter -----------------------------------------------------------------------------------------------------


def subject(reminder: Reminder, workplace: Workplace, t: Translator) -> str:
    """Of the mail."""
    return t("reviewing.letter_subject", district=_name(reminder, workplace, t))


def letter(reminder: Reminder, workplace: Workplace, t: Translator) -> str:
    """What is mailed: plain text. What people wrote in the records stands in it on one line each."""
    lines = [t("reviewing.letter_begin", district=_name(reminder, workplace, t)), ""]
    if reminder.corrections:
        lines.append(t("reviewing.letter_corrections", count=len(reminder.corrections)))
        for one in reminder.corrections:
            lines.append(f"• {_called(one.project, t)}")
            lines += [f"    {line}" for line in _wanted(one, t)]
        lines.append("")
    if reminder.due:
        lines.append(t("reviewing.letter_due", count=len(reminder.due)))
        lines += [
            f"• {_called(one.project, t)} — {t('reviewing.letter_since', day=t.date(one.day))}" for one in reminder.due
        ]
        lines += ["", t("reviewing.letter_how"), ""]
    return "\n".join([*lines, t("reviewing.letter_end")]) + "\n"


def mail_link(reminder: Reminder, workplace: Workplace, t: Translator) -> str:
    """A ``mailto:`` address without a receiver, whom the office knows. A long letter is cut and says so."""
    text = letter(reminder, workplace, t)
    if len(quote(text)) > _LONGEST_LETTER:
        kept = text
        while len(quote(kept)) > _LONGEST_LETTER:
            kept = kept[: len(kept) * 9 // 10]
        text = kept.rpartition("\n")[0] + "\n" + t("reviewing.letter_cut")
    return f"mailto:?subject={quote(subject(reminder, workplace, t))}&body={quote(text)}"


def save_letters(workplace: Workplace, found: Iterable[Reminder], target: Path, t: Translator) -> None:
    """Writes the letters below each other into a text file. Raises FileProblem, DiskProblem."""
    require_outside(workplace, target)
    parts = [f"{subject(one, workplace, t)}\n\n{letter(one, workplace, t)}" for one in found]
    write_atomic(target, ("\ufeff" + f"\n{'-' * 60}\n\n".join(parts)).encode())


def to_plain(reminder: Reminder, workplace: Workplace) -> dict[str, Any]:
    """As JSON: see docs/cli.md."""
    return {
        "district": reminder.district,
        "name": workplace.reference.district_name(reminder.district),
        "due": [
            {
                "id": one.project.id,
                "number": one.project.number,
                "title": one.project.fields.title,
                "confirmed": one.day,
                "freshness": one.light,
            }
            for one in reminder.due
        ],
        "corrections": [
            {
                "id": one.project.id,
                "number": one.project.number,
                "title": one.project.fields.title,
                "note": one.project.fields.review_note,
                "comments": dict(one.comments),
            }
            for one in reminder.corrections
        ],
    }


def _name(reminder: Reminder, workplace: Workplace, t: Translator) -> str:
    return workplace.reference.district_name(reminder.district, t.language)


def _called(project: Project, t: Translator) -> str:
    title = _line(project.fields.title) or t("list.untitled")
    return f"{title} ({project.number})" if project.number else title


def _wanted(one: Correction, t: Translator) -> list[str]:
    note = _line(one.project.fields.review_note)
    return [*([note] if note else []), *(f"{t.field(name)}: {_line(text)}" for name, text in one.comments.items())]


def _line(text: str) -> str:
    return " ".join(visible(text).split())
