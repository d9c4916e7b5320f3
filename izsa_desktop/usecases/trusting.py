"""Whom a workplace trusts: the office's list of PCs, kept as it came, and the fingerprint that a person compared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.file import Reading
from izsa_desktop.bundle.signing import PublicKey, SecretKey, is_locked
from izsa_desktop.bundle.trust import Member, SignedList, TrustList
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import BadField, FileProblem, NoRootHere, NoSuchPc, OfficeOnly, TooFewRoots
from izsa_desktop.domain.ledger import BundleEntry, Standing
from izsa_desktop.domain.text import sort_key
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.keyring import MAX_BYTES, Ask, key_file, keys_here
from izsa_desktop.usecases.sent import is_set_back, require_not_set_back, standing_of
from izsa_desktop.usecases.workplace import Workplace, utc_now

_ANCHOR = "office_fingerprint"


def reading_of(workplace: Workplace, reader: Reader) -> Reading:
    """What a bundle is judged by here."""
    found = reader.trust()
    return Reading(
        body=workplace.identity.body,
        trust=workplace.trust(reader),
        kept=found[0] if found else b"",
        anchor=reader.meta().get(_ANCHOR, ""),
        own=_forgotten_keys(workplace, reader),
    )


def _forgotten_keys(workplace: Workplace, reader: Reader) -> frozenset[str]:
    """The keys of this PC of the office that signed more than it knows: former ones, and its own if it was set back."""
    if not workplace.identity.office:
        return frozenset()
    own = workplace.identity.replica
    return keys_here(workplace.folder) - (frozenset() if is_set_back(reader, own) else {own})


def pin(workplace: Workplace, fingerprint: str) -> str:
    """Keeps the fingerprint of the office that a person compared by telephone; as it is shown. Raises BadField."""
    digits = re.sub(r"\s", "", fingerprint)
    if not re.fullmatch(r"[0-9]{20}", digits):
        raise BadField("fingerprint", "not_a_fingerprint", fingerprint[:60])
    shown = " ".join(digits[n : n + 4] for n in range(0, 20, 4))
    with workplace.store.writing() as writer:
        writer.set_meta({_ANCHOR: shown})
    return shown


def lists_to_carry(reader: Reader) -> list[SignedList]:
    """The newest list, and every one before it with which the roots changed: whoever slept for years can walk up."""
    lists = [SignedList(*row) for row in reader.trust_lists()]
    carried = []
    roots: tuple[tuple[str, ...], int] | None = None
    for one in lists:
        trust = trust_lists.decode(one.body)
        if (trust.roots, trust.threshold) != roots or one is lists[-1]:
            carried.append(one)
        roots = (trust.roots, trust.threshold)
    return carried


def add_lists(writer: Writer, lists: Iterable[SignedList]) -> None:
    """Keeps lists that were found good."""
    for one in lists:
        writer.add_trust(one.version, one.body, one.signatures)


# --- what the list says ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One PC as a coordinator sees it. ``last``: its newest bundle here."""

    replica: str
    member: Member
    last: BundleEntry | None
    standing: Standing
    own: bool


@dataclass(frozen=True, slots=True)
class TrustView:
    """The list and its PCs, in Turkish order of their districts."""

    trust: TrustList
    enrolled: Sequence[Enrolled]


def trust_view(workplace: Workplace) -> TrustView:
    """Who is enrolled, since when, when heard of last, and what is missing."""
    with workplace.store.reading() as reader:
        trust = workplace.trust(reader)
        found = [_enrolled(workplace, reader, replica, member) for replica, member in trust.members.items()]

    def order(one: Enrolled) -> tuple[str, str, str]:
        district = workplace.reference.district_name(one.member.district)
        return sort_key(district), sort_key(one.member.person), one.replica

    return TrustView(trust, sorted(found, key=order))


def _enrolled(workplace: Workplace, reader: Reader, replica: str, member: Member) -> Enrolled:
    entries = reader.bundles_of(replica, "in", workplace.identity.body)
    last = entries[-1] if entries else None
    return Enrolled(
        replica,
        member,
        last,
        standing_of(reader, replica, workplace.identity.body),
        replica == workplace.identity.replica,
    )


# --- changing it -----------------------------------------------------------------------------------------------------


