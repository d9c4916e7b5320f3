"""Since when an answer of the office must tell what came: the order of arrival, and how far each district has it.

An answer is a delta since the newest one that every PC of the district has. It goes by the order in which saves came
into this very database; where that is another, or a list has taken away what was handed on, answers begin anew.
"""

import secrets

from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases.sent import ANSWERED
from izsa_desktop.usecases.workplace import Workplace

ARRIVALS = "_arrivals"
"""Names the order in which saves came into this very database: where it is another, answers begin anew."""


def give_name(workplace: Workplace) -> None:
    """The order in which saves came gets a name where it has none."""
    with workplace.store.reading() as reader:
        if reader.kept(ARRIVALS):
            return
    with workplace.store.writing() as writer:
        writer.set_meta({ARRIVALS: secrets.token_hex(8)})


def order(reader: Reader, trust: TrustList, district: str) -> str:
    """Which order an answer goes by (empty: it has no name); another one when a list takes away what was handed on."""
    name = reader.kept(ARRIVALS).get(ARRIVALS)
    return f"{name}/{trust.cut(district)}" if name else ""


def arrival(reader: Reader, workplace: Workplace, seq: int, order: str) -> int:
    """How far the store had come when this answer was made; 0 when that cannot be said any more."""
    entry = reader.bundle(workplace.identity.replica, seq) if seq else None
    before, _, last = (entry.carried if entry else "").partition(":")
    return int(last) if last and before == order else 0


def base(reader: Reader, workplace: Workplace, district: str) -> int:
    """The newest answer that every PC of the district which may still send has confirmed; 0: not all have one."""
    told = reader.kept(ANSWERED)
    members = workplace.trust(reader).members.items()
    theirs = [id_ for id_, one in members if one.district == district and one.revoked_after_seq is None]
    return min(
        (int(told.get(f"{ANSWERED}{id_}", "0")) for id_ in theirs if id_ != workplace.identity.replica), default=0
    )


def only_pc(reader: Reader, workplace: Workplace, district: str) -> str:
    """The district's PC where it has only one: it has what it wrote itself. Empty where there are or were others."""
    members = workplace.trust(reader).members.items()
    theirs = [id_ for id_, one in members if one.district == district]
    return theirs[0] if len(theirs) == 1 and district != OFFICE else ""
