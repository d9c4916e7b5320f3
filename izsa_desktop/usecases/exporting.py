"""Writing what a search found as a table. Texts never become formulas; what is about persons stays unless asked for."""

from collections.abc import Sequence
from pathlib import Path

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import Value
from izsa_desktop.tables.writing import csv_bytes, workbook_bytes
from izsa_desktop.usecases.cells import PERSONAL, cell
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.workplace import Workplace, require_outside

_AT_ONCE = 500


def export_found(
    workplace: Workplace,
    wanted: ProjectFilter,
    columns: Sequence[str],
    target: Path,
    progress: Progress = no_progress,
    *,
    personal: bool = False,
) -> int:
    """Writes the projects that match, in their order, to ``target`` (``.csv``, or else a workbook); their number.

    Of ``columns`` (see ``cells.COLUMNS``) those about persons are left out unless ``personal``. Raises FileProblem,
    DiskProblem.
    """
    require_outside(workplace, target)
    t = Translator(workplace.identity.language)
    taken = [column for column in columns if personal or column not in PERSONAL]
    rows: list[Sequence[Value]] = [[t.field(column) for column in taken]]
    with workplace.store.reading() as reader:
        numbers = find_numbers(reader, wanted)
        for start in range(0, len(numbers), _AT_ONCE):
            progress(start, len(numbers))
            for project in reader.at(numbers[start : start + _AT_ONCE].tolist()).values():
                rows.append([_shown(cell(project, column, workplace.reference, t)) for column in taken])
    progress(len(numbers), len(numbers))
    in_csv = target.suffix.lower() == ".csv"
    write_atomic(target, csv_bytes(rows) if in_csv else workbook_bytes(rows, t("finding.sheet")))
    return len(rows) - 1


def _shown(value: Value) -> Value:
    return visible(value) if isinstance(value, str) else value
