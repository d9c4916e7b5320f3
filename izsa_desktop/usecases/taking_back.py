"""What the office itself wrote and signed, taken back out of its answers: its saves, its lists of PCs, its numbers.

Each is judged as any file is: it must be signed by a key of this PC, and its lists by their roots. What it handed on of
others is not taken from it, since that lies in the archive of what came; but for what it had erased from that.
"""

from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.file import MAX_FILE, Reading, VerifiedBundle
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import KnownError, Replayed, Untrusted
from izsa_desktop.usecases.exchange import ledger_entry
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.keyring import key_file
from izsa_desktop.usecases.trusting import add_lists


def take_back_all(folder: Path, writer: Writer, replica: str) -> bool:
    """Takes back what lies in the outbox of a workplace's folder.

    True when it is certain which numbers this key has used: no copy is missing, and they do not end before the last
    one that the store knew.
    """
    known = {entry.seq for entry in writer.bundles("out") if entry.replica == replica}
    found = set()
    for file in sorted((folder / "bundles" / "out").glob("*.izsa"), key=lambda file: (len(file.name), file.name)):
        try:
            sent = take_back(folder, writer, read_file(file, MAX_FILE), file.name).manifest
        except KnownError:  # rotten: counted among the files and not among the numbers
            continue
        found |= {sent.seq} if sent.sender.replica == replica else set()
    numbers = known | found
    files = sum(1 for _file in (folder / "bundles" / "out").glob(f"*_{replica[:4]}_*.izsa"))
    whole = numbers == set(range(1, len(numbers) + 1)) and len(numbers) >= files
    return whole and max(found, default=0) >= max(known, default=0)


def take_back(folder: Path, writer: Writer, data: bytes, name: str) -> VerifiedBundle:
    """Takes back what one answer holds that this PC once made and that is kept as ``name``. Raises Refused."""
    claim = bundle_file.claimed(data)
    if not key_file(folder, claim["replica"]).exists():
        raise Untrusted("unknown_signer", claim["replica"])
    bundle = bundle_file.verify(data, _reading(writer, claim["to"]))
    own, seq = bundle.manifest.sender.replica, bundle.manifest.seq
    known = writer.bundle(own, seq)
    if known is not None and known.sha256 != bundle.sha256:
        raise Replayed("two_with_one_number", f"{seq}: {known.sha256[:16]}, {bundle.sha256[:16]}")
    add_lists(writer, bundle.news)
    writer.add([revision for revision in bundle.revisions if revision.replica == own or revision.erased])
    if known is None:
        writer.add_bundle(ledger_entry(bundle, "out", bundle.manifest.created, name))
    return bundle


def newest_list(reader: Reader) -> TrustList | None:
    """The list that the store has."""
    found = reader.trust()
    return trust_lists.decode(found[0]) if found else None


def _reading(reader: Reader, body: str) -> Reading:
    """As the body judges to which it went, by what is known here."""
    found, trust = reader.trust(), newest_list(reader)
    if found is None or trust is None:
        raise Untrusted("unknown_office")
    return Reading(body=body, trust=trust, kept=found[0])
