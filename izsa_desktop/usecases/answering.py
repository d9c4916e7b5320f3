"""Answers for every district at once, and where the districts stand with theirs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import fold
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.sending import Exported, answer
from izsa_desktop.usecases.trusting import TrustView, trust_view
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Districts:
    """Who is enrolled, and the newest answer to each body (code)."""

    view: TrustView
    answers: Mapping[str, BundleEntry]
    without: tuple[str, ...]
    """Names of the districts that have no PC which may send."""


def districts(workplace: Workplace) -> Districts:
    """How the office stands with everybody."""
    view = trust_view(workplace)
    with workplace.store.reading() as reader:
        answers = {entry.addressee: entry for entry in reversed(reader.bundles("out"))}
    there = set(_answerable(view.trust, workplace))
    without = tuple(one.name for one in workplace.reference.districts if one.code not in there)
    return Districts(view, answers, without)


def answer_name(workplace: Workplace, district: str) -> str:
    """A plain file name for the next answer to a body: ``35-07_bornova_0012.izsa``."""
    with workplace.store.reading() as reader:
        last = reader.last_bundle(workplace.identity.replica)
    to = workplace.reference.district(district)
    name = to.name if district != OFFICE else "ofis"
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name))
    return f"{fold(to.short_code)}_{plain}_{last.seq + 1 if last else 1:04d}.izsa"


def answer_all(workplace: Workplace, folder: Path, progress: Progress = no_progress) -> list[Exported]:
    """Writes the answer for every body that has another PC which may send, into a folder.

    Cancelling leaves the files that are written. Raises what ``sending.answer`` raises.
    """
    with workplace.store.reading() as reader:
        trust = workplace.trust(reader)
    codes = _answerable(trust, workplace)
    written = []
    for n, code in enumerate(codes):
        progress(n, len(codes))
        written += answer(workplace, code, folder / answer_name(workplace, code))
    progress(len(codes), len(codes))
    return written


def _answerable(trust: TrustList, workplace: Workplace) -> list[str]:
    members = trust.members.items()
    theirs = {m.district for id_, m in members if m.revoked_after_seq is None and id_ != workplace.identity.replica}
    return sorted(theirs)
