"""A file of tiles under the map: read as it is, and refused when it is anything else."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from izsa_desktop.domain.errors import BadBaseMap
from izsa_desktop.domain.tiles import MAX_TILE, unpacked
from izsa_desktop.usecases.base_map import TileSource, open_base_map
from tests.tilefiles import IZMIR, covering, mbtiles, pmtiles, red_square, water_everywhere

Make = Callable[[Path], Path]
RASTER: dict[str, Make] = {
    "pmtiles": lambda folder: pmtiles(folder / "altlık.pmtiles"),
    "mbtiles": lambda folder: mbtiles(folder / "altlık.mbtiles"),
}
VECTOR: dict[str, Make] = {
    "pmtiles": lambda folder: pmtiles(folder / "a.pmtiles", water_everywhere, kind="mvt"),
    "mbtiles": lambda folder: mbtiles(folder / "a.mbtiles", water_everywhere, kind="pbf"),
}


@pytest.mark.parametrize("kind", RASTER)
def test_every_tile_of_pictures_comes_out(kind: str, tmp_path: Path) -> None:
    source = open_base_map(RASTER[kind](tmp_path))
    info = source.info
    assert (info.extension, info.min_zoom, info.max_zoom) == ("png", 7, 8)
    assert info.bounds == pytest.approx(IZMIR)
    assert info.credit == "Örnek © tapu"
    assert {source.tile(*tile) for tile in covering(range(7, 9))} == {red_square()}
    assert source.tile(7, 0, 0) is None


@pytest.mark.parametrize("kind", VECTOR)
def test_vector_tiles_come_unpacked(kind: str, tmp_path: Path) -> None:
    source = open_base_map(VECTOR[kind](tmp_path))
    assert (source.info.extension, source.info.layers) == ("mvt", ("water",))
    assert source.tile(*next(covering(range(7, 8)))) == water_everywhere()


@pytest.mark.parametrize("kind", RASTER)
def test_a_file_that_goes_has_no_tiles_any_more(kind: str, tmp_path: Path) -> None:
    path = RASTER[kind](tmp_path)
    source = open_base_map(path)
    path.unlink()
    assert source.tile(*next(covering(range(7, 8)))) is None
    with pytest.raises(OSError):
        open_base_map(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "avif"),
        ("format", "<script>"),
        ("bounds", "1,2,3"),
        ("bounds", "nan,nan,nan,nan"),
        ("bounds", "28,38,27,39"),
        ("bounds", "2,48,3,49"),  # Paris
        ("json", "[" * 100_000),
    ],
)
def test_what_says_nonsense_of_itself_is_refused(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadBaseMap):
        open_base_map(mbtiles(tmp_path / "a.mbtiles", said={name: value}))


def test_a_database_that_never_ends_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.mbtiles"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        connection.execute(
            "CREATE VIEW tiles AS WITH RECURSIVE n(zoom_level) AS (SELECT 1 UNION ALL SELECT zoom_level + 1 FROM n)"
            " SELECT zoom_level, 0 AS tile_column, 0 AS tile_row, x'' AS tile_data FROM n WHERE zoom_level < 0"
        )
        connection.commit()
    with pytest.raises(BadBaseMap, match="interrupted"):
        open_base_map(path)


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"PMTiles\3" + b"\xff" * 119, b"SQLite format 3\0", b"\0" * 200])
def test_other_files_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "dosya"
    path.write_bytes(content)
    with pytest.raises(BadBaseMap):
        open_base_map(path)


def test_a_tile_that_unpacks_to_too_much_is_none(tmp_path: Path) -> None:
    path = pmtiles(tmp_path / "a.pmtiles", lambda _tile: bytes(MAX_TILE + 1), kind="mvt", zooms=range(7, 8))
    assert open_base_map(path).tile(*next(covering(range(7, 8)))) is None


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tiles")
    return {kind: make(folder) for kind, make in RASTER.items()}


@pytest.mark.parametrize("kind", RASTER)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    edits=st.lists(st.tuples(st.integers(0, 200) | st.integers(0, 1 << 30), st.integers(0, 255)), max_size=5),
    cut=st.none() | st.integers(0, 1 << 30),
)
def test_a_damaged_file_is_refused_or_has_other_tiles(
    kind: str,
    edits: list[tuple[int, int]],
    cut: int | None,
    good: dict[str, Path],
    tmp_path: Path,
) -> None:
    content = bytearray(good[kind].read_bytes())
    for place, value in edits:
        content[place % len(content)] = value
    path = tmp_path / "a"
    path.write_bytes(content if cut is None else content[: cut % len(content)])
    try:
        source: TileSource = open_base_map(path)
    except BadBaseMap:
        return
    for tile in covering(range(7, 8)):
        found = source.tile(*tile)
        assert found is None or len(found) <= MAX_TILE


def test_what_is_not_packed_is_itself() -> None:
    assert unpacked(b"abc") == b"abc"
