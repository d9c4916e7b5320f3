"""Who may say what: a district states the facts of its own projects; how they were reviewed is the office's to say.

What a project is to others (the same, joint work, a part) both may say: the district, and the office that sees all of
them. The later save stands, and where neither knew of the other's, both stand beside each other as any two values do.

Where values of two PCs stand beside each other, the office may choose one of them in the district's place: such a save
names the registers that it settles. The office alone says of withdrawn saves what they had been made upon, and it alone
writes the records of its coaching.
"""

from collections.abc import Collection, Mapping

from izsa_desktop.domain.record_types import COACHING
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import PROJECT, Json
from izsa_desktop.domain.withdrawal import MARK, is_note

REVIEW, REVIEW_NOTE, APPROVED = "review", "review_note", "onaylandı"
REVIEW_REGISTERS = frozenset({REVIEW, REVIEW_NOTE})
RELATIONS = "relations/"
"""What the names of registers begin with that say what a project is to others."""
_OFFICE_STATES = frozenset({"incelemede", "düzeltme istendi", APPROVED})
"""Codes of the vocabulary ``review`` that a district cannot give its own work."""


def overstepped(
    body: str, district: str, registers: Mapping[str, Json], settles: Collection[str] = (), type_: str = PROJECT
) -> str:
    """The register in which this body decides, in a record of this district, what is not its to decide; or empty."""
    if marked := next((name for name in registers if name.startswith(MARK)), ""):
        return "" if body == OFFICE and is_note(registers) else marked
    if type_ == COACHING:
        return "" if body == OFFICE else next(iter(registers), "district")
    if body == district:
        review = registers.get(REVIEW)
        if body != OFFICE and isinstance(review, str) and review in _OFFICE_STATES:
            return REVIEW
        return REVIEW_NOTE if body != OFFICE and registers.get(REVIEW_NOTE) is not None else ""
    if body != OFFICE:
        return next(iter(registers), "district")
    return next((name for name in registers if not (_offices(name) or name in settles)), "")


def _offices(register: str) -> bool:
    """True for what the office says of a district's project."""
    return register in REVIEW_REGISTERS or register.startswith(RELATIONS)
