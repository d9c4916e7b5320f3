"""The page: local files only, no inline script, and every file that it names exists."""

import json
import re

import pytest

from izsa_desktop import reference, resource_files
from izsa_desktop.maps import page, served

MADE_ELSEWHERE = {served.SCAFFOLD, served.QWEBCHANNEL, served.BASE}


@pytest.fixture(params=[("tr", "light"), ("en", "dark"), ("tr", "print")], ids="-".join)
def html(request: pytest.FixtureRequest) -> str:
    return page.page_html(reference.load(), *request.param)


def test_no_remote_address(html: str) -> None:
    assert not re.search(r"(?i)https?:|wss?:|ftp:|//[a-z0-9]", html)
    assert not re.search(r"(?i)https?:|//[a-z0-9]", page.scaffold_js())


def test_our_scripts_and_styles_name_no_remote_address() -> None:
    for file in resource_files.path("map").iterdir():
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?i)https?:|url\(['\"]?//", text), file


def test_nothing_inline_that_the_policy_forbids(html: str) -> None:
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL)
    assert [attributes for attributes, text in scripts if text.strip()] == [' type="application/json" id="izsa-config"']
    assert "<style" not in html
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
    assert "unsafe" not in page.POLICY


def test_every_named_file_exists(html: str) -> None:
    named = set(re.findall(r'(?:src|href)="([^"]+)"', html))
    assert "/vendor/leaflet/leaflet.js" in named
    for address in named - MADE_ELSEWHERE:
        assert resource_files.path(address.lstrip("/")).is_file()


def test_every_script_of_ours_is_used(html: str) -> None:
    for file in resource_files.path("map").glob("*.js"):
        if file.name != "forester.js":  # a worker: host.js starts it
            assert f'src="/map/{file.name}"' in html


def test_the_policy_stands_before_everything_it_governs(html: str) -> None:
    assert html.index("Content-Security-Policy") < min(html.index("<script"), html.index("<link"))


def test_the_configuration_is_whole() -> None:
    html = page.page_html(reference.load(), "tr", "light")
    config = json.loads(re.findall(r'id="izsa-config">(.*?)</script>', html, re.DOTALL)[0])
    goals = {value["code"]: value for value in config["schemes"][0]["values"]}
    assert goals["13"]["name"] == "İklim Eylemi"
    assert goals["13"]["colors"] == ["#3F7E44", "#3F7E44"]
    assert config["colouring"] == {"scheme": "goal", "hidden": [], "open": True}
    assert config["texts"]["zoomIn"] == "Yakınlaştır"


def test_the_scaffold_is_the_same_in_every_process() -> None:
    assert page.scaffold_js().strip().startswith('const map_izsa = L.map("map_izsa"')
    assert '"minZoom": 7' in page.scaffold_js()
    assert '"maxZoom": 17' in page.scaffold_js()


@pytest.mark.parametrize(("language", "theme"), [("de", "light"), ("tr", "pink")])
def test_unknown_languages_and_themes(language: str, theme: str) -> None:
    with pytest.raises(ValueError, match=f"{language} {theme}"):
        page.page_html(reference.load(), language, theme)


def test_the_bounds_hold_the_districts() -> None:
    districts = json.loads(resource_files.path("reference/izmir_districts.geojson").read_text(encoding="utf-8"))
    west, south, east, north = districts["bbox"]
    assert ((south, west), (north, east)) == page.BOUNDS
