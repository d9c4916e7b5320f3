"""A new key for a PC of a district whose own is lost, damaged or locked with a forgotten passphrase.

In one transaction: the PC gets a new id, and its saves that no bundle holds become saves of the new key, with author,
time and order kept. What was sent stays as it is: the office has it, or gets it by the files in the outbox. Then the PC
is enrolled again.

A PC of the office gets one only where it was set back, so that no number stands for two answers. All that it signed
before goes on counting, and the keys that sign the list of PCs stay (``trusting``): the PC that has them admits itself.
"""

from dataclasses import dataclass, replace

import msgspec

from izsa_desktop.bundle.manifest import LAST_SEQ
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import DatabaseDamaged, DistrictOnly
from izsa_desktop.usecases import backups
from izsa_desktop.usecases.holding import Hold, held
from izsa_desktop.usecases.keyring import Keyring
from izsa_desktop.usecases.sent import begin_anew, believable, confirmed, is_set_back, last_list_told
from izsa_desktop.usecases.takeover import rename, under_new_key
from izsa_desktop.usecases.trusting import has_root, issue
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import Workplace, keep_key, utc_now


@dataclass(frozen=True, slots=True)
class Renewed:
    """``workplace`` is the open workplace from now on, with its new id."""

    workplace: Workplace
    fingerprint: str
    """Of the new key."""
    again: int
    """Saves that were in no bundle and now go out under the new key."""
    unconfirmed: int
    """Bundles of the former key that the office has not confirmed. If one never arrived, its file must be brought."""
    admitted: bool = False
    """The PC has admitted itself; any other is to be enrolled again."""


def renew_key(workplace: Workplace, hold: Hold | None = None) -> Renewed:
    """Gives the PC a new, unlocked key. ``hold``: see ``holding``; nobody else may have the workplace open in a window.

    Raises DistrictOnly (at an office that was not set back), DatabaseDamaged (go back to a backup instead),
    TooFewRoots, WorkplaceBusy, DiskProblem, FolderNotWritable, and what opening the office's key raises: then nothing
    has changed.
    """
    if workplace.identity.office:
        _require_set_back(workplace)
    with held(workplace.folder, hold):
        if found := workplace.store.problems():
            raise DatabaseDamaged(str(workplace.store.path), found[0])
        backup_before(workplace, backups.RENEW)
        key = SecretKey.generate()
        if workplace.identity.office:
            workplace.add_key(key)
        else:
            keep_key(workplace.folder, key)
        former = workplace.identity.replica
        keyring = workplace.keyring if workplace.identity.office else Keyring()
        renewed = replace(workplace, identity=replace(workplace.identity, replica=key.key_id), keyring=keyring)
        with workplace.store.writing() as writer:
            workplace.require_own_key(writer)
            known_as = {} if renewed.identity.office else under_new_key(writer, renewed.identity.body, key.key_id)
            rename(writer, writer, known_as)
            admitted = renewed.identity.office and _begin_anew(renewed, writer, former, key)
            writer.set_meta({"replica": key.key_id})
            _numbers, confirmed_up_to = confirmed(writer, former)
            out = [entry for entry in writer.bundles("out") if entry.replica == former]
    return Renewed(
        workplace=renewed,
        fingerprint=key.public.fingerprint,
        again=len(known_as),
        unconfirmed=0 if workplace.identity.office else sum(entry.seq > confirmed_up_to for entry in out),
        admitted=admitted,
    )


def _require_set_back(workplace: Workplace) -> None:
    with workplace.store.reading() as reader:
        if not is_set_back(reader, workplace.identity.replica):
            raise DistrictOnly


def _begin_anew(renewed: Workplace, writer: Writer, former: str, key: SecretKey) -> bool:
    """The next list names the new key for the former one, and is newer than any of which somebody has told.

    False where somebody else signs it.
    """
    trust, now = renewed.trust(writer), utc_now()
    told = believable(last_list_told(writer), trust.version)
    begin_anew(writer)
    if not has_root(renewed, trust):
        return False
    was = trust.members[former]
    admitted = msgspec.structs.replace(was, key=key.public.text, since=now)
    following = trust.shut_out(former, LAST_SEQ, now)
    following = msgspec.structs.replace(
        following,
        version=max(trust.version, told) + 1,
        members={**following.members, key.key_id: admitted},
    )
    issue(renewed, writer, following)
    return True
