"""The commands and their options. docs/cli.md is compared with this by a test."""

import argparse
from functools import cache
from pathlib import Path
from typing import TypeAlias

from izsa_desktop import __version__
from izsa_desktop.analysis.gaps import KINDS
from izsa_desktop.cli.filtering import add_options
from izsa_desktop.db.dialect import sqlite_version
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.maps.colouring import SCHEMES
from izsa_desktop.maps.look import SIZES
from izsa_desktop.reports.office import TEMPLATES
from izsa_desktop.usecases.outputs.formats import FORMATS

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@cache
def make_parser() -> argparse.ArgumentParser:
    """The parser, made once; every command's function is in ``commands`` under the name in ``run``."""
    parser = argparse.ArgumentParser(
        prog="izsa",
        description="İZSA Desktop without a window.",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,  # keeps the lines of the version
    )
    parser.add_argument("--version", action="version", version=f"izsa {__version__}\nSQLite {sqlite_version}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the workplace folder (default: the user's own)")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the sentences (default: the workplace's)")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    _records(commands)
    _tables(commands)
    _exchange(commands)
    _trust(commands)
    _coach(commands)
    _conflicts(commands)
    _keys(commands)
    _gaps(commands)
    _reviewing(commands)
    _similar(commands)
    _joint(commands)
    _papers_and_upkeep(commands)
    return parser


def _records(commands: Commands) -> None:
    init = _command(commands, "records:init", "init", "make a workplace")
    who = init.add_mutually_exclusive_group(required=True)
    who.add_argument("--district", type=_text, metavar="CODE", help="code or name of the district")
    who.add_argument("--office", action="store_true", help="the metropolitan coordination office")
    init.add_argument("--join", action="store_true", help="with --office: a further PC of it, to be enrolled")
    init.add_argument("--person", type=_text, required=True, metavar="NAME", help="who works here")

    add = _command(
        commands, "records:add", "add", "store projects, one JSON object a line; prints each id once it is on disk"
    )
    add.add_argument("file", metavar="FILE.jsonl", help="- for standard input")

    list_ = _command(commands, "records:list_projects", "list", "list projects in Turkish order")
    add_options(list_, _text)
    _json(list_)

    attach = _command(commands, "records:attach", "attach", "add photos and documents to a project")
    attach.add_argument("id", type=_text, metavar="ID")
    attach.add_argument("files", type=Path, nargs="+", metavar="FILE")
    attach.add_argument("--caption", type=_text, default="", metavar="TEXT")
    attach.add_argument("--people", action="store_true", help="people can be recognised in them")
    attach.add_argument("--consent", type=_text, default="", metavar="TEXT", help="who agreed, when, where it is kept")
    attach.add_argument("--licence", type=_text, default="", metavar="LICENCE", help="code or name")

    goals = _command(
        commands,
        "records:local_goals",
        "local-goals",
        "show the network's own goals beside the 17, or take them from a file",
    )
    goals.add_argument("file", type=Path, nargs="?", metavar="FILE.json")
    _json(goals)

    outlines = _command(
        commands, "records:outlines", "outlines", "say whose outlines the districts have, or take them from a file"
    )
    which = outlines.add_mutually_exclusive_group()
    which.add_argument("file", type=Path, nargs="?", metavar="FILE.geojson")
    which.add_argument("--built-in", action="store_true", help="the program's own again")
    _json(outlines)
    words = _command(
        commands,
        "records:vocabularies",
        "vocabularies",
        "show the words added to the vocabularies, or take them from a file",
    )
    words.add_argument("file", type=Path, nargs="?", metavar="FILE.json")
    _json(words)

    show = _command(commands, "records:show", "show", "show one project")
    history = _command(commands, "history:history", "history", "show every save of a project")
    for one in (show, history):
        one.add_argument("id", type=_text, metavar="ID")
        _json(one)

    compare = _command(commands, "history:compare", "compare", "say what differs between two versions of a project")
    for name in ("id", "first", "second"):
        compare.add_argument(name, type=_text, metavar=name.upper())
    _json(compare)

    erase = _command(
        commands, "history:erase", "erase", "forget what a project said, for good; the history can be proven on"
    )
    erase.add_argument("id", type=_text, metavar="ID")
    what = erase.add_mutually_exclusive_group(required=True)
    what.add_argument("--field", type=_text, default="", metavar="NAME", help="everything that was said in this field")
    what.add_argument("--evidence", type=_text, default="", metavar="KEY", help="a file and what was said of it")
    erase.add_argument("--reason", type=_text, required=True, metavar="TEXT", help="why; stays in the history")
    erase.add_argument("--revision", type=_text, action="append", default=[], metavar="REV", help="only in this save")
    erase.add_argument("--keep-shown", action="store_true", help="not what is shown now")
    erase.add_argument("--delete-copies", action="store_true", help="also backups and archived bundles that hold it")

    revert = _command(commands, "history:revert", "revert", "write a project as it was in a version, as a new save")
    revert.add_argument("id", type=_text, metavar="ID")
    revert.add_argument("revision", type=_text, metavar="REVISION")


def _tables(commands: Commands) -> None:
    import_ = _command(
        commands, "tables:import_table", "import-table", "take projects in from a spreadsheet or text table"
    )
    import_.add_argument("file", type=Path, metavar="FILE")
    import_.add_argument("--mapping", type=Path, metavar="M.json", help="what the columns are about")
    import_.add_argument("--sheet", type=_text, default="", metavar="NAME", help="name or number of the sheet")
    import_.add_argument("--update", action="store_true", help="rows that are here already change the project")
    import_.add_argument("--rest", type=Path, metavar="FILE", help="write the rows that are left, with messages")
    import_.add_argument("--dry-run", action="store_true", help="only say what would happen")
    _json(import_)

    undo = _command(commands, "tables:undo_import", "undo-import", "take an import back")
    undo.add_argument("batch", type=_text, nargs="?", default="", metavar="BATCH", help="default: the newest")

    export = _command(
        commands, "tables:export_table", "export-table", "write projects as a file for other programs, for reports"
    )
    export.add_argument("--format", choices=FORMATS, required=True, help="what is written")
    _output(export, "FILE")
    export.add_argument(
        "--internal", action="store_true", help="for use inside: personal fields too, or what is not approved"
    )
    export.add_argument(
        "--org-id", type=_text, default="", metavar="ID", help="for iati: the publisher's registered id"
    )
    add_options(export, _text)
    _json(export)

    _output(_command(commands, "tables:write_template", "template", "write an empty table to fill in"), "FILE.xlsx")


def _exchange(commands: Commands) -> None:
    about = "enrol a PC at the office"
    enrol = commands.add_parser("enrol", help=about, description=about, allow_abbrev=False)
    steps = enrol.add_subparsers(metavar="STEP", required=True)
    request = _command(steps, "exchange:enrol_request", "request", "write this PC's request for the office")
    _output(request, "FILE")
    accept = _command(steps, "exchange:enrol_accept", "accept", "admit the PC that wrote this request")
    accept.add_argument("file", type=Path, metavar="FILE")
    accept.add_argument("--role", choices=("coordinate", "read"), default="", help="what a PC of the office itself may")
    revoke = _command(steps, "exchange:enrol_revoke", "revoke", "shut a PC out")
    revoke.add_argument("replica", type=_text, metavar="REPLICA")
    revoke.add_argument("--after", type=int, metavar="N", help="its last bundle that counts (else: the last here)")
    _json(_command(steps, "exchange:enrol_list", "list", "who is enrolled, and what is missing"))

    export = _command(commands, "exchange:export", "export", "write a signed bundle for the office, or its answer")
    _output(export, "FILE.izsa")
    export.add_argument("--complete", action="store_true", help="keep projects here that lack a required fact")
    export.add_argument("--full", action="store_true", help="everything, also what was confirmed")
    export.add_argument("--encrypt", action="store_true", help="so that only the office can read it")
    export.add_argument("--to", type=_text, default="", metavar="CODE", help="at the office: the body to answer")
    _json(export)

    inspect = _command(
        commands, "exchange:inspect", "inspect", "say what a bundle is and what merging it would do; changes nothing"
    )
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--confirm", action="store_true", help="as in merge")
    _json(inspect)

    merge = _command(commands, "exchange:merge", "merge", "verify bundles and take in what is good")
    merge.add_argument("files", type=Path, nargs="+", metavar="FILE")
    merge.add_argument("--dry-run", action="store_true", help="only say what would happen")
    merge.add_argument("--confirm", action="store_true", help="also what deletes or contradicts very much at once")
    merge.add_argument(
        "--expect", type=_text, action="append", default=[], metavar="SHA256", help="only the file that was inspected"
    )
    _json(merge)
    _json(_command(commands, "exchange:refused", "refused", "list the refused files that are kept"))
    catalogue = _command(
        commands, "papers:catalogue", "catalogue", "list everybody's approved projects, or write some as a catalogue"
    )
    catalogue.add_argument("ids", type=_text, nargs="*", metavar="ID", help="with -o: these projects")
    catalogue.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="write a catalogue of the selection")
    _document(catalogue)
    _json(catalogue)
    _json(_command(commands, "exchange:rebuild_store", "rebuild", "make what was received anew from the archive"))


