"""What a sheet shows beside the record: photos, the names of other projects, comments; and how the paper is headed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PUBLIC, INTERNAL = VARIANTS = ("public", "internal")
"""For whom a sheet is: outsiders, or the municipalities themselves, with what is personal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo as a ``data:`` address."""

    source: str
    caption: str
    licence: str = ""
    """What is said of its use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a reviewer said of a field, or of the whole record (``field`` empty)."""

    text: str
    field: str = ""
    day: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Of one project."""

    photos: tuple[Photo, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """Names of related projects by id."""
    comments: tuple[Comment, ...] = ()
    """For internal sheets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What an office puts on its paper. ``logo``: a picture as a ``data:`` address."""

    organisation: str = ""
    footer: str = ""
    logo: str = ""


NO_MATERIAL = Material()
NO_LETTERHEAD = Letterhead()
