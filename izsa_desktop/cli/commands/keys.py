"""The signing key: its passphrase, and a new key in its place."""

import os
import sys
from argparse import Namespace

from izsa_desktop.cli.context import Context
from izsa_desktop.domain.errors import BadPassphrase
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import keys, renewing
from izsa_desktop.usecases.workplace import Workplace


def passphrase(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        locked = keys.has_passphrase(workplace)
        if arguments.remove and not locked:
            context.say("key.cli_none")
            return 0
        old = context.ask_passphrase() if locked else None
        keys.set_passphrase(workplace, old, None if arguments.remove else _new(context))
        context.say("key.removed" if arguments.remove else "key.done")
    return 0


def renew(context: Context, _arguments: Namespace) -> int:
    with context.workplace() as workplace:
        done = renewing.renew_key(workplace)
        if done.admitted:
            context.say("key.renewed_office")
            return 0
        context.say("key.renewed", count=done.again)
        context.say("key.cli_enrol_again", fingerprint=done.fingerprint)
        if done.unconfirmed:
            context.say("key.renewed_sent", count=done.unconfirmed, folder=str(workplace.folder / "bundles" / "out"))
        lock_again(context, done.workplace)
    return 0


def lock_again(context: Context, workplace: Workplace) -> None:
    """Asks for a passphrase for a new key whose former one had one; says so where there is nobody to ask."""
    if not keys.lost_its_lock(workplace):
        return
    try:
        keys.set_passphrase(workplace, None, _new(context))
    except BadPassphrase:
        context.complain(Translator(context.language)("key.cli_unlocked"))
    else:
        context.say("key.done")


def _new(context: Context) -> str:
    """From the environment, else typed twice. Raises BadPassphrase where there is nobody to ask."""
    given = os.environ.get("IZSA_NEW_PASSPHRASE")
    if given is not None:
        return given
    t = Translator(context.language)
    while (first := context.typed(t("key.ask_new"))) is not None:
        keys.require_good(first)
        if context.typed(t("key.ask_again")) == first:
            return first
        print(t("key.differ"), file=sys.stderr)
    raise BadPassphrase(keys.LEAST, keys.MOST)
