"""Documents to fill in for a district's sustainability office: texts are data, in ``resources/templates/office``."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from izsa_desktop import resource_files
from izsa_desktop.domain.ladder import Ladder
from izsa_desktop.reports.word import Grid, Heading, Paragraph, Part, docx_bytes

TEMPLATES = ("mandate", "plan", "self-assessment", "focal-points")
BLANK = "…………………………"


def template_name(name: str, language: str) -> str:
    """What people call it."""
    return str(_template(name, language)["name"])


def template_file(name: str, language: str) -> str:
    """A plain file name without its ending."""
    return str(_template(name, language)["file"])


def office_template(name: str, language: str, facts: Mapping[str, str], ladder: Ladder) -> bytes:
    """The document. ``facts``: ``body``, the municipality; ``upper``, the district's name in capitals."""
    read = _template(name, language)
    parts = [part for row in read["parts"] for part in _parts(row, language, facts, ladder)]
    return docx_bytes(read["name"], language, parts, lambda: None, upright=True)


@cache
def _template(name: str, language: str) -> Mapping[str, Any]:
    text = resource_files.path(f"templates/office/{name}.toml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text)[language]
    return found


def _parts(row: Mapping[str, Any], language: str, facts: Mapping[str, str], ladder: Ladder) -> Iterator[Part]:
    if "heading" in row:
        yield Heading(row["heading"].format_map(facts), row.get("level", 1))
    elif "text" in row:
        yield Paragraph(row["text"].format_map(facts))
    elif row.get("ladder"):
        for stage in ladder.stages:
            yield Heading(f"{stage.number}. {stage.name[language]}", 2)
            rows = [[one.code, one.name[language], *[""] * (len(row["headers"]) - 2)] for one in stage.criteria]
            yield Grid(row["headers"], rows, row["widths"])
    else:
        yield Grid(row["headers"], [[""] * len(row["headers"])] * row["blank"], row["widths"])
