"""The gap table at 1,000, 10,000 and 100,000 projects, step by step, beside a plain GROUP BY of SQLite.

*read* is what the worker does once, until projects change: every project becomes what is counted of it. *table* is the
matrix with totals, states, money, balance and findings; *shown* the texts and classes of its cells; *cell* what stands
behind one cell. The baseline counts the same projects by district and goal in the same run, in turn with the program,
from a table of project, district and goal in memory that was filled for it: it joins no work, sums no money and names
no gap. Its cells are compared with the program's. Medians of five.

    python benchmarks/gaps.py [1000 10000 100000]
"""

import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import workplace_with
from benchmarks.measuring import Times, peak_memory, row, table
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.gap_cell import Looked, behind
from izsa_desktop.usecases.gap_sheet import Sheet, Wanted
from izsa_desktop.usecases.gaps import Counted, count, table_of
from izsa_desktop.usecases.workplace import Workplace

_ROUNDS = 5
_STEPS = ("read", "table, goals", "table, targets", "shown", "cell", "GROUP BY, goals", "GROUP BY, targets")


def measure(workplace: Workplace) -> dict[str, Times]:
    """Milliseconds of every step."""
    known, t = workplace.reference, Translator("tr")
    times = {step: Times() for step in _STEPS}
    with times["read"].one():
        counted = count(workplace)
    plain = {by: _plain_table(counted, by) for by in ("goal", "target")}
    for _round in range(_ROUNDS):
        for by in ("goal", "target"):
            with times[f"table, {by}s"].one():
                found = table_of(counted, by, known)
            with times[f"GROUP BY, {by}s"].one():
                cells = (
                    plain[by]
                    .execute("SELECT district, code, count(DISTINCT project) FROM fact GROUP BY district, code")
                    .fetchall()
                )
            assert {(d, c): n for d, c, n in cells} == {key: one.count for key, one in found.found.cells.items()}
        looked = Looked(counted, table_of(counted, "goal", known), EVERYTHING)
        with times["shown"].one():
            Sheet(looked.table, Wanted(), known, t)
        with times["cell"].one():
            behind(workplace, looked, (counted.rows[6], "11"), t)
    return times


def _plain_table(counted: Counted, by: str) -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE fact (project INTEGER, district TEXT, code TEXT)")
    rows = (
        (work, district, code)
        for work, entry in counted.works.numbered()
        for district in entry.districts
        for code in entry.codes(by)
        if district in (*counted.rows, OFFICE)
    )
    made.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)
    return made


def main(counts: Sequence[int]) -> None:
    """Prints a table in Markdown."""
    lines = list(table("projects", [*(f"{step}, ms" for step in _STEPS), "table / GROUP BY", "memory, MB"]))
    for number in counts:
        with tempfile.TemporaryDirectory() as folder, workplace_with(number, Path(folder) / "place") as workplace:
            times = measure(workplace)
        ratio = f"{times['table, goals'].median / times['GROUP BY, goals'].median:.1f}"
        lines.append(row(f"{number:,}", [*(f"{times[step].median:.1f}" for step in _STEPS), ratio, peak_memory()]))
    print("\n".join(lines))


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or [1_000, 10_000, 100_000])
