"""The office and the district in which the files of this suite are judged: all keys and lists are known beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.bundle import trust
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.bundle.trust import COORDINATE, ENTER, Member, SignedList, TrustList
from izsa_desktop.db.store import Store
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases.workplace import DATABASE, keep_key, make_folders, stamp
from tests.bundle.forge2 import OFFICE_KEY, PC, derived_key, golden
from tests.support import BORNOVA, KEMALPASA

SECOND = derived_key("bornova second")
OTHER = derived_key("kemalpaşa")
SHUT_OUT = derived_key("shut out")
"""Of Bornova; its bundles count up to the second."""
LATE = derived_key("late")
"""Of Bornova; its bundles count from the fifth."""
CLERK, COORDINATOR = derived_key("clerk"), derived_key("coordinator")
"""PCs of the office: one that enters, one that speaks for it."""
STRANGER = derived_key("stranger")


def _members() -> list[Member]:
    return [
        Member(key=SECOND.public.text, district=BORNOVA, person="Veli Demir"),
        Member(key=OTHER.public.text, district=KEMALPASA, person="Ali Çelik"),
        Member(key=SHUT_OUT.public.text, district=BORNOVA, person="Eski PC", revoked_after_seq=2),
        Member(key=LATE.public.text, district=BORNOVA, person="Yeni PC", valid_from_seq=5),
        Member(key=CLERK.public.text, district=OFFICE, person="Kâtip", roles=(ENTER,)),
        Member(key=COORDINATOR.public.text, district=OFFICE, person="İkinci koordinatör", roles=(COORDINATE,)),
    ]


LIST_2 = SignedList(2, golden("trust.json"), golden("trust.json.minisig"))
TRUST: TrustList = trust.decode(LIST_2.body).admit(_members(), "2025-04-01T09:00:00Z")
"""The golden list of format 2, and more PCs."""
LIST_3 = trust.signed(TRUST, OFFICE_KEY)


def settle(folder: Path, body: str, key: SecretKey, lists: Sequence[SignedList], fingerprint: str = "") -> None:
    """A workplace with this key that knows these lists, or has only compared this fingerprint."""
    make_folders(folder)
    keep_key(folder, key)
    store = Store(folder / DATABASE, folder / "backups", stamp())
    with store.writing() as writer:
        writer.set_meta({"body": body, "replica": key.key_id, "person": "Deneme", "language": "en"})
        for one in lists:
            writer.add_trust(one.version, one.body, one.signatures)
        if fingerprint:
            writer.set_meta({"office_fingerprint": fingerprint})
    store.close()


def make(at: str, folder: Path) -> None:
    """One of the workplaces by its name in the tables."""
    if at == "office":
        settle(folder, OFFICE, OFFICE_KEY, [LIST_2, LIST_3])
    elif at == "bornova":
        settle(folder, BORNOVA, PC, [LIST_2, LIST_3])
    else:
        assert at in ("bornova-pinned", "bornova-new")
        settle(folder, BORNOVA, PC, [], TRUST.fingerprint if at == "bornova-pinned" else "")


@dataclass(frozen=True)
class Case:
    """A file, where and after which others it is judged, and how that must end. ``reason``: ``refused.<reason>``."""

    name: str
    data: bytes
    code: int
    reason: str = ""
    at: str = "office"
    after: tuple[str, ...] = ()
    """Honest files that are taken in before."""
