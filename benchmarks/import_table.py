"""Importing tables, as ratios in the same run: reading against a reader in Rust, taking in against raw SQLite.

The raw reader gives the values alone and is unsafe for files from outside (see ``izsa_desktop/tables``). The raw insert
puts the same rows (id, record, body and the shown values) into an empty database in one transaction.

    python benchmarks/import_table.py [1000 10000 49999]
"""

import io
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import python_calamine

from benchmarks.measuring import peak_memory, timed
from izsa_desktop.db import dialect
from izsa_desktop.tables.reading import read_table
from izsa_desktop.tables.writing import workbook_bytes
from izsa_desktop.usecases.demo import demo_lines
from izsa_desktop.usecases.importing import mapping, taking, trial
from izsa_desktop.usecases.workplace import Workplace, create_workplace

DISTRICT = "TUR035007"
COLUMNS = 30
HEADERS = (
    *("Proje Adı", "Amaç", "Hedef Kitle", "Başlangıç", "SKA", "İlçe", "Yer", "Kaynak", "Durum", "Bütçe (TL)"),
    *("Koordinat", "Birim", "Kişi Sayısı"),
)


def rows(count: int) -> Iterator[list[Any]]:
    """Projects made of the real ones, in 30 columns."""
    real = [line for line in demo_lines() if "alt_of" not in line]
    yield [*HEADERS, *(f"Not {n}" for n in range(COLUMNS - len(HEADERS)))]
    for n in range(count):
        line = real[n % len(real)]
        goals = "; ".join(map(str, line["sdgs"]))
        first = [f"{line['title']} {n}", line["purpose"], line["audience"], line["start"] or "bilinmiyor", goals]
        rest = ["Bornova", line.get("place", ""), line["source"], "Devam ediyor", 1250.5 * n, "38,46 27,21"]
        yield [*first, *rest, "Ar-Ge Müdürlüğü", n, *(f"{n}/{i}" for i in range(COLUMNS - len(HEADERS)))]


def raw_insert(source: Workplace, target: Path) -> float:
    """Seconds to insert the workplace's rows into an empty database."""
    with closing(sqlite3.connect(source.store.path)) as connection:
        found = connection.execute(
            "SELECT r.id, r.record, r.body, p.value FROM revision r JOIN project p ON p.id = r.record"
        ).fetchall()

    def insert() -> None:
        with closing(sqlite3.connect(target)) as connection:
            dialect.prepare(connection)
            connection.execute("CREATE TABLE t (id BLOB PRIMARY KEY, record TEXT, body BLOB, value BLOB)")
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO t VALUES (?,?,?,?)", found)
            connection.execute("COMMIT")

    return timed(insert)[0]


def measure(count: int, folder: Path) -> list[str]:
    """The cells of one line of the table."""
    data = workbook_bytes(list(rows(count)), "Projeler")
    raw_read, _ = timed(lambda: python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python())
    read, table = timed(lambda: read_table(data, "b.xlsx"))
    with create_workplace(folder / "w", DISTRICT, "Ayşe") as workplace:
        chosen = mapping.propose(workplace, table, 0)
        dry, tried = timed(lambda: trial.dry_run(workplace, table, chosen, "b.xlsx"))
        take, taken = timed(lambda: taking.take_in(workplace, tried))
        assert taken.added == count, tried.counts
        raw = statistics.median(raw_insert(workplace, folder / f"raw{n}.sqlite3") for n in range(3))
        undo, undone = timed(lambda: taking.undo_import(workplace))
        assert undone.undone == count
    return [
        f"{count:,}",
        f"{raw_read:.2f} s",
        f"{read:.2f} s ({read / raw_read:.1f}×)",
        f"{raw:.3f} s",
        *(f"{seconds:.2f} s ({seconds / raw:.1f}×)" for seconds in (dry, take, undo)),
        f"{peak_memory()} MB",
    ]


def main() -> None:
    """Prints one Markdown table."""
    counts = [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 49_999]
    print("| rows | raw reader | read | raw SQLite | dry run | take in | undo | peak memory |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            print(f"| {' | '.join(measure(count, Path(folder)))} |", flush=True)


if __name__ == "__main__":
    main()
