"""How the map is painted: at once where it belongs, sharp a few frames later, and nothing that nobody sees."""

from izsa_desktop.domain.project import Location
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import Ask, map_data, project

SHEET = "Object.values(map_izsa._layers).find(({ options }) => options.pane === 'izsa-%s')"
SCALED = f"{SHEET % 'base'}._container.style.transform.includes('scale(2)')"
CORNER = "(({ x, y }) => [x, y])(map_izsa.latLngToContainerPoint([38.6, 27.1]))"


def test_after_a_zoom_the_old_picture_is_scaled_until_the_new_one_is_painted(view: MapView, ask: Ask) -> None:
    ask("map_izsa.setView([38.42, 27.14], 10, { animate: false }).getZoom()")
    assert not ask(SCALED)
    assert ask(f"map_izsa.setView([38.42, 27.14], 11, {{ animate: false }}) && {SCALED}")
    assert not ask(f"Painting.settled().then(() => {SCALED})")


def test_what_is_scaled_lies_where_it_belongs(ask: Ask) -> None:
    """A place of the old picture is where the map has it in the new view."""
    ask("map_izsa.setView([38.42, 27.14], 10, { animate: false }).getZoom()")
    before, box, after, later = ask(
        "(() => { const canvas = " + SHEET % "base" + "._container; const box = () => canvas.getBoundingClientRect();"
        f" const before = [...{CORNER}, box().left, box().top, box().width];"
        " map_izsa.setView([38.5, 27.3], 11, { animate: false });"
        f" return [before, box().width, {CORNER}, [box().left, box().top]]; }})()"
    )
    x, y, left, top, width = before
    scale = box / width
    assert abs(scale - 2) < 0.01
    assert abs(later[0] + (x - left) * scale - after[0]) < 2
    assert abs(later[1] + (y - top) * scale - after[1]) < 2


def test_marks_can_be_hit_before_they_are_painted(view: MapView, ask: Ask, three: MapData) -> None:
    view.show_projects(three)
    found = ask(
        "map_izsa.setView([38.42, 27.14], 9, { animate: false })"
        " && izsa.items.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) && izsa.items.length"
    )
    assert found == 3


def test_an_empty_sheet_is_not_there(ask: Ask) -> None:
    assert [ask(f"({SHEET % name})._container.hidden") for name in ("theme", "links", "shapes", "base")] == [
        True,
        True,
        True,
        False,
    ]


def test_of_too_many_shapes_the_largest_are_drawn_and_the_selected_one(view: MapView, ask: Ask) -> None:
    def road(n: int) -> Shape:
        return Shape(LINE, (((27.0, 38.4), (27.1 + n / 1000, 38.4)),))

    data = map_data(*(project(n, f"Yol {n}", Location(38.4, 27.0), shape=road(n)) for n in range(260)))
    view.show_projects(data)
    ids = [feature["id"] for feature in data.features["features"]]
    ask("map_izsa.setView([38.42, 27.14], 11, { animate: false }).getZoom()")
    assert set(ask("izsa.shapes.map(({ id }) => id)")) == set(ids[60:])
    view.select(ids[3])
    assert set(ask("izsa.shapes.map(({ id }) => id)")) == {ids[3], *ids[60:]}
