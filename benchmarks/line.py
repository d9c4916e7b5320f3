"""Adding, exporting and verifying + merging projects, as ratios against raw SQLite in the same run.

The baseline inserts the same rows (id, record, body and the shown values) with ``sqlite3.executemany`` in one
transaction under the same pragmas: the least that any store of this content can cost.

    python benchmarks/line.py [1000 10000 100000]
"""

import json
import resource
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

from izsa_desktop.cli.lines import add_lines
from izsa_desktop.db import dialect, migrations
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import enrolment, exchange, sending
from izsa_desktop.usecases.demo import demo_lines, demo_record
from izsa_desktop.usecases.workplace import Workplace, create_workplace

DISTRICT = "TUR035007"
TABLES = ("bundle", "revision", "project")


def records(count: int) -> Iterator[dict[str, object]]:
    """Projects made of the real ones, each with a title of its own."""
    real = [demo_record(line) for line in demo_lines()]
    for n in range(count):
        yield {**real[n % len(real)], "title": f"{real[n % len(real)]['title']} {n}", "district": "Bornova"}


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def raw_insert(source: Workplace, target: Path) -> float:
    """Seconds to insert all of a workplace's rows into an empty database of the same tables and indexes."""
    migrations.migrate(target, target.parent, "now")
    with closing(sqlite3.connect(source.store.path)) as connection:
        rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        words = connection.execute("SELECT n, words FROM project").fetchall()

    def insert() -> None:
        with closing(sqlite3.connect(target)) as connection:
            dialect.prepare(connection)
            connection.execute("BEGIN")
            for table, content in rows.items():
                marks = ",".join("?" * len(content[0])) if content else ""
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", content)
            connection.executemany("INSERT INTO project_words (rowid, words) VALUES (?, ?)", words)
            connection.execute("COMMIT")

    return timed(insert)


def bare_insert(source: Workplace, target: Path) -> float:
    """The same without any index but the keys: the rows of revisions and projects alone."""
    with closing(sqlite3.connect(source.store.path)) as connection:
        revisions = connection.execute("SELECT id, record, body FROM revision").fetchall()
        projects = connection.execute("SELECT id, sort_key, words, value FROM project").fetchall()

    def insert() -> None:
        with closing(sqlite3.connect(target)) as connection:
            dialect.prepare(connection)
            connection.execute("CREATE TABLE r (id BLOB PRIMARY KEY, record TEXT, body BLOB)")
            connection.execute("CREATE TABLE p (id TEXT PRIMARY KEY, sort_key TEXT, words TEXT, value BLOB)")
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO r VALUES (?,?,?)", revisions)
            connection.executemany("INSERT INTO p VALUES (?,?,?,?)", projects)
            connection.execute("COMMIT")

    return timed(insert)


def measure(count: int, folder: Path) -> dict[str, float]:
    """Seconds per step."""
    lines = folder / "projects.jsonl"
    lines.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records(count)), encoding="utf-8")
    with (
        create_workplace(folder / "district", DISTRICT, "Ayşe") as district,
        create_workplace(folder / "office", OFFICE, "Koordinatör") as office,
    ):
        enrolment.request_enrolment(district, folder / "r.enrol")
        enrolment.accept_enrolment(office, enrolment.read_request(office, folder / "r.enrol"))
        add = timed(lambda: list(add_lines(district, str(lines))))
        bundles: list[Path] = []
        export = timed(lambda: bundles.extend(part.path for part in sending.export_bundle(district, folder / "b.izsa")))
        outcomes: list[exchange.Received] = []
        merge = timed(lambda: outcomes.extend(exchange.merge_bundles(office, bundles)))
        assert sum(outcome.new for outcome in outcomes) == count
        again = timed(lambda: exchange.merge_bundles(office, bundles))
        raw = statistics.median(raw_insert(office, folder / f"raw{n}.sqlite3") for n in range(3))
        bare = statistics.median(bare_insert(office, folder / f"bare{n}.sqlite3") for n in range(3))
    return {"raw": raw, "bare": bare, "add": add, "export": export, "verify + merge": merge, "merge again": again}


def main() -> None:
    """Prints one Markdown table."""
    counts = [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print("| projects | raw SQLite | without indexes | add | export | verify + merge | merge again | peak memory |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            seconds = measure(count, Path(folder))
        raw = seconds.pop("raw")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        cells = " | ".join(f"{s:.2f} s ({s / raw:.1f}×)" for s in seconds.values())
        print(f"| {count:,} | {raw:.3f} s | {cells} | {peak} MB |", flush=True)


if __name__ == "__main__":
    main()
