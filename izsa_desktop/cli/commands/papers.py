"""Sheets, the map's picture, and the demo that draws both."""

from argparse import Namespace
from pathlib import Path

from izsa_desktop.cli.context import Context
from izsa_desktop.usecases import demo as demos
from izsa_desktop.usecases import (
    mapping,
    projects,
    sheets,
)
from izsa_desktop.usecases.workplace import Workplace, open_workplace, require_outside


def sheet(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        sheets.write_sheets(workplace, arguments.ids, arguments.output, context.pictures.renderer())
        context.say("cli.written", file=str(arguments.output))
    return 0


def draw_map(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        _draw_map(context, workplace, arguments.output)
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


def _draw_map(context: Context, workplace: Workplace, target: Path) -> None:
    require_outside(workplace, target)
    data = mapping.map_data(workplace, projects.list_projects(workplace))
    context.pictures.map_picture(data, context.language, target)
    context.say("cli.written", file=str(target))
    if data.unplaced:
        context.say("cli.unplaced", count=len(data.unplaced))
