"""Tables in files: opened whole with a limit; what was left of an import written with its messages."""

from collections.abc import Iterator
from pathlib import Path

from izsa_desktop.domain.errors import OverLimit, TableTooBig
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.reading import read_pasted, read_table
from izsa_desktop.tables.table import MAX_FILE, Cell, Table, Value, text_cell
from izsa_desktop.tables.writing import csv_bytes, workbook_bytes
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.importing.messages import field_label, sentence
from izsa_desktop.usecases.importing.rows import Corrections
from izsa_desktop.usecases.importing.trial import LEFT, Trial, TrialRow
from izsa_desktop.usecases.progress import Progress, no_progress


def open_table(path: Path, progress: Progress = no_progress) -> Table:
    """The table in a file. Raises FileProblem, what ``read_table`` raises, Cancelled."""
    try:
        data = read_file(path, MAX_FILE)
    except OverLimit as e:
        raise TableTooBig(path.name, MAX_FILE >> 20) from e
    return read_table(data, path.name, lambda: progress(0, 0))


def open_pasted(text: str, name: str, progress: Progress = no_progress) -> Table:
    """The table in a text from the clipboard, by any ``name``. Raises TableTooBig, TableEmpty, Cancelled."""
    return read_pasted(text, name, lambda: progress(0, 0))


def save_rest(trial: Trial, path: Path, t: Translator) -> int:
    """Writes the rows that were left, as they are now, with a column of messages; how many there are.

    As CSV when the name says so, else as a workbook. The file can be corrected and imported. Raises FileProblem.
    """
    left = [row for row in trial.rows if row.state == LEFT]
    header: list[Value] = [
        *(trial.mapping.header(column) for column in range(_width(trial))),
        t("import.messages_column"),
    ]
    rows = [header, *_rows(trial, left, t)]
    data = csv_bytes(rows) if path.suffix.lower() == ".csv" else workbook_bytes(rows, t("import.rest_sheet"))
    write_atomic(path, data)
    return len(left)


def shown_cells(trial: Trial, row: TrialRow, further: Corrections | None = None) -> list[Cell]:
    """The row's cells with what was written over them, and with what was written since the dry run."""
    cells = list(trial.source(row.number).cells)
    for (number, column), text in {**trial.corrections, **(further or {})}.items():
        if number == row.number:
            cells += [Cell()] * (column + 1 - len(cells))
            cells[column] = text_cell(text)
    return cells


def messages_text(trial_row: TrialRow, t: Translator) -> str:
    """All messages of a row in one text."""
    return " · ".join(
        f"{field_label(t, message)}: {sentence(t, message)}" if message.target else sentence(t, message)
        for message in trial_row.messages
    )


def _rows(trial: Trial, left: list[TrialRow], t: Translator) -> Iterator[list[Value]]:
    width = _width(trial)
    for row in left:
        values: list[Value] = [cell.value for cell in shown_cells(trial, row)][:width]
        yield [*values, *[None] * (width - len(values)), messages_text(row, t)]


def _width(trial: Trial) -> int:
    last = max(trial.mapping.columns, default=-1) + 1
    return max(last, len(trial.mapping.headers.texts))
