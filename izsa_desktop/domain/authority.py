"""Who may say what: a district states the facts of its own projects; how they were reviewed is the office's to say."""

from collections.abc import Mapping

from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Json

_OFFICE_STATES = frozenset({"incelemede", "düzeltme istendi", "onaylandı"})
"""Codes of the vocabulary ``review`` that a district cannot give its own work."""


def overstepped(body: str, registers: Mapping[str, Json]) -> str:
    """The register in which this body decides what is the office's to decide; empty when it does not."""
    review = registers.get("review")
    return "review" if body != OFFICE and isinstance(review, str) and review in _OFFICE_STATES else ""
