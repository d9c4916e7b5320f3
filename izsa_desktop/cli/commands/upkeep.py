"""Backups, going back, moving, looking for damage."""

from argparse import Namespace

from izsa_desktop.cli.commands.keys import lock_again
from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import (
    backups,
    evidence,
    moving,
    restoring,
    upkeep,
)


def backup(context: Context, arguments: Namespace) -> int:
    if arguments.list:
        return _list_backups(context, arguments)
    with context.workplace() as workplace:
        upkeep.backup(workplace, arguments.output)
        context.say("cli.written", file=str(arguments.output))
    return 0


def _list_backups(context: Context, arguments: Namespace) -> int:
    """Also where the database itself cannot be opened."""
    found = backups.list_backups(context.folder)
    if arguments.json:
        print_json([{"name": b.path.name, "occasion": b.occasion, "made": b.made, "size": b.size} for b in found])
    else:
        for one in found:
            print(f"{one.path.name}  {one.made}  {one.size}")
    return 0


def restore(context: Context, arguments: Namespace) -> int:
    source = backups.find_backup(context.folder, arguments.backup)
    done = restoring.restore(context.folder, source)
    with context.workplace() as workplace:
        if not done.replaced:
            context.say("store.went_back", back=done.back, put_away=done.put_away)
            return 0
        context.say("store.replaced")
        if done.aside:
            context.say("store.aside", file=str(done.aside))
        if done.enrol_again:
            context.say("store.enrol_again")
            lock_again(context, workplace)
    return 0


def move(context: Context, arguments: Namespace) -> int:
    old = moving.move(context.folder, arguments.to)
    context.folder = arguments.to
    with context.workplace():
        context.say("store.moved", folder=str(arguments.to), old=str(old))
    return 0


def check(context: Context, _arguments: Namespace) -> int:
    with context.workplace() as workplace:
        problems = upkeep.check(workplace)
        for problem in problems:
            print(one_line(problem))
        if problems:  # projects may be unreadable: nothing else is asked of them
            context.complain(Translator(context.language)("cli.check_bad", count=len(problems)))
            return 1
        for id_, waiting in evidence.missing_attachments(workplace):
            context.say("evidence.cli_waiting", id=id_, name=waiting.name)
        context.say("cli.check_good")
    return 0


def state_hash(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        body = arguments.district
        if body and body != OFFICE:
            body = workplace.reference.district(body).code
        print(upkeep.state_hash(workplace, body))
    return 0
