"""What a bundle says beside its saves: what has arrived of what was sent, and the layers that an answer brings."""

from izsa_desktop.bundle.file import VerifiedBundle
from izsa_desktop.db.reader import News
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.ledger import SUBMISSION
from izsa_desktop.usecases.catalogue import catalogue_entries
from izsa_desktop.usecases.ladders import ladder_that_came
from izsa_desktop.usecases.local_goals import goals_that_came
from izsa_desktop.usecases.outlines import take_outlines
from izsa_desktop.usecases.sent import (
    ANSWERED,
    believable,
    note_confirmed,
    note_reached,
    note_seen,
    note_set_back,
    standing_of,
)
from izsa_desktop.usecases.trusting import holds_all_roots
from izsa_desktop.usecases.vocabularies import vocabularies_that_came
from izsa_desktop.usecases.workplace import Workplace


def take_answer(workplace: Workplace, writer: Writer, bundle: VerifiedBundle, news: News) -> None:
    """What an answer of the office brings beside saves."""
    own = workplace.identity.replica
    ack = bundle.manifest.acks.get(own)
    sent = writer.bundle(own, ack.seq) if ack else None
    new = {revision.id for revision in news.new}
    handed_back = [revision for revision in bundle.revisions if revision.replica == own]
    if any(revision.id in new for revision in handed_back) or (ack and (sent is None or sent.sha256 != ack.sha256)):
        note_set_back(writer, own, _shown_by(bundle))  # the office has of this PC what it knows nothing of
    elif sent is not None and sent.kind == SUBMISSION:
        note_confirmed(writer, own, sent)
    if bundle.manifest.to != workplace.identity.body:
        return  # an answer of this PC's own that has come home: its saves and its lists are all that counts here
    if workplace.identity.office:  # it is from another PC of the office, and confirms answers
        note_answered(workplace, writer, bundle)
    contents = bundle.contents
    note_seen(writer, own, [one.seq for one in handed_back if one.id not in new and not one.erased])
    known = writer.bundles_of(bundle.manifest.sender.replica, "in", workplace.identity.body)
    if any(one.seq > bundle.manifest.seq for one in known):
        return  # a later answer of that PC is here: what follows would take a step back
    if contents.catalogue is not None:
        writer.set_catalogue(catalogue_entries(contents.catalogue, workplace.identity.body))
    if contents.goals:
        writer.set_meta(goals_that_came(contents.goals))
    if contents.vocabularies:
        writer.set_meta(vocabularies_that_came(contents.vocabularies))
    if contents.ladder:
        writer.set_meta(ladder_that_came(contents.ladder, writer.meta()))
    if contents.outlines:
        take_outlines(writer, own, contents.outlines)


def note_answered(workplace: Workplace, writer: Writer, bundle: VerifiedBundle) -> None:
    """Which of this PC's answers the sender has, when it is not older news."""
    own, sender = workplace.identity.replica, bundle.manifest.sender.replica
    ack = bundle.manifest.acks.get(own)
    sent = writer.bundle(own, ack.seq) if ack else None
    newest = writer.bundles_of(sender, "in", workplace.identity.body)
    known = ack is not None and sent is not None and sent.sha256 == ack.sha256
    if not newest or newest[-1].seq < bundle.manifest.seq:
        writer.set_meta({f"{ANSWERED}{sender}": str(ack.seq) if ack and known else "0"})
    trust = workplace.trust(writer)
    told = believable(bundle.manifest.trust_version, trust.version)
    # a later list that nobody but this PC can have signed, or an answer that it does not know
    if (told > trust.version and holds_all_roots(workplace, trust)) or (ack is not None and not known):
        note_set_back(writer, own, _shown_by(bundle), told)


def _shown_by(bundle: VerifiedBundle) -> str:
    return f"{bundle.signer.person}, {bundle.manifest.seq}"


def note_handed_on(workplace: Workplace, writer: Writer, bundle: VerifiedBundle) -> None:
    """Another PC of the office has told up to which bundles of everybody it has handed everything on."""
    m = bundle.manifest
    covered = standing_of(writer, m.sender.replica, workplace.identity.body).covered
    if covered is None or covered.seq != m.seq:  # something of it is missing itself
        return
    for replica, ack in m.acks.items():
        if replica != workplace.identity.replica:
            note_reached(writer, replica, ack.seq, ack.sha256)
