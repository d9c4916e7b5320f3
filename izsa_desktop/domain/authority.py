"""Who may say what: a district states the facts of its own projects; how they were reviewed is the office's to say.

What a project is to others (the same, joint work, a part) both may say: the district, and the office that sees all of
them. The later save stands, and where neither knew of the other's, both stand beside each other as any two values do.

Where values of two PCs stand beside each other, the office may choose one of them in the district's place: such a save
names the registers that it settles. The office alone says of withdrawn saves what they had been made upon.

In the records of coaching and of joint programmes the registers that begin with ``district/`` are the district's, all
others the office's: neither writes for the other. The office alone puts such a record away, and no answer to it stands
against that.
"""

from collections.abc import Collection, Iterable, Mapping

from izsa_desktop.domain.record_types import COACHING, JOINT
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import PROJECT, Json
from izsa_desktop.domain.withdrawal import MARK, is_note

REVIEW, REVIEW_NOTE, APPROVED = "review", "review_note", "onaylandı"
REVIEW_REGISTERS = frozenset({REVIEW, REVIEW_NOTE})
COMMENTS, CHECKS = "comments/", "checks/"
"""What the names of registers begin with in which the office says something of a field, or ticks its checklist."""
RELATIONS = "relations/"
"""What the names of registers begin with that say what a project is to others."""
OF_DISTRICT = "district/"
"""What the names of registers begin with that a district writes in its records of coaching and joint programmes."""
TOLD = "told/"
"""What the names of registers begin with in which the office passes on what others answered."""
_OFFICE_STATES = frozenset({"incelemede", "düzeltme istendi", APPROVED})
"""Codes of the vocabulary ``review`` that a district cannot give its own work."""


def overstepped(
    body: str, district: str, registers: Mapping[str, Json], settles: Collection[str] = (), type_: str = PROJECT
) -> str:
    """The register in which this body decides, in a record of this district, what is not its to decide; or empty."""
    if marked := next((name for name in registers if name.startswith(MARK)), ""):
        return "" if body == OFFICE and is_note(registers) else marked
    if type_ in (COACHING, JOINT):
        return _not_theirs(body, district, registers)
    if body == district:
        review = registers.get(REVIEW)
        if body != OFFICE and isinstance(review, str) and review in _OFFICE_STATES:
            return REVIEW
        said = (name for name, value in registers.items() if value is not None and _of_review(name))
        return next(said, "") if body != OFFICE else ""
    if body != OFFICE:
        return next(iter(registers), "district")
    return next((name for name in registers if not (says_office(name) or name in settles)), "")


def _not_theirs(body: str, district: str, registers: Mapping[str, Json]) -> str:
    """The same in a record of coaching or of a joint programme; a district's save that says nothing is none."""
    if body == OFFICE:
        return next((name for name in registers if name.startswith(OF_DISTRICT)), "")
    if body != district or not registers:
        return next(iter(registers), "district")
    return next((name for name in registers if not name.startswith(OF_DISTRICT)), "")


def stands_against(type_: str, registers: Iterable[str]) -> bool:
    """Whether a save that writes these keeps a record from being put away by somebody who did not know of it.

    What is only an answer to a record, or passes one on, is kept and goes away with the record.
    """
    return type_ not in (COACHING, JOINT) or not all(name.startswith((OF_DISTRICT, TOLD)) for name in registers)


def says_office(register: str) -> bool:
    """True for what the office says of a district's project."""
    return register == REVIEW or _of_review(register) or register.startswith(RELATIONS)


def _of_review(register: str) -> bool:
    """True for what the office alone writes when it reviews."""
    return register == REVIEW_NOTE or register.startswith((COMMENTS, CHECKS))
