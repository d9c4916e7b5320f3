"""What a record is: a project, or something else of which there is the same kind of history.

Each save names the type. A record is what its saves of one type make of it; saves of another type under the same id
(which no program of ours writes) do not touch it. The notes of ``withdrawal`` belong to every type.
"""

from collections.abc import Sequence

from izsa_desktop.domain.revision import PROJECT, Revision
from izsa_desktop.domain.withdrawal import is_note

COACHING = "coaching"
"""What the office says to one district (``domain.coaching``)."""
JOINT = "joint"
"""A joint programme as one of its bodies has it (``domain.joint``)."""
TYPES = frozenset({PROJECT, COACHING, JOINT})
"""Types of which this version knows what they mean and who may write them."""


def of_type(revisions: Sequence[Revision], type_: str) -> Sequence[Revision]:
    """Those of a record's saves that make it what it is as this type; nearly always all of them."""
    for revision in revisions:
        if revision.type != type_:
            return [one for one in revisions if one.type == type_ or is_note(one.registers)]
    return revisions
