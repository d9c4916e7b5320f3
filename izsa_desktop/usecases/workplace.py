"""The workplace: one folder with database, keys, attachments, bundles and backups.

Everything a person does goes through a ``Workplace``; one is opened per process (the window's worker owns it).
"""

import re
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import msgspec

from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.signing import PublicKey, SecretKey
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import (
    BadField,
    DiskProblem,
    FolderNotWritable,
    InsideWorkplace,
    KeyRenewed,
    MayNotSpeak,
    NoWorkplace,
    WorkplaceExists,
)
from izsa_desktop.domain.identity import Identity
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import has_invisible, normal
from izsa_desktop.durable import make_folder, move_over, os_problem
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.usecases import holding, local_goals, places, vocabularies
from izsa_desktop.usecases.files import require_file_name, write_atomic
from izsa_desktop.usecases.keyring import Keyring, key_file, public_half
from izsa_desktop.usecases.outlines import kept_outlines

DATABASE = "izsa.sqlite3"
_FOLDERS = ("keys", "attachments", "backups", "bundles/in", "bundles/out")


def utc_now() -> str:
    """Now, as records write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp() -> str:
    """Now, as file names write it."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")


@dataclass(frozen=True)
class Workplace:
    """An open workplace. Close it, or use it as a context manager."""

    folder: Path
    store: Store
    identity: Identity
    reference: Reference
    keyring: Keyring = field(default_factory=Keyring, repr=False, compare=False)

    def __enter__(self) -> "Workplace":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self.store.close()

    @property
    def body_name(self) -> str:
        """The name of the municipality that works here; the office is named by the translations."""
        return self.reference.district_name(self.identity.body)

    def key(self, id_: str = "") -> SecretKey:
        """The PC's signing key (or another that it keeps), for what signs and nothing else: a person may be asked.

        So it is asked for before a transaction. Raises KeyUnusable, PassphraseNeeded, WrongPassphrase.
        """
        return self.keyring.key(self.folder, id_ or self.identity.replica)

    def add_key(self, key: SecretKey) -> None:
        """Keeps a further key, locked as the PC's own is. Raises what ``key`` raises, FileProblem, DiskProblem."""
        self.key()
        keep_key(self.folder, key, self.keyring.passphrase)

    def public_key(self) -> PublicKey:
        """The public half of the PC's key, which needs no passphrase. Raises KeyUnusable."""
        return public_half(self.folder, self.identity.replica)

    def require_own_key(self, reader: Reader) -> None:
        """Raises KeyRenewed when another program has given the PC a new key since: the old one writes nothing more."""
        if reader.replica() != self.identity.replica:
            raise KeyRenewed

    def may_write(self, reader: Reader, *, listed: bool = False) -> bool:
        """False at a PC of the office that only reads; with ``listed`` also at one that is not in the list yet."""
        if not self.identity.office:
            return True
        own = self.trust(reader).member(self.identity.replica)
        return not listed if own is None else own.may_speak_for_office

    def require_voice(self, reader: Reader, *, listed: bool = False) -> None:
        """Raises MayNotSpeak where ``may_write`` says no."""
        if not self.may_write(reader, listed=listed):
            raise MayNotSpeak

    def trust(self, reader: Reader) -> TrustList:
        """The newest trust list of the store; an empty one at a workplace that knows nobody yet."""
        found = reader.trust()
        if found is None:
            return TrustList(version=0, issued="", roots=(), members={})
        return trust_lists.decode(found[0])


def exists(folder: Path) -> bool:
    """True when there is a workplace in the folder. Raises FolderNotWritable when that cannot be found out."""
    try:
        return (folder / DATABASE).exists()
    except OSError as e:
        raise FolderNotWritable(str(folder), os_problem(e)) from e


