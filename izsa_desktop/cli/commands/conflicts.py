"""Commands about what several PCs wrote of one thing: what waits for a decision, and deciding."""

from argparse import Namespace
from typing import Any

from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.domain.errors import ChoiceIncomplete, NoSuchChoice
from izsa_desktop.usecases import conflicts as decisions
from izsa_desktop.usecases.conflicts import Choice, Conflict, Disputed
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.workplace import Workplace


def conflicts(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = decisions.conflicts(workplace, context.language)
        if arguments.json:
            print_json([_record(workplace, one) for one in found])
            return 0
        for one in found:
            print(one_line(f"{one.id}  {one.number}  {one.title}"))
            for conflict in one.conflicts:
                for line in _lines(conflict):
                    print(line)
        if not found:
            context.say("conflict.none")
    return 0


def resolve(context: Context, arguments: Namespace) -> int:
    if len(arguments.field) != len(arguments.choose) or bool(arguments.field) == bool(arguments.all_from):
        raise ChoiceIncomplete
    with context.workplace() as workplace:
        record = get_project(workplace, arguments.id).id
        if arguments.all_from:
            done = decisions.settle_all_from(workplace, [record], arguments.all_from)
            if not done:
                raise NoSuchChoice(arguments.all_from)
        else:
            decisions.settle(workplace, record, dict(zip(arguments.field, arguments.choose, strict=True)))
        left = decisions.conflicts_of(workplace, record)
        context.say("conflict.cli_settled", id=record, count=sum(len(one.registers) for one in left.conflicts))
    return 0


def _lines(conflict: Conflict) -> list[str]:
    lines = [f"  {one_line(conflict.name)}: {', '.join(map(one_line, conflict.registers))}"]
    for choice in conflict.choices:
        newest = choice.voices[-1]
        mark = "*" if choice.shown else " "
        by = f"{newest.who}, {newest.when}, {newest.replica}"
        lines.append(f"  {mark} {choice.revision[:12]}  {one_line(choice.text)}  ({one_line(by)})")
    return lines


def _record(workplace: Workplace, one: Disputed) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "title": one.title,
        "district": workplace.reference.district_name(one.body),
        "district_code": one.body,
        "updated": one.updated,
        "fields": [
            {
                "register": register,
                "field": conflict.field,
                "name": conflict.name,
                "choices": [_choice(choice, register) for choice in conflict.choices],
            }
            for conflict in one.conflicts
            for register in conflict.registers
        ],
    }


def _choice(choice: Choice, register: str) -> dict[str, Any]:
    newest = choice.voices[-1]
    return {
        "revision": choice.revision,
        "value": choice.values[register],
        "text": choice.text,
        "who": newest.who,
        "when": newest.when,
        "replica": newest.replica,
        "replicas": [voice.replica for voice in choice.voices],
        "district_code": newest.district or None,
        "shown": choice.shown,
    }
