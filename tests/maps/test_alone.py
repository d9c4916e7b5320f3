"""Maps that stand alone: nothing in them points outside, every script is named by its hash, and texts stay texts."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from izsa_desktop import reference
from izsa_desktop.domain.project import Location
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.maps import alone
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.look import Box, Caption, Look, Paper, box_of
from tests.ui.web.sample import HOSTILE, map_data, project

CAPTION = Caption("Başlık", ("1 proje",), "23 Kasım 2026")
KINDS = ("browser", "paper")
VIEW: Box = (27.0, 38.3, 27.4, 38.6)
CLOSING = "</script><script>window.pwn=1</script><style>*{}</style><img src=http://example.org/x>"


class Read(HTMLParser):
    """Elements with their attributes, and the texts inside scripts, styles and headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in ("script", "style", "h1", "title") else None

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, attributes = self._open
            self.inside.append((tag, attributes, data))

    def texts(self, tag: str) -> list[str]:
        return [text for name, attributes, text in self.inside if name == tag and "type" not in attributes]

    def data(self, id_: str) -> Any:
        [found] = [text for _, attributes, text in self.inside if attributes.get("id") == id_]
        return json.loads(found)

    @property
    def policy(self) -> dict[str, list[str]]:
        [said] = [a["content"] for _, a in self.elements if a.get("http-equiv") == "Content-Security-Policy"]
        assert said is not None
        return {words[0]: words[1:] for words in (part.split() for part in said.split(";"))}


def made(kind: str, title: str = "Güneş", caption: Caption = CAPTION, look: Look | None = None) -> str:
    known, data = reference.load(), map_data(project(1, title, Location(38.46, 27.22)))
    if kind == "paper":
        return alone.paper_html(known, "tr", data, caption=caption, paper=Paper(), look=look or Look())
    record = {"id": f"TUR035007/{1:032x}", "title": title, "district": "", "purpose": title, "goals": ["7"]}
    records = [record | {"placed": True, "facts": [("Durum", title)]}]
    return alone.browser_html(known, "tr", data, caption=caption, records=records, look=look or Look())


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_points_outside(kind: str) -> None:
    html = made(kind)
    elements = Read(html).elements
    assert not [a for _, a in elements if {"src", "href", "data", "action", "srcset", "style"} & a.keys()]
    assert not [name for _, a in elements for name in a if name.startswith("on")]
    without_fonts = re.sub(r"data:font/ttf;base64,[A-Za-z0-9+/=]+", "", html)
    assert set(re.findall(r"(?i)\b(?:https?|wss?|ftp|file):[^\s\"'`)]*", without_fonts)) == {
        "http://www.w3.org/2000/svg"  # a name, not an address
    }
    [style] = Read(html).texts("style")
    assert re.findall(r"url\((?!data:)|@import", style) == []
    assert "sourceMappingURL" not in html


def test_only_the_scripts_and_the_style_that_it_came_with_may_run(kind: str) -> None:
    read = Read(made(kind))
    policy = read.policy
    assert policy["default-src"] == ["'none'"]
    assert set(policy["script-src"]) == set(map(digest, read.texts("script")))
    assert policy["style-src"] == list(map(digest, read.texts("style")))
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert "connect-src" not in policy
    assert not [word for words in policy.values() for word in words if "unsafe" in word or "http" in word]


def test_the_policy_stands_before_everything_it_governs(kind: str) -> None:
    html = made(kind)
    assert html.index("Content-Security-Policy") < min(html.index("<script"), html.index("<style"))


@pytest.mark.parametrize("text", [*HOSTILE, CLOSING])
def test_hostile_texts_add_no_element(kind: str, text: str) -> None:
    plain, hostile = Read(made(kind)), Read(made(kind, text, Caption(text, (text,), text)))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert set(hostile.policy["script-src"]) == set(plain.policy["script-src"])
    block = hostile.data("izsa-projects")
    assert len(block["ids"]) == 1 and block["properties"]["title"]["each"][0]
    if kind == "browser":
        [record] = hostile.data("izsa-records")["records"]
        assert record["title"] == record["purpose"] == text
    assert "".join(hostile.texts("h1")).strip() == text.strip()


def test_the_look_goes_into_it(kind: str) -> None:
    config = Read(made(kind, look=Look(VIEW, Colouring("status", ("sürüyor",))))).data("izsa-config")
    assert config["view"] == [[38.3, 27.0], [38.6, 27.4]]
    assert config["colouring"] == {"scheme": "status", "hidden": ["sürüyor"], "open": True}
    assert Read(made(kind)).data("izsa-config")["view"] is None


def test_the_typeface_is_inside(kind: str) -> None:
    [style] = Read(made(kind)).texts("style")
    faces = re.findall(r"@font-face \{([^}]*)\}", style)
    assert [re.findall(r"font-weight: (\d+)", face) for face in faces] == [["400"], ["600"]]
    assert all("url(data:font/ttf;base64,AAEAAA" in face for face in faces)


def test_licences_go_with_the_code() -> None:
    html = made("browser")
    for said in ("Volodymyr Agafonkin", "ISC License", "SIL Open Font License"):
        assert said in html[: html.index("<html")]


def test_papers() -> None:
    assert (Paper().dots(300), Paper("A4", landscape=False).dots(300)) == ((3508, 2480), (2480, 3508))
    assert (Paper("A3").dots(300), Paper("A3", landscape=False).lies) == ((4961, 3508), "portrait")
    with pytest.raises(ValueError, match="A5"):
        Paper("A5")


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ("[27.0,38.3,27.4,38.6]", VIEW),
        ("[27.4,38.3,27.0,38.6]", None),
        ("[27.0,38.3,27.00001,38.6]", None),
        ("[27.0,38.3,27.4,98.6]", None),
        ("[27.0,38.3,27.4]", None),
        ('["<b>",38.3,27.4,38.6]', None),
        ("null", None),
        ("", None),
        (None, None),
        (17, None),
    ],
)
def test_what_a_page_says_of_its_view(said: object, box: Box | None) -> None:
    assert box_of(said) == box


def test_lines_and_areas_go_with_it_and_the_tools_that_draw_them_do_not() -> None:
    line = Shape(LINE, (((27.2, 38.4), (27.3, 38.5)),))
    html = alone.browser_html(
        reference.load(), "tr", map_data(project(1, "Yol", None, shape=line)), caption=CAPTION, records=[], look=Look()
    )
    block = Read(html).data("izsa-projects")
    assert block["shapes"] == {"0": {"type": "LineString", "coordinates": [[27.2, 38.4], [27.3, 38.5]]}}
    assert "const Shapes =" in html
    for part in ("L.Editable", "const Drawing =", "const Picking =", "drawing_css"):
        assert part not in html
