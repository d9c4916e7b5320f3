"""Features as columns: nothing is lost, and what repeats is said once."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop import resource_files
from izsa_desktop.domain.project import Location
from izsa_desktop.maps.columns import block
from tests.ui.web.sample import map_data, project

POINT = st.fixed_dictionaries(
    {"type": st.just("Point"), "coordinates": st.lists(st.integers(), min_size=2, max_size=2)}
)
LINE = st.just({"type": "LineString", "coordinates": [[27, 38], [28, 38]]})
FEATURES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.just("Feature"),
            "id": st.text(),
            "properties": st.fixed_dictionaries({"title": st.text(), "goals": st.sampled_from([(), ("7", "13")])}),
            "geometry": POINT,
        },
        optional={"shape": LINE},
    )
)


def unpacked(packed: dict[str, Any]) -> list[dict[str, Any]]:
    """What ``resources/map/columns.js`` makes of a block."""

    def value(column: dict[str, Any], n: int) -> Any:
        return column["each"][n] if "each" in column else column["values"][column["of"][n]]

    return [
        {
            "type": "Feature",
            "id": id_,
            "properties": {name: value(column, n) for name, column in packed["properties"].items()},
            "geometry": {"type": "Point", "coordinates": list(packed["at"][2 * n : 2 * n + 2])},
            **({"shape": packed["shapes"][n]} if n in packed["shapes"] else {}),
        }
        for n, id_ in enumerate(packed["ids"])
    ]


@given(FEATURES)
def test_nothing_is_lost(features: list[dict[str, Any]]) -> None:
    assert unpacked(block(features)) == features


def test_the_page_reads_every_property() -> None:
    """The page writes the names out, for the sake of speed."""
    script = resource_files.path("map/columns.js").read_text(encoding="utf-8")
    made = map_data(project(1, "Koru", Location(38.4, 27.1))).features["features"]
    assert set(re.findall(r"properties\.(\w+)", script)) == set(made[0]["properties"])


def test_what_repeats_is_said_once() -> None:
    def feature(n: int) -> dict[str, Any]:
        return {"id": str(n), "properties": {"goal": "7"}, "geometry": {"type": "Point", "coordinates": [27, 38]}}

    assert block([feature(n) for n in range(4)])["properties"] == {"goal": {"values": ["7"], "of": [0, 0, 0, 0]}}