def _trust(commands: Commands) -> None:
    about = "the office's list of PCs and the keys that sign it"
    steps = commands.add_parser("trust", help=about, description=about, allow_abbrev=False).add_subparsers(
        metavar="STEP", required=True
    )
    _json(_command(steps, "trust:show", "show", "say what the list is and who signs it"))
    pin = _command(steps, "trust:pin", "pin", "keep the office's fingerprint, compared by telephone")
    pin.add_argument("fingerprint", type=_text, nargs="+", metavar="DIGITS")
    rotate = _command(steps, "trust:rotate", "rotate", "change the keys that sign the list")
    rotate.add_argument("--add", type=Path, action="append", default=[], metavar="KEY.pub", help="a further key")
    rotate.add_argument("--remove", type=_text, action="append", default=[], metavar="ID", help="a key that goes")
    rotate.add_argument("--threshold", type=int, metavar="N", help="how many must sign")
    rotate.add_argument(
        "--sign-with", type=Path, action="append", default=[], metavar="KEY", help="a key from elsewhere"
    )
    _json(rotate)
    readers = _command(steps, "trust:readers", "readers", "say who can read encrypted bundles")
    readers.add_argument("--escrow", type=_text, action="append", default=[], metavar="AGE", help="a further age key")
    _json(readers)


