"""A short run of ``tests.faults.bitflips``."""

from pathlib import Path

from tests.faults.bitflips import flip

FLIPS, PROJECTS = 40, 60


def test_every_changed_record_is_named(tmp_path: Path) -> None:
    totals = flip(tmp_path, PROJECTS, FLIPS, "suite")
    assert [(missed.at, missed.unnamed, missed.said) for missed in totals.missed] == []
    assert sum(bool(one.changed) for one in totals.flips) > FLIPS / 4
