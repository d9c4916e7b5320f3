"""Maps on paper: what they say is read in the PDF, the paper is the one asked for, marks stand where projects are."""

import io
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.maps import alone
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.layers import MapData
from izsa_desktop.maps.look import DPI, SIZES, Caption, Look, Paper
from izsa_desktop.maps.png import Pixels, png
from izsa_desktop.ui.printing.job import PrintJob
from izsa_desktop.ui.printing.pixels import PagePixels, page_pixels
from izsa_desktop.ui.printing.renderer import WebEngineRenderer
from izsa_desktop.usecases.progress import no_progress
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import create_workplace
from tests.ui.web.sample import map_data, project

PLACES = {"14": (38.40, 26.60), "3": (38.60, 27.00), "7": (38.40, 27.40)}
"""A place for each of three goals: west, north in the middle, east."""
COLOURS = {"14": (0x0A, 0x97, 0xD9), "3": (0x4C, 0x9F, 0x38), "7": (0xFC, 0xC3, 0x0B)}
LAND, SEA = (0xFF, 0xFF, 0xFF), (0xEE, 0xF4, 0xF7)
CAPTION = Caption("Çiğli’nin Güzel Şeyleri", ("3 proje", "Durum: Sürüyor"), "23 Kasım 2026 · Bornova Belediyesi")
VIEW = (26.4, 38.2, 27.6, 38.8)


def three() -> MapData:
    places = enumerate(PLACES.items(), 1)
    return map_data(*(project(n, goal, Location(*at), goals=(goal,), status="sürüyor") for n, (goal, at) in places))


def html(paper: Paper, data: MapData | None = None, language: str = "tr", look: Look | None = None) -> str:
    shown = three() if data is None else data
    return alone.paper_html(reference.load(), language, shown, caption=CAPTION, paper=paper, look=look or Look(VIEW))


def printed(paper: Paper, data: MapData | None = None, language: str = "tr", look: Look | None = None) -> bytes:
    return WebEngineRenderer().pdf(html(paper, data, language, look), paper)


def read(pdf: bytes) -> tuple[list[tuple[float, float]], str]:
    """The pages' sizes in millimetres and all their text, blanks as one."""
    document = pypdfium2.PdfDocument(pdf)
    sizes = [tuple(length / 72 * 25.4 for length in page.get_size()) for page in document]
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    return sizes, text


def picture(pdf: bytes, paper: Paper, dpi: int = 100) -> Image.Image:
    made = Image.open(io.BytesIO(png(page_pixels(pdf, paper, dpi), dpi, no_progress)))
    made.load()
    return made


def middle(image: Image.Image, colour: tuple[int, ...], columns: Iterable[int]) -> tuple[float, float]:
    """The middle of all pixels of a colour in these columns."""
    pixels = image.load()
    assert pixels is not None
    found = [(x, y) for x in columns for y in range(image.height) if pixels[x, y] == colour]
    assert len(found) > 20
    return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)


@pytest.mark.parametrize("landscape", [True, False], ids=["landscape", "portrait"])
@pytest.mark.parametrize("size", SIZES)
def test_one_sheet_of_the_paper_says_everything(qtbot: QtBot, size: str, landscape: bool) -> None:
    paper = Paper(size, landscape)
    sizes, text = read(printed(paper))
    wanted = sorted(SIZES[size], reverse=landscape)
    assert len(sizes) == 1
    assert sizes[0] == pytest.approx(wanted, abs=0.5)
    for said in (
        *(CAPTION.title, "3 proje · Durum: Sürüyor", CAPTION.made, "Lejant", "Ana Küresel Amaç"),
        *("14 Sudaki Yaşam 1", "Bir proje", "Ölçek yaklaşık 1 : ", "km", "OpenStreetMap", "GeoNames", "K"),
    ):
        assert said in text, (said, text)


def test_in_english(qtbot: QtBot) -> None:
    _, text = read(printed(Paper(), language="en"))
    for said in ("Legend", "Main global goal", "Life Below Water", "One project", "Scale about 1 : "):
        assert said in text, (said, text)
    scale = text.partition("Scale about 1 : ")[2].split()[0]
    assert 300_000 < int(scale.replace(",", "")) < 900_000
    assert "," in scale


