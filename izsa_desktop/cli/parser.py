"""The commands and their options. docs/cli.md is compared with this by a test."""

import argparse
from pathlib import Path
from typing import TypeAlias

from izsa_desktop import __version__
from izsa_desktop.i18n import LANGUAGES

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def make_parser() -> argparse.ArgumentParser:
    """The parser; every command's function is in ``commands`` under the name in ``run``."""
    parser = argparse.ArgumentParser(prog="izsa", description="İZSA Desktop without a window.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"izsa {__version__}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the workplace folder (default: the user's own)")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the sentences (default: the workplace's)")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    _records(commands)
    _exchange(commands)
    _papers_and_upkeep(commands)
    return parser


def _records(commands: Commands) -> None:
    init = _command(commands, "init", "make a workplace")
    who = init.add_mutually_exclusive_group(required=True)
    who.add_argument("--district", type=_text, metavar="CODE", help="code or name of the district")
    who.add_argument("--office", action="store_true", help="the metropolitan coordination office")
    init.add_argument("--person", type=_text, required=True, metavar="NAME", help="who works here")

    add = _command(commands, "add", "store projects, one JSON object a line; prints each id once it is on disk")
    add.add_argument("file", metavar="FILE.jsonl", help="- for standard input")

    list_ = _command(commands, "list", "list projects in Turkish order", run="list_projects")
    list_.add_argument("--query", type=_text, default="", metavar="WORDS", help="words that must all occur")
    list_.add_argument("--goal", type=_text, default="", metavar="N", help="projects that serve this goal")
    list_.add_argument("--district", type=_text, default="", metavar="CODE", help="code or name")
    list_.add_argument("--status", type=_text, default="", metavar="STATUS")
    _json(list_)

    for name, help_ in (("show", "show one project"), ("history", "show every save of a project")):
        one = _command(commands, name, help_)
        one.add_argument("id", type=_text, metavar="ID")
        _json(one)


def _exchange(commands: Commands) -> None:
    enrol = _command(commands, "enrol", "enrol a district PC at the office")
    steps = enrol.add_subparsers(metavar="STEP", required=True)
    request = steps.add_parser("request", help="write this PC's request for the office", allow_abbrev=False)
    request.set_defaults(run="enrol_request")
    _output(request, "FILE")
    accept = steps.add_parser("accept", help="admit the PC that wrote this request", allow_abbrev=False)
    accept.set_defaults(run="enrol_accept")
    accept.add_argument("file", type=Path, metavar="FILE")

    _output(_command(commands, "export", "write a signed bundle for the office"), "FILE.izsa")

    inspect = _command(commands, "inspect", "say what a bundle is and what merging it would do; changes nothing")
    inspect.add_argument("file", type=Path, metavar="FILE")
    _json(inspect)

    merge = _command(commands, "merge", "verify bundles and take in what is good")
    merge.add_argument("files", type=Path, nargs="+", metavar="FILE")
    merge.add_argument("--dry-run", action="store_true", help="only say what would happen")
    _json(merge)


def _papers_and_upkeep(commands: Commands) -> None:
    sheet = _command(commands, "sheet", "write project sheets as PDF")
    sheet.add_argument("ids", type=_text, nargs="+", metavar="ID")
    _output(sheet, "FILE.pdf")

    _output(_command(commands, "map", "write a picture of the map", run="draw_map"), "FILE.png")
    _output(_command(commands, "backup", "write a backup of the database"), "FILE")
    _command(commands, "check", "look for damage in the store")
    _command(commands, "state-hash", "print the hash that two equal stores share")

    demo = _command(commands, "demo", "run the whole line on real projects into a new folder")
    _output(demo, "DIR")
    demo.add_argument("--screenshot", action="store_true", help="also take a picture of the window")


def _command(commands: Commands, name: str, help_: str, run: str = "") -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
    made.set_defaults(run=run or name.replace("-", "_"))
    return made


def _text(given: str) -> str:
    """An argument that is not a path: text in the system's encoding, without stray bytes."""
    if any("\ud800" <= letter <= "\udfff" for letter in given):
        raise argparse.ArgumentTypeError("not text in this system's encoding")
    return given


def _output(parser: argparse.ArgumentParser, metavar: str) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar=metavar)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine-readable output")
