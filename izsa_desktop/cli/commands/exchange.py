"""Enrolment and bundles."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from izsa_desktop.bundle.trust import READ
from izsa_desktop.cli.context import Context, body_name, print_json, workplace_name
from izsa_desktop.domain.errors import DistrictOnly, ExpectIncomplete
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import (
    catalogue,
    enrolment,
    exchange,
    inbox,
    quarantine,
    rebuilding,
    sending,
    trusting,
    upkeep,
)
from izsa_desktop.usecases.brought import beside
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.parcels import Parcel
from izsa_desktop.usecases.trusting import Enrolled
from izsa_desktop.usecases.workplace import Workplace


def enrol_request(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        fingerprint = enrolment.request_enrolment(workplace, arguments.output)
        context.say("cli.enrol_requested", file=str(arguments.output), fingerprint=fingerprint)
    return 0


def enrol_accept(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        request = enrolment.read_request(workplace, arguments.file)
        enrolment.accept_enrolment(workplace, request, arguments.role)
        person, fingerprint = request.member.person, request.fingerprint
        if request.member.district == OFFICE:
            sentence = "cli.enrol_reads" if arguments.role == READ else "cli.enrol_speaks"
            context.say(sentence, person=person, fingerprint=fingerprint)
        else:
            district = workplace.reference.district_name(request.member.district)
            context.say("cli.enrol_accepted", district=district, person=person, fingerprint=fingerprint)
    return 0


def enrol_revoke(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        trust = enrolment.revoke(workplace, arguments.replica, arguments.after)
        replica, member = enrolment.find_member(trust, arguments.replica)
        district = workplace.reference.district_name(member.district)
        context.say(
            "cli.revoked", district=district, person=member.person, replica=replica, seq=member.revoked_after_seq or 0
        )
    return 0


def enrol_list(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        view = trusting.trust_view(workplace)
        if arguments.json:
            print_json([_enrolled(workplace, one) for one in view.enrolled])
            return 0
        for one in view.enrolled:
            context.say(
                "cli.enrolled_gap" if one.standing.missing else "cli.enrolled",
                district=workplace.reference.district_name(one.member.district),
                person=one.member.person,
                replica=one.replica,
                seq=one.last.seq if one.last else 0,
                missing=", ".join(map(str, one.standing.missing)),
            )
    return 0


def _enrolled(workplace: Workplace, one: Enrolled) -> dict[str, Any]:
    covered = one.standing.covered
    return {
        "replica": one.replica,
        "district": workplace.reference.district_name(one.member.district),
        "district_code": one.member.district,
        "person": one.member.person,
        "fingerprint": one.member.public.fingerprint,
        "since": one.member.since or None,
        "roles": list(one.member.roles),
        "valid_from_seq": one.member.valid_from_seq,
        "revoked_after_seq": one.member.revoked_after_seq,
        "own": one.own,
        "last_seq": one.last.seq if one.last else 0,
        "last_received": one.last.moved if one.last else None,
        "acknowledged": covered.seq if covered else 0,
        "missing": list(one.standing.missing),
        "skipped": list(one.standing.skipped),
    }


def export(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.to:
            if arguments.encrypt or arguments.complete:  # an answer is neither: better nothing than plain text unawares
                raise DistrictOnly
            district = OFFICE if arguments.to == OFFICE else workplace.reference.district(arguments.to).code
            parts = sending.answer(workplace, district, arguments.output, full=arguments.full)
        else:
            parts = sending.export_bundle(
                workplace,
                arguments.output,
                complete_only=arguments.complete,
                full=arguments.full,
                encrypt=arguments.encrypt,
            )
        kept = len(sending.incomplete_projects(workplace)) if arguments.complete else 0
        if arguments.json:
            print_json({"files": [_part(part) for part in parts], "kept": kept})
            return 0
        for part in parts:
            context.say(
                "cli.answered" if arguments.to else "cli.exported",
                file=str(part.path),
                seq=part.seq,
                count=part.revisions,
            )
        if kept:
            context.say("cli.kept_here", count=kept)
    return 0


def _part(part: sending.Exported) -> dict[str, Any]:
    return {
        "file": str(part.path),
        "seq": part.seq,
        "revisions": part.revisions,
        "objects": part.objects,
        "bytes": part.size,
        "mode": part.mode,
    }


def inspect(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        outcome = exchange.preview_bundles(workplace, [arguments.file], confirmed=arguments.confirm)[0]
        if arguments.json:
            print_json(_outcome(context, workplace, outcome))
        _say_outcome(context, workplace, outcome, quiet=arguments.json)
    return outcome.code


def merge(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        take_in = exchange.preview_bundles if arguments.dry_run else exchange.merge_bundles
        parcels = inbox.bundles_of(arguments.files)
        if arguments.expect:
            parcels = _expected(parcels, arguments.expect)
        outcomes = take_in(workplace, parcels, confirmed=arguments.confirm)
        if arguments.json:
            print_json([_outcome(context, workplace, outcome) for outcome in outcomes])
        for outcome in outcomes:
            _say_outcome(context, workplace, outcome, quiet=arguments.json)
    refusals = [outcome.code for outcome in outcomes if outcome.refusal]
    return next(iter(refusals), 0) or max((outcome.code for outcome in outcomes), default=0)


def _expected(parcels: Sequence[Parcel], hashes: Sequence[str]) -> list[Parcel]:
    """Each bundle with the hash that it is to have, in their order. Raises ExpectIncomplete."""
    if len(parcels) != len(hashes):
        raise ExpectIncomplete
    return [replace(parcel, sha256=sha256.lower()) for parcel, sha256 in zip(parcels, hashes, strict=True)]


def _outcome(context: Context, workplace: Workplace, outcome: Received) -> dict[str, Any]:
    """One file's outcome as ``merge --json`` gives it."""
    bundle = outcome.bundle
    return {
        "file": str(outcome.path),
        "name": outcome.parcel.name,
        "accepted": outcome.refusal is None,
        "code": outcome.code,
        "reason": context.error(outcome.refusal) if outcome.refusal else "",
        "known": outcome.known,
        "new": outcome.new,
        "changed": outcome.changed,
        "conflicts": outcome.conflicts,
        "erased": outcome.erased,
        "deleted": outcome.deleted,
        **asdict(outcome.brought),
        "missing": list(outcome.missing),
        "skipped": list(outcome.skipped),
        "parked": outcome.parked,
        "kind": bundle.manifest.kind if bundle else None,
        "mode": bundle.manifest.mode if bundle else None,
        "district": body_name(context, workplace, bundle.manifest.sender.district) if bundle else None,
        "district_code": bundle.manifest.sender.district if bundle else None,
        "person": bundle.signer.person if bundle else None,
        "replica": bundle.manifest.sender.replica if bundle else None,
        "seq": bundle.manifest.seq if bundle else None,
        "created": bundle.manifest.created if bundle else None,
        "revisions": bundle.count if bundle else None,
        "objects": bundle.manifest.counts.get("objects", 0) if bundle else None,
        "sha256": bundle.sha256 if bundle else None,
        "file_sha256": outcome.parcel.sha256 or None,
    }


