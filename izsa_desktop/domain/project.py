"""A project: what is entered (``ProjectFields``) and what is shown (``Project``).

What is shown is never stored as truth: it is computed from the revisions of the record (see ``merge``).
"""

from dataclasses import dataclass

E7 = 10_000_000


@dataclass(frozen=True, slots=True)
class Location:
    """A point in degrees WGS84, kept to 1e-7 degrees (about 1 cm). ``approximate``: stands for an area, not a spot."""

    lat: float
    lon: float
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFields:
    """What a person enters. Nothing is required to save; see ``validation.missing`` for what is required to send."""

    title: str = ""
    purpose: str = ""
    audience: tuple[str, ...] = ()
    """Codes of the vocabulary ``audience``."""
    audience_note: str | tuple[str, ...] = ""
    """The target audience in the sender's own words; several separate notes as a tuple."""
    start: str | None = None
    """A partial date, ``unknown``, or None when nothing was said."""
    goals: tuple[str, ...] = ()
    """Goal codes, the main goal first."""
    district: str = ""
    """The code of the district where it runs (the province's for province-wide work)."""
    neighbourhood: str = ""
    place: str = ""
    """The place in words: an address, a building, several neighbourhoods."""
    location: Location | None = None
    status: str = ""
    """Code of the vocabulary ``status``."""
    scope: str = ""
    """Code of the vocabulary ``scope``: the spatial scope."""
    unit: str = ""
    """The directorate or office that runs it."""
    owner: str = ""
    """The organisation that carries the project (yürütücü), in words."""
    source: str = ""
    """Where the facts come from: a link or a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A record as shown."""

    id: str
    """``<district code>/<32 hex digits>``; the first part is the reporting body, whose facts these are."""
    fields: ProjectFields
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
        return self.id.partition("/")[0]

    @property
    def revision(self) -> str:
        """One id that stands for the shown state, for the sheet's QR code: the greatest head."""
        return max(self.heads, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """What the list and the map show. Empty means all."""

    query: str = ""
    """Words that must all occur, by Turkish folding."""
    goal: str = ""
    district: str = ""
    status: str = ""
    deleted: bool = False
    """Only what was deleted, instead of only what was not."""
