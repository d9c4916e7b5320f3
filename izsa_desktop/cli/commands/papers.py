"""Sheets, catalogues and other documents, their templates, the map, and the demo that draws sheet and map."""

from argparse import Namespace
from pathlib import Path

from izsa_desktop.cli.commands.exchange import show_catalogue
from izsa_desktop.cli.context import Context, print_json
from izsa_desktop.cli.filtering import filter_of
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.look import Look, Paper
from izsa_desktop.reports.sheet_material import INTERNAL, PUBLIC
from izsa_desktop.usecases import demo as demos
from izsa_desktop.usecases import documents, projects, sheets, templates
from izsa_desktop.usecases.workplace import open_workplace


def sheet(context: Context, arguments: Namespace) -> int:
    kind = documents.OFFER if arguments.offer else documents.SHEETS
    return _write_selection(context, arguments, kind)


def catalogue(context: Context, arguments: Namespace) -> int:
    if arguments.output is None:
        return show_catalogue(context, arguments)
    return _write_selection(context, arguments, documents.CATALOGUE)


def _write_selection(context: Context, arguments: Namespace, kind: str) -> int:
    with context.workplace() as workplace:
        order = documents.DocumentOrder(
            kind=kind,
            ids=tuple(arguments.ids),
            wanted=filter_of(arguments, workplace.reference),
            language=arguments.language or context.language,
            variant=_variant(arguments),
        )
        printer, tagged = context.pictures.renderer(), not arguments.untagged
        count = documents.write(workplace, order, arguments.output, printer, tagged=tagged)
    context.say("cli.written", file=str(arguments.output))
    context.say("documents.said", count=count)
    return 0


def document(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        order = documents.DocumentOrder(
            kind=arguments.kind,
            district=arguments.about,
            programme=arguments.about,
            wanted=ProjectFilter(network=arguments.network),
            language=arguments.language or context.language,
            variant=_variant(arguments),
        )
        documents.write(workplace, order, arguments.output, context.pictures.renderer())
    context.say("cli.written", file=str(arguments.output))
    return 0


def _variant(arguments: Namespace) -> str:
    return INTERNAL if arguments.internal else PUBLIC


def check_templates(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = templates.check(workplace, arguments.folder)
    if arguments.json:
        print_json([{"file": one.file, "line": one.line, "problem": one.kind, "detail": one.detail} for one in found])
    else:
        for one in found:
            context.say(f"template_problem.{one.kind}", file=one.file, line=one.line, detail=one.detail)
        if not found:
            context.say("documents.templates_good")
    return 1 if found else 0


def export_templates(context: Context, arguments: Namespace) -> int:
    templates.export(arguments.output)
    context.say("cli.written", file=str(arguments.output))
    return 0


def draw_map(context: Context, arguments: Namespace) -> int:
    from izsa_desktop.usecases import mapfiles  # folium takes half a second to load, and most commands draw nothing

    with context.workplace() as workplace:
        order = mapfiles.MapOrder(
            filter_of(arguments, workplace.reference),
            context.language,
            arguments.title,
            Look(colouring=Colouring(arguments.colour_by)),
        )
        if arguments.output.suffix.lower() == ".html":
            unplaced = mapfiles.write_browser_map(workplace, order, arguments.output)
        else:
            paper = Paper(arguments.paper, not arguments.portrait)
            unplaced = mapfiles.write_paper_map(workplace, order, paper, arguments.output, context.pictures)
        _say_written(context, arguments.output, unplaced)
    return 0


def demo(context: Context, arguments: Namespace) -> int:
    from izsa_desktop.usecases import mapfiles

    folder: Path = arguments.output
    made = demos.make_demo(folder, context.language)
    for title, reason in made.left_out:
        context.say(f"demo.{reason}", title=title)
    for bundle in made.bundles:
        context.say("cli.written", file=str(bundle))
    with open_workplace(made.office) as office:
        context.say("demo.merged", bundles=len(made.bundles), projects=made.projects, folder=str(made.office))
        context.say("demo.examples", count=made.examples)
        for bundle in made.waiting:
            context.say("demo.waiting", file=str(bundle))
        first = projects.list_projects(office)[0]
        sheets.write_sheets(office, [first.id], folder / "sheet.pdf", context.pictures.renderer())
        context.say("cli.written", file=str(folder / "sheet.pdf"))
        order = mapfiles.MapOrder(EVERYTHING, context.language)
        unplaced = mapfiles.write_paper_map(office, order, Paper(), folder / "map.png", context.pictures)
        _say_written(context, folder / "map.png", unplaced)
    if arguments.screenshot:
        context.pictures.window_picture(made.office, folder / "window.png")
        context.say("cli.written", file=str(folder / "window.png"))
    return next((outcome.code for outcome in made.received if outcome.code), 0)


def _say_written(context: Context, target: Path, unplaced: int) -> None:
    context.say("cli.written", file=str(target))
    if unplaced:
        context.say("cli.unplaced", count=unplaced)
