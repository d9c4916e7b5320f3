"""What the office says to one district about its way."""

from argparse import Namespace

from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.usecases import coaching


def note(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(coaching.write_note(workplace, arguments.district, arguments.text, arguments.date))
    return 0


def notes(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        code = workplace.reference.district(arguments.district).code if arguments.district else ""
        found = coaching.notes(workplace, code)
        if arguments.json:
            print_json(
                [
                    {
                        "id": one.id,
                        "district": one.district,
                        "date": one.day,
                        "author": one.author,
                        "text": one.text,
                        "written": one.wall,
                    }
                    for one in found
                ]
            )
            return 0
        for one in found:
            context.say(
                "coaching.line",
                date=one.day,
                district=workplace.reference.district_name(one.district, context.language),
                author=one.author,
                text=one_line(one.text),
            )
    return 0
