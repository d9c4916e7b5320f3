"""Finding at 1,000, 10,000 and 100,000 projects: typing in the real window, opening a form, scrolling, saving, memory.

Drawn into memory. A keystroke is sent to the search box; "in all" ends when the list that answers it is painted; the
GUI thread's part is its processor time until then: Qt does not tell reliably when a thread waits. Words are typed
letter by letter with pauses of 0 to 0.6 s, so that often the map is being filled when the next letter comes. A form
is opened by an arrow key in the list; that ends when the form is painted with the project in it.

Baselines are measured in the same run on the same data. Search: plain SQL (``instr`` on the folded words, in order).
A save: two statements in one transaction, on an open connection with the same pragmas (DELETE journal,
``synchronous=EXTRA``), in a copy of the same database file: a row with the bytes of the save's revision is inserted,
the row of its project is updated. The copy has the same tables, rows and keys, but none of the indexes that only the
program wants and no index of words (*bare*); or all indexes but that of words (*indexed*). Saves and baselines take
turns, each project is saved once, and what is told is the median and the 99th percentile.

    python benchmarks/finding.py [--quick] [1000 10000 100000]

``--quick``: a thousand projects, a few words and saves, within half a minute.
"""

import argparse
import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

from msgspec.structs import replace
from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMetaObject,
    QObject,
    Qt,
    QTimer,
    SignalInstance,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.corpus import workplace_with
from benchmarks.measuring import Times, memory, row, table
from izsa_desktop.db import dialect
from izsa_desktop.domain.text import fold
from izsa_desktop.ui.pages.projects_page import ProjectsPage
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.start import Opened
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import Workplace

WORDS = (
    *("atık", "kompost", "yağmur suyu", "bisiklet yolu", "SKA 11", "güneş enerjisi", "tarım", "kadın", "iklim"),
    *("sürdürülebilir", "kompozt", "belediyesi", "bornova", "geri dönüşüm", "zqxw", "ağaç"),
)
FORMS = 60
SAVES = 100


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    words: tuple[str, ...] = WORDS
    rounds: int = 2
    forms: int = FORMS
    saves: int = SAVES
    settle_s: float = 8.0
    """After this the day's backup is made and nobody starts anything any more."""


QUICK = Extent(WORDS[:4], rounds=1, forms=10, saves=20, settle_s=1.5)


