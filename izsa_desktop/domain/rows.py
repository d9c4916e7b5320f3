"""The repeated parts of a project: partners, funding, indicators and the like.

Each row has a key that it keeps for life, so that two PCs that add different rows, or change different rows, agree. A
row that was never stored has an empty key and gets one from its content (``registers``); rows that stand for something
with a name of its own (a goal, another project, a file) have that as their key.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDetail:
    """How strongly a project serves a goal, main or further, and why."""

    code: str = ""
    strength: str = ""
    """Code of the vocabulary ``strength``."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a project belongs to a dimension."""

    code: str = ""
    """Code of the vocabulary ``dimension``."""
    percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A further place beside the main one: in words, and where it is known as a point in degrees WGS84."""

    key: str = ""
    name: str = ""
    neighbourhood: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation that takes part."""

    key: str = ""
    name: str = ""
    type: str = ""
    """Code of the vocabulary ``partner_type``."""
    role: str = ""
    """Code of the vocabulary ``partner_role``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Money from one source."""

    key: str = ""
    source: str = ""
    """Code of the vocabulary ``funding_source``."""
    note: str = ""
    amount: Decimal | None = None
    """In whole units of the currency, with up to six decimals."""
    currency: str = ""
    """Code of the vocabulary ``currency`` (ISO 4217)."""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLink:
    """A place in a plan that the project belongs to: a strategic plan's goal, an action of a climate plan."""

    key: str = ""
    plan: str = ""
    """Code of the vocabulary ``plan``."""
    level: str = ""
    """Code of the vocabulary ``plan_level``."""
    code: str = ""
    """The plan's own number for it, for example ``A1.H2``."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """What was reached, and when."""

    key: str = ""
    value: Decimal | None = None
    date: str = ""
    """A partial date."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is measured, from where, to where."""

    key: str = ""
    name: str = ""
    unit: str = ""
    direction: str = ""
    """Code of the vocabulary ``direction``."""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    sdg: str = ""
    """Code of the global indicator that it speaks to, for example ``11.6.1``."""
    actuals: tuple[Actual, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What this project is to another one."""

    other: str = ""
    """The other project's id."""
    kind: str = ""
    """Code of the vocabulary ``relation``."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A photo or document by the hash of its content, or a link."""

    key: str = ""
    """SHA-256 of the file's bytes in hex; a link has a key from its content."""
    name: str = ""
    """The file's name where it came from."""
    media_type: str = ""
    size: int | None = None
    """In bytes."""
    caption: str = ""
    licence: str = ""
    """Code of the vocabulary ``licence``."""
    people: bool = False
    """People can be recognised in it."""
    consent: str = ""
    """Who agreed to be shown, when, and where that is kept (KVKK)."""
    link: str = ""
