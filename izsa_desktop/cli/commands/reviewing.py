"""``izsa review``, ``waiting``, ``confirm``, ``reminders``, ``overview``: what is said of projects, and what waits."""

from argparse import Namespace

from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.domain.errors import BadField
from izsa_desktop.i18n import Translator
from izsa_desktop.reference.checklist import load_checklist
from izsa_desktop.usecases import freshness, overview, reviewing
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.workplace import Workplace


def review(context: Context, arguments: Namespace) -> int:
    comments = dict(_comment(given) for given in arguments.comment)
    checks = dict.fromkeys(arguments.check, True) | dict.fromkeys(arguments.uncheck, False)
    with context.workplace() as workplace:
        if arguments.state is not None or arguments.note is not None or comments or checks:
            reviewing.review(workplace, arguments.id, arguments.state, arguments.note, comments=comments, checks=checks)
        elif not arguments.json:
            _show(context, workplace, arguments.id)
        if arguments.json:
            print_json(_plain(workplace, arguments.id))
    return 0


def _comment(given: str) -> tuple[str, str]:
    field, there, text = given.partition("=")
    if not there:
        raise BadField("comments", "no_comment", given[:60])
    return field.strip(), text


def _plain(workplace: Workplace, named: str) -> dict[str, object]:
    project = get_project(workplace, named)
    said = reviewing.remarks(workplace, project.id)
    return {
        "id": project.id,
        "review": project.fields.review,
        "review_note": project.fields.review_note,
        "comments": dict(said.comments),
        "checks": [check.code for check in load_checklist() if check.code in said.checks],
    }


def _show(context: Context, workplace: Workplace, named: str) -> None:
    t, project = Translator(context.language), get_project(workplace, named)
    said = reviewing.remarks(workplace, project.id)
    state = workplace.reference.vocabularies["review"].label(project.fields.review, t.language)
    print(one_line(f"{state or '-'}  {project.fields.review_note}".rstrip()))
    for field, text in said.comments.items():
        print(one_line(f"{t.field(field)}: {text}"))
    for check in load_checklist():
        print(f"[{'x' if check.code in said.checks else ' '}] {check.code}: {check.text[t.language]}")


def waiting(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        t = Translator(context.language)
        only = workplace.reference.district(arguments.district).code if arguments.district else ""
        found = reviewing.matching(reviewing.waiting(workplace), district=only)
        if arguments.json:
            print_json(
                [
                    {
                        "id": one.project.id,
                        "number": one.project.number,
                        "title": one.project.fields.title,
                        "district": one.project.body,
                        "review": one.project.fields.review,
                        "updated": one.project.updated,
                        "why": one.why,
                    }
                    for one in found
                ]
            )
            return 0
        for one in found:
            why, title = t(f"reviewing.why_{one.why}"), one.project.fields.title
            district = workplace.reference.district_name(one.project.body, t.language)
            print(one_line(f"{one.project.id}  {district}  {why}  {title}"))
    return 0


def confirm(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        context.say("reviewing.confirmed", count=freshness.confirm_many(workplace, arguments.ids))
    return 0


def reminders(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        t = Translator(context.language)
        found = freshness.reminders(workplace, arguments.district)
        if arguments.json:
            print_json(
                [
                    freshness.to_plain(one, workplace)
                    | {"subject": freshness.subject(one, workplace, t), "letter": freshness.letter(one, workplace, t)}
                    for one in found
                ]
            )
            return 0
        for one in found:
            print(freshness.subject(one, workplace, t), freshness.letter(one, workplace, t), sep="\n\n")
        if not found:
            context.say("reviewing.remind_none")
    return 0


def show_overview(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        t = Translator(context.language)
        found = overview.overview(workplace, t)
        if arguments.json:
            print_json(overview.to_plain(found, t))
            return 0
        for section in found.sections:
            print(t(f"overview.{section.name}"))
            for line in section.lines:
                print(one_line(f"  {line.text}" + (f" — {line.detail}" if line.detail else "")))
            if not section.lines:
                print(f"  {t(f'overview.nothing_{section.name}')}")
    return 0
