"""Sheets, the map, and the demo that draws both."""

from argparse import Namespace
from pathlib import Path

from izsa_desktop.cli.context import Context
from izsa_desktop.cli.filtering import filter_of
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.look import Look, Paper
from izsa_desktop.usecases import demo as demos
from izsa_desktop.usecases import projects, sheets
from izsa_desktop.usecases.workplace import open_workplace


def sheet(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        sheets.write_sheets(workplace, arguments.ids, arguments.output, context.pictures.renderer())
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
