"""The map as a file: which projects it has, what is written over it, that nothing personal is in it."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import Cancelled, InsideWorkplace
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.look import Paper
from izsa_desktop.maps.png import Pixels
from izsa_desktop.usecases import mapfiles, projects
from izsa_desktop.usecases.mapfiles import MapOrder
from izsa_desktop.usecases.workplace import DATABASE, Workplace, create_workplace

BORNOVA = "TUR035007"
WELL = ProjectFields(
    title="Çeşme",
    purpose="Su",
    goals=("6", "13"),
    district=BORNOVA,
    neighbourhood="Kazımdirik",
    status="sürüyor",
    start="2025-03",
    end_planned="2026",
    audience=("kadınlar",),
    location=Location(38.46, 27.22),
    contact="ayse@example.org",
    evidence=(Evidence(key="e", name="a.jpg", consent="Ayşe Yılmaz izin verdi"),),
)


@pytest.fixture
def workplace(tmp_path: Path) -> Any:
    with create_workplace(tmp_path / "w", OFFICE, "Ayşe Yılmaz") as made:
        nowhere = ProjectFields(title="Yersiz", district=OFFICE)
        projects.add_projects(made, [WELL, replace(WELL, title="Park", goals=("11",)), nowhere])
        yield made


def data(html: str, id_: str) -> Any:
    return json.loads(re.findall(f'id="{id_}">(.*?)</script>', html, re.DOTALL)[0])


def heading(html: str) -> str:
    return str(re.findall(r"<p>(.*?)</p>", html, re.DOTALL)[0])


def test_a_record_says_what_people_ask(workplace: Workplace) -> None:
    html = mapfiles.browser_map(workplace, MapOrder(EVERYTHING)).html
    well, _park, nowhere = data(html, "izsa-records")["records"]
    assert (well["title"], well["purpose"], well["goals"], well["placed"]) == ("Çeşme", "Su", ["6", "13"], True)
    t = Translator("tr")
    assert [tuple(fact) for fact in well["facts"]] == [
        (t.field("district"), "Kazımdirik, Bornova"),
        (t.field("owner"), "İzmir Büyükşehir Belediyesi"),
        (t.field("status"), "Sürüyor"),
        (t.field("start"), "Mart 2025"),
        (t.field("end_planned"), "2026"),
        (t.field("audience"), "Kadınlar"),
    ]
    assert (nowhere["title"], nowhere["placed"]) == ("Yersiz", False)


def test_nothing_personal_is_in_any_map(workplace: Workplace) -> None:
    for html in (
        mapfiles.browser_map(workplace, MapOrder(EVERYTHING)).html,
        mapfiles.paper_map(workplace, MapOrder(EVERYTHING), Paper()).html,
    ):
        assert "Çeşme" in html
        assert "ayse@" not in html
        assert "Ayşe" not in html


def test_it_has_what_the_filter_leaves(workplace: Workplace) -> None:
    order = MapOrder(ProjectFilter(goal=("11",), status=("sürüyor",), query=" par "), "en", "Parks\u202e")
    made = mapfiles.browser_map(workplace, order)
    block = data(made.html, "izsa-projects")
    assert block["properties"]["title"] == {"each": ["Park"]}
    assert made.unplaced == 0
    assert "<title>Parks␣U+202E␣</title>" in made.html
    assert heading(made.html).startswith(
        "1 project · Search: “par” · Global goal: 11 · Sustainable Cities and Communities · Status: Running · "
    )


def test_many_values_of_a_facet_are_counted(workplace: Workplace) -> None:
    order = MapOrder(ProjectFilter(goal=("6", "11", "1", "2", "3")), "tr")
    assert "5 seçenek" in heading(mapfiles.browser_map(workplace, order).html)


def test_it_says_what_has_no_place_who_made_it_and_when(workplace: Workplace) -> None:
    made = mapfiles.paper_map(workplace, MapOrder(EVERYTHING), Paper("A3", landscape=False))
    assert made.unplaced == 1
    assert heading(made.html) == "3 proje · 1 projenin yeri yok"
    today = Translator("tr").date(date.today().isoformat())
    assert f"{today} · İzmir Büyükşehir Belediyesi · İZSA Desktop" in made.html
    assert 'data-paper="A3" data-lies="portrait"' in made.html
    assert "İzmir Büyükşehir Belediyesi: Sürdürülebilirlik Projeleri" in made.html


def test_the_title_says_whose_projects_these_are(workplace: Workplace) -> None:
    own = mapfiles.default_title(workplace, EVERYTHING, "en")
    assert own == "İzmir Metropolitan Municipality: sustainability projects"
    network = ProjectFilter(network=True)
    assert mapfiles.default_title(workplace, network, "tr") == "İzmir Sürdürülebilirlik Haritası"


def test_the_bin_is_on_no_map(workplace: Workplace) -> None:
    [well] = projects.list_projects(workplace, ProjectFilter(query="Çeşme"))
    projects.delete_project(workplace, well.id)
    for wanted, titles in ((EVERYTHING, ["Park", "Yersiz"]), (ProjectFilter(deleted=True), [])):
        html = mapfiles.browser_map(workplace, MapOrder(wanted)).html
        assert [record["title"] for record in data(html, "izsa-records")["records"]] == titles


class Engine:
    """Remembers what it was to draw."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, Paper]] = []

    def map_pdf(self, html: str, paper: Paper) -> bytes:
        self.drawn.append((html, paper))
        return b"%PDF-"

    def map_pixels(self, pdf: bytes, paper: Paper, dpi: int) -> Pixels:
        assert (pdf, dpi) == (b"%PDF-", 300)
        return Pixels(1, 1, 3, b"abc")

    def renderer(self) -> Any:
        raise NotImplementedError

    def window_picture(self, workplace: Path, target: Path) -> None:
        raise NotImplementedError