def _coach(commands: Commands) -> None:
    about = "coaching: a district's way, what was said, agreed on, handed in and signed"
    coach = commands.add_parser("coach", help=about, description=about, allow_abbrev=False)
    steps = coach.add_subparsers(metavar="STEP", required=True)
    note = _command(steps, "coaching:note", "note", "write a note for a district; prints its id")
    note.add_argument("district", type=_text, metavar="DISTRICT")
    note.add_argument("text", type=_text, metavar="TEXT")
    note.add_argument("--date", type=_text, default="", metavar="DAY", help="YYYY-MM-DD (default: today)")
    notes = _command(steps, "coaching:notes", "notes", "list the notes, the newest first")
    notes.add_argument("district", type=_text, nargs="?", default="", metavar="DISTRICT")
    _json(notes)
    for run, name, help_ in (
        ("ladder:status", "status", "how a district stands on the coaching ladder"),
        ("ladder:next_steps", "next", "the next two steps of a district on the ladder"),
    ):
        look = _command(steps, run, name, help_)
        look.add_argument("district", type=_text, metavar="DISTRICT")
        _json(look)
    tick = _command(steps, "ladder:tick", "tick", "at the office: say by which evidence a criterion is met")
    tick.add_argument("district", type=_text, metavar="DISTRICT")
    tick.add_argument("criterion", type=_text, metavar="CRITERION", help="its code, for example 1.3")
    how = tick.add_mutually_exclusive_group(required=True)
    how.add_argument("--evidence", type=_text, default="", metavar="TEXT", help="what was seen, and where it is kept")
    how.add_argument("--take-back", action="store_true", help="put away what was ticked by mistake")
    tick.add_argument("--date", type=_text, default="", metavar="DAY", help="of the evidence, YYYY-MM-DD")
    _coach_together(steps)
    _coach_evidence(steps)
    _coach_papers(steps)


