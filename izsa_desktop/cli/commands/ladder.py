"""``izsa coach status``, ``next``, ``tick`` and ``ladder``: a district's way up the coaching ladder."""

from argparse import Namespace

from izsa_desktop.analysis.ladder import Status
from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, coaching_view, ladder, ladders


def status(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        path, t = coaching_view.path(workplace, arguments.district), Translator(context.language)
        code, found = path.district, path.standing
        if arguments.json:
            print_json(ladder.to_plain(found, path.signed, code, t))
            return 0
        name = workplace.reference.district_name(code, context.language)
        context.say("ladder.standing", district=name, stage=found.stage.number, name=found.stage.name[t.language])
        if path.signed is not None:
            context.say("coach.signed_line", stage=path.signed.stage, day=t.date(path.signed.confirmed))
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


def show_or_set(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.file:
            found = ladders.set_ladder(workplace, ladders.read_ladder(arguments.file))
        elif arguments.built_in:
            found = ladders.restore_ladder(workplace)
        else:
            found = ladders.current_ladder(workplace)
        if arguments.json:
            print_json(ladders.to_plain(found))
            return 0
        context.say("coach.ladder_version", version=found.version)
        for stage in found.stages:
            print(one_line(f"{stage.number}  {stage.name[context.language]}"))
            for one in stage.criteria:
                print(one_line(f"   {one.code}  {one.name[context.language]}"))
    return 0


def _line(one: Status, t: Translator) -> None:
    facts = {"code": one.criterion.code, "name": one.criterion.name[t.language], "detail": ladder.detail(one, t)}
    print(one_line(t("ladder.line_met", **facts) if one.met else t("ladder.line_open", **facts)))
    if one.tick is not None:
        for line in one.tick.text.splitlines():
            print(f"    {one_line(line)}")
