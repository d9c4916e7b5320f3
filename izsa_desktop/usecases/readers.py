"""Who can read encrypted bundles: the office's PCs and escrow keys that lie in a safe, as the trust list names them."""

from collections.abc import Sequence

from izsa_desktop.bundle import encryption
from izsa_desktop.bundle.encryption import AgeIdentity
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.domain.errors import NoReaders, OfficeOnly
from izsa_desktop.usecases import trusting
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.keyring import identity_files, locked
from izsa_desktop.usecases.workplace import Workplace, utc_now


def readers(workplace: Workplace, escrow: Sequence[str] = ()) -> TrustList:
    """The list with its readers. At the office, this PC's own key for reading is made and added where there is none.

    Raises OfficeOnly (``escrow`` elsewhere), Malformed, and what ``trusting.issue`` raises.
    """
    with workplace.store.reading() as reader:
        trust = workplace.trust(reader)
    if not workplace.identity.office:
        if escrow:
            raise OfficeOnly
        return trust
    trusting.require_root(workplace)
    workplace.key()
    wanted = encryption.read_recipients([*trust.recipients, *own_recipients(workplace), *escrow])
    if wanted == trust.recipients:
        return trust
    with workplace.store.writing() as writer:
        following = workplace.trust(writer).next(utc_now(), recipients=wanted)
        return trusting.issue(workplace, writer, following)


def require_readers(workplace: Workplace) -> None:
    """Raises NoReaders where this PC knows of nobody for whom to encrypt."""
    with workplace.store.reading() as reader:
        if not workplace.trust(reader).recipients:
            raise NoReaders


def encrypted(workplace: Workplace, data: bytes) -> bytes:
    """A bundle for those readers alone, of whom there are some."""
    with workplace.store.reading() as reader:
        recipients = workplace.trust(reader).recipients
    return encryption.encrypt(data, recipients)


def opened(workplace: Workplace, data: bytes) -> bytes:
    """A bundle's bytes, whether it came encrypted or not.

    Raises WrongAddressee, Malformed, OverLimit, and what opening the keys raises.
    """
    return encryption.decrypt(data, own_identities(workplace)) if encryption.is_encrypted(data[:64]) else data


def own_identities(workplace: Workplace) -> list[AgeIdentity]:
    """This PC's keys for reading. Raises KeyUnusable, PassphraseNeeded, WrongPassphrase."""
    return [workplace.keyring.identity(file) for file in identity_files(workplace.folder)]


def own_recipients(workplace: Workplace) -> list[str]:
    """The public halves of this PC's keys for reading, of which one is made where there is none.

    Raises what opening the keys raises.
    """
    return [one.recipient for one in own_identities(workplace) or [_made(workplace)]]


def _made(workplace: Workplace) -> AgeIdentity:
    """A key for reading, locked as the PC's own key is, which has been opened."""
    made = AgeIdentity.generate()
    path = workplace.folder / "keys" / f"{workplace.identity.replica}.age"
    passphrase = workplace.keyring.passphrase if locked(workplace.folder, workplace.identity.replica) else None
    write_atomic(path, made.file_bytes(passphrase), mode=0o600)
    return made
