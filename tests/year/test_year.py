"""A short run of ``python -m tests.year``, and proof that it finds what is wrong."""

from pathlib import Path

import pytest

from izsa_desktop.bundle.trust import Member
from izsa_desktop.domain.errors import OfficeSetBack
from izsa_desktop.usecases import replacing, sending, withdrawing
from izsa_desktop.usecases.sent import sent_by
from tests.year.play import play
from tests.year.troubles import DANGERS


@pytest.mark.parametrize("seed", ["suite", "3"])
def test_everything_ends_equal(tmp_path: Path, seed: str) -> None:
    done = play(tmp_path, seed, 4, 12, DANGERS)
    assert done.wrongs == []
    for happened in ("lost", "repeated", "delayed", "code 11", "code 13", "set back", "root keys changed"):
        assert done.counts[happened] > 0, happened
    assert (done.counts["shut out"], done.counts["databases lost"]) == (2, 2)


def test_a_delta_since_the_last_bundle_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent is taken for received."""
    monkeypatch.setattr(sending, "confirmed", lambda reader, replica: (sent_by(reader, replica), 0))
    assert any("the office lacks" in wrong for wrong in play(tmp_path, "suite", 4, 12, DANGERS).wrongs)


def test_a_thief_who_is_let_in_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Member, "may_send", lambda *_: True)
    assert any("thief" in wrong for wrong in play(tmp_path, "suite", 4, 12, DANGERS).wrongs)


def test_what_was_handed_on_and_stays_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Member, "handed_on_counts", lambda *_: True)
    assert any("thief" in wrong for wrong in play(tmp_path, "suite", 4, 12, DANGERS).wrongs)


def test_what_waits_for_what_was_taken_away_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (withdrawing, replacing):
        monkeypatch.setattr(module, "note_withdrawn", lambda *_: None)
    assert any("wait for what will never come" in wrong for wrong in play(tmp_path, "suite", 4, 12, DANGERS).wrongs)


def test_an_office_that_forgets_its_answers_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops by itself, before a number stands for two answers."""
    monkeypatch.setattr(replacing, "take_back_all", lambda *_: True)
    with pytest.raises(OfficeSetBack):
        play(tmp_path, "suite", 4, 12, DANGERS)
