"""Features as columns: nothing is lost, and what repeats is said once."""

import json
import re
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop import resource_files
from izsa_desktop.domain.project import Location
from izsa_desktop.maps.columns import CODES, MARKS, YEARS, block, of_features, pack
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
    script = resource_files.path("map/columns.js").read_text(encoding="utf-8")
    [codes] = re.findall(r"const CODES = (\[.*?\]);", script)
    made = map_data(project(1, "Koru", Location(38.4, 27.1))).features["features"]
    assert tuple(json.loads(codes)) == CODES
    assert {*CODES, *MARKS, *YEARS, "title"} == set(made[0]["properties"])


def unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Head and columns, as ``resources/map/columns.js`` finds them."""
    length = int.from_bytes(packed[:4], "little")
    head, at, found = json.loads(packed[4 : 4 + length]), 4 + length, {}
    for name, kind, size in head["columns"]:
        at = -(-at // 8) * 8
        found[name] = np.frombuffer(packed, f"<{kind}", size, at)
        at += found[name].nbytes
    return head, found


def texts(found: dict[str, Any], name: str) -> list[str]:
    whole, ends = found[name].tobytes(), found[f"{name}Ends"].tolist()
    return [whole[begin:end].decode() for begin, end in zip([0, *ends], ends, strict=False)]


PROPERTIES = st.fixed_dictionaries(
    {
        "title": st.text(st.characters(codec="utf-8")),
        **{name: st.sampled_from(["", "a", "şü"]) for name in CODES if name != "goals"},
        "goals": st.sampled_from([(), ("7",), ("7", "13")]),
        **{name: st.booleans() for name in MARKS},
        **{name: st.integers(0, 2200) for name in YEARS},
    }
)
WHOLE = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.text(st.characters(codec="utf-8")),
            "properties": PROPERTIES,
            "geometry": st.fixed_dictionaries({"coordinates": st.tuples(st.floats(-180, 180), st.floats(-90, 90))}),
        },
        optional={"shape": LINE},
    )
)


@given(WHOLE)
def test_nothing_is_lost_in_bytes(features: list[dict[str, Any]]) -> None:
    head, found = unpack(pack(of_features(features)))
    said = [one["properties"] for one in features]
    assert head["count"] == len(features)
    assert texts(found, "id") == [one["id"] for one in features]
    assert texts(found, "title") == [one["title"] for one in said]
    assert list(zip(found["lon"], found["lat"], strict=True)) == [one["geometry"]["coordinates"] for one in features]
    for name in CODES:
        read = [head["values"][name][n] for n in found[name]]
        assert [tuple(v) if isinstance(v, list) else v for v in read] == [one[name] for one in said]
    for name in (*MARKS, *YEARS):
        assert found[name].tolist() == [one[name] for one in said]
    assert head["shapes"] == {str(n): one["shape"] for n, one in enumerate(features) if "shape" in one}


def test_what_repeats_is_said_once() -> None:
    def feature(n: int) -> dict[str, Any]:
        return {"id": str(n), "properties": {"goal": "7"}, "geometry": {"type": "Point", "coordinates": [27, 38]}}

    assert block([feature(n) for n in range(4)])["properties"] == {"goal": {"values": ["7"], "of": [0, 0, 0, 0]}}
