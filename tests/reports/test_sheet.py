"""The sheets' HTML: everything is said, nothing of people becomes markup, nothing points outside."""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from msgspec import structs
from PIL import Image

from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Actual, Indicator
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.i18n import Translator
from izsa_desktop.reports import qr, sheet_rows
from izsa_desktop.reports.sheet import BOTH, Printing, sheet_html
from izsa_desktop.reports.sheet_material import INTERNAL, Comment, Letterhead, Material, Photo
from izsa_desktop.reports.templates import css_string
from tests.reports.samples import EMPTY, FULL, HOSTILE, REFERENCE, RICH, demo_projects, squeezed, texts_of
from tests.support import project_fields

# Elements that never have an end tag.
_VOID = {"meta", "img"}


class Page(HTMLParser):
    """A document as a reader of HTML sees it: elements, and the text outside of style sheets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.styles: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        (self.styles if self._open[-1:] == ["style"] else self.words).append(data)

    @property
    def text(self) -> str:
        return squeezed("".join(self.words))

    def count(self, tag: str, class_: str = "") -> int:
        """How many such elements there are, with this class if one is named."""
        return sum(t == tag and class_ in ("", *(a.get("class") or "").split()) for t, a in self.elements)


def page(*projects: Project, language: str = "tr", **more: Any) -> Page:
    return Page(sheet_html(projects, REFERENCE, language, Printing(printed=date(2026, 11, 23), **more)))


def with_fields(**changes: Any) -> Project:
    return structs.replace(FULL, fields=structs.replace(FULL.fields, **changes))


def test_everything_that_was_entered_is_said() -> None:
    said = page(FULL).text
    for text in (
        *texts_of(FULL),
        "Kadınlar",
        "Çiftçiler, üreticiler",
        "14 Mart 2025",
        "Sürüyor",
        "Mahalle",
        "Erişilebilir ve Temiz Enerji",
        "İklim Eylemi",
        "Sürdürülebilir Şehirler ve Topluluklar",
        "38.46221, 27.21763",
        "Bornova Belediyesi",
        FULL.id,
        FULL.revision[:12],
        "14 Mart 2026",
        "HDX/OCHA",
        "OpenStreetMap",
    ):
        assert squeezed(text) in said


def test_in_english_only_peoples_own_words_are_turkish() -> None:
    english = page(FULL, language="en")
    assert ("html", {"lang": "en"}) in english.elements
    for text in (
        "Women",
        "14 March 2025",
        "Running",
        "Climate Action",
        "Bornova Municipality",
        "Purpose",
        "Carried out by",
    ):
        assert squeezed(text) in english.text
    for word in ("Amaç", "Hedef", "Yürütücü", "Kayıt"):
        assert word not in english.text


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_record_in_which_nothing_was_entered_is_a_page_too(language: str) -> None:
    empty = page(EMPTY, language=language)
    assert empty.count("article") == 1
    assert EMPTY.id in empty.text
    assert squeezed({"tr": "Adsız proje", "en": "Untitled project"}[language]) in empty.text
    assert "None" not in empty.text


def test_unknown_start_and_no_start_are_told_apart() -> None:
    assert "Başlangıçbilinmiyor" in page(with_fields(start="unknown")).text
    assert squeezed("Başlangıç Henüz yazılmadı") in page(with_fields(start=None)).text
    assert squeezed("Başlangıç Mart 2025") in page(with_fields(start="2025-03")).text


def test_nothing_that_people_wrote_becomes_markup() -> None:
    hostile, plain = page(HOSTILE, FULL), page(FULL, FULL)
    for text in texts_of(HOSTILE):
        assert squeezed(text) in hostile.text
    assert "<script>" in hostile.text
    assert "␣U+202E␣" in hostile.text
    assert {tag for tag, _ in hostile.elements} <= {tag for tag, _ in plain.elements}
    assert {name for _, attributes in hostile.elements for name in attributes} <= {
        name for _, attributes in plain.elements for name in attributes
    }


@pytest.mark.parametrize(
    "source",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a.org/x and more",
        "Faaliyet Raporu 2024",
        "data:text/html,x",
    ],
)
def test_only_an_address_in_the_web_becomes_a_link(source: str) -> None:
    shown = page(structs.replace(FULL, fields=structs.replace(FULL.fields, source=source)))
    assert not [a for name, a in shown.elements if name == "a"]
    assert squeezed(source) in shown.text


@settings(max_examples=25)
@given(project_fields)
def test_any_text_is_there_once_it_was_entered(entered: ProjectFields) -> None:
    project = structs.replace(FULL, fields=entered)
    shown = page(project)
    for text in texts_of(project):
        assert squeezed(text) in shown.text
    assert shown.count("article") == 1


@pytest.mark.parametrize("projects", [[FULL], [EMPTY], demo_projects(40)], ids=["full", "empty", "many"])
def test_the_document_is_whole_in_itself(projects: Sequence[Project]) -> None:
    document = page(*projects)
    ids = [a["id"] for _, a in document.elements if "id" in a]
    assert len(ids) == len(set(ids))
    references = {a["href"] for name, a in document.elements if "href" in a and name != "a"}
    assert references <= {f"#{id_}" for id_ in ids}
    links = {a["href"] for name, a in document.elements if name == "a"}
    assert links == {one.fields.source for one in projects if one.fields.source.startswith(("https://", "http://"))}
    assert not any("src" in a for _, a in document.elements)
    assert all(url.startswith("data:font/ttf;base64,") for url in re.findall(r"url\((.*?)\)", "".join(document.styles)))
    assert "@import" not in "".join(document.styles)


def test_one_section_for_each_project_in_the_order_given() -> None:
    projects = demo_projects(50)
    document = page(*projects)
    assert document.count("article") == 50
    places = [document.text.index(project.id) for project in projects]
    assert places == sorted(places)
    assert document.count("title") == 1
    assert "50 proje künyesi" in "".join(document.words)


def test_a_batch_defines_its_drawings_once() -> None:
    one, many = (sheet_html(demo_projects(n), REFERENCE, "tr") for n in (1, 101))
    assert (len(many) - len(one)) / 100 < 12_000


def test_the_code_holds_record_and_revision() -> None:
    picture = io.BytesIO()
    qr.code(FULL).save(picture, kind="png", scale=4)
    read = zxingcpp.read_barcode(Image.open(picture))
    assert read is not None
    assert read.text == f"IZSA:{FULL.id}/{FULL.revision[:16]}/{qr.check_value(FULL)}".upper()
    assert str(qr.svg(FULL)) in sheet_html([FULL], REFERENCE, "tr")


def test_a_point_says_whether_it_is_exact() -> None:
    exact, about = page(FULL), page(with_fields(location=Location(38.46221, 27.21763, approximate=True)))
    assert (exact.count("path", "pin"), exact.count("circle", "about")) == (1, 0)
    assert (about.count("path", "pin"), about.count("circle", "about")) == (0, 1)
    assert "yaklaşık" not in exact.text
    assert "38.46221,27.21763(yaklaşık)" in about.text


def test_a_line_without_a_point_stands_in_the_map_and_is_told() -> None:
    line = Shape(LINE, (((27.21, 38.46), (27.22, 38.47)),))
    drawn = page(with_fields(location=None, shape=line))
    assert drawn.count("path", "pin") == 1
    assert squeezed("Hat · 2 nokta · 1,4 km") in drawn.text
    both = page(with_fields(shape=line))
    assert squeezed("38.46221, 27.21763 · Hat · 2 nokta · 1,4 km") in both.text


def test_a_point_off_the_map_is_not_drawn_but_said() -> None:
    far = page(with_fields(location=Location(41.0, 29.0)))
    assert far.count("path", "pin") == far.count("circle", "dot") == 0
    assert "41.00000,29.00000" in far.text
    assert squeezed("Nokta bu haritanın dışında kalıyor.") in far.text


def test_a_point_in_another_district_stands_in_the_map_of_the_province() -> None:
    elsewhere = page(with_fields(location=Location(39.12, 27.18)))
    assert elsewhere.count("path", "pin") == 0
    assert elsewhere.count("circle", "dot") == 1


def test_the_whole_province_is_lit_for_what_runs_everywhere() -> None:
    whole = page(structs.replace(FULL, id=f"{OFFICE}/{'2' * 32}", fields=structs.replace(FULL.fields, district=OFFICE)))
    assert whole.count("svg", "whole") == 1
    assert whole.count("svg", "district") == 0
    assert squeezed("İzmir Büyükşehir Belediyesi") in whole.text
    assert page(FULL).count("svg", "whole") == 0


def test_values_in_conflict_are_named() -> None:
    assert page(FULL).count("p", "notice") == 0
    both = page(structs.replace(FULL, conflicts=("purpose", "status")))
    assert both.count("p", "notice") == 1
    assert squeezed("2 alanın birbirini tutmayan değerleri var: Amaç, Durum") in both.text
    assert squeezed("alan_2027") in page(structs.replace(FULL, conflicts=("alan_2027",))).text


def test_a_deleted_record_says_so() -> None:
    assert squeezed("Bu kayıt silinmiştir.") in page(structs.replace(FULL, deleted=True)).text


def test_main_goal_first_and_in_its_own_colour() -> None:
    html = sheet_html([FULL], REFERENCE, "tr")
    colors = [REFERENCE.goals_by_code[code].color for code in FULL.fields.goals]
    tiles = re.findall(r'class="number" style="background: (#\w+); color: (#\w+)"', html)
    assert [color for color, _ in tiles] == colors
    assert [ink for _, ink in tiles] == ["#1b2329", "#ffffff", "#1b2329"]
    assert re.findall(r'class="lit" style="background: (#\w+)"', html) == [
        colors[0],
        colors[2],
        colors[1],
    ]


def test_the_network_is_named_and_the_name_is_data() -> None:
    assert "İZSA" in page(FULL).text
    named = page(FULL, letterhead=Letterhead(organisation="Ege <b>Ağı</b>"))
    assert "Ege<b>Ağı</b>" in named.text
    assert named.count("b") == page(FULL).count("b")


def test_every_page_carries_record_and_day() -> None:
    styles = "".join(page(FULL, EMPTY).styles)
    feet = [
        re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), s) for s in re.findall(r'content: "(TUR.*?)";', styles)
    ]
    assert feet == [f"{p.id} · 23 Kasım 2026 tarihinde basıldı" for p in (FULL, EMPTY)]


def test_a_string_of_css_cannot_be_left() -> None:
    assert css_string('a"; } </style>\\\n') == r'"a\22 \3b  \7d  \3c \2f style\3e \5c \a "'


# --- what is more than the core --------------------------------------------------------------------------------------


def test_all_that_can_be_entered_is_said() -> None:
    said = page(RICH, material={RICH.id: Material(titles={RICH.fields.relations[0].other: "İlk aşama"})}).text
    for text in (
        "Önce kutular dağıtılır.",
        "12.500",
        "Ocak 2025",
        "Aralık 2027",
        "Kompost",
        "Bornova, Buca",
        "Enerji tüketimini azaltır.",
        "Yenilenebilir enerjinin payının artırılması",
        "Çevresel 70%",
        "Ege Üniversitesi",
        "1.250.000,5 TRY",
        "A1.H2",
        "355,5 ton (Haziran 2025) · %49",
        "600 ton (2027)",
        "İlk aşama",
        "45,5",
        "https://example.org/rapor",
        "Onaylandı",
        "Güncel (1 Haziran 2026)",
        "İZSA-BOR-2026-0007",
        qr.check_value(RICH),
    ):
        assert squeezed(text) in said, text


def test_a_public_sheet_says_nothing_personal() -> None:
    personal = ("iklim@bornova.bel.tr", "Ayşe Yıldız", "Gerekçeyi uzatın.", "Ali Veli", "Eksik gerekçe")
    material = {RICH.id: Material(comments=(Comment(text="Eksik gerekçe", author="Ali"),))}
    public = page(RICH, material=material).text
    assert [text for text in personal if squeezed(text) in public] == []
    internal = page(RICH, material=material, variant=INTERNAL).text
    said = [text for text in personal if squeezed(text) in internal]
    assert said == [text for text in personal if text != "Ali Veli"]
    assert squeezed("Kurum içi") in internal
    assert squeezed("Kurum içi") not in public


@pytest.mark.parametrize("state", ["incelemede", "düzeltme istendi", "arşiv"])
def test_a_public_sheet_tells_of_the_review_that_it_is_approved_and_nothing_else(state: str) -> None:
    project = structs.replace(RICH, fields=structs.replace(RICH.fields, review=state))
    label = squeezed(REFERENCE.vocabularies["review"].label(state, "tr"))
    assert label not in page(project).text
    assert squeezed("İnceleme durumu") not in page(project).text
    assert label in page(project, variant=INTERNAL).text
    assert squeezed("Onaylandı") in page(RICH).text


def test_in_both_languages_each_sheet_comes_twice() -> None:
    both = page(RICH, FULL, language=BOTH)
    assert [a["lang"] for t, a in both.elements if t == "article"] == ["tr", "en", "tr", "en"]
    assert both.text.index("Çiğli’denGüzelbahçe’ye") < both.text.index("ShadesoflightfromÇiğli")
    assert "Readingthelettersright." in both.text
    titles = [a for t, a in both.elements if t == "h1"]
    assert [a.get("lang") for a in titles] == [None, None, None, "tr"]  # the last has no English name


def test_an_indicator_is_drawn_from_baseline_to_target() -> None:
    [one] = sheet_rows.indicators(RICH.fields, REFERENCE, Translator("tr"))
    assert [x for x, _ in one.points] == sorted(x for x, _ in one.points)
    assert [y for _, y in one.points] == sorted((y for _, y in one.points), reverse=True)
    assert one.aim is not None
    assert one.aim[0] > one.points[-1][0]
    assert one.aim[1] < one.points[-1][1]
    assert (one.percent, one.way) == ("%49", 49)
    assert (
        one.words == "Toplanan atık: başlangıç 120 ton (2023), son değer 355,5 ton (Haziran 2025), hedef 600 ton (2027)"
    )
    drawn = page(RICH)
    assert drawn.count("circle", "reached") == 3
    assert drawn.count("circle", "aim") == 1
    assert one.words in [a.get("aria-label") for t, a in drawn.elements if t == "svg"]


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "percent"),
    [
        (None, 10, 5, ""),
        (0, None, 5, ""),
        (5, 5, 5, ""),
        (900, 700, 850, "%25"),
        (0, 10, 20, "%200"),
        (10, 20, 5, "%-50"),
    ],
)
def test_how_much_of_the_way_is_done(baseline: int | None, target: int | None, latest: int, percent: str) -> None:
    def exact(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    one = Indicator(
        name="x", baseline=exact(baseline), target=exact(target), actuals=(Actual(value=Decimal(latest), date="2025"),)
    )
    [view] = sheet_rows.indicators(ProjectFields(indicators=(one,)), REFERENCE, Translator("tr"))
    assert view.percent == percent
    assert 0 <= view.way <= 100


def test_photos_have_words_and_stand_in_the_document() -> None:
    photo = Photo(source="data:image/jpeg;base64,AA==", caption="Kutular <b>", licence="CC0")
    shown = page(FULL, material={FULL.id: Material(photos=(photo, photo))})
    assert [(a["src"], a["alt"]) for t, a in shown.elements if t == "img"] == [(photo.source, photo.caption)] * 2
    assert shown.text.count("Kutular<b>") == 2


def test_the_office_puts_its_line_and_logo_on_every_sheet() -> None:
    head = Letterhead(footer="Bornova · İklim ofisi", logo="data:image/jpeg;base64,AA==")
    shown = page(FULL, EMPTY, letterhead=head)
    assert [a["src"] for t, a in shown.elements if t == "img"] == [head.logo] * 2
    assert css_string(head.footer) in "".join(shown.styles)


def test_a_check_value_stands_for_id_and_revision() -> None:
    other = structs.replace(FULL, heads=(f"{FULL.revision[:-1]}0",))
    assert qr.check_value(FULL) != qr.check_value(other)
    assert qr.check_value(FULL) != qr.check_value(structs.replace(FULL, id=EMPTY.id))
    assert qr.code(FULL).designator == "4-M"
