"""Enrolment and bundles."""

from argparse import Namespace
from typing import Any

from izsa_desktop.cli.context import Context, print_json
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import (
    enrolment,
    exchange,
)
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.workplace import Workplace


def enrol_request(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        fingerprint = enrolment.request_enrolment(workplace, arguments.output)
        context.say("cli.enrol_requested", file=str(arguments.output), fingerprint=fingerprint)
    return 0


def enrol_accept(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        request = enrolment.read_request(workplace, arguments.file)
        enrolment.accept_enrolment(workplace, request)
        context.say(
            "cli.enrol_accepted",
            district=workplace.reference.district_name(request.member.district),
            person=request.member.person,
            fingerprint=request.fingerprint,
        )
    return 0


def export(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        for part in exchange.export_bundle(workplace, arguments.output, complete_only=arguments.complete):
            context.say("cli.exported", file=str(part.path), seq=part.seq, count=part.revisions)
        incomplete = exchange.incomplete_projects(workplace) if arguments.complete else []
        if incomplete:
            context.say("cli.kept_here", count=len(incomplete))
    return 0


def inspect(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        outcome = exchange.inspect_bundle(workplace, arguments.file)
        if arguments.json:
            print_json(_outcome(context, workplace, outcome))
        _say_outcome(context, workplace, outcome, only_refusals=arguments.json)
    return outcome.code


def merge(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        take_in = exchange.preview_bundles if arguments.dry_run else exchange.merge_bundles
        outcomes = take_in(workplace, arguments.files)
        if arguments.json:
            print_json([_outcome(context, workplace, outcome) for outcome in outcomes])
        for outcome in outcomes:
            _say_outcome(context, workplace, outcome, only_refusals=arguments.json)
    return next((outcome.code for outcome in outcomes if outcome.code), 0)


def _outcome(context: Context, workplace: Workplace, outcome: Received) -> dict[str, Any]:
    """One file's outcome as ``merge --json`` gives it."""
    bundle = outcome.bundle
    return {
        "file": str(outcome.path),
        "accepted": outcome.refusal is None,
        "code": outcome.code,
        "reason": context.error(outcome.refusal) if outcome.refusal else "",
        "known": outcome.known,
        "new": outcome.new,
        "changed": outcome.changed,
        "conflicts": outcome.conflicts,
        "erased": outcome.erased,
        "kind": bundle.manifest.kind if bundle else None,
        "district": workplace.reference.district_name(bundle.manifest.sender.district) if bundle else None,
        "district_code": bundle.manifest.sender.district if bundle else None,
        "person": bundle.signer.person if bundle else None,
        "replica": bundle.manifest.sender.replica if bundle else None,
        "seq": bundle.manifest.seq if bundle else None,
        "created": bundle.manifest.created if bundle else None,
        "revisions": bundle.count if bundle else None,
        "sha256": bundle.sha256 if bundle else None,
    }


def _say_outcome(context: Context, workplace: Workplace, outcome: Received, *, only_refusals: bool) -> None:
    """One file's outcome in a sentence; a refusal goes to stderr."""
    name = outcome.path.name
    if outcome.refusal:
        context.complain(Translator(context.language)("cli.refused", file=name, why=context.error(outcome.refusal)))
    elif outcome.bundle and not only_refusals:
        sender = outcome.bundle.manifest.sender
        context.say(
            "cli.known" if outcome.known else "cli.received",
            file=name,
            district=workplace.reference.district_name(sender.district),
            person=outcome.bundle.signer.person,
            new=outcome.new,
            changed=outcome.changed,
            conflicts=outcome.conflicts,
        )
        if outcome.erased:
            context.say("kvkk.received", count=outcome.erased)
