"""Backups, checks and the hash that says whether two stores are the same."""

import hashlib
from pathlib import Path

from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.domain.errors import DiskProblem, KnownError
from izsa_desktop.durable import os_problem, sync_folder
from izsa_desktop.usecases.workplace import Workplace, require_outside, stamp

KEPT_BACKUPS = 10


def backup(workplace: Workplace, target: Path) -> Path:
    """Writes a copy of the database to ``target``; complete or not there. Raises FileProblem, DiskProblem."""
    require_outside(workplace, target)
    part = target.with_name(f".{target.name}.{stamp()}.part")
    try:
        try:
            workplace.store.backup(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(target.parent)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    return target


def backup_before(workplace: Workplace, occasion: str) -> Path:
    """A dated backup among the workplace's own, before something large; the oldest beyond ten go."""
    folder = workplace.folder / "backups"
    folder.mkdir(exist_ok=True)
    made = backup(workplace, folder / f"izsa-{occasion}-{stamp()}.sqlite3")
    for old in sorted(folder.glob(f"izsa-{occasion}-*.sqlite3"))[:-KEPT_BACKUPS]:
        old.unlink()
    return made


def check(workplace: Workplace) -> list[str]:
    """What is wrong with the store, in technical words; empty when all is well."""
    problems = workplace.store.problems()
    try:
        workplace.key()
    except KnownError as e:
        problems.append(f"signing key: {e}")
    with workplace.store.reading() as reader:
        found = reader.trust()
    try:
        if found is not None:
            trust_lists.read(*found, trust_lists.decode(found[0]).roots)
    except KnownError as e:
        problems.append(f"trust list: {e}")
    return problems


def state_hash(workplace: Workplace) -> str:
    """SHA-256 over all sorted revision ids (parked ones included) and the trust version."""
    with workplace.store.reading() as reader:
        ids, version = reader.revision_ids(), workplace.trust(reader).version
    digest = hashlib.sha256()
    for id_ in ids:
        digest.update(id_)
    digest.update(f"trust {version}".encode())
    return digest.hexdigest()
