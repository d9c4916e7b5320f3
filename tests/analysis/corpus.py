"""The real projects with their labelled pairs, ready to be compared."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from izsa_desktop import resource_files
from izsa_desktop.analysis.subject import Subject
from izsa_desktop.domain.errors import UnknownDistrict
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import wording
from tests.support import REFERENCE

READING = wording.reading(REFERENCE)
_PAIRS = Path(__file__).parents[1] / "data" / "similar_pairs.csv"


@cache
def real_projects() -> tuple[dict[str, Any], ...]:
    text = resource_files.path("demo/projects.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


def labelled(label: str) -> list[tuple[int, int]]:
    """Pairs of rows with a label, counted from zero."""
    with _PAIRS.open(encoding="utf-8", newline="") as file:
        return [(int(one["a"]) - 1, int(one["b"]) - 1) for one in csv.DictReader(file) if one["label"] == label]


def fields_of(one: dict[str, Any]) -> ProjectFields:
    """As a clerk would enter it; another city's district goes into the place."""
    try:
        district, place = REFERENCE.district(one["district"]).code, one["place"] or ""
    except UnknownDistrict:
        district, place = "", f"{one['district']} {one['place'] or ''}"
    goals = tuple(map(str, one["sdgs"]))
    return ProjectFields(
        title=one["title"],
        purpose=one["purpose"],
        audience_note=one["audience"],
        start=one["start"],
        goals=goals,
        district=district,
        place=place,
    )


@cache
def subjects(*, text_only: bool = False) -> tuple[Subject, ...]:
    """All rows, by number as id."""
    entered = [fields_of(one) for one in real_projects()]
    if text_only:
        entered = [ProjectFields(title=one.title, purpose=one.purpose) for one in entered]
    return tuple(READING.subject(str(n), one) for n, one in enumerate(entered))


def said(title: str, **fields: Any) -> Subject:
    """A project that says only this."""
    return READING.subject(title, ProjectFields(title=title, **fields))
