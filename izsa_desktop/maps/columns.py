"""Many features as columns, for the way into the page: a quarter of the bytes, and no name is said twice.

A block is ``{ids, at, properties, shapes}``: ``at`` has longitude and latitude of each point, one after the other, and
``shapes`` the geometry of what is a line or an area by its number. A property is ``{each}``, a value for each feature,
or, where values repeat, ``{values, of}``: the different ones, and for each feature the number of its own.
``resources/map/columns.js`` makes features of them again.
"""

from collections.abc import Mapping, Sequence
from typing import Any


def block(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Features of points, which all have the same properties, as one block; values of properties are hashable."""
    properties = [feature["properties"] for feature in features]
    names = properties[0] if properties else ()
    return {
        "ids": [feature["id"] for feature in features],
        "at": [number for feature in features for number in feature["geometry"]["coordinates"]],
        "properties": {name: _column([one[name] for one in properties]) for name in names},
        "shapes": {n: feature["shape"] for n, feature in enumerate(features) if "shape" in feature},
    }


def _column(values: Sequence[Any]) -> dict[str, Any]:
    numbers: dict[Any, int] = {}
    of = [numbers.setdefault(value, len(numbers)) for value in values]
    return {"values": list(numbers), "of": of} if 2 * len(numbers) <= len(values) else {"each": values}