def issue(workplace: Workplace, writer: Writer, following: TrustList, extra: Sequence[SecretKey] = ()) -> TrustList:
    """Signs the next list with the root keys of this PC and ``extra`` ones, and keeps it.

    It is to be looked through again a year later, unless it says otherwise itself. Raises OfficeOnly, OfficeSetBack,
    TooFewRoots, and what opening the key raises.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    require_not_set_back(writer, workplace.identity.replica)
    current = workplace.trust(writer)
    if following.review_by == current.review_by:  # whoever changes the list has it before him
        following = msgspec.structs.replace(following, review_by=trust_lists.review_day(following.issued))
    wanted = {PublicKey(root).key_id for root in (*current.roots, *following.roots)}
    keys = {key.key_id: key for key in extra} | {key.key_id: key for key in _own_roots(workplace, wanted)}
    signing = [key for id_, key in keys.items() if id_ in wanted]
    for trust in (current, following):
        ids = {PublicKey(root).key_id for root in trust.roots}
        if (have := len(ids & keys.keys())) < trust.threshold:
            raise TooFewRoots(have, trust.threshold)
    signed = trust_lists.signed(following, *signing)
    found = writer.trust()
    _, news = trust_lists.advance(current, found[0] if found else b"", [signed])  # as every reader will
    add_lists(writer, news)
    return following


def require_root(workplace: Workplace) -> None:
    """Raises NoRootHere at a PC that has none of the keys which sign the list."""
    with workplace.store.reading() as reader:
        trust = workplace.trust(reader)
    if not has_root(workplace, trust):
        raise NoRootHere


def has_root(workplace: Workplace, trust: TrustList) -> bool:
    """True where one of the keys lies that sign the list."""
    return any(key_file(workplace.folder, PublicKey(root).key_id).exists() for root in trust.roots)


def holds_all_roots(workplace: Workplace, trust: TrustList) -> bool:
    """True when nobody else can sign the list."""
    return all(key_file(workplace.folder, PublicKey(root).key_id).exists() for root in trust.roots)


def _own_roots(workplace: Workplace, wanted: set[str]) -> list[SecretKey]:
    own = workplace.key()
    others = [id_ for id_ in wanted - {own.key_id} if key_file(workplace.folder, id_).exists()]
    return [own, *(workplace.key(id_) for id_ in others)]


def rotate(
    workplace: Workplace,
    *,
    add: Sequence[PublicKey] = (),
    remove: Sequence[str] = (),
    threshold: int | None = None,
    extra: Sequence[SecretKey] = (),
) -> TrustList:
    """Changes the keys that sign the list (``remove``: their ids). Without any, a new key takes the place of this PC's.

    Raises OfficeOnly, NoSuchPc, TooFewRoots, Untrusted (weak key), Malformed, and what opening the key raises.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    if not extra:
        require_root(workplace)
    workplace.key()
    with workplace.store.reading() as reader:
        trust = workplace.trust(reader)
    ids = {PublicKey(root).key_id: root for root in trust.roots}
    if unknown := set(remove) - ids.keys():
        raise NoSuchPc(", ".join(sorted(unknown)))
    if not add and not remove and threshold is None:
        made = SecretKey.generate()
        workplace.add_key(made)
        add = [made.public]
        remove = [id_ for id_ in ids if key_file(workplace.folder, id_).exists()]
    roots = tuple(dict.fromkeys([root for id_, root in ids.items() if id_ not in remove] + [key.text for key in add]))
    with workplace.store.writing() as writer:
        following = trust.next(utc_now(), roots=roots, threshold=threshold or min(trust.threshold, len(roots)))
        return issue(workplace, writer, following, extra)


def looked_through(workplace: Workplace) -> TrustList:
    """The office has looked through the list, and does so again in a year. Raises NoRootHere, what ``issue`` raises."""
    require_root(workplace)
    workplace.key()
    with workplace.store.writing() as writer:
        return issue(workplace, writer, workplace.trust(writer).next(utc_now()))


def read_secret(path: Path, ask: Ask | None = None) -> SecretKey:
    """A root key that lies elsewhere; ``ask`` says its passphrase where it has one.

    Raises FileProblem, Malformed, PassphraseNeeded, WrongPassphrase.
    """
    data = read_file(path, MAX_BYTES)
    return SecretKey.from_file_bytes(data, ask() if ask and is_locked(data) else None)


def read_public(path: Path) -> PublicKey:
    """The key of a minisign public key file. Raises FileProblem, Malformed."""
    lines = read_file(path, MAX_BYTES).decode("ascii", "replace").splitlines()
    if not lines:
        raise FileProblem(str(path), "EINVAL")
    return PublicKey(lines[-1].strip())
