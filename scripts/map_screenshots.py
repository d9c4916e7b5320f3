"""Pictures of every view of the map, in each theme, language and size, on one sheet for each: to be looked at.

    python scripts/map_screenshots.py FOLDER [--single VIEW …]

Needs no screen. The projects are those of the demonstration, some with a line or an area drawn on the spot. A view that
is named is written also as large as it is.
"""

import argparse
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter

from izsa_desktop.analysis.works import Works
from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.shape import AREA, LINE, Shape
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.maps.colouring import SCHEMES, Colouring
from izsa_desktop.maps.layers import project_features
from izsa_desktop.maps.page import THEMES
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.ui.picture import settle, wait_for
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.usecases.demo import make_demo
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.joint import entries_of
from izsa_desktop.usecases.thematic import Subject, thematic_json
from izsa_desktop.usecases.workplace import Workplace, open_workplace

SIZES = ((1366, 768), (1920, 1080))
COLUMNS = 3
THIRD = 640
"""Pixels in width of a picture on the sheet."""
CHOICES = {
    "density": Choice("districts"),
    "budget-13": Choice("districts", "budget", "goal:13"),
    "months": Choice("districts", "months"),
    "missing-13": Choice("missing", topic="goal:13"),
    "missing": Choice("missing"),
    "year": Choice(year=2024),
    "joint": Choice(links=True),
}
DRAWN = Shape(AREA, (((27.10, 38.40), (27.20, 38.41), (27.18, 38.47), (27.12, 38.46), (27.10, 38.40)),))
"""What is being drawn in the picture of the tools."""
_BITS = ((0.0, 0.0), (0.02, 0.012), (0.034, 0.004), (0.05, 0.02), (0.03, 0.034), (0.008, 0.028))


def drawn(n: int, project: Project) -> Project:
    """Every sixth project of those with a place has a line or an area there."""
    place = project.fields.location
    if n % 6 or place is None:
        return project
    path = tuple((place.lon + x, place.lat + y) for x, y in _BITS)
    shape = Shape(LINE, (path[:4],)) if n % 12 else Shape(AREA, ((*path, path[0]),))
    return structs.replace(project, fields=structs.replace(project.fields, shape=shape))


class Camera:
    """A map in one language, with the projects of a workplace."""

    def __init__(self, office: Workplace, language: str) -> None:
        self._known, self._t = office.reference, Translator(language)
        with office.store.reading() as reader:
            numbers: Numbers = find_numbers(reader, ProjectFilter())
            found = [one for one in reader.at(numbers.tolist()).values() if not one.deleted]
            self._works = Works(entries_of(reader, found, date.today()))
        self._projects = [drawn(n, one) for n, one in enumerate(found)]
        self.view = MapView(self._known, self._t)
        self.view.resize(*SIZES[0])
        self.view.show_projects(project_features(self._projects, self._known, date.today()))
        self.view.show()
        wait_for(self.view.page_ready.connect)

    def views(self, look: str) -> Iterator[tuple[str, QImage]]:
        """Each view with its name."""
        assert self.view.page is not None
        self.view.page.channel.setTheme.emit(look)
        for scheme in SCHEMES:
            self.view.set_colouring(Colouring(scheme))
            yield f"by {scheme}", self._picture()
        self.view.set_colouring(Colouring())
        self._script("map_izsa.setView([38.42, 27.14], 12, { animate: false })")
        yield "near", self._picture()
        self.view.select(next(one.id for one in self._projects if one.fields.shape))
        yield "selected", self._picture()
        self.view.select("")
        self._home()
        for name, choice in CHOICES.items():
            self._choose(choice)
            yield name, self._picture()
        self._choose(Choice())
        self.view.start_picking(Location(38.42, 27.14))
        yield "picking", self._picture()
        self.view.start_drawing("area", DRAWN)
        yield "drawing", self._picture()
        self.view.stop_editing()
        self._home()

    def _choose(self, choice: Choice) -> None:
        self.view.show_thematic(thematic_json(Subject(self._works), choice, self._known, self._t, date.today()))

    def _home(self) -> None:
        self._script("document.querySelectorAll('.izsa-buttons button')[2].click()")

    def _script(self, text: str) -> None:
        assert self.view.page is not None
        page = self.view.page.page()
        wait_for(lambda call: page.runJavaScript(f"{text}; 1", 0, lambda _value: call()))

    def _picture(self) -> QImage:
        settle(self.view)
        return self.view.snapshot()


def sheet(pictures: list[tuple[str, QImage]]) -> QImage:
    """All pictures on one, each with its name."""
    first = pictures[0][1]
    high = THIRD * first.height() // first.width()
    rows = -(-len(pictures) // COLUMNS)
    made = QImage(COLUMNS * THIRD, rows * (high + 18), QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    for n, (name, picture) in enumerate(pictures):
        corner = QPoint(n % COLUMNS * THIRD, n // COLUMNS * (high + 18))
        painter.drawText(corner + QPoint(4, 13), name)
        small = picture.scaledToWidth(THIRD - 4, Qt.TransformationMode.SmoothTransformation)
        painter.drawImage(QRect(corner + QPoint(0, 18), small.size()), small)
    painter.end()
    return made


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--single", action="append", default=[], help="also this view as large as it is")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    ensure_application()
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            made = make_demo(Path(folder) / "demo", language)
            with open_workplace(made.office) as office:
                camera = Camera(office, language)
                for width, high in SIZES:
                    camera.view.resize(width, high)
                    for look in THEMES:
                        pictures = list(camera.views(look))
                        name = f"{language}-{look}-{width}"
                        sheet(pictures).save(str(given.folder / f"{name}.png"))
                        for view, picture in pictures:
                            if view in given.single:
                                picture.save(str(given.folder / f"{name}-{view}.png"))
                camera.view.deleteLater()


if __name__ == "__main__":
    main()
