"""The list of enrolled PCs and the keys that sign it."""

from argparse import Namespace
from functools import partial
from typing import Any

from izsa_desktop.bundle.signing import PublicKey
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.cli.context import Context, print_json
from izsa_desktop.usecases import enrolment, trusting
from izsa_desktop.usecases import readers as reading_keys


def show(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        trust = trusting.trust_view(workplace).trust
        _tell(context, arguments, trust)
    return 0


def pin(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        context.say("cli.pinned", fingerprint=enrolment.pin_office(workplace, " ".join(arguments.fingerprint)))
    return 0


def rotate(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        trust = trusting.rotate(
            workplace,
            add=[trusting.read_public(path) for path in arguments.add],
            remove=[id_.lower() for id_ in arguments.remove],
            threshold=arguments.threshold,
            extra=[
                trusting.read_secret(path, partial(context.passphrase_of, str(path))) for path in arguments.sign_with
            ],
        )
        _tell(context, arguments, trust)
    return 0


def readers(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        trust = reading_keys.readers(workplace, arguments.escrow)
        if arguments.json:
            print_json(list(trust.recipients))
            return 0
        for recipient in trust.recipients:
            print(recipient)
    return 0


def _tell(context: Context, arguments: Namespace, trust: TrustList) -> None:
    if arguments.json:
        print_json(_json(trust))
        return
    context.say("cli.trust", version=trust.version, count=len(trust.members), fingerprint=trust.fingerprint)


def _json(trust: TrustList) -> dict[str, Any]:
    return {
        "version": trust.version,
        "issued": trust.issued or None,
        "review_by": trust.review_by or None,
        "fingerprint": trust.fingerprint,
        "threshold": trust.threshold,
        "roots": [{"id": PublicKey(root).key_id, "key": root} for root in trust.roots],
        "members": len(trust.members),
        "readers": list(trust.recipients),
    }
