"""What a person should know on a Monday: what came, what waits, whom to call; at a district what is asked of it.

Every line says where the work is done. Nothing here is decided or stored, and no district is ranked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import overview_district, overview_office
from izsa_desktop.usecases.figures import Figures
from izsa_desktop.usecases.overview_lines import WEEK, Line, Look, Section
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Overview:
    """``since``: the day from which something counts as news."""

    office: bool
    day: date
    since: date
    sections: tuple[Section, ...]
    figures: Figures


def overview(workplace: Workplace, t: Translator, today: date | None = None) -> Overview:
    """Reads it all. ``t``: the language of the lines."""
    day = today or date.today()
    look = Look(workplace, t, day)
    make = overview_office.sections if workplace.identity.office else overview_district.sections
    return Overview(workplace.identity.office, day, day - WEEK, tuple(make(look)), look.counting.figures)


def to_plain(found: Overview, t: Translator) -> dict[str, Any]:
    """As JSON: see docs/cli.md."""
    return {
        "office": found.office,
        "day": found.day.isoformat(),
        "since": found.since.isoformat(),
        "sections": [
            {
                "name": section.name,
                "title": t(f"overview.{section.name}"),
                "lines": [_plain(line) for line in section.lines],
            }
            for section in found.sections
        ],
        "figures": found.figures.to_plain(),
    }


def _plain(line: Line) -> Mapping[str, str]:
    return {
        "kind": line.kind,
        "text": line.text,
        "detail": line.detail,
        "tone": line.tone,
        "place": line.place,
        "id": line.id,
    }