def _coach_together(steps: Commands) -> None:
    session = _command(
        steps, "coaching:session", "session", "at the office: keep what was said in a talk; prints its id"
    )
    session.add_argument("district", type=_text, metavar="DISTRICT")
    session.add_argument("--text", type=_text, required=True, metavar="TEXT", help="what was said")
    _day(session, "of the talk")
    session.add_argument("--participants", type=_text, default="", metavar="TEXT", help="who took part")
    session.add_argument(
        "--next",
        type=_text,
        metavar="DAY",
        help="agreed on for the next talk; '' when what was agreed on is called off",
    )
    action = _command(steps, "coaching:action", "action", "at the office: keep what is to be done; prints its id")
    action.add_argument("district", type=_text, metavar="DISTRICT")
    action.add_argument("text", type=_text, metavar="TEXT")
    action.add_argument("--owner", type=_text, default="", metavar="BODY", help="the district (default), or TUR035")
    action.add_argument("--person", type=_text, default="", metavar="TEXT", help="whose task it is there")
    action.add_argument("--due", type=_text, default="", metavar="DAY", help="until when, YYYY-MM-DD")
    _day(action, "on which it was agreed")
    done = _command(steps, "coaching:done", "done", "say that an agreed action was done")
    done.add_argument("id", type=_text, metavar="ID")
    done.add_argument("--undo", action="store_true", help="it was not, after all")
    _day(done, "on which it was done")
    propose = _command(steps, "coaching:propose", "propose", "at the office: sign a stage; the district confirms it")
    propose.add_argument("district", type=_text, metavar="DISTRICT")
    propose.add_argument("stage", type=int, metavar="STAGE", help="its number")
    propose.add_argument("--text", type=_text, default="", metavar="TEXT", help="a remark")
    confirm = _command(steps, "coaching:confirm", "confirm", "at a district: sign the stage that the office proposed")
    confirm.add_argument("id", type=_text, nargs="?", default="", metavar="ID")
    withdraw = _command(steps, "coaching:withdraw", "withdraw", "put away what was written by mistake")
    withdraw.add_argument("id", type=_text, metavar="ID")


def _coach_evidence(steps: Commands) -> None:
    evidence = _command(
        steps, "coaching:evidence", "evidence", "at a district: hand in evidence for a criterion; prints its id"
    )
    evidence.add_argument("criterion", type=_text, metavar="CRITERION", help="its code, for example 1.3")
    evidence.add_argument("text", type=_text, metavar="TEXT", help="what shows it, and where it is kept")
    evidence.add_argument("--link", type=_text, default="", metavar="URL")
    evidence.add_argument("--project", type=_text, default="", metavar="ID", help="an own project that shows it")
    _day(evidence, "of the evidence")
    accept = _command(steps, "coaching:accept", "accept", "at the office: tick a criterion by what was handed in")
    accept.add_argument("id", type=_text, metavar="ID")
    _day(accept, "of the evidence, where the district's is wrong")
    give_back = _command(steps, "coaching:give_back", "return", "at the office: return evidence, and say why")
    give_back.add_argument("id", type=_text, metavar="ID")
    give_back.add_argument("--reason", type=_text, required=True, metavar="TEXT")


def _coach_papers(steps: Commands) -> None:
    entries = _command(steps, "coaching:entries", "list", "list sessions, actions, evidence, stages, ticks and notes")
    entries.add_argument("district", type=_text, nargs="?", default="", metavar="DISTRICT")
    _json(entries)
    _json(_command(steps, "coaching:agenda", "agenda", "what is to be done, the earliest first"))
    ladder = _command(steps, "ladder:show_or_set", "ladder", "show the coaching ladder, or take it from a file")
    which = ladder.add_mutually_exclusive_group()
    which.add_argument("file", type=Path, nargs="?", metavar="FILE.json")
    which.add_argument("--built-in", action="store_true", help="the program's own again")
    _json(ladder)
    template = _command(steps, "coaching:template", "template", "write a document to fill in, for an office (docx)")
    template.add_argument("name", choices=TEMPLATES, metavar="NAME", help=", ".join(TEMPLATES))
    template.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.docx")
    template.add_argument(
        "--district", type=_text, default="", metavar="DISTRICT", help="for which; at a district its own"
    )


def _day(command: argparse.ArgumentParser, of: str) -> None:
    command.add_argument("--date", type=_text, default="", metavar="DAY", help=f"{of}, YYYY-MM-DD (default: today)")


def _reviewing(commands: Commands) -> None:
    review = _command(commands, "reviewing:review", "review", "say how a project stands, or show what was said")
    review.add_argument("id", type=_text, metavar="ID")
    review.add_argument("--state", type=_text, metavar="CODE", help="code or name of the state")
    review.add_argument("--note", type=_text, metavar="TEXT", help="what the district is to read")
    review.add_argument(
        "--comment", type=_text, action="append", default=[], metavar="FIELD=TEXT", help="what to correct in a field"
    )
    review.add_argument(
        "--check", type=_text, action="append", default=[], metavar="CODE", help="tick of the checklist"
    )
    review.add_argument("--uncheck", type=_text, action="append", default=[], metavar="CODE", help="take a tick back")
    _json(review)
    waiting = _command(commands, "reviewing:waiting", "waiting", "at the office: the projects that wait for review")
    waiting.add_argument("--district", type=_text, default="", metavar="CODE", help="only of this one")
    _json(waiting)
    confirm = _command(commands, "reviewing:confirm", "confirm", "say that records are still true, as of today")
    confirm.add_argument("ids", type=_text, nargs="+", metavar="ID")
    remind = _command(commands, "reviewing:reminders", "reminders", "what districts are to be reminded of, as letters")
    remind.add_argument("district", type=_text, nargs="?", default="", metavar="DISTRICT")
    _json(remind)
    _json(_command(commands, "reviewing:show_overview", "overview", "what came, what waits, whom to call"))


