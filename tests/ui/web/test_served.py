"""The scheme's table is closed: only files that the program lists, whatever a page writes as a path."""

import pytest

from izsa_desktop.ui.web.served import ServedFiles


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/map/map.js", "text/javascript"),
        ("/map/map.css", "text/css"),
        ("/vendor/leaflet/leaflet.js", "text/javascript"),
        ("/fonts/Inter-Regular.ttf", "font/ttf"),
    ],
)
def test_files_of_the_program(path: str, kind: str) -> None:
    found = ServedFiles().get(path)
    assert found is not None
    assert found[0] == kind
    assert len(found[1]) > 100


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/map/../reference/sdg.json",
        "/map/%2e%2e/reference/sdg.json",
        "/map//map.js",
        "map/map.js",
        "/map/page.html.j2",
        "/vendor/VENDOR.json/",
        "/reference/sdg.json",
        "/fonts/OFL.txt",
        "",
        "/",
    ],
)
def test_nothing_else(path: str) -> None:
    assert ServedFiles().get(path) is None


def test_bytes_of_one_page_are_not_seen_by_another() -> None:
    one, other = ServedFiles(), ServedFiles()
    one.put("/map/projects.json", "{}")
    assert one.get("/map/projects.json") == ("application/json", b"{}")
    assert other.get("/map/projects.json") is None


def test_an_unknown_type_is_not_served() -> None:
    with pytest.raises(ValueError, match=r"x\.exe"):
        ServedFiles().put("/x.exe", b"")
