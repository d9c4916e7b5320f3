"""The map beside stock folium: markers, MarkerCluster and a GeoJSON layer of the same projects, in the same engine.

Each is a process of its own with a web view of 1366 × 768 in software drawing. *Python* makes what the page is given
(of ours from a workplace's database, its catalogue in memory as after a first search); *drawn* is from there until the
page has drawn all projects, the start of the web engine included. Frames are measured in the page by ``map.js``, over
the middle of İzmir: dragging (with the drawing when it is let go) and zooming. Who is not drawn after ``PATIENCE_S`` is
given up.

``--window`` measures the real program on a workplace instead. The clock starts when the pane of the map is shown for
the first time, and stops with the frame that has all projects in it, when clicks and messages work. *At the start*:
the program has just been started, so the same processor reads the catalogue, fills and paints the list. *Again*: the
program has been at rest for some seconds, and the window is made anew in another language, its list and a new page of
the map included. Frames are those of a map that is dragged from the moment in which it answers, through the arrival of
its projects, until a second after.

    python benchmarks/map.py [--quick] [--shapes | --window]
"""

import argparse
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, time
from typing import Any

from msgspec.structs import replace

from benchmarks.corpus import corpus, enter, workplace_with
from benchmarks.measuring import peak_memory, row, table, timed
from izsa_desktop import reference, resource_files
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.shape import AREA, LINE, Shape

PATIENCE_S = 60
SIZES = (1_000, 10_000, 100_000)
HERE = Path(__file__).parent
VERTICES = 24
"""Of an area that was drawn; a line has half of them."""


def projects(count: int) -> list[Project]:
    """Projects of the whole province, each with a place."""
    return [
        Project(id=f"TUR035007/{n:032x}", fields=fields, heads=("ab" * 32,)) for n, fields in enumerate(corpus(count))
    ]


