"""``izsa coach``: what the office and a district say to each other about the district's way."""

from argparse import Namespace
from typing import Any

import msgspec

from izsa_desktop.cli.context import Context, on_one_line, one_line, print_json
from izsa_desktop.domain.coaching import Action, Entry, Evidence, StageChange
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, coaching_view, handing_in, papers, stages
from izsa_desktop.usecases.coaching_view import DistrictPath


def note(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(coaching.write_note(workplace, arguments.district, arguments.text, arguments.date))
    return 0


def notes(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        code = workplace.reference.district(arguments.district).code if arguments.district else ""
        found = coaching.notes(workplace, code)
        if arguments.json:
            print_json([_head(one) for one in found])
            return 0
        for one in found:
            context.say(
                "coaching.line",
                date=one.day,
                district=workplace.reference.district_name(one.district, context.language),
                author=one.author,
                text=on_one_line(one.text),
            )
    return 0


def session(context: Context, arguments: Namespace) -> int:
    a = arguments
    with context.workplace() as workplace:
        written = coaching.write_session(
            workplace, a.district, a.text, a.date, participants=a.participants, following=a.next
        )
        print(written)
    return 0


def action(context: Context, arguments: Namespace) -> int:
    a = arguments
    with context.workplace() as workplace:
        written = coaching.write_action(
            workplace, a.district, a.text, owner=a.owner, due=a.due, day=a.date, person=a.person
        )
        print(written)
    return 0


def done(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        shown = coaching.mark_done(workplace, arguments.id, done=not arguments.undo, day=arguments.date)
        print(shown.id)
    return 0


def evidence(context: Context, arguments: Namespace) -> int:
    a = arguments
    with context.workplace() as workplace:
        print(handing_in.hand_in(workplace, a.criterion, a.text, link=a.link, project=a.project, day=a.date))
    return 0


def accept(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(handing_in.accept(workplace, arguments.id, day=arguments.date))
    return 0


def give_back(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(handing_in.give_back(workplace, arguments.id, arguments.reason).id)
    return 0


def propose(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(stages.propose(workplace, arguments.district, arguments.stage, arguments.text))
    return 0


def confirm(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(stages.confirm(workplace, arguments.id).id)
    return 0


def withdraw(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(coaching.withdraw(workplace, arguments.id).id)
    return 0


def agenda(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found, t = coaching_view.agenda(workplace), Translator(context.language)
        if arguments.json:
            print_json([_item(one) | {"day": one.day or None, "sentence": _said(one, t)} for one in found])
            return 0
        for one in found:
            name = workplace.reference.district_name(one.district, t.language)
            print(one_line(t("coach.agenda_line", day=one.day or "—", district=name, text=on_one_line(_said(one, t)))))
    return 0


def _item(item: coaching_view.Item) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(item)
    del plain["own"], plain["unsent"]  # say to whom the sentence speaks, and how
    return plain


def _said(item: coaching_view.Item, t: Translator) -> str:
    return coaching_view.sentence(item, t)


def entries(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.district:
            paths = [coaching_view.path(workplace, arguments.district)]
        else:
            paths = coaching_view.paths(workplace)
        if arguments.json:
            print_json([_row(one, path) for path in paths for one in coaching_view.entries(path)])
            return 0
        t = Translator(context.language)
        for path in paths:
            name = workplace.reference.district_name(path.district, t.language)
            for one in coaching_view.entries(path):
                facts = {"day": one.day, "district": name, "kind": t(f"coach_kind.{coaching_view.kind(one)}")}
                print(one_line(t("coach.entry_line", **facts, id=one.id, text=on_one_line(one.text))))
    return 0


def _head(one: Entry) -> dict[str, Any]:
    return {
        "id": one.id,
        "district": one.district,
        "date": one.day,
        "author": one.author,
        "text": one.text,
        "written": one.wall,
    }


def _row(one: Entry, path: DistrictPath) -> dict[str, Any]:
    """With what its kind alone has."""
    plain = msgspec.to_builtins(one)
    more: dict[str, Any] = {name: value for name, value in plain.items() if name not in _HEAD}
    if isinstance(one, Evidence):
        more["state"] = next(handed.state for handed in path.evidence if handed.evidence == one)
    if isinstance(one, StageChange):
        more["signed"] = one.signed
    if isinstance(one, Action):
        more["open"] = not one.done
    return _head(one) | {"kind": coaching_view.kind(one)} | more


_HEAD = frozenset({"id", "text", "day", "author", "wall", "kind", "offer_seq"})


def template(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        t = Translator(context.language)
        papers.write_template(workplace, arguments.name, arguments.output, t, arguments.district)
    return 0
