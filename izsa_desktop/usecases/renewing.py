"""A new key for a PC of a district whose own is lost, damaged or locked with a forgotten passphrase.

In one transaction: the PC gets a new id, and its saves that no bundle holds become saves of the new key, with author,
time and order kept. What was sent stays as it is: the office has it, or gets it by the files in the outbox. Then the PC
is enrolled again. The office's key is not renewed like this: every list of PCs rests on it (``trusting``).
"""

from dataclasses import dataclass, replace

from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.errors import DatabaseDamaged, DistrictOnly
from izsa_desktop.usecases import backups
from izsa_desktop.usecases.holding import Hold, held
from izsa_desktop.usecases.keyring import Keyring
from izsa_desktop.usecases.sent import confirmed
from izsa_desktop.usecases.takeover import rename, under_new_key
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import Workplace, keep_key


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


def renew_key(workplace: Workplace, hold: Hold | None = None) -> Renewed:
    """Gives the PC a new, unlocked key. ``hold``: see ``holding``; nobody else may have the workplace open in a window.

    Raises DistrictOnly, DatabaseDamaged (go back to a backup instead), WorkplaceBusy, DiskProblem, FolderNotWritable:
    then nothing has changed.
    """
    if workplace.identity.office:
        raise DistrictOnly
    with held(workplace.folder, hold):
        if found := workplace.store.problems():
            raise DatabaseDamaged(str(workplace.store.path), found[0])
        backup_before(workplace, backups.RENEW)
        key = SecretKey.generate()
        keep_key(workplace.folder, key)
        former = workplace.identity.replica
        with workplace.store.writing() as writer:
            workplace.require_own_key(writer)
            known_as = under_new_key(writer, workplace.identity.body, key.key_id)
            rename(writer, writer, known_as)
            writer.set_meta({"replica": key.key_id})
            _numbers, confirmed_up_to = confirmed(writer, former)
            out = [entry for entry in writer.bundles("out") if entry.replica == former]
    identity = replace(workplace.identity, replica=key.key_id)
    return Renewed(
        workplace=replace(workplace, identity=identity, keyring=Keyring()),
        fingerprint=key.public.fingerprint,
        again=len(known_as),
        unconfirmed=sum(entry.seq > confirmed_up_to for entry in out),
    )
