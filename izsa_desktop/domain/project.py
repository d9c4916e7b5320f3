"""A project: what is entered (``ProjectFields``) and what is shown (``Project``).

What is shown is never stored as truth: it is computed from the revisions of the record (see ``merge``). What each field
may hold, and how it is stored, is in ``fields``.
"""

from dataclasses import dataclass
from decimal import Decimal

import msgspec

from izsa_desktop.domain.rows import (
    Evidence,
    Funding,
    GoalDetail,
    Indicator,
    Partner,
    PlanLink,
    Relation,
    Share,
    Site,
)
from izsa_desktop.domain.shape import Shape

E7 = 10_000_000


@dataclass(frozen=True, slots=True)
class Location:
    """A point in degrees WGS84, kept to 1e-7 degrees (about 1 cm). ``approximate``: stands for an area, not a spot."""

    lat: float
    lon: float
    approximate: bool = False


class ProjectFields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a person enters. Nothing is required to save; see ``validation.missing`` for what is required to send.

    Codes belong to the vocabulary of the field's name unless it says otherwise. Dates are partial dates, ``unknown``,
    or None when nothing was said.
    """

    title: str = ""
    title_en: str = ""
    purpose: str = ""
    purpose_en: str = ""
    summary: str = ""
    """What is done, and how."""
    kind: str = ""
    periodic: str = ""
    theme: str = ""
    status: str = ""
    audience: tuple[str, ...] = ()
    audience_note: str | tuple[str, ...] = ""
    """The target audience in the sender's own words; several separate notes as a tuple."""
    audience_number: int | None = None
    """How many people it reaches, or means to."""
    start: str | None = None
    start_planned: str | None = None
    end_planned: str | None = None
    end: str | None = None
    goals: tuple[str, ...] = ()
    """Goal codes, the main goal first."""
    goal_details: tuple[GoalDetail, ...] = ()
    targets: tuple[str, ...] = ()
    """Codes of targets of the global goals, for example ``12.5``."""
    dimensions: tuple[Share, ...] = ()
    """How the work divides between environment, economy, society and governance, in percent."""
    district: str = ""
    """The code of the district where it runs (the province's for province-wide work)."""
    served: tuple[str, ...] = ()
    """Codes of all districts that it serves, where these are more than its own."""
    neighbourhood: str = ""
    place: str = ""
    """The place in words: an address, a building, several neighbourhoods."""
    location: Location | None = None
    shape: Shape | None = None
    """Where it runs along a line or on an area."""
    sites: tuple[Site, ...] = ()
    scope: str = ""
    """The spatial scope."""
    unit: str = ""
    """The directorate or office that runs it."""
    contact: str = ""
    """A post's mail address or telephone, never a person's."""
    owner: str = ""
    """The organisation that carries the project (yürütücü), in words."""
    partners: tuple[Partner, ...] = ()
    funding: tuple[Funding, ...] = ()
    plans: tuple[PlanLink, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    climate_effect: str = ""
    climate_sector: str = ""
    hazards: tuple[str, ...] = ()
    """Codes of the vocabulary ``hazard``."""
    co2e: Decimal | None = None
    """Tonnes of CO2 equivalent avoided or bound, a year."""
    energy_saved: Decimal | None = None
    """MWh a year."""
    energy_produced: Decimal | None = None
    """MWh of renewable energy a year."""
    relations: tuple[Relation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    source: str = ""
    """Where the facts come from: a link or a document."""
    review: str = ""
    review_note: str = ""
    """What the office said when it reviewed the project."""
    confirmed: str | None = None
    """The day on which somebody last said that all this is still true: ``YYYY-MM-DD``."""


NO_FIELDS = ProjectFields()


def body_of(record: str) -> str:
    """The code of the body whose facts a record holds."""
    return record.partition("/")[0]


class Project(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A record as shown."""

    id: str
    """``<district code>/<32 hex digits>``; the first part is the reporting body, whose facts these are."""
    fields: ProjectFields
    number: str = ""
    """For people: ``İZSA-BOR-2026-0012``. Given by the PC that made the record; never the identity."""
    heads: tuple[str, ...] = ()
    """Ids of the newest revisions; more than one when two PCs edited without knowing of each other."""
    conflicts: tuple[str, ...] = ()
    """Names of fields for which several values stand."""
    updated: str = ""
    """When the newest shown revision was written, by its writer's clock: ISO 8601, UTC."""
    updated_by: str = ""
    deleted: bool = False

    @property
    def body(self) -> str:
        """The code of the reporting body."""
        return body_of(self.id)

    @property
    def shared(self) -> bool:
        """True for one that only the city-wide catalogue tells of: nothing of its history is here."""
        return not self.heads

    @property
    def revision(self) -> str:
        """One id that stands for the shown state, for the sheet's QR code: the greatest head."""
        return max(self.heads, default="")