def create_workplace(folder: Path, body: str, person: str, language: str = "tr", *, joins: bool = False) -> Workplace:
    """Makes a workplace for a district (code) or the office (``OFFICE``) and opens it; its key is made silently.

    The office's first PC begins the list of PCs, with its key as the root. One that ``joins`` another PC of the office
    has no list: it is enrolled as a district's PC is.

    Raises WorkplaceExists, FolderNotWritable, OnNetworkDrive, InSyncedFolder, BadField (person), DiskProblem.
    """
    person = normal(person)
    if not person or len(person) > 200 or has_invisible(person):
        raise BadField("person", "bad_person", person[:60])
    if exists(folder):
        raise WorkplaceExists(str(folder))
    places.require_local(folder)
    make_folders(folder)
    key = SecretKey.generate()
    keep_key(folder, key)
    making = folder / f"{DATABASE}.new"
    making.unlink(missing_ok=True)
    store = Store(making, folder / "backups", stamp())
    with store.writing() as writer:
        writer.set_meta({"body": body, "replica": key.key_id, "person": person, "language": _language(language)})
        if body == OFFICE and not joins:
            now = utc_now()
            first = trust_lists.first_list(key.public, person, now, body)
            first = msgspec.structs.replace(first, review_by=trust_lists.review_day(now))
            writer.add_trust(first.version, first.to_bytes(), trust_lists.sign(first, key))
    store.close()
    try:
        move_over(making, folder / DATABASE)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    return open_workplace(folder)


def open_workplace(folder: Path, *, held: bool = False, keyring: Keyring | None = None) -> Workplace:
    """Opens the workplace in a folder; ``held`` when the caller holds it (see ``holding``).

    A database of an older version is brought up to date, which nobody may have open meanwhile. Raises NoWorkplace,
    OnNetworkDrive, InSyncedFolder, WorkplaceBusy and what ``Store`` raises.
    """
    if not exists(folder):
        raise NoWorkplace(str(folder))
    places.require_local(folder)
    database = folder / DATABASE
    with nullcontext() if held or not Store.is_old(database) else holding.held(folder):
        store = Store(database, folder / "backups", stamp())
    with store.reading() as reader:
        meta, outlines = reader.meta(), kept_outlines(reader)
    identity = Identity(meta["body"], meta["replica"], meta["person"], meta["language"])
    return Workplace(folder, store, identity, known_reference(meta, outlines), keyring or Keyring())


def known_reference(meta: Mapping[str, str], outlines: bytes = b"") -> Reference:
    """The reference data of a workplace with these settings and outlines of the districts."""
    return replace(vocabularies.with_added(local_goals.known(meta), meta), outlines=outlines)


def make_folders(folder: Path) -> None:
    """The folders of a workplace. Raises FolderNotWritable."""
    try:
        for name in _FOLDERS:
            make_folder(folder / name)
    except OSError as e:
        raise FolderNotWritable(str(folder), os_problem(e)) from e


def keep_key(folder: Path, key: SecretKey, passphrase: str | None = None) -> None:
    """Writes a new key, locked where there is a passphrase. Raises FileProblem, DiskProblem."""
    file = key_file(folder, key.key_id)
    write_atomic(file, key.file_bytes(passphrase), mode=0o600)
    write_atomic(file.with_suffix(".pub"), key.public.file_bytes())


def change_language(workplace: Workplace, language: str) -> Workplace:
    """Keeps the language and gives back the workplace as it is from now on."""
    with workplace.store.writing() as writer:
        writer.set_meta({"language": _language(language)})
    return replace(workplace, identity=replace(workplace.identity, language=language))


def require_outside(workplace: Workplace, target: Path) -> None:
    """Raises InsideWorkplace for a file in the workplace's folder, where only the program writes, and FileProblem for a
    name that no file can have.
    """
    require_file_name(target)
    folder, real = workplace.folder.resolve(), target.resolve()
    if folder == real or folder in real.parents:
        raise InsideWorkplace(str(target))


def bundle_name(workplace: Workplace, seq: int) -> str:
    """A short, plain file name for a bundle of this PC: ``35-07_3f2a_0012.izsa``."""
    short = workplace.reference.district(workplace.identity.body).short_code
    return f"{short}_{re.sub(r'[^0-9a-f]', '', workplace.identity.replica)[:4]}_{seq:04d}.izsa"


def _language(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]
