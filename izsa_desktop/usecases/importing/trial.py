"""The dry run: what an import would do, row by row. Changes nothing."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.tables.table import Row, Table
from izsa_desktop.usecases.importing import messages
from izsa_desktop.usecases.importing.known import Known, load_known
from izsa_desktop.usecases.importing.mapping import Mapping, require_columns, require_readable
from izsa_desktop.usecases.importing.messages import Message
from izsa_desktop.usecases.importing.own import own_table
from izsa_desktop.usecases.importing.rows import Corrections, ReadRow, RowReader, title_key
from izsa_desktop.usecases.importing.targets import targets
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.workplace import Workplace

NEW, UPDATE, KNOWN, LEFT, SKIPPED = "new", "update", "known", "left", "skipped"
"""A row becomes a project, changes one, is here already, waits to be corrected, or is about no project."""
_STEP = 100


@dataclass(frozen=True, slots=True)
class TrialRow:
    """``record``: the project that the row changes or is. ``skip``: why it is passed over (see ``rows``)."""

    number: int
    state: str
    messages: tuple[Message, ...]
    fields: ProjectFields | None = None
    key: str = ""
    record: str = ""
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A table as it would be imported."""

    table: Table
    file: str
    mapping: Mapping
    rows: tuple[TrialRow, ...]
    corrections: Corrections
    reads: Map[int, ReadRow]
    """What each row says by its number, whatever is here already."""
    seen: int
    """The number of this PC's newest save at the time."""

    @property
    def counts(self) -> Counter[str]:
        """How many rows are in which state."""
        return Counter(row.state for row in self.rows)

    @property
    def to_take(self) -> tuple[TrialRow, ...]:
        return tuple(row for row in self.rows if row.state in (NEW, UPDATE))

    def source(self, number: int) -> Row:
        """The row of the sheet with this number."""
        rows = self.table.sheets[self.mapping.sheet].rows
        return rows[bisect_left(rows, number, key=lambda row: row.number)]


def dry_run(
    workplace: Workplace,
    table: Table,
    mapping: Mapping,
    file: str,
    *,
    corrections: Corrections | None = None,
    update: bool = False,
    before: Trial | None = None,
    progress: Progress = no_progress,
) -> Trial:
    """Reads every row below the headers. ``update``: rows that are here already change the project.

    ``before``: an earlier trial of the same table and mapping; rows over which nothing else was written since are not
    read again. Raises NoColumnsKnown, SheetTooLarge, Cancelled.
    """
    sheet = table.sheets[mapping.sheet]
    require_readable(sheet)
    require_columns(mapping, file)
    written = dict(corrections or {})
    by_row = _by_row(written)
    reads = _still_true(before, table, mapping, by_row)
    with workplace.store.reading() as store:
        newest = store.last_seq(workplace.identity.replica)
    reader = RowReader(workplace, mapping, own_table(table, file) if mapping.exact else None)
    known, seen = load_known(workplace), Known()
    rows = [row for row in sheet.rows if row.number > mapping.headers.last]
    found = []
    for n, row in enumerate(rows):
        if n % _STEP == 0:
            progress(n, len(rows))
        if row.number not in reads:
            reads[row.number] = reader.read(row, by_row.get(row.number, {}))
        found.append(_placed(reads[row.number], known, seen, update))
    progress(len(rows), len(rows))
    return Trial(table, file, mapping, tuple(found), written, reads, newest)


def _by_row(corrections: Corrections) -> dict[int, dict[tuple[int, int], str]]:
    found: dict[int, dict[tuple[int, int], str]] = {}
    for (number, column), text in corrections.items():
        found.setdefault(number, {})[number, column] = text
    return found


def _still_true(
    before: Trial | None, table: Table, mapping: Mapping, by_row: Map[int, Corrections]
) -> dict[int, ReadRow]:
    """What an earlier trial read of rows that stand as they did."""
    if before is None or before.table is not table or before.mapping != mapping:
        return {}
    then = _by_row(before.corrections)
    return {number: read for number, read in before.reads.items() if then.get(number) == by_row.get(number)}


def _placed(row: ReadRow, known: Known, seen: Known, update: bool) -> TrialRow:
    """The row's state, by what it says and by what is here. ``seen``: the rows above it."""
    if row.skip:
        return TrialRow(row.number, SKIPPED, (), skip=row.skip)
    if row.fields is None or any(message.stops for message in row.messages):
        return TrialRow(row.number, LEFT, row.messages, row.fields, row.key)
    if row.record and row.record in seen.own:
        left = TrialRow(row.number, LEFT, row.messages, row.fields, row.key)
        return _with(left, "own_record_above", row.record, messages.ERROR)
    if row.key in seen.by_key:
        again = Message(row.number, None, "", messages.WARNING, "twice", taken=seen.by_key[row.key])
        return TrialRow(row.number, KNOWN, (*row.messages, again), row.fields, row.key)
    seen.by_key[row.key] = str(row.number)
    placed = _against_projects(row, known, update)
    if row.record:
        seen.own.add(row.record)
        seen.add(str(row.number), row.fields)
        return placed
    above = seen.by_title.get(title_key(row.fields))
    if above and placed.state == NEW:
        placed = _with(placed, "same_title_above", above[0])
    elif above and placed.state == UPDATE:  # two rows cannot both say how one project is
        placed = _with(replace(placed, state=LEFT), "same_title_above", above[0], messages.ERROR)
    seen.add(str(row.number), row.fields)
    return placed


def _against_projects(row: ReadRow, known: Known, update: bool) -> TrialRow:
    assert row.fields is not None
    state = UPDATE if update else KNOWN
    base = TrialRow(row.number, state, row.messages, row.fields, row.key)
    if row.record in known.own:
        return replace(base, record=row.record)
    if row.record and row.record in known.titles:
        return _with(replace(base, state=KNOWN), "own_not_yours", known.titles[row.record])
    if row.key in known.by_key:
        return replace(base, record=known.by_key[row.key])
    same = known.by_title.get(title_key(row.fields), []) if row.fields.title else []
    if len(same) == 1:
        return _with(replace(base, record=same[0]), "same_title", known.titles[same[0]])
    if same:
        return _with(replace(base, state=LEFT), "several_of_this_title", str(len(same)), messages.ERROR)
    alike = known.alike(row.fields)
    fresh = replace(base, state=NEW)
    return _with(fresh, "looks_like", alike) if alike else fresh


def _with(row: TrialRow, key: str, taken: str, grade: str = messages.WARNING) -> TrialRow:
    message = Message(row.number, None, next(iter(targets())), grade, key, taken=taken)
    return replace(row, messages=(*row.messages, message))
