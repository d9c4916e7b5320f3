"""One function per command: options in, exit code out. The work is in ``usecases``."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from izsa_desktop import reference
from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.cli.lines import add_lines
from izsa_desktop.domain.errors import BadField, UnknownDistrict
from izsa_desktop.domain.project import Project, ProjectFilter
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.domain.validation import missing
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import demo as demos
from izsa_desktop.usecases import enrolment, exchange, mapping, projects, sheets, upkeep
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace, require_outside


def init(context: Context, arguments: Namespace) -> int:
    body = OFFICE if arguments.office else reference.load().district(arguments.district).code
    if body == OFFICE and not arguments.office:  # "İzmir" is not a district; who means the office says so
        raise UnknownDistrict(arguments.district)
    with create_workplace(context.folder, body, arguments.person, context.language) as workplace:
        name = context_name(context, workplace)
        context.say("cli.ready", name=name, folder=str(context.folder))
    return 0


def add(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        for id_ in add_lines(workplace, arguments.file):
            print(id_, flush=True)
    return 0


def list_projects(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = projects.list_projects(workplace, _filter(workplace, arguments))
        if arguments.json:
            print_json([_record(workplace, project) for project in found])
        else:
            for project in found:
                district = workplace.reference.district_name(project.fields.district)
                print(f"{project.id}  {one_line(district)}  {one_line(project.fields.title)}")
            context.say("cli.count", count=len(found))
    return 0


def show(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        record = _record(workplace, projects.get_project(workplace, arguments.id))
        if arguments.json:
            print_json(record)
        else:
            for name, value in record.items():
                print(f"{name}: {visible(_plain(value))}".replace("\n", "\n  "))
    return 0


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


def enrol_request(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        fingerprint = enrolment.request_enrolment(workplace, arguments.output)
        context.say("cli.enrol_requested", file=str(arguments.output), fingerprint=fingerprint)
    return 0


def enrol_accept(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        request = enrolment.read_request(workplace, arguments.file)
        enrolment.accept_enrolment(workplace, request)
        context.say(
            "cli.enrol_accepted",
            district=workplace.reference.district_name(request.member.district),
            person=request.member.person,
            fingerprint=request.fingerprint,
        )
    return 0


def export(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        for part in exchange.export_bundle(workplace, arguments.output):
            context.say("cli.exported", file=str(part.path), seq=part.seq, count=part.revisions)
    return 0


def inspect(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        outcome = exchange.inspect_bundle(workplace, arguments.file)
        if arguments.json:
            print_json(_outcome(context, workplace, outcome))
        _say_outcome(context, workplace, outcome, only_refusals=arguments.json)
    return outcome.code


def merge(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        take_in = exchange.preview_bundles if arguments.dry_run else exchange.merge_bundles
        outcomes = take_in(workplace, arguments.files)
        if arguments.json:
            print_json([_outcome(context, workplace, outcome) for outcome in outcomes])
        for outcome in outcomes:
            _say_outcome(context, workplace, outcome, only_refusals=arguments.json)
    return next((outcome.code for outcome in outcomes if outcome.code), 0)


def sheet(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        sheets.write_sheets(workplace, arguments.ids, arguments.output, context.pictures.renderer())
        context.say("cli.written", file=str(arguments.output))
    return 0


def draw_map(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        _draw_map(context, workplace, arguments.output)
    return 0


def backup(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        upkeep.backup(workplace, arguments.output)
        context.say("cli.written", file=str(arguments.output))
    return 0


def check(context: Context, _arguments: Namespace) -> int:
    with context.workplace() as workplace:
        problems = upkeep.check(workplace)
        for problem in problems:
            print(one_line(problem))
        if not problems:
            context.say("cli.check_good")
            return 0
        context.complain(Translator(context.language)("cli.check_bad", count=len(problems)))
    return 1


def state_hash(context: Context, _arguments: Namespace) -> int:
    with context.workplace() as workplace:
        print(upkeep.state_hash(workplace))
    return 0


def demo(context: Context, arguments: Namespace) -> int:
    folder: Path = arguments.output
    made = demos.make_demo(folder, context.language)
    for title, reason in made.left_out:
        context.say(f"demo.{reason}", title=title)
    for bundle in made.bundles:
        context.say("cli.written", file=str(bundle))
    with open_workplace(made.office) as office:
        context.say("demo.merged", bundles=len(made.bundles), projects=made.projects, folder=str(made.office))
        first = projects.list_projects(office)[0]
        sheets.write_sheets(office, [first.id], folder / "sheet.pdf", context.pictures.renderer())
        context.say("cli.written", file=str(folder / "sheet.pdf"))
        _draw_map(context, office, folder / "map.png")
    if arguments.screenshot:
        context.pictures.window_picture(made.office, folder / "window.png")
        context.say("cli.written", file=str(folder / "window.png"))
    return next((outcome.code for outcome in made.received if outcome.code), 0)


def context_name(context: Context, workplace: Workplace) -> str:
    """What the workplace is called in a sentence."""
    return Translator(context.language)("cli.office") if workplace.identity.office else workplace.body_name


def _draw_map(context: Context, workplace: Workplace, target: Path) -> None:
    require_outside(workplace, target)
    data = mapping.map_data(workplace, projects.list_projects(workplace))
    context.pictures.map_picture(data, context.language, target)
    context.say("cli.written", file=str(target))
    if data.unplaced:
        context.say("cli.unplaced", count=len(data.unplaced))


def _filter(workplace: Workplace, arguments: Namespace) -> ProjectFilter:
    status = workplace.reference.vocabularies["status"].find(arguments.status)
    if arguments.status and status is None:
        raise BadField("status", "unknown_code", arguments.status)
    if arguments.goal and arguments.goal not in workplace.reference.goals_by_code:
        raise BadField("goals", "unknown_goal", arguments.goal)
    return ProjectFilter(
        query=arguments.query,
        goal=arguments.goal,
        district=workplace.reference.district(arguments.district).code if arguments.district else "",
        status=status.code if status else "",
    )


def _record(workplace: Workplace, project: Project) -> dict[str, Any]:
    return record_from_project(project, workplace.reference) | {"missing": list(missing(project.fields))}


def _plain(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _outcome(context: Context, workplace: Workplace, outcome: Received) -> dict[str, Any]:
    """One file's outcome as ``merge --json`` gives it."""
    bundle = outcome.bundle
    return {
        "file": str(outcome.path),
        "accepted": outcome.refusal is None,
        "code": outcome.code,
        "reason": context.error(outcome.refusal) if outcome.refusal else "",
        "known": outcome.known,
        "new": outcome.new,
        "changed": outcome.changed,
        "conflicts": outcome.conflicts,
        "kind": bundle.manifest.kind if bundle else None,
        "district": workplace.reference.district_name(bundle.manifest.sender.district) if bundle else None,
        "district_code": bundle.manifest.sender.district if bundle else None,
        "person": bundle.signer.person if bundle else None,
        "replica": bundle.manifest.sender.replica if bundle else None,
        "seq": bundle.manifest.seq if bundle else None,
        "created": bundle.manifest.created if bundle else None,
        "revisions": bundle.count if bundle else None,
        "sha256": bundle.sha256 if bundle else None,
    }


def _say_outcome(context: Context, workplace: Workplace, outcome: Received, *, only_refusals: bool) -> None:
    """One file's outcome in a sentence; a refusal goes to stderr."""
    name = outcome.path.name
    if outcome.refusal:
        context.complain(Translator(context.language)("cli.refused", file=name, why=context.error(outcome.refusal)))
    elif outcome.bundle and not only_refusals:
        sender = outcome.bundle.manifest.sender
        context.say(
            "cli.known" if outcome.known else "cli.received",
            file=name,
            district=workplace.reference.district_name(sender.district),
            person=outcome.bundle.signer.person,
            new=outcome.new,
            changed=outcome.changed,
            conflicts=outcome.conflicts,
        )