def _conflicts(commands: Commands) -> None:
    _json(_command(commands, "conflicts:conflicts", "conflicts", "list what several PCs wrote of one thing"))
    resolve = _command(commands, "conflicts:resolve", "resolve", "decide which of several values is right, as a save")
    resolve.add_argument("id", type=_text, metavar="ID")
    one_by_one = resolve.add_argument_group()
    one_by_one.add_argument("--field", type=_text, action="append", default=[], metavar="REGISTER")
    one_by_one.add_argument(
        "--choose", type=_text, action="append", default=[], metavar="REVISION", help="the save whose value it is to be"
    )
    resolve.add_argument("--all-from", type=_text, default="", metavar="REPLICA", help="all that this PC wrote")


def _keys(commands: Commands) -> None:
    about = "the key that signs for this PC"
    steps = commands.add_parser("key", help=about, description=about, allow_abbrev=False).add_subparsers(
        metavar="STEP", required=True
    )
    passphrase = _command(steps, "keys:passphrase", "passphrase", "set, change or remove the key's passphrase")
    passphrase.add_argument("--remove", action="store_true", help="from now on the key needs none")
    _command(steps, "keys:renew", "renew", "give this PC a new key, to be enrolled again; no record is lost")


def _papers_and_upkeep(commands: Commands) -> None:
    sheet = _command(commands, "papers:sheet", "sheet", "write project sheets as PDF")
    sheet.add_argument("ids", type=_text, nargs="*", metavar="ID", help="without any: all that the options select")
    _output(sheet, "FILE.pdf")
    sheet.add_argument("--offer", action="store_true", help="offers to partners: what is there, what is looked for")
    _document(sheet)

    document = _command(
        commands, "papers:document", "document", "write a booklet, a joint programme, a coaching report or an agenda"
    )
    document.add_argument(
        "kind",
        choices=("booklet", "joint", "coaching", "agenda"),
        metavar="KIND",
        help="booklet, joint, coaching or agenda",
    )
    document.add_argument("about", type=_text, nargs="?", default="", metavar="DISTRICT|PROGRAMME")
    _output(document, "FILE.pdf")
    _for_whom(document)
    document.add_argument("--network", action="store_true", help="for a booklet: everybody's approved projects")

    about = "the templates of what is printed"
    steps = commands.add_parser("templates", help=about, description=about, allow_abbrev=False).add_subparsers(
        metavar="STEP", required=True
    )
    check = _command(steps, "papers:check_templates", "check", "say what is wrong with an office's own templates")
    check.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="default: the workplace's own")
    _json(check)
    _output(_command(steps, "papers:export_templates", "export", "write the program's own, to change them"), "FOLDER")

    map_ = _command(commands, "papers:draw_map", "map", "write the map: a web page, or a sheet of paper as PDF or PNG")
    map_.add_argument("-o", "--output", type=_map_file, required=True, metavar="FILE")
    map_.add_argument("--title", type=_text, default="", metavar="TEXT", help="what stands over it")
    map_.add_argument("--paper", choices=SIZES, default="A4", help="size of the sheet (default: A4)")
    map_.add_argument("--portrait", action="store_true", help="the sheet upright")
    map_.add_argument("--colour-by", choices=SCHEMES, default=SCHEMES[0], help=f"default: {SCHEMES[0]}")
    add_options(map_, _text)
    backup = _command(
        commands, "upkeep:backup", "backup", "write a backup of the database, or list the workplace's own"
    )
    which = backup.add_mutually_exclusive_group(required=True)
    which.add_argument("-o", "--output", type=Path, metavar="FILE")
    which.add_argument("--list", action="store_true", help="the backups that were made without being asked")
    _json(backup)
    restore = _command(commands, "upkeep:restore", "restore", "go back to a backup; nothing is lost by it")
    restore.add_argument("backup", metavar="BACKUP", help="its name in the list, or a file")
    move = _command(commands, "upkeep:move", "move", "move the workplace to another folder of this computer")
    move.add_argument("--to", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    _command(commands, "upkeep:check", "check", "look for damage in the store")
    state = _command(commands, "upkeep:state_hash", "state-hash", "print the hash that two equal stores share")
    state.add_argument("--district", type=_text, default="", metavar="CODE", help="only over this body's projects")

    demo = _command(commands, "papers:demo", "demo", "run the whole line on real projects into a new folder")
    _output(demo, "DIR")
    demo.add_argument("--screenshot", action="store_true", help="also take a picture of the window")


def _similar(commands: Commands) -> None:
    similar = _command(commands, "similar:similar", "similar", "projects like one, or pairs that may be the same work")
    similar.add_argument("id", type=_text, nargs="?", metavar="ID")
    _json(similar)
    relate = _command(commands, "similar:relate", "relate", "say what two projects are to each other")
    for name in ("a", "b", "kind"):
        relate.add_argument(name, type=_text, metavar=name.upper())
    goals = _command(commands, "similar:suggest_goals", "suggest-goals", "the goals that a text or project may serve")
    goals.add_argument("text", type=_text, metavar="TEXT|ID", help="title and purpose, in Turkish or English")
    _json(goals)


def _joint(commands: Commands) -> None:
    about = "joint programmes of several districts: made by the office, answered by each of them"
    joint = commands.add_parser("joint", help=about, description=about, allow_abbrev=False)
    steps = joint.add_subparsers(metavar="STEP", required=True)
    _json(_command(steps, "joint:list_programmes", "list", "the joint programmes that are here"))
    create = _command(steps, "joint:create", "create", "at the office: make one and ask its bodies; prints its id")
    create.add_argument("--lead", type=_text, required=True, metavar="DISTRICT", help="code or name of who leads")
    create.add_argument("--name", type=_text, required=True, metavar="TEXT")
    create.add_argument("--member", type=_text, nargs="+", required=True, metavar="ID", help="its projects")
    answer = _command(steps, "joint:answer", "answer", "at a district that is asked: say whether it takes part")
    answer.add_argument("id", type=_text, metavar="ID")
    said = answer.add_mutually_exclusive_group(required=True)
    said.add_argument("--accept", action="store_true", help="it takes part")
    said.add_argument("--decline", action="store_true", help="it does not")
    answer.add_argument("--note", type=_text, default="", metavar="TEXT", help="for the office to read")
    show = _command(steps, "joint:show", "show", "one programme with all answers that are known here")
    show.add_argument("id", type=_text, metavar="ID")
    _json(show)


def _gaps(commands: Commands) -> None:
    gaps = _command(commands, "gaps:gaps", "gaps", "districts against goals: what runs where, and what is missing")
    gaps.add_argument("--by", choices=KINDS, default=KINDS[0], help=f"what the columns are (default: {KINDS[0]})")
    gaps.add_argument(
        "--district", type=_text, action="append", default=[], metavar="CODE", help="only this one; may be repeated"
    )
    gaps.add_argument("--network", action="store_true", help="everybody's approved projects, as the catalogue has them")
    where = gaps.add_mutually_exclusive_group()
    where.add_argument("--json", action="store_true", help="machine-readable output")
    where.add_argument("-o", "--output", type=Path, metavar="FILE", help="write a workbook, or a PDF (.pdf)")


def _command(commands: Commands, run: str, name: str, help_: str) -> argparse.ArgumentParser:
    """``run``: module and function in ``commands``."""
    made = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
    made.set_defaults(run=run)
    return made


def _document(parser: argparse.ArgumentParser) -> None:
    """Of which projects a document is, and for whom."""
    _for_whom(parser)
    parser.add_argument("--untagged", action="store_true", help="without structure for screen readers: faster")
    add_options(parser, _text)


def _for_whom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--internal", action="store_true", help="for use inside: with contacts and comments")
    parser.add_argument("--language", choices=(*LANGUAGES, "both"), default="", help="of the document")


def _text(given: str) -> str:
    """An argument that is not a path: text in the system's encoding, without stray bytes."""
    if any("\ud800" <= letter <= "\udfff" for letter in given):
        raise argparse.ArgumentTypeError("not text in this system's encoding")
    return given


def _map_file(given: str) -> Path:
    """A file whose ending says what it is to be."""
    file = Path(given)
    if file.suffix.lower() not in (".html", ".pdf", ".png"):
        raise argparse.ArgumentTypeError("ends neither in .html nor in .pdf nor in .png")
    return file


def _output(parser: argparse.ArgumentParser, metavar: str) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar=metavar)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine-readable output")
