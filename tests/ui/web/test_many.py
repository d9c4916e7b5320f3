"""More projects than are indexed within a frame: a worker does it, and what is shown is the same."""

from izsa_desktop.domain.project import Location
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import Ask, map_data, project

MANY = 3_400
SUM = "izsa.items.reduce((sum, item) => sum + item.count, 0)"


def spread(count: int) -> MapData:
    """In the middle of what is seen at first, a third of them running, some along a line of places."""
    status = ("sürüyor", "tamamlandı", "iptal")
    return map_data(
        *(
            project(n, f"Proje {n}", Location(38.2 + n % 61 / 100, 27.0 + n % 53 / 100), status=status[n % 3])
            for n in range(count)
        )
    )


def test_all_of_them_are_drawn_and_counted(view: MapView, ask: Ask) -> None:
    view.show_projects(spread(MANY))
    assert ask("[izsa.projects, izsa.drawn.projects]") == [MANY, MANY]
    assert ask(SUM) == MANY
    view.set_colouring(Colouring("status", ("iptal",)))
    shown = MANY - MANY // 3
    assert ask(f"[izsa.projects, {SUM}]") == [shown, shown]
    assert [entry["count"] for entry in ask("izsa.legend")] == [(MANY + 2 - n) // 3 for n in range(3)]


def test_a_cluster_shows_what_its_projects_are(view: MapView, ask: Ask) -> None:
    view.set_colouring(Colouring("status"))
    view.show_projects(spread(MANY))
    ask("map_izsa.setView([38.5, 27.2], 7, {animate: false}).getZoom()")
    assert ask("izsa.items.length") < 5
    assert ask(SUM) == MANY


def test_of_several_wishes_the_newest_counts(view: MapView, ask: Ask) -> None:
    view.show_projects(spread(MANY + 300))
    view.show_projects(spread(MANY))
    view.show_projects(spread(5))
    assert ask(f"[izsa.projects, {SUM}]") == [5, 5]
    view.show_projects(spread(MANY))
    some = spread(MANY).features["features"][MANY - 1]["id"]
    view.select(some)
    assert ask("izsa.selected") == some
