"""Commands about a project's past."""

from argparse import Namespace

from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.domain.history import Segment
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import (
    erasure,
    projects,
)
from izsa_desktop.usecases import history as histories
from izsa_desktop.usecases.erasure import Forget, told

_NOT_THE_PROJECT = ("updated", "updated_by", "revision")
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def history(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        entries = projects.history(workplace, arguments.id)
        if arguments.json:
            print_json(
                [
                    {
                        "revision": e.id,
                        "when": e.wall,
                        "who": e.author,
                        "replica": e.replica,
                        "parents": list(e.parents),
                        "set": dict(e.changes),
                    }
                    for e in entries
                ]
            )
        else:
            for entry in entries:
                print(f"{entry.wall}  {one_line(entry.author)}  {entry.id[:12]}  {', '.join(sorted(entry.changes))}")
    return 0


def compare(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = histories.compare(workplace, arguments.id, arguments.first, arguments.second, context.language)
        if arguments.json:
            before, after = (record_from_project(one, workplace.reference) for one in (found.before, found.after))
            print_json(
                {
                    key: {"before": before[key], "after": after[key]}
                    for key in after
                    if key not in _NOT_THE_PROJECT and before[key] != after[key]
                }
            )
            return 0
        for change in found.told:
            for line in change.lines:
                text = "".join(_marked(segment) for segment in line.segments)
                print(f"{one_line(change.name)}: {visible(text)}".replace("\n", "\n  "))
        if not found.told:
            context.say("history.none")
    return 0


def revert(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        project = histories.restore_version(workplace, arguments.id, arguments.revision)
        context.say("history.cli_reverted", id=project.id, revision=project.revision[:12])
    return 0


def erase(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        done = erasure.erase(
            workplace,
            arguments.id,
            Forget(
                field=arguments.field or erasure.EVIDENCE,
                key=arguments.evidence,
                reason=arguments.reason,
                revisions=tuple(arguments.revision),
                keep_shown=arguments.keep_shown,
                delete_copies=arguments.delete_copies,
            ),
        )
        for sentence in told(done, Translator(context.language), office=workplace.identity.office):
            print(one_line(sentence))
        for path in done.copies:
            print(one_line(str(path)))
    return 0


def _marked(segment: Segment) -> str:
    """As ``wdiff`` writes it."""
    return _MARKS[segment.sort].format(segment.text)
