"""Reads the coaching ladder."""

import json
from functools import cache

from izsa_desktop import resource_files
from izsa_desktop.domain.ladder import Criterion, Ladder, Stage


@cache
def load_ladder() -> Ladder:
    """The ladder of this version of the program."""
    read = json.loads(resource_files.path("reference/coaching_ladder.json").read_text(encoding="utf-8"))
    return Ladder(
        read["version"],
        tuple(
            Stage(stage["number"], stage["name"], tuple(Criterion(**row) for row in stage["criteria"]))
            for stage in read["stages"]
        ),
    )
