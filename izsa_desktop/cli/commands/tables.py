"""``izsa import-table``, ``izsa undo-import``, ``izsa template``, ``izsa export-table``: tables without the window."""

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.cli.filtering import filter_of
from izsa_desktop.domain.errors import BadMapping
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import Table
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.importing import files, mapping, taking, template, trial
from izsa_desktop.usecases.importing.mapping import Mapping
from izsa_desktop.usecases.importing.messages import Message, field_label, sentence
from izsa_desktop.usecases.importing.taking import Taken
from izsa_desktop.usecases.importing.trial import KNOWN, LEFT, NEW, SKIPPED, UPDATE, Trial
from izsa_desktop.usecases.workplace import Workplace, require_outside

_MAX_MAPPING = 1 << 20


def import_table(context: Context, arguments: Namespace) -> int:
    path: Path = arguments.file
    with context.workplace() as workplace:
        t = Translator(context.language)
        table = files.open_table(path)
        chosen = _mapping(workplace, table, arguments)
        tried = trial.dry_run(workplace, table, chosen, path.name, update=arguments.update)
        if arguments.rest is not None:
            require_outside(workplace, arguments.rest)
            files.save_rest(tried, arguments.rest, t)
        taken = None if arguments.dry_run else taking.take_in(workplace, tried)
        if arguments.json:
            print_json(_outcome(tried, taken, t))
        else:
            _say(context, tried, taken, t)
    left = tried.counts[LEFT]
    if left:
        context.complain(t("import.some_left", count=left))
    return 1 if left else 0


def undo_import(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        undone = taking.undo_import(workplace, arguments.batch)
        if undone.kept:
            context.say("import.undone_some", count=undone.undone, kept=undone.kept)
        else:
            context.say("import.undone", count=undone.undone)
    return 0


def export_table(context: Context, arguments: Namespace) -> int:
    from izsa_desktop.usecases.outputs import export  # loads much that no other command here needs

    with context.workplace() as workplace:
        wanted = filter_of(arguments, workplace.reference)
        order = export.TableOrder(arguments.format, wanted, context.language, arguments.internal, arguments.org_id)
        written = export.export_table(workplace, order, arguments.output)
    if arguments.json:
        said = {"file": str(arguments.output), "format": arguments.format, "internal": arguments.internal}
        print_json(said | asdict(written))
        return 0
    context.say("cli.written", file=str(arguments.output))
    context.say("outputs.said", count=written.projects)
    for key, count in (
        ("not_approved", written.not_approved),
        ("unfit", written.unfit),
        ("unplaced", written.unplaced),
        ("cut", written.cut),
        ("mended", written.mended),
    ):
        if count:
            context.say(f"outputs_said.{key}", count=count)
    if written.org_id and not arguments.org_id:
        context.say("outputs.placeholder", id=written.org_id)
    return 0


def write_template(context: Context, arguments: Namespace) -> int:
    """In the language of ``--lang``, else Turkish: there need be no workplace."""
    template.write_template(arguments.output, context.language)
    context.say("cli.written", file=str(arguments.output))
    return 0


def _mapping(workplace: Workplace, table: Table, arguments: Namespace) -> Mapping:
    if arguments.mapping is None:
        return mapping.propose(workplace, table, mapping.choose_sheet(table, arguments.sheet))
    name = str(arguments.mapping)
    try:
        data = json.loads(read_file(arguments.mapping, _MAX_MAPPING))
    except (ValueError, RecursionError) as e:
        raise BadMapping(name, str(e)[:80]) from e
    return mapping.from_json(data, table, name, arguments.sheet)


def _outcome(tried: Trial, taken: Taken | None, t: Translator) -> dict[str, Any]:
    """What ``--json`` prints."""
    counts = tried.counts
    return {
        "file": tried.file,
        "dry_run": taken is None,
        "batch": taken.batch if taken else "",
        "taken": counts[NEW],
        "updated": counts[UPDATE],
        "known": counts[KNOWN],
        "left": counts[LEFT],
        "skipped": counts[SKIPPED],
        "ids": list(taken.ids) if taken else [],
        "rows_left": [row.number for row in tried.rows if row.state == LEFT],
        "messages": [_message(tried, message, t) for row in tried.rows for message in row.messages],
        "mapping": mapping.to_json(tried.mapping, tried.table),
    }


def _message(tried: Trial, message: Message, t: Translator) -> dict[str, Any]:
    return {
        "row": message.row,
        "column": tried.mapping.header(message.column) if message.column is not None else None,
        "cell": message.cell,
        "field": message.target,
        "grade": message.grade,
        "code": message.key,
        "text": sentence(t, message),
    }


def _say(context: Context, tried: Trial, taken: Taken | None, t: Translator) -> None:
    for row in tried.rows:
        for message in row.messages:
            where = message.cell or t("import.row_said", row=message.row)
            field = f"{field_label(t, message)}: " if message.target else ""
            print(one_line(f"{where}  {t(f'import_grade.{message.grade}')}  {field}{sentence(t, message)}"))
    counts = {name: tried.counts[state] for name, state in _SAID}
    context.say("import.said_dry" if taken is None else "import.said", file=tried.file, **counts)
    if taken is not None and taken.batch:
        context.say("import.undo_hint", batch=taken.batch)


_SAID = (("new", NEW), ("updated", UPDATE), ("known", KNOWN), ("left", LEFT), ("skipped", SKIPPED))
