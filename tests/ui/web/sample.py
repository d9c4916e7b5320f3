"""Projects for the tests of the map page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from izsa_desktop import reference
from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.maps.layers import MapData, project_features

Ask = Callable[[str], Any]
Click = Callable[[float, float], None]

TODAY = date(2026, 11, 23)
TITLES = ("Güneş enerjili pazar yeri", "Mahalle kompost alanı", "Kıyı temizliği")
POINTS = ((38.62, 27.07), (38.22, 27.97), (38.32, 26.30))


def project(number: int, title: str, location: Location | None, **more: Any) -> Project:
    fields = ProjectFields(title=title, location=location, **{"goals": ("7", "13"), "district": "TUR035007", **more})
    return Project(id=f"TUR035007/{number:032x}", fields=fields, heads=("ab" * 32,))


def map_data(*projects: Project) -> MapData:
    return project_features(projects, reference.load(), TODAY)


def where(ask: Ask, project_id: str) -> dict[str, Any]:
    """Where the page draws a project's own mark: ``{x, y, r, …}`` in pixels."""
    found = [item for item in ask("izsa.items") if item["id"] == project_id]
    assert len(found) == 1
    return dict(found[0])


HOSTILE = (
    "<img src=x onerror=window.pwn=1>",
    "<script>window.pwn=1</script>",
    "</script><script>window.pwn=1</script>",
    "${window.pwn=1}",
    "`${window.pwn=1}`",
    "`",
    "${",
    "');window.pwn=1;//",
    '";window.pwn=1;//',
    "\\u003cscript>window.pwn=1</script>",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; &#60;script&#62;",
    "<svg/onload=window.pwn=1>",
    "<a href=javascript:window.pwn=1>tıkla</a>",
    "<iframe srcdoc='<script>parent.pwn=1</script>'>",
    "<style>*{display:none}</style>",
    "<!-- ]]> -->",
    "\u202egnp.exe\u202c",
    "a\u200bb\ufeff",
    "\u2028\u2029",
    "__proto__",
    "constructor",
    "😀 Ğüzel ₺ İıŞş",
    "uzun " * 3000,
    "uzunsözcük" * 400,
    "a\x00b",
    "\x07\x1b[31mkırmızı\x1b[0m",
    "\r\nsatır\tsekme",
    "\u2066\u202dters\u2069",
    "\ud7a3\U0001f469\u200d\U0001f467",
    "e\u0301" * 50 + "\u0335" * 60,
    '=HYPERLINK("izsa://app/")',
    "javascript:window.pwn=1",
    "data:text/html,<script>window.pwn=1</script>",
    "file:///etc/passwd",
    "<link rel=stylesheet href=izsa://app/x.css>",
    "<meta http-equiv=refresh content=0>",
    "<base href=izsa://app/>",
    "<math><mtext><style><img src=x onerror=window.pwn=1>",
    "${alert`1`}",
    "{{constructor.constructor('window.pwn=1')()}}",
    "%3Cscript%3Ewindow.pwn=1%3C/script%3E",
    "</title></style></textarea><script>window.pwn=1</script>",
    "]]></script><svg onload=window.pwn=1>",
)
