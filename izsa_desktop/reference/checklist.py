"""What the office looks at when it reviews a project: ``resources/reference/review_checklist.json``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from izsa_desktop import resource_files


@dataclass(frozen=True, slots=True)
class Check:
    """One question. ``field``: where the answer is found in the form; ``text`` by language."""

    code: str
    field: str
    text: Mapping[str, str]


@cache
def load_checklist() -> tuple[Check, ...]:
    """The questions in the order in which they are asked."""
    kept = json.loads(resource_files.path("reference/review_checklist.json").read_text(encoding="utf-8"))
    return tuple(Check(row["code"], row["field"], {"tr": row["tr"], "en": row["en"]}) for row in kept["items"])
