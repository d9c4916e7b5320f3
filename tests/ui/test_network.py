"""The catalogue at a district: everybody's approved projects in the list, in the form, and on the map."""

from collections.abc import Sequence
from pathlib import Path
from time import thread_time

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.sharing import shared_line
from izsa_desktop.ui.models.project_list_model import PROJECT
from izsa_desktop.usecases import reviewing
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import FIELDS
from tests.ui.test_map_in_window import ask
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line, export
from tests.usecases.mail import answer, pin, take

HOSTILE = "<img src=x onerror=alert(1)>${1+1}`\u202etxt"


def approve(line: Line, *ids: str) -> None:
    with open_workplace(line.office) as office:
        for id_ in ids:
            reviewing.review(office, id_, "onaylandı", "Yalnızca ilçe için")


@pytest.fixture
def told(line: Line, tmp_path: Path) -> Path:
    """Bornova with an answer that tells of two projects of Konak, and with two of its own, one of them approved."""
    pin(line, line.bornova)
    konak, bornova = (replace(FIELDS, district=code, review="", served=()) for code in ("TUR035021", "TUR035007"))
    with open_workplace(line.konak) as workplace:
        near = Location(38.4189, 27.1287)
        theirs = add_projects(
            workplace,
            [
                replace(konak, title="Şehir ışıkları", location=near),
                replace(konak, title=HOSTILE, location=None),
                replace(konak, title="Onaysız"),
            ],
        )
    with open_workplace(line.bornova) as workplace:
        own = add_projects(workplace, [replace(bornova, title="Işıklı yol"), replace(bornova, title="Taslak")])
    take(line.office, export(line.konak, tmp_path / "k.izsa"), export(line.bornova, tmp_path / "b.izsa"))
    approve(line, *theirs[:2], own[0])
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    return line.bornova


def test_the_network_is_listed_searched_and_filtered_beside_ones_own(bench: OpenBench, told: Path) -> None:
    b = bench(told, show=True)
    projects = b.page.list
    assert b.shown_titles() == ["Işıklı yol", "Taslak"]
    projects.scope.network.click()
    b.settle()
    assert len(b.shown_titles()) == 3
    assert {"Işıklı yol", "Şehir ışıkları"} < {*b.shown_titles()}
    assert projects.count.text() == b.opened.t("list.count", count=3, number="3")
    type_text(projects.search, "ISIK")
    b.qtbot.waitUntil(lambda: projects.wanted.query == "ISIK" and not b.opened.tasks.busy)
    b.qtbot.waitUntil(lambda: b.shown_titles() == ["Işıklı yol", "Şehir ışıkları"])
    projects.choose("district", ("TUR035021",))
    b.settle()
    assert b.shown_titles() == ["Şehir ışıkları"]
    projects.clear_filters()
    b.settle()
    assert len(b.shown_titles()) == 3, "clearing the filter leaves the scope"
    projects.show_bin(True)
    b.settle()
    assert b.shown_titles() == []
    assert projects.scope.own.isChecked()
    projects.clear_filters()
    b.settle()
    assert b.shown_titles() == ["Işıklı yol", "Taslak"]


def test_another_bodys_project_can_be_read_and_nothing_else(bench: OpenBench, told: Path) -> None:
    b = bench(told, show=True)
    t = b.opened.t
    b.page.list.scope.network.click()
    b.settle()
    model = b.page.list.model
    at = next(n for n, title in enumerate(b.shown_titles()) if title.startswith("<img"))
    b.page.list.view.setCurrentIndex(model.index(at, 0))
    b.settle()
    assert b.editor.read_only
    assert b.editor.banner.text.text() == t("network.read_only", owner="Konak Municipality")
    assert b.editor.form.field("title").value() == HOSTILE
    shown = model.index(at, 0).data(PROJECT).fields
    assert (shown.contact, shown.review_note) == ("", "")
    for button in (b.editor.head.history, b.editor.delete_button, b.editor.save_button):
        assert not button.isVisible()
    assert b.editor.head.sheet.isVisible()
    assert b.shown_titles()[at].startswith("<img"), "markup is text"
    assert "\u202e" not in b.shown_titles()[at]
    assert model.index(at, 0).data(6) is None  # Qt.FontRole: nothing of it is styled
    b.page.list.view.setFocus()
    b.page.delete(b.editor.project_id or "")
    b.settle()
    assert len(b.shown_titles()) == 3


def test_the_map_shows_the_network_as_diamonds_with_a_legend(bench: OpenBench, told: Path, qtbot: QtBot) -> None:
    b = bench(told, show=True)
    qtbot.waitUntil(lambda: b.page.map.view.ready, timeout=20_000)
    b.settle()
    shown = "[izsa.projects, izsa.shared, document.querySelectorAll('.izsa-legend .diamond').length === 1].join()"
    assert ask(b, shown) == "2,false,false"
    b.page.list.scope.network.click()
    b.settle()
    assert ask(b, shown) == "3,true,true"
    b.page.list.choose("district", ("TUR035021",))
    b.settle()
    assert ask(b, "izsa.projects") == 2
    b.page.list.scope.own.click()
    b.page.list.clear_filters()
    b.settle()
    assert ask(b, shown) == "2,false,false"


def test_an_empty_catalogue_says_where_it_comes_from(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.list.scope.network.click()
    b.settle()
    t = b.opened.t
    assert b.page.list.empty.heading.text() == t("network.none")
    assert b.page.list.empty.text.text() == t("network.none_hint")
    b.page.list.empty.button.click()
    b.settle()
    assert len(b.shown_titles()) == 3


def test_the_office_has_no_switch(bench: OpenBench, line: Line) -> None:
    b = bench(line.office, show=True)
    assert not b.page.list.scope.isVisible()


def test_a_catalogue_of_thousands_leaves_the_window_free(bench: OpenBench, district: Path) -> None:
    lines = {project.id: shared_line(project) for project in _many(5_000)}
    with open_workplace(district) as workplace, workplace.store.writing() as writer:
        writer.set_catalogue(lines)
    b = bench(district, show=True)
    waits = _waits(b.page)
    b.page.list.scope.network.click()
    b.settle()
    b.page.list.view.scrollToBottom()
    b.settle()
    assert len(b.shown_titles()) == 5_000
    assert max(waits) < 0.016


def _waits(page: QWidget) -> Sequence[float]:
    """How long the window's thread worked between two moments at which it might have drawn."""
    waits: list[float] = []
    timer, last = QTimer(page), [thread_time()]

    def tick() -> None:
        now = thread_time()
        waits.append(now - last[0])
        last[0] = now

    timer.timeout.connect(tick)
    timer.start(0)
    return waits


def _many(count: int) -> Sequence[Project]:
    fields = replace(FIELDS, district="TUR035021", review="onaylandı", served=())
    return [
        Project(id=f"TUR035021/{n:032x}", fields=replace(fields, title=f"Proje {n:05}"), heads=("x",))
        for n in range(count)
    ]
