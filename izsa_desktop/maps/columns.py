"""The projects of the map as columns, for the way into the page: no name is said twice, and nothing is parsed there.

For the program's own page they are packed as bytes (``pack``), for a page that stands alone as a block of JSON
(``block``). ``resources/map/columns.js`` reads both; docs/map-messages.md says what is in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

CODES = ("goal", "status", "district", "dimension", "freshness", "review", "goals")
MARKS = ("approximate", "shared")
YEARS = ("first", "last")
_BEGIN = 8
"""Each column begins at a multiple of this, as typed arrays want it."""


@dataclass(frozen=True, slots=True)
class Codes:
    """A column in which values repeat: the different ones, and for each project the place of its own."""

    values: Sequence[Any]
    of: npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the page knows of projects, column by column."""

    ids: Sequence[bytes]
    titles: Sequence[bytes]
    """UTF-8, as they are shown."""
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    codes: Mapping[str, Codes]
    """By the names of ``CODES``."""
    marks: Mapping[str, npt.NDArray[np.bool_]]
    years: Mapping[str, npt.NDArray[np.integer[Any]]]
    shapes: Mapping[int, Any] = field(default_factory=dict)
    """The geometry of what is a line or an area, by its place."""


def pack(columns: Columns) -> bytes:
    """The columns for a page with a program: a head in JSON, then one column after the other."""
    arrays: list[tuple[str, npt.NDArray[Any]]] = [
        ("lon", columns.lon.astype("<f8")),
        ("lat", columns.lat.astype("<f8")),
        *((name, _small(columns.codes[name].of)) for name in CODES),
        *((name, columns.marks[name].astype(np.uint8)) for name in MARKS),
        *((name, columns.years[name].astype("<u2")) for name in YEARS),
        *_texts("id", columns.ids),
        *_texts("title", columns.titles),
    ]
    head = {
        "count": len(columns.ids),
        "columns": [(name, array.dtype.str[1:], len(array)) for name, array in arrays],
        "values": {name: columns.codes[name].values for name in CODES},
        "shapes": {str(place): shape for place, shape in columns.shapes.items()},
    }
    said = msgspec.json.encode(head)
    parts = [len(said).to_bytes(4, "little"), said, _filling(4 + len(said))]
    for _name, array in arrays:
        parts += (array.tobytes(), _filling(array.nbytes))
    return b"".join(parts)


def _filling(length: int) -> bytes:
    return b" " * (-length % _BEGIN)


def _small(of: npt.NDArray[np.integer[Any]]) -> npt.NDArray[Any]:
    most = int(of.max(initial=0))
    return of.astype("<u1" if most < 1 << 8 else "<u2" if most < 1 << 16 else "<u4")


def _texts(name: str, texts: Sequence[bytes]) -> Iterable[tuple[str, npt.NDArray[Any]]]:
    """Where each text ends, and all of them in one."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    yield f"{name}Ends", np.cumsum(lengths).astype("<u4")
    yield name, np.frombuffer(b"".join(texts), np.uint8)


def of_features(features: Sequence[Mapping[str, Any]]) -> Columns:
    """Features of points, which all have the same properties, as columns."""
    said = [feature["properties"] for feature in features]
    at = np.array([feature["geometry"]["coordinates"] for feature in features], np.float64).reshape(-1, 2)

    def codes(name: str) -> Codes:
        values, of = _repeating([one[name] for one in said])
        return Codes(values, np.array(of, np.int32))

    return Columns(
        ids=[feature["id"].encode() for feature in features],
        titles=[one["title"].encode() for one in said],
        lon=at[:, 0],
        lat=at[:, 1],
        codes={name: codes(name) for name in CODES},
        marks={name: np.array([one[name] for one in said], np.bool_) for name in MARKS},
        years={name: np.array([one[name] for one in said], np.int64) for name in YEARS},
        shapes={n: feature["shape"] for n, feature in enumerate(features) if "shape" in feature},
    )


def block(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The same features for JSON: ``{ids, at, properties, shapes}``.

    ``at`` has longitude and latitude of each, one after the other. A property is ``{each}``, a value for each feature,
    or, where values repeat, ``{values, of}``.
    """
    properties = [feature["properties"] for feature in features]
    names = properties[0] if properties else ()
    return {
        "ids": [feature["id"] for feature in features],
        "at": [number for feature in features for number in feature["geometry"]["coordinates"]],
        "properties": {name: _column([one[name] for one in properties]) for name in names},
        "shapes": {n: feature["shape"] for n, feature in enumerate(features) if "shape" in feature},
    }


def _column(each: Sequence[Any]) -> dict[str, Any]:
    values, of = _repeating(each)
    return {"values": values, "of": of} if 2 * len(values) <= len(each) else {"each": each}


def _repeating(each: Iterable[Any]) -> tuple[list[Any], list[int]]:
    """The different ones, and the place of each among them."""
    places: dict[Any, int] = {}
    of = [places.setdefault(value, len(places)) for value in each]
    return list(places), of
