"""A short run of ``tests.faults.letter_kills``, and proof that its judge finds what is wrong."""

import os
import shutil
from pathlib import Path

import pytest

from tests.faults import recording
from tests.faults.letter_kills import Trial, at_every_call, at_random
from tests.faults.letters import EXPORT, MERGE, VERBS
from tests.usecases.line import crafted, enter
from tests.usecases.mail import take

EVERY = {EXPORT: 11, MERGE: 151}
"""Each so many-th system call: some of each verb."""


@pytest.mark.skipif(os.name != "posix", reason="forks")
@pytest.mark.parametrize("verb", VERBS)
def test_kills_at_random_moments(tmp_path: Path, verb: str) -> None:
    from tests.cli.killing import start_server

    start_server()
    outcome = at_random(Trial(verb, tmp_path), 4, "suite")
    assert outcome.wrongs == []
    assert outcome.killed >= 4


@pytest.mark.skipif(bool(recording.why_not()), reason=recording.why_not())
@pytest.mark.parametrize("verb", EVERY)
def test_kills_at_system_calls(tmp_path: Path, verb: str) -> None:
    outcome = at_every_call(Trial(verb, tmp_path), EVERY[verb])
    assert outcome.wrongs == []
    assert outcome.killed == outcome.tries > 2


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    trial = Trial(EXPORT, tmp_path)
    tried = trial.fresh()
    tried.again()
    whole = tried.usb / "again.izsa"
    (tried.usb / "half.izsa").write_bytes(whole.read_bytes()[:-100])
    crafted(tried.workplace, tried.usb / "other.izsa", [], seq=2)
    enter(tried.workplace, "Sonra")
    trial.judge(tried, "now", killed=True)
    for wrong in ("half.izsa", "two contents", "neither before nor after"):
        assert any(wrong in line for line in trial.outcome.wrongs), wrong


def test_a_merge_that_stays_half_is_found(tmp_path: Path) -> None:
    trial = Trial(MERGE, tmp_path)
    tried = trial.fresh()
    take(tried.workplace, tried.letters[1])
    (tried.workplace / "attachments" / "ab").mkdir(exist_ok=True)
    shutil.copy(tried.letters[0], tried.workplace / "attachments" / "ab" / ("ab" * 32))
    trial.judge(tried, "now", killed=True)
    for wrong in ("not what was attached", "neither before nor after", "evidence"):
        assert any(wrong in line for line in trial.outcome.wrongs), wrong