def with_shapes(some: Sequence[Project]) -> list[Project]:
    """The same with a line for every twentieth and an area for every other twentieth, 0.1 to 3 km long."""
    chance = random.Random(1)

    def drawn(n: int, one: Project) -> Project:
        place = one.fields.location
        if n % 10 or place is None:
            return one
        reach = 0.0005 * 30 ** chance.random()
        turns = [2 * math.pi * (part + 0.6 * chance.random()) / VERTICES for part in range(VERTICES)]
        ring = [(place.lon + reach * math.cos(turn), place.lat + 0.8 * reach * math.sin(turn)) for turn in turns]
        shape = Shape(AREA, ((*ring, ring[0]),)) if n % 20 else Shape(LINE, (tuple(ring[: VERTICES // 2]),))
        return replace(one, fields=replace(one.fields, shape=shape))

    return [drawn(n, one) for n, one in enumerate(some)]


# --- folium as it is -------------------------------------------------------------------------------------------------


def _features(some: Iterable[Project]) -> dict[str, Any]:
    def feature(one: Project) -> dict[str, Any]:
        place = one.fields.location
        assert place
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
        return {"type": "Feature", "properties": {"title": one.fields.title}, "geometry": geometry}

    return {"type": "FeatureCollection", "features": [feature(one) for one in some]}


def _markers(parent: Any, some: Iterable[Project]) -> None:
    import folium

    for one in some:
        place = one.fields.location
        assert place
        folium.Marker((place.lat, place.lon), tooltip=folium.Tooltip(one.fields.title)).add_to(parent)


def _cluster(page: Any, some: Iterable[Project]) -> None:
    from folium.plugins import MarkerCluster

    cluster = MarkerCluster()  # type: ignore[no-untyped-call]  # folium has no types
    cluster.add_to(page)
    _markers(cluster, some)


def _geojson(page: Any, some: Iterable[Project]) -> None:
    import folium

    tooltip = folium.GeoJsonTooltip(["title"], labels=False)
    folium.GeoJson(_features(some), marker=folium.CircleMarker(radius=6, fill=True), tooltip=tooltip).add_to(page)


STOCK: dict[str, Callable[[Any, Iterable[Project]], None]] = {
    "folium GeoJSON layer": _geojson,
    "folium MarkerCluster": _cluster,
    "folium markers": _markers,
}
_TAKEN = {
    "leaflet.js": resource_files.path("vendor/leaflet/leaflet.js"),
    "leaflet.css": resource_files.path("vendor/leaflet/leaflet.css"),
    **{file.name: file for file in (HERE / "vendor" / "leaflet.markercluster").iterdir()},
    **{f"images/{file.name}": file for file in (HERE / "vendor" / "leaflet").glob("*.png")},
}


def stock_page(kind: str, some: Sequence[Project], folder: Path) -> Path:
    """folium's page with its scripts and styles beside it, since no machine may ask for them."""
    import folium
    from branca.element import JavascriptLink
    from folium.plugins import MarkerCluster

    folium.Map.default_js = [("leaflet", "leaflet.js")]
    folium.Map.default_css = [("leaflet_css", "leaflet.css")]
    MarkerCluster.default_js = [("cluster", "leaflet.markercluster.js")]
    MarkerCluster.default_css = [("cluster1", "MarkerCluster.css"), ("cluster2", "MarkerCluster.Default.css")]
    page = folium.Map(location=[38.42, 27.14], zoom_start=11, tiles=None, prefer_canvas=True, minZoom=7, maxZoom=17)
    page._id = "stock"
    STOCK[kind](page, some)
    root: Any = page.get_root()
    root.header.add_child(JavascriptLink("map.js"), name="measure")
    html: str = root.render()
    for name, source in _TAKEN.items():
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(source, folder / name)
    shutil.copy(HERE / "map.js", folder)
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    return path


# --- in the web engine -----------------------------------------------------------------------------------------------


class Engine:
    """A running application; waits by its event loop."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        from izsa_desktop.ui.web.scheme import register_scheme

        register_scheme()
        self.app = QApplication(sys.argv[:1])

    def until(self, done: Callable[[], bool]) -> None:
        from PySide6.QtCore import QEventLoop

        end = perf_counter() + PATIENCE_S
        while not done():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
            if perf_counter() > end:
                raise TimeoutError

    def value(self, page: Any, expression: str) -> Any:
        """What an expression of the page comes to; a promise is waited for."""
        answers: list[str] = []
        page.runJavaScript(
            "window.told = ''; Promise.resolve()"
            f".then(() => {expression}).then((value) => {{ window.told = JSON.stringify({{ value }}); }})"
        )

        def asked() -> bool:
            page.runJavaScript("window.told", 0, lambda said: answers.append(said or ""))
            return any(answers)

        self.until(asked)
        return json.loads(next(filter(None, answers)))["value"]


def measure_stock(kind: str, count: int) -> dict[str, Any]:
    """Seconds and frames of a page of folium's."""
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineWidgets import QWebEngineView

    some = projects(count)
    with tempfile.TemporaryDirectory() as folder:
        python, path = timed(lambda: stock_page(kind, some, Path(folder)))
        engine = Engine()
        view = QWebEngineView()
        view.resize(1366, 768)

        def open_page() -> None:
            loaded: list[bool] = []
            view.loadFinished.connect(loaded.append)
            view.show()
            view.load(QUrl.fromLocalFile(str(path)))
            engine.until(lambda: bool(loaded))
            engine.value(view.page(), "Measure.frame().then(Measure.frame).then(() => true)")

        drawn, _ = timed(open_page)
        frames = engine.value(view.page(), "Measure.run(map_stock)")
        return {"python": python, "drawn": drawn, "bytes": path.stat().st_size, "memory": peak_memory(), **frames}


def measure_ours(count: int, shapes: bool = False) -> dict[str, Any]:
    """Seconds and frames of the program's map, ``shapes``: with lines and areas."""
    from izsa_desktop.domain.reference import OFFICE
    from izsa_desktop.i18n import Translator
    from izsa_desktop.maps.page import scaffold_js
    from izsa_desktop.ui.web.map_view import MapView
    from izsa_desktop.usecases.finding import search
    from izsa_desktop.usecases.mapping import map_of
    from izsa_desktop.usecases.workplace import create_workplace

    known = reference.load()
    with tempfile.TemporaryDirectory() as folder:
        workplace = create_workplace(Path(folder) / "workplace", OFFICE, "Koordinatör")
        some = projects(count)
        enter(workplace, (one.fields for one in (with_shapes(some) if shapes else some)))
        found = search(workplace, EVERYTHING).found.numbers
        scaffold_js()  # the window has it made beside the list, before the map is opened
        python, data = timed(lambda: map_of(workplace, found))
        workplace.close()
    engine = Engine()
    view = MapView(known, Translator("tr"))
    view.resize(1366, 768)
    view.show_projects(data)

    def open_page() -> None:
        ready: list[bool] = []
        view.page_ready.connect(lambda: view.when_drawn(lambda: ready.append(True)))
        view.show()
        engine.until(lambda: bool(ready))

    drawn, _ = timed(open_page)
    assert view.page
    page = view.page.page()
    assert engine.value(page, "izsa.projects") == count
    index = engine.value(page, "izsa.indexMs")
    page.runJavaScript((HERE / "map.js").read_text(encoding="utf-8").replace('"use strict";', ""))
    frames = engine.value(page, "Measure.run(map_izsa)")
    return {
        "python": python,
        "drawn": drawn,
        "bytes": len(data.packed()),
        "memory": peak_memory(),
        "index": index,
        **frames,
    }


# --- in the window ---------------------------------------------------------------------------------------------------


def measure_window(folder: Path, count: int, again: bool, dragged: bool) -> dict[str, Any]:
    """Milliseconds of the real program on a workplace; ``again``: of a window that is made anew.

    ``dragged``: frames of a map that is moved meanwhile, in place of an undisturbed opening.
    """
    from PySide6.QtGui import QShowEvent

    from izsa_desktop.ui.pages.map_pane import MapPane
    from izsa_desktop.ui.printing.offscreen import ensure_application
    from izsa_desktop.ui.start import Opened

    application = ensure_application()
    opened = Opened(application, folder, "tr", "light")
    at: dict[str, float] = {"begun": time()}

    show = MapPane.showEvent

    def shown(pane: MapPane, event: QShowEvent) -> None:
        at.setdefault("shown", time())
        show(pane, event)

    MapPane.showEvent = shown  # type: ignore[assignment, method-assign]  # nothing else tells when it is shown
    opened.window.resize(1366, 768)
    opened.window.show()
    opened.when_usable(lambda: at.update(listed=time()))
    opened.open()
    engine = Engine.__new__(Engine)
    engine.app = application
    engine.until(lambda: "listed" in at)
    assert opened.workspace
    view = opened.workspace.projects.map.view
    if again:
        rested = time() + REST_S
        engine.until(lambda: time() > rested)
        at = {"begun": time()}
        opened.when_usable(lambda: at.update(listed=time()))
        opened.change_language("en")
        engine.until(lambda: "listed" in at)
        view = opened.workspace.projects.map.view
    engine.until(lambda: view.page is not None)
    assert view.page
    page = view.page.page()
    if dragged:
        from PySide6.QtWebEngineCore import QWebEngineScript  # not before: the program loads it when the map is shown

        script = QWebEngineScript()
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld.value)
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.Deferred)
        source = (HERE / "map.js").read_text(encoding="utf-8").replace('"use strict";', "")
        script.setSourceCode(f"{source}\nMeasure.opening({count}).then((told) => {{ window.opening = told; }});")
        page.scripts().insert(script)
        return dict(_polled(engine, page, "window.opening"))
    view.page_ready.connect(lambda: at.update(ready=time()))
    drawn = _polled(engine, page, f"window.izsa?.drawn.projects === {count} ? izsa.drawn.at : 0") / 1000
    engine.until(lambda: "ready" in at)
    begun = at["shown"]
    return {
        "listed": at["listed"] - at["begun"],
        "ready": at["ready"] - begun,
        "interactive": max(at["ready"], drawn) - begun,
    }


def _polled(engine: "Engine", page: Any, expression: str) -> Any:
    """The value of an expression as soon as it has one."""
    said: list[str] = []
    asked = [0.0]

    def found() -> bool:
        if time() > asked[0] + 0.1:
            asked[0] = time()
            page.runJavaScript(f"JSON.stringify({expression} || 0)", 0, lambda told: said.append(told or "0"))
        return any(one != "0" for one in said)

    engine.until(found)
    return json.loads(next(one for one in said if one != "0"))


WAYS = {
    "at the start": (False, False),
    "again": (True, False),
    "dragged at the start": (False, True),
    "dragged again": (True, True),
}
REST_S = 4.0
"""After the list is there, before the window is made anew."""


def tell_window(sizes: Sequence[int], rounds: int) -> None:
    """Prints a Markdown table of medians."""
    columns = ("list, ms", "answers, ms", "interactive, ms", "slowest, ms", "frames p50 / p95 / longest, ms")
    print(*table("projects, opened", columns), sep="\n")
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            workplace_with(count, Path(folder) / "workplace").close()
            for way in ("at the start", "again"):
                found = [_window(way, count, folder) for _ in range(rounds)]
                frames = _window(f"dragged {way}", count, folder)
                middle = [
                    f"{1000 * median(one[name] for one in found):.0f}" for name in ("listed", "ready", "interactive")
                ]
                slowest = f"{1000 * max(one['interactive'] for one in found):.0f}"
                told = " / ".join(f"{frames[part]:.0f}" for part in ("p50", "p95", "most"))
                print(row(f"{count:,} {way}", [*middle, slowest, told]), flush=True)


def _window(way: str, count: int, folder: str) -> dict[str, Any]:
    found = in_its_own_process(way, count, "--folder", str(Path(folder) / "workplace"))
    if found is None:
        raise TimeoutError(way)
    return found


def in_its_own_process(kind: str, count: int, *more: str) -> dict[str, Any] | None:
    """What was measured, or None for who took too long."""
    command = [sys.executable, "-m", "benchmarks.map", "--one", kind, "--size", str(count), *more]
    waiting = 3 * PATIENCE_S
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=waiting, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        if "TimeoutError" in done.stderr:
            return None
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


OURS = "İZSA Desktop"
OURS_SHAPES = "İZSA Desktop, lines and areas"


def tell(sizes: Sequence[int], kinds: Sequence[str]) -> None:
    """Prints a Markdown table for each size."""
    for count in sizes:
        base = None
        print(f"\n{count:,} projects\n")
        columns = ("Python, ms", "drawn, ms", "", "dragged, ms", "zoomed, ms", "", "page, MB")
        print(*table("p50 / p95 / longest of frames", columns), sep="\n")
        for kind in kinds:
            found = in_its_own_process(kind, count)
            if found is None:
                print(row(kind, ["given up", *[""] * 6]), flush=True)
                continue
            base = base or found
            print(row(kind, _cells(found, base)), flush=True)


def _cells(found: dict[str, Any], base: dict[str, Any]) -> list[str]:
    def frames(name: str) -> str:
        return " / ".join(f"{found[name][part]:.0f}" for part in ("p50", "p95", "most"))

    return [
        f"{1000 * found['python']:.0f}",
        f"{1000 * found['drawn']:.0f}",
        f"{(found['python'] + found['drawn']) / (base['python'] + base['drawn']):.1f}×",
        frames("pan"),
        frames("zoom"),
        f"{found['zoom']['p95'] / base['zoom']['p95']:.1f}×",
        f"{found['bytes'] / 1_000_000:.1f}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a thousand projects alone")
    parser.add_argument("--shapes", action="store_true", help="ours alone, every tenth project with a line or an area")
    parser.add_argument("--window", action="store_true", help="the real program, from the pane to all projects")
    parser.add_argument("--rounds", type=int, default=5, help="openings of the real program; medians are told")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, default=1_000, help=argparse.SUPPRESS)
    given = parser.parse_args()
    sizes = SIZES[:1] if given.quick else SIZES
    if given.one in WAYS:
        print(json.dumps(measure_window(given.folder, given.size, *WAYS[given.one])), flush=True)
        os._exit(0)
    if given.one:
        ours = given.one in (OURS, OURS_SHAPES)
        found = measure_ours(given.size, given.one == OURS_SHAPES) if ours else measure_stock(given.one, given.size)
        print(json.dumps(found), flush=True)
        os._exit(0)  # the page needs no farewell
    if given.window:
        tell_window(sizes, given.rounds)
    else:
        tell(sizes, (OURS, OURS_SHAPES) if given.shapes else (OURS, *STOCK))


if __name__ == "__main__":
    main()
