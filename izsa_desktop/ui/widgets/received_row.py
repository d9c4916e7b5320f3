"""A file that came, as people read it: who sent it and what it brings, or why it is not let in."""

from collections.abc import Sequence

from izsa_desktop.bundle.file import Envelope
from izsa_desktop.domain.errors import KnownError, Refused, TooMuchAtOnce
from izsa_desktop.domain.ledger import ANSWER
from izsa_desktop.domain.ranges import Ranges
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.widgets.log_list import LogRow, Said
from izsa_desktop.usecases.brought import beside
from izsa_desktop.usecases.exchange import Received


def received_row(item: Received, desk: Desk) -> LogRow:
    """One file of a preview, or of what became of it."""
    t = desk.t
    if item.refusal is not None:
        much = isinstance(item.refusal, TooMuchAtOnce)
        sender = _sender(item.bundle, desk) if item.bundle else item.parcel.name
        tone, icon = ("warn", "shield-alert") if much else ("bad", "circle-x")
        soft = item.parcel.name if item.bundle else ""
        return LogRow(icon, tone, sender, soft, notes=[(tone, why(t, item.refusal))])
    assert item.bundle is not None  # what is not refused was verified
    soft = t("exchange.verified", seq=item.bundle.manifest.seq, file=visible(item.parcel.name))
    if item.known:
        return LogRow("check-check", "soft", _sender(item.bundle, desk), soft, notes=[("soft", t("exchange.known"))])
    tone = "warn" if item.missing else "good"
    facts = _facts(item, item.bundle, desk)
    return LogRow("shield-check", tone, _sender(item.bundle, desk), soft, facts=facts, notes=_notes(item, desk))


def why(t: Translator, error: KnownError) -> str:
    """Why a file is not let in, and what to do about it in a window."""
    if isinstance(error, TooMuchAtOnce):
        said = []
        if error.deleted:
            said.append(t("exchange.much_deletes", count=error.deleted))
        if error.conflicts:
            said.append(t("exchange.much_contradicts", count=error.conflicts))
        return " ".join([*said, t("exchange.much_first")])
    if is_unknown_office(error):
        return t("exchange.unknown_office")
    return t.error(error)


def is_unknown_office(error: Exception | None) -> bool:
    """True for an answer of an office whose fingerprint nobody has compared yet."""
    return isinstance(error, Refused) and error.reason == "unknown_office"


def numbers(wanted: Sequence[int]) -> str:
    """Numbers of bundles as people write them: ``3, 5–9``."""
    return str(Ranges.of(wanted)).replace(" ", ", ").replace("-", "–")


def _sender(bundle: Envelope, desk: Desk) -> str:
    body = body_name(desk, bundle.manifest.sender.district)
    return desk.t("exchange.sender", district=body, person=visible(bundle.signer.person))


def _facts(item: Received, bundle: Envelope, desk: Desk) -> list[Said]:
    t, counts = desk.t, bundle.manifest.counts
    ack = bundle.manifest.acks.get(desk.workplace.identity.replica) if bundle.manifest.kind == ANSWER else None
    found: list[Said] = []
    if ack is not None:
        found.append(("good", t("exchange.acknowledged", seq=ack.seq)))
    for count, tone, text in (
        (item.new, "good", t("exchange.new", count=item.new)),
        (item.changed, "soft", t("exchange.changed", count=item.changed)),
        (item.deleted, "warn", t("exchange.deleted", count=item.deleted)),
        (item.conflicts, "warn", t("exchange.conflicts", count=item.conflicts)),
        (item.erased, "soft", t("exchange.erased", count=item.erased)),
        (counts.get("objects", 0), "soft", t("exchange.files", count=counts.get("objects", 0))),
        (counts.get("catalogue", 0), "soft", t("exchange.catalogue", count=counts.get("catalogue", 0))),
    ):
        if count:
            found.append((tone, text))
    found += (("good", text) for text in beside(item.brought, t))
    return found or [("soft", t("exchange.nothing_new"))]


def _notes(item: Received, desk: Desk) -> list[Said]:
    t = desk.t
    found: list[Said] = []
    if item.missing:
        gap, waiting = numbers(item.missing), t("exchange.parked", count=item.parked) if item.parked else ""
        sentence = t("exchange.gap", numbers=gap) if desk.office else t("exchange.gap_answer", numbers=gap)
        found.append(("bad", f"{sentence} {waiting}".strip()))
    if item.skipped:
        found.append(("soft", t("exchange.skipped", numbers=numbers(item.skipped))))
    return found
