"""What came beside projects: answers to joint programmes, what the office asks, evidence, talks, the rest of coaching.

Records are counted, each once, by the saves that are new here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.coaching import EVIDENCE, KIND
from izsa_desktop.domain.joint_registers import ANSWER, says_what_it_is
from izsa_desktop.domain.record_types import COACHING, JOINT
from izsa_desktop.domain.revision import Revision
from izsa_desktop.i18n import Translator

_SESSION = "session"


@dataclass(frozen=True, slots=True)
class Brought:
    """How many records of each kind."""

    answers: int = 0
    """Joint programmes that a district answered."""
    programmes: int = 0
    """Joint programmes that the office made, changed or ended."""
    evidence: int = 0
    sessions: int = 0
    coaching: int = 0
    """Of coaching: notes, agreed actions, stages, and what was changed in a record that was here."""


NOTHING = Brought()


def brought(saves: Iterable[Revision]) -> Brought:
    """What these saves, which were not here before, say of records that are no projects."""
    found: dict[str, set[str]] = {name: set() for name in Brought.__slots__}
    told: set[str] = set()
    for save in saves:
        if save.type == JOINT:
            if ANSWER in save.registers:
                found["answers"].add(save.record)
            if any(map(says_what_it_is, save.registers)):
                found["programmes"].add(save.record.partition("/")[2])  # of which the office has one for every body
        elif save.type == COACHING:
            told.add(save.record)
            if save.registers.get(OF_DISTRICT + KIND) == EVIDENCE:
                found["evidence"].add(save.record)
            if save.registers.get(KIND) == _SESSION:
                found["sessions"].add(save.record)
    found["coaching"] = told - found["evidence"] - found["sessions"]
    return Brought(**{name: len(records) for name, records in found.items()})


def together(several: Iterable[Brought]) -> Brought:
    """What several files brought."""
    counts = Counter[str]()
    for one in several:
        counts.update(asdict(one))
    return Brought(**counts)


def beside(what: Brought, t: Translator) -> list[str]:
    """The same in words, a few for each kind of which there is something."""
    return [t(f"beside.{name}", count=count) for name, count in asdict(what).items() if count]
