"""Maps that stand alone: one HTML text with everything inside it, for paper and for a browser without a network.

Rules: the scripts are those of the map page, only the door (``mapfile/host.js``) is another one. The content security
policy names each script and the style by its hash and allows nothing else: no address, no file, no script that was not
here when the text was made. What people wrote stands in it as JSON, escaped, and comes out by ``textContent``. Who
hands in records has taken what is personal out of them.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from izsa_desktop import resource_files
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.maps import layers, page, thematic
from izsa_desktop.maps.layers import MapData
from izsa_desktop.maps.look import Box, Caption, Look, Paper

_CONFIG, _BASE, _PROJECTS, _RECORDS = "izsa-config", "izsa-base", "izsa-projects", "izsa-records"
_THEMATIC = "izsa-thematic"
"""The elements in which the page finds its data."""
_WEIGHTS = ("400", "600")
_FACE = re.compile(r'@font-face \{[^}]*font-weight: (\d+); src: url\("/(fonts/[^"]+)"\); \}\n')
_ADDRESS = re.compile(r"url\((?!data:)[^)]*\)")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_REMOTE = re.compile(r"^//# sourceMappingURL=.*$|https://leafletjs\.com", re.MULTILINE)
"""What vendored scripts name beyond this computer: where their source may be found, and Leaflet's own home."""


def paper_html(
    reference: Reference,
    language: str,
    data: MapData,
    *,
    caption: Caption,
    paper: Paper,
    look: Look,
    districts: bytes = b"",
) -> str:
    """A map on one sheet of paper, to be printed without margins once the document's title is ``DRAWN``.

    ``districts``: what ``usecases.thematic`` says of them, empty where only projects are shown.
    """
    t = Translator(language)
    text = {
        "legend": t("mapfile.legend"),
        "north": t("mapfile.north"),
        "north_name": t("mapfile.north_name"),
        "credit": page.credit(t),
    }
    told = {"language": t.language, "texts": _paper_texts(t)}
    return _render(
        "paper",
        reference,
        language,
        data,
        look,
        districts=districts,
        caption=caption,
        records=told,
        text=text,
        paper=paper,
    )


def _paper_texts(t: Translator) -> dict[str, str]:
    return {
        "inView": t("mapfile.in_view"),
        "one": t("mapfile.one_project"),
        "own": t("map.own_project"),
        "others": t("map.others_project"),
        "approximate": t("map.approximate"),
        "several": t("mapfile.several_projects"),
        "lines": t("mapfile.lines"),
        "areas": t("mapfile.areas"),
        "scale": t("mapfile.scale"),
    }


def browser_html(
    reference: Reference,
    language: str,
    data: MapData,
    *,
    caption: Caption,
    records: Sequence[Mapping[str, Any]],
    look: Look,
    districts: bytes = b"",
) -> str:
    """A map for any browser: a click on a project shows its record.

    A record has ``id``, ``title``, ``district``, ``purpose``, ``goals`` (codes), ``placed`` and ``facts``: label and
    text of what else is said. The licences of the code in it go along.
    """
    t = Translator(language)
    texts = {
        "close": t("map.close"),
        "untitled": t("map.untitled"),
        "list": t("mapfile.list"),
        "find": t("mapfile.find"),
        "unplaced": t("mapfile.unplaced"),
    }
    told = {"records": records, "texts": texts}
    text = {"list": t("mapfile.list"), "no_script": t("mapfile.no_script")}
    licences = [Markup(_read(f"vendor/{name}/LICENSE")) for name in ("leaflet", "supercluster")]
    return _render(
        "browser",
        reference,
        language,
        data,
        look,
        districts=districts,
        caption=caption,
        records=told,
        text=text,
        licences=licences,
    )


def _render(
    kind: str,
    reference: Reference,
    language: str,
    data: MapData,
    look: Look,
    *,
    districts: bytes,
    caption: Caption,
    **more: Any,
) -> str:
    config = page.config(reference, language) | {
        "base": _BASE,
        "view": _corners(look.view),
        "colouring": asdict(look.colouring),
    }
    if districts:
        config["thematic"] = thematic.options(reference, Translator(language)) | {"fixed": True}
    told = {
        _CONFIG: page.inside_html(config),
        _BASE: _quoted(layers.base_json(reference, language)),
        _PROJECTS: _quoted(data.to_json()),
        _RECORDS: page.inside_html(more.pop("records")),
    } | ({_THEMATIC: _quoted(districts)} if districts else {})
    scripts, style = _scripts(kind), _style(kind)
    html: str = _template(kind).render(
        language=language,
        policy=_policy(scripts, style),
        caption=caption,
        made=caption.made,
        lines=" · ".join(caption.lines),
        style=Markup(style),
        body=Markup(page.scaffold_body()),
        data=[(id_, Markup(text)) for id_, text in told.items()],
        scripts=[Markup(script) for script in scripts],
        **more,
    )
    return html


def _corners(view: Box | None) -> list[list[float]] | None:
    """South-west and north-east, as Leaflet has them."""
    return None if view is None else [[view[1], view[0]], [view[3], view[2]]]


def _quoted(data: bytes) -> str:
    """JSON that cannot end the script element it stands in."""
    return data.decode("utf-8").replace("<", "\\u003c")


def _policy(scripts: Sequence[str], style: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(dict.fromkeys(map(_hash, scripts)))}",
            f"style-src {_hash(style)}",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _template(kind: str) -> jinja2.Template:
    text = resource_files.path(f"mapfile/{kind}.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(text)


@cache
def _scripts(kind: str) -> tuple[str, ...]:
    """All scripts, in the order in which they build on each other."""
    ours = [f"{'mapfile' if name == 'host' else 'map'}/{name}.js" for name in page.MODULES]
    before = [_read(name) for name in ("vendor/leaflet/leaflet.js", "vendor/supercluster/supercluster.min.js", *ours)]
    scripts = (*before, page.scaffold_js(), _read(f"mapfile/{kind}.js"), _read("map/map.js"))
    return tuple(_sealed(_REMOTE.sub("", script), "script") for script in scripts)


@cache
def _style(kind: str) -> str:
    """All styles as one, with two weights of the typeface inside it."""
    ours = _FACE.sub(_face, _read("map/map.css")) + _read(f"mapfile/{kind}.css")
    return _sealed(_ADDRESS.sub("none", _REMARK.sub("", _read("vendor/leaflet/leaflet.css") + ours)), "style")


def _face(rule: re.Match[str]) -> str:
    weight, file = rule.groups()
    if weight not in _WEIGHTS:
        return ""
    data = base64.b64encode(resource_files.path(file).read_bytes()).decode("ascii")
    return f'@font-face {{ font-family: "Inter"; font-weight: {weight}; src: url(data:font/ttf;base64,{data}); }}\n'


def _read(name: str) -> str:
    return resource_files.path(name).read_text(encoding="utf-8")


def _sealed(text: str, element: str) -> str:
    """The text, if it can stand inside such an element."""
    if re.search(rf"</{element}|<!--", text, re.IGNORECASE):
        raise ValueError(element)
    return text
