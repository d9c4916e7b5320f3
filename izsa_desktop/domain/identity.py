"""Who works at this workplace."""

from dataclasses import dataclass

from izsa_desktop.domain.reference import OFFICE


@dataclass(frozen=True, slots=True)
class Identity:
    """A workplace: one PC of a district or of the metropolitan office.

    ``replica`` is 16 hex digits, the id of the PC's signing key; a new key is a new replica.
    """

    body: str
    replica: str
    person: str
    language: str

    @property
    def office(self) -> bool:
        """True at the metropolitan coordination office."""
        return self.body == OFFICE
