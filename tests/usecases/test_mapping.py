"""What the map shows, read from the catalogue's columns, is what the projects themselves say."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import structs

from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Share
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.maps.columns import CODES, MARKS, YEARS
from izsa_desktop.maps.layers import OnMap
from izsa_desktop.usecases.finding import search
from izsa_desktop.usecases.mapping import map_data, map_of
from izsa_desktop.usecases.projects import add_projects, delete_project, list_projects, save_project
from izsa_desktop.usecases.workplace import Workplace, create_workplace

SHARES = (Share(code="çevresel", percent=60), Share(code="sosyal", percent=40))
ROAD = Shape(LINE, (((27.2, 38.4), (27.3, 38.5)),))
SEVERAL = (
    ProjectFields(
        title="Koru", location=Location(38.4, 27.1), goals=("13", "7"), district="TUR035007", status="sürüyor"
    ),
    ProjectFields(title="\u202egizli", district="TUR035007", start="2020", end="2022-05", dimensions=SHARES),
    ProjectFields(
        title="Uzun" + "\u200b" * 60, district="TUR035007", neighbourhood="Kazımdirik Mahallesi", review="taslak"
    ),
    ProjectFields(title="Yol", shape=ROAD, district="TUR035011", confirmed="2025-01-01", goals=("7",)),
    ProjectFields(title="Yaklaşık", location=Location(38.5, 27.2, approximate=True), periodic="süren", start="2019-03"),
    ProjectFields(title="Her yerde", district=OFFICE),
    ProjectFields(title="Hiçbir yerde"),
    ProjectFields(title="Silinen", district="TUR035007"),
)


def unpacked(data: OnMap) -> dict[str, dict[str, Any]]:
    """What the page finds, by the ids of the projects."""
    packed = data.packed()
    length = int.from_bytes(packed[:4], "little")
    head, at, found = json.loads(packed[4 : 4 + length]), 4 + length, {}
    for name, kind, size in head["columns"]:
        at = -(-at // 8) * 8
        found[name] = np.frombuffer(packed, f"<{kind}", size, at)
        at += found[name].nbytes

    def text(name: str, n: int) -> str:
        ends = [0, *found[f"{name}Ends"].tolist()]
        return found[name].tobytes()[ends[n] : ends[n + 1]].decode()

    return {
        text("id", n): {
            "title": text("title", n),
            "at": (found["lon"][n], found["lat"][n]),
            **{name: head["values"][name][found[name][n]] for name in CODES},
            **{name: int(found[name][n]) for name in (*MARKS, *YEARS)},
            "shape": head["shapes"].get(str(n)),
        }
        for n in range(head["count"])
    }


def workplace_of(folder: Path) -> Workplace:
    workplace = create_workplace(folder / "workplace", OFFICE, "Ayşe")
    add_projects(workplace, SEVERAL)
    [gone] = [one for one in list_projects(workplace) if one.fields.title == "Silinen"]
    delete_project(workplace, gone.id)
    return workplace


def shown(workplace: Workplace, wanted: ProjectFilter = EVERYTHING) -> OnMap:
    return map_of(workplace, search(workplace, wanted).found.numbers)


def test_columns_say_what_the_projects_say(tmp_path: Path) -> None:
    workplace = workplace_of(tmp_path)
    features, columns = map_data(workplace, list_projects(workplace)), shown(workplace)
    assert unpacked(columns) == unpacked(features)
    assert columns.placed == features.placed == 5
    assert set(columns.unplaced) == set(features.unplaced)
    assert len(columns.unplaced) == 2


def test_a_save_is_seen_and_nothing_else_is_read_again(tmp_path: Path) -> None:
    workplace = workplace_of(tmp_path)
    shown(workplace)
    changed = next(one for one in list_projects(workplace) if one.fields.title == "Hiçbir yerde")
    fields = structs.replace(
        changed.fields, title="Orada", location=Location(38.3, 27.3), status="durduruldu", shape=ROAD
    )
    save_project(workplace, changed.id, fields, changed.heads)
    again = shown(workplace)
    assert unpacked(again) == unpacked(map_data(workplace, list_projects(workplace)))
    assert unpacked(again)[changed.id]["status"] == "durduruldu"


def test_only_what_was_found_is_on_the_map_and_nothing_of_the_bin(tmp_path: Path) -> None:
    workplace = workplace_of(tmp_path)
    assert [one["title"] for one in unpacked(shown(workplace, ProjectFilter(status=("sürüyor",)))).values()] == ["Koru"]
    assert shown(workplace, ProjectFilter(deleted=True)).placed == 0
    assert map_of(workplace, np.array([10**6])).placed == 0


def test_freshness_is_of_today(tmp_path: Path) -> None:
    workplace = workplace_of(tmp_path)
    [road] = [one for one in unpacked(shown(workplace)).values() if one["title"] == "Yol"]
    assert road["freshness"] == ("due" if date.today() < date(2027, 1, 1) else "stale")