def _say_outcome(context: Context, workplace: Workplace, outcome: Received, *, quiet: bool) -> None:
    """One file's outcome in a sentence; a refusal or a gap goes to stderr. ``quiet``: nothing else."""
    name = outcome.parcel.name
    t = Translator(context.language)
    if outcome.refusal:
        context.complain(t("cli.refused", file=name, why=context.error(outcome.refusal)))
        return
    if outcome.bundle and not quiet:
        context.say(
            "cli.known" if outcome.known else "cli.received",
            file=name,
            district=body_name(context, workplace, outcome.bundle.manifest.sender.district),
            person=outcome.bundle.signer.person,
            new=outcome.new,
            changed=outcome.changed,
            conflicts=outcome.conflicts,
        )
        if also := beside(outcome.brought, t):
            context.say("beside.also", what=", ".join(also))
        if outcome.erased:
            context.say("kvkk.received", count=outcome.erased)
    if outcome.missing:
        numbers = ", ".join(map(str, outcome.missing))
        context.complain(t("cli.gap", file=name, missing=numbers, count=outcome.parked))


def refused(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        kept = quarantine.quarantined(workplace)
        if arguments.json:
            print_json(
                [
                    {
                        "file": one.note.name,
                        "arrived": one.note.arrived,
                        "code": one.note.code,
                        "reason": context.error(one.note.refusal),
                        "size": one.size,
                        "sha256": one.sha256,
                    }
                    for one in kept
                ]
            )
            return 0
        for one in kept:
            context.say("cli.refused", file=one.note.name, why=context.error(one.note.refusal))
    return 0


def show_catalogue(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        records = catalogue.catalogue(workplace)
        if arguments.json:
            print_json(records)
            return 0
        for record in records:
            context.say("cli.catalogue", title=str(record.get("title", "")), district=str(record.get("district", "")))
    return 0


def rebuild_store(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        before = upkeep.state_hash(workplace)
        done = rebuilding.rebuild(workplace)
        after = upkeep.state_hash(workplace)
        if arguments.json:
            print_json(
                {
                    "bundles": done.bundles,
                    "refused": done.refused,
                    "revisions": done.revisions,
                    "before": before,
                    "after": after,
                }
            )
            return 0
        context.say(
            "cli.rebuilt" if before == after else "cli.rebuilt_different",
            name=workplace_name(context, workplace),
            bundles=done.bundles,
            refused=done.refused,
        )
    return 0