def test_the_ending_says_what_is_written(workplace: Workplace, tmp_path: Path) -> None:
    engine = Engine()
    for name, start in (("m.pdf", b"%PDF-"), ("m.PNG", b"\x89PNG")):
        assert mapfiles.write_paper_map(workplace, MapOrder(EVERYTHING), Paper(), tmp_path / name, engine) == 1
        assert (tmp_path / name).read_bytes().startswith(start)
    assert [paper for _, paper in engine.drawn] == [Paper(), Paper()]
    assert mapfiles.write_browser_map(workplace, MapOrder(EVERYTHING), tmp_path / "m.html") == 1
    assert (tmp_path / "m.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_workplace_is_not_written_over(workplace: Workplace) -> None:
    target, before = workplace.folder / DATABASE, (workplace.folder / DATABASE).stat().st_size
    for write in (
        lambda: mapfiles.write_browser_map(workplace, MapOrder(EVERYTHING), target),
        lambda: mapfiles.write_paper_map(workplace, MapOrder(EVERYTHING), Paper(), target, Engine()),
        lambda: mapfiles.write_map(workplace, b"x", target),
    ):
        with pytest.raises(InsideWorkplace):
            write()
    assert target.stat().st_size == before


def test_it_ends_when_nobody_wants_it_any_more(workplace: Workplace, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        mapfiles.write_browser_map(workplace, MapOrder(EVERYTHING), tmp_path / "m.html", stop)
    assert not (tmp_path / "m.html").exists()


def test_the_size_of_a_thousand_projects(workplace: Workplace, tmp_path: Path) -> None:
    projects.add_projects(workplace, [replace(WELL, title=f"Çeşme {n}", purpose="Su. " * 60) for n in range(997)])
    mapfiles.write_browser_map(workplace, MapOrder(EVERYTHING), tmp_path / "m.html")
    assert 2_000_000 < (tmp_path / "m.html").stat().st_size < 3_500_000
