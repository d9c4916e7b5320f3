"""A short run of ``tests.faults.power``, and proof that it finds what is weak."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.faults import recording
from tests.faults.power import WINDOW, Outcome, cut, recorded
from tests.faults.verbs import CREATE, MIGRATE, VERBS

pytestmark = pytest.mark.skipif(bool(recording.why_not()), reason=recording.why_not())
STEPS = {"add": 3, "import": 3, "export": 6, "backup": 6, "merge": 3, "receive": 3, CREATE: 4, MIGRATE: 3, WINDOW: 2}
SEED = "suite"


def tried(verb: str, folder: Path, synchronous: str = "", *, heed_sync: bool = True) -> Outcome:
    run = recorded(verb, folder, SEED, STEPS.get(verb, 10), synchronous)
    outcome = cut(run, folder, 25, SEED, heed_sync=heed_sync)
    assert outcome.told > 25
    return outcome


@pytest.mark.parametrize("verb", [*VERBS, CREATE, MIGRATE])
def test_no_cut_loses_what_was_acknowledged(tmp_path: Path, verb: str) -> None:
    assert tried(verb, tmp_path).wrongs == []


@pytest.mark.skipif(find_spec("PySide6") is None, reason="PySide6 is not installed")
def test_no_cut_loses_what_the_window_acknowledged(tmp_path: Path) -> None:
    run = recorded(WINDOW, tmp_path, SEED, STEPS[WINDOW])
    outcome = cut(run, tmp_path, 25, SEED)
    assert outcome.wrongs == []
    assert outcome.told > 0


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL", "FULL"])
def test_weaker_settings_of_sqlite_are_found_out(tmp_path: Path, synchronous: str) -> None:
    assert tried("save", tmp_path, synchronous).wrongs


@pytest.mark.parametrize("verb", ["save", "export", "backup"])
def test_a_disk_that_forgets_is_found_out(tmp_path: Path, verb: str) -> None:
    """The same calls without a single flush."""
    assert tried(verb, tmp_path, heed_sync=False).wrongs
