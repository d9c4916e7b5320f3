"""What a workplace remembers of a bundle that it received or sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleEntry:
    """One bundle. ``sha256`` is the payload's, ``moved`` is when (UTC), ``file`` the name of the copy that is kept."""

    sha256: str
    direction: str
    """``in`` or ``out``."""
    kind: str
    district: str
    replica: str
    seq: int
    prev: str
    """The payload hash of the sender's bundle before this one, or empty."""
    revisions: int
    moved: str
    file: str