def test_marks_stand_where_the_projects_are(qtbot: QtBot) -> None:
    image = picture(printed(Paper()), Paper())
    assert image.size == Paper().dots(100)
    frame = range(image.width * 76 // 100)  # the legend has the same colours
    west, north, east = (middle(image, COLOURS[goal], frame) for goal in PLACES)
    assert west[0] < north[0] < east[0]
    assert north[0] - west[0] == pytest.approx(east[0] - north[0], abs=3)  # 0.4 degrees each
    assert west[1] == pytest.approx(east[1], abs=3)
    degree = (east[0] - west[0]) / 0.8
    assert (west[1] - north[1]) / degree == pytest.approx(0.2 / 0.782, abs=0.01)  # a degree up is longer: 1 / cos 38.5°
    counted = {colour: number for number, colour in image.getcolors(1 << 24) or ()}
    assert counted[LAND] > 20_000 < counted[SEA]


def test_what_the_legend_hides_is_not_there(qtbot: QtBot) -> None:
    pdf = printed(Paper(), look=Look(VIEW, Colouring("goal", ("14",))))
    image = picture(pdf, Paper())
    counted = {colour: number for number, colour in image.getcolors(1 << 24) or ()}
    assert COLOURS["14"] not in counted
    assert counted[COLOURS["3"]] > 20
    assert "Sudaki Yaşam" not in read(pdf)[1]


def test_what_is_out_of_view_does_not_count(qtbot: QtBot) -> None:
    _, text = read(printed(Paper(), look=Look((26.9, 38.5, 27.1, 38.7))))
    assert "3 Sağlık ve Kaliteli Yaşam 1" in text
    assert "Sudaki Yaşam" not in text


def test_other_colours_have_their_own_legend(qtbot: QtBot) -> None:
    _, text = read(printed(Paper(), look=Look(VIEW, Colouring("status"))))
    assert "Durum (görünen proje sayısı) Sürüyor 3" in text


def test_shapes_that_are_there_are_explained(qtbot: QtBot) -> None:
    together = map_data(
        project(1, "a", Location(38.46, 27.22)),
        project(2, "b", Location(38.46, 27.22)),
        project(3, "c", Location(38.46, 26.6, approximate=True)),
    )
    _, text = read(printed(Paper(), together))
    assert "Yaklaşık yer" in text
    assert "Yakın projeler, sayısıyla" in text
    assert "Başka kurumun" not in text


def everywhere() -> MapData:
    """Ten projects in each district, so that a legend of districts is as long as it can be."""
    districts = reference.load().districts
    return map_data(
        *(
            project(
                n,
                "a",
                Location(d.lat + n % 10 / 500, d.lon, approximate=n % 3 == 0),
                district=d.code,
                goals=("14",) if d.name == "Selçuk" else ("3",),
            )
            for n, d in enumerate((d for d in districts for _ in range(10)), 1)
        )
    )


def feet(pdf: bytes, *texts: str) -> list[float]:
    """How far above the sheet's lower edge each text stands, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    found = [page.search(text).get_next() for text in texts]
    assert None not in found, texts
    places = [page.get_charbox(at[0])[1] / 72 * 25.4 for at in found if at]
    document.close()
    return places


@pytest.mark.parametrize("landscape", [True, False], ids=["landscape", "portrait"])
def test_the_longest_legend_has_room(qtbot: QtBot, landscape: bool) -> None:
    paper = Paper("A4", landscape)
    pdf = printed(paper, everywhere(), look=Look(None, Colouring("district")))
    heights = feet(pdf, "Aliağa", "Urla 10", "Yaklaşık yer", "Yakın projeler", "Ölçek yaklaşık")
    assert heights[-1] > 8
    assert min(heights[:-1]) > heights[-1] + 3
    assert heights[0] > heights[1] > heights[2] >= heights[3] - 0.1


def test_a_long_legend_takes_nothing_of_the_province_away(qtbot: QtBot) -> None:
    """How long it is, is known only when the map is drawn; then what is left of the frame is fitted anew."""
    paper = Paper("A4", landscape=False)
    pdf = printed(paper, everywhere(), look=Look(None, Colouring("district")))
    image = picture(pdf, paper)
    pixels = image.load()
    assert pixels is not None
    [legend] = (round((297 - height) / 25.4 * 100) for height in feet(pdf, "Lejant"))
    columns = range(image.width // 3, image.width * 2 // 3)
    selcuk = [y for y in range(legend) for x in columns if pixels[x, y] == (0x2F, 0x6A, 0x57)]
    assert 0.8 * legend < max(selcuk) < 0.92 * legend  # the southernmost district


def test_a_map_without_projects(qtbot: QtBot) -> None:
    sizes, text = read(printed(Paper(), map_data(), look=Look()))
    assert len(sizes) == 1
    assert CAPTION.title in text
    assert "Bir proje" not in text


def test_a_hostile_caption_is_text(qtbot: QtBot) -> None:
    bad = "<script>document.title='izsa-drawn'</script><img src=x onerror=alert(1)>${1}`"
    caption = Caption(bad, (bad,), bad)
    page = alone.paper_html(reference.load(), "tr", three(), caption=caption, paper=Paper(), look=Look(VIEW))
    sizes, text = read(WebEngineRenderer().pdf(page, Paper()))
    assert len(sizes) == 1
    assert text.replace(" ", "").count(bad.replace(" ", "")) == 3


def test_very_long_captions_stay_on_the_sheet(qtbot: QtBot) -> None:
    caption = Caption("Uzun başlık " * 60, ("süzgeç " * 200,), "bugün")
    page = alone.paper_html(reference.load(), "tr", three(), caption=caption, paper=Paper(), look=Look(VIEW))
    sizes, text = read(WebEngineRenderer().pdf(page, Paper()))
    assert len(sizes) == 1
    assert "Lejant" in text
    assert "bugün" in text


def test_a_picture_is_drawn_beside_the_window(qtbot: QtBot) -> None:
    pdf = printed(Paper())
    came: list[Pixels] = []
    holder = QObject()
    drawer = PagePixels(pdf, Paper(), came.append, holder)
    with qtbot.waitSignal(drawer.destroyed, timeout=20_000):
        assert came == []
    [pixels] = came
    assert (pixels.width, pixels.height) == Paper().dots(DPI) == (3508, 2480)
    assert set(bytes(pixels.data[:30])) == {255}


def test_a_drawing_that_is_cancelled_reports_nothing(qtbot: QtBot) -> None:
    job = PrintJob(html(Paper()), paper=Paper())
    reports: list[object] = []
    job.done.connect(reports.append)
    job.failed.connect(reports.append)
    with qtbot.waitSignal(job.destroyed, timeout=2000):
        job.cancel()
    assert read(printed(Paper()))[0]
    assert reports == []


def test_a_document_that_draws_nothing_is_not_waited_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("izsa_desktop.ui.printing.job._DRAWN_WITHIN_MS", 50)
    with pytest.raises(NoRenderer, match="in time"):
        WebEngineRenderer().pdf("<p>nothing is drawn here</p>", Paper())


def test_the_command_line_needs_no_application_no_screen_and_says_what_it_wrote(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "w", "TUR035007", "Ayşe") as workplace:
        add_projects(workplace, [ProjectFields(title="Çeşme", goals=("14",), location=Location(38.46, 27.22))])
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("QT", "QSG")) and k != "DISPLAY"}
    script = "import sys; from izsa_desktop.app import run_command_line as run; sys.exit(run(sys.argv[1:]))"
    for name in ("m.pdf", "m.png"):
        options = ("--paper", "A3", "--portrait", "--goal", "14", "--title", "Sular")
        ended = subprocess.run(
            [sys.executable, "-c", script, "--data", tmp_path / "w", "map", "-o", tmp_path / name, *options],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=bare | {"PYTHONUTF8": "1"},
            check=False,
        )
        assert (ended.stdout, ended.stderr, ended.returncode) == (f"Yazıldı: {tmp_path / name}\n", "", 0)
    _, text = read((tmp_path / "m.pdf").read_bytes())
    assert "Sular 1 proje · Küresel amaç: 14 · Sudaki Yaşam" in text
    with Image.open(tmp_path / "m.png") as image:
        assert (image.size, round(image.info["dpi"][0])) == (Paper("A3", landscape=False).dots(300), 300)
        counted = {colour: number for number, colour in image.getcolors(1 << 25) or ()}
        assert counted[COLOURS["14"]] > 200