class Painted(QObject):
    """Tells when a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        self.then: Callable[[], object] | None = None
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Paint and self.then is not None:
            then, self.then = self.then, None
            QTimer.singleShot(0, then)
        return False


class Window:
    """A real window on a workplace, and a clock on its thread."""

    def __init__(self, folder: Path, settle_s: float = 1.5) -> None:
        self.application = ensure_application()
        self.opened = Opened(self.application, folder, "tr", "light")
        self.opened.window.resize(1366, 768)
        self.opened.window.show()
        begun = perf_counter()
        self.wait(self._open)
        self.usable = (perf_counter() - begun) * 1000
        self.list_painted, self.form_painted = Painted(self.page.list), Painted(self.page.editor)
        self.rest(settle_s)

    @property
    def page(self) -> ProjectsPage:
        assert self.opened.workspace is not None
        return self.opened.workspace.projects

    def wait(self, begin: Callable[[Callable[[], None]], object]) -> None:
        """Lets the window live until what ``begin`` was given is called."""
        loop, late = QEventLoop(), QTimer(singleShot=True, interval=30_000)
        late.timeout.connect(lambda: loop.exit(1))
        late.start()
        begin(loop.quit)
        if loop.exec():
            raise TimeoutError

    def _open(self, done: Callable[[], None]) -> None:
        self.opened.when_usable(done)
        self.opened.open()

    def rest(self, seconds: float) -> None:
        self.wait(lambda done: QTimer.singleShot(int(seconds * 1000), done))

    def settle(self) -> None:
        self.rest(0.4)
        if self.opened.tasks.busy:
            self.wait(self.opened.tasks.idle.connect)

    def measure(self, act: Callable[[], object], ready: SignalInstance, of: "Painted") -> tuple[float, float]:
        """Milliseconds from the act until the signal has come and the widget is painted.

        In all; and of them at work on this thread, as processor time.
        """

        def begin(quit_: Callable[[], None]) -> None:
            def end() -> None:
                times.extend(((perf_counter() - begun) * 1000, (thread_time() - worked) * 1000))
                quit_()

            def painted() -> None:
                of.then = end
                of.widget.update(0, 0, 1, 1)  # with all that is due

            connections.append(ready.connect(painted))
            act()

        connections: list[QMetaObject.Connection] = []
        times: list[float] = []
        worked, begun = thread_time(), perf_counter()
        self.wait(begin)
        QObject.disconnect(connections[0])
        return times[0], times[1]


def press(widget: QWidget, key: int, text: str = "") -> None:
    """A key goes down."""
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))


def typing(window: Window, extent: Extent) -> list[Times]:
    """For each letter: in all, and on the GUI thread."""
    chance = random.Random(1)
    found: list[tuple[float, float]] = []
    search = window.page.list.search
    for word in extent.words * extent.rounds:
        search.clear()
        window.rest(0.2)
        for letter in word:
            found.append(window.measure(partial(press, search, 0, letter), window.page.listed, window.list_painted))
            window.rest(chance.choice((0.0, 0.08, 0.12, 0.2, 0.6)))
    search.clear()
    window.settle()
    return [Times(list(column)) for column in zip(*found, strict=True)]


def opening(window: Window, extent: Extent) -> list[Times]:
    """From the arrow key in the list to the painted form: in all, and on the GUI thread."""
    page, found = window.page, []
    page.list.view.setFocus()
    for _n in range(extent.forms + 1):
        down = partial(press, page.list.view, Qt.Key.Key_Down)
        found.append(window.measure(down, page.list.chosen, window.form_painted))
        window.rest(0.1)
    page.close_project()
    window.settle()
    print(f"  the first form of the day: {found[0][0]:.0f} ms", file=sys.stderr)
    return [Times(list(column)) for column in zip(*found[1:], strict=True)]


def scrolling(window: Window) -> tuple[Times, int]:
    """Milliseconds of each frame of a scroll of three rows, and how many frames showed a row that was still read."""
    bar, frames, late = window.page.list.view.verticalScrollBar(), Times(), 0
    row = window.page.list.view.rowHeight(0)
    model, view = window.page.list.model, window.page.list.view
    for n in range(300):
        begun = perf_counter()
        bar.setValue(bar.value() + 3 * row if n != 150 else bar.maximum() // 2)
        view.viewport().repaint()
        frames.values.append((perf_counter() - begun) * 1000)
        last = view.rowAt(view.viewport().height() - 1)
        late += any(model.index(place).data(0x0100) is None for place in (view.rowAt(0), last) if place >= 0)
        window.rest(0.016)
    return frames, late


class Bare:
    """A copy of a database, into which rows of saves are written by two statements."""

    def __init__(self, source: Path, copy: Path, indexes: bool) -> None:
        dialect.copy(source, copy)
        with closing(sqlite3.connect(copy)) as connection:
            connection.executescript("DROP TABLE project_words_known; DROP TABLE project_words;")
            for index in () if indexes else _OWN_INDEXES:
                connection.execute(f"DROP INDEX {index}")
        self.connection = sqlite3.connect(copy)
        dialect.prepare(self.connection)
        names = [row[1] for row in self.connection.execute("PRAGMA table_info(project)") if row[1] not in ("n", "id")]
        self._shown = f"SELECT {', '.join(names)}, id FROM project WHERE id = ?"
        self._update = f"UPDATE project SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
        self.times = Times()

    def write(self, source: sqlite3.Connection, id_: str) -> None:
        """What a save has just written in the source."""
        revision = source.execute("SELECT * FROM revision ORDER BY n DESC LIMIT 1").fetchone()
        shown = source.execute(self._shown, (id_,)).fetchone()
        with self.times.one():
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute("INSERT INTO revision VALUES (NULL, ?, ?, ?, ?, ?, ?)", revision[1:])
            self.connection.execute(self._update, shown)
            self.connection.execute("COMMIT")


_OWN_INDEXES = ("project_by_name", "project_by_stamp", "revision_by_record", "revision_by_replica")


def saving(workplace: Workplace, extent: Extent) -> tuple[Times, Times, Times]:
    """Saves of one changed field of projects from all over the store, and bare commits of the same rows, in turn."""
    ours, database = Times(), workplace.store.path
    with tempfile.TemporaryDirectory(dir=workplace.folder) as folder, closing(sqlite3.connect(database)) as source:
        query = "SELECT id FROM project ORDER BY n * 7919 % 10007 LIMIT ?"
        ids = [id_ for (id_,) in source.execute(query, (extent.saves + 20,))]
        bare, indexed = (Bare(database, Path(folder) / f"{n}", bool(n)) for n in (0, 1))
        for n, id_ in enumerate(ids):
            project = projects.get_project(workplace, id_)
            fields = replace(project.fields, summary=f"{project.fields.summary} {n}")
            with ours.one():
                projects.save_project(workplace, id_, fields, project.heads)
            bare.write(source, id_)
            indexed.write(source, id_)
        for one in (bare, indexed):
            one.connection.close()
    # The first ones read what all others find in memory.
    return Times(ours.values[20:]), Times(bare.times.values[20:]), Times(indexed.times.values[20:])


def plain_sql(workplace: Workplace) -> Times:
    """The same words by ``instr`` in SQL, ids only."""
    found = Times()
    with closing(sqlite3.connect(workplace.store.path)) as connection:
        dialect.prepare(connection)
        for word in WORDS:
            parts = fold(word).split()
            where = " AND ".join("instr(words, ?)" for _ in parts)
            query = f"SELECT id FROM project WHERE NOT deleted AND {where} ORDER BY sort_key"
            with found.one():
                connection.execute(query, parts).fetchall()
    return found


def measure(count: int, folder: Path, extent: Extent) -> list[str]:
    """One line of the table."""
    with workplace_with(count, folder / "w") as workplace:
        sql = plain_sql(workplace)
        ours, bare, indexed = saving(workplace, extent)
    before = memory()
    load = os.getloadavg()[0]
    window = Window(folder / "w", extent.settle_s)
    after = memory()
    whole, gui = typing(window, extent)
    forms, forms_gui = opening(window, extent)
    frames, late = scrolling(window)
    grown = memory()
    window.opened.close()
    return [
        f"{count:,}",
        sql.told,
        f"{whole.told} ({whole.median / sql.median:.2f}×)",
        gui.told,
        forms.told,
        forms_gui.told,
        f"{frames.told}, {late} of {len(frames.values)}",
        ours.told,
        f"{bare.told} ({ours.median / bare.median:.1f}×)",
        f"{indexed.told} ({ours.median / indexed.median:.1f}×)",
        f"{window.usable:.0f}",
        f"{before} → {after} → {grown} MB",
        f"{load:.1f}",
    ]


HEAD = (
    "projects",
    "plain SQL",
    "keystroke in all",
    "on the GUI thread",
    "opening a form",
    "on the GUI thread",
    "scroll frame, late rows",
    "save",
    "bare commit",
    "indexed commit",
    "usable after",
    "memory: before, opened, used",
    "load",
)


def main() -> None:
    """Prints one Markdown table; milliseconds as median / p99."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("counts", nargs="*", type=int)
    wanted = parser.parse_args()
    extent = QUICK if wanted.quick else Extent()
    print("\n".join(table(HEAD[0], HEAD[1:])))
    for count in wanted.counts or ([1_000] if wanted.quick else [1_000, 10_000, 100_000]):
        with tempfile.TemporaryDirectory() as folder:
            cells = measure(count, Path(folder), extent)
        print(row(cells[0], cells[1:]), flush=True)


if __name__ == "__main__":
    main()
