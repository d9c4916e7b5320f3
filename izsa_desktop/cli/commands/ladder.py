"""``izsa coach status``, ``next`` and ``tick``: a district's way up the coaching ladder."""

from argparse import Namespace

from izsa_desktop.analysis.ladder import Status
from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, ladder


def status(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = ladder.district_standing(workplace, arguments.district)
        code, t = workplace.reference.district(arguments.district).code, Translator(context.language)
        if arguments.json:
            print_json(ladder.to_plain(found, code, t))
            return 0
        name = workplace.reference.district_name(code, context.language)
        context.say("ladder.standing", district=name, stage=found.stage.number, name=found.stage.name[t.language])
        for one in found.criteria:
            _line(one, t)
    return 0


def next_steps(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = ladder.district_standing(workplace, arguments.district)
        t = Translator(context.language)
        if arguments.json:
            print_json(ladder.steps_to_plain(found, t))
            return 0
        for one in found.next_steps:
            _line(one, t)
        if not found.next_steps:
            context.say("ladder.nothing_next")
    return 0


def tick(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.take_back:
            ids = coaching.take_back(workplace, arguments.district, arguments.criterion)
        else:
            ids = [
                coaching.write_tick(
                    workplace, arguments.district, arguments.criterion, arguments.evidence, arguments.date
                )
            ]
        for id_ in ids:
            print(id_)
    return 0


def _line(one: Status, t: Translator) -> None:
    facts = {"code": one.criterion.code, "name": one.criterion.name[t.language], "detail": ladder.detail(one, t)}
    print(one_line(t("ladder.line_met", **facts) if one.met else t("ladder.line_open", **facts)))
    if one.tick is not None:
        print(f"    {one_line(one.tick.text)}")
