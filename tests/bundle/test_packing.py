"""Compressed members: one frame that says how much it holds, and never more than is allowed."""

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import packing
from izsa_desktop.domain.errors import Refused
from tests.bundle.forge2 import frame

MIB = 1024 * 1024


def _refusal(data: bytes, limit: int = 100) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        packing.expand(data, limit)
    return caught.value.exit_code, caught.value.reason


@given(st.binary(max_size=300), st.integers(1, 400))
def test_what_is_shrunk_expands_to_itself(data: bytes, times: int) -> None:
    whole = data * times
    assert packing.expand(packing.shrink(whole), len(whole)) == whole
    assert packing.expand(memoryview(packing.shrink(whole)), len(whole)) == whole


def test_it_becomes_small_and_says_how_much_it_is() -> None:
    shrunk = packing.shrink(b"Bornova " * 10_000)
    assert len(shrunk) < 100
    assert zstandard.get_frame_parameters(shrunk).content_size == 80_000
    assert packing.expand(packing.shrink(b""), 0) == b""


def test_the_limit_is_looked_at_before_anything_is_expanded() -> None:
    assert packing.expand(frame((b"a", 100)), 100) == b"a" * 100
    assert _refusal(frame((b"a", 101))) == (16, "expands_too_far")
    assert _refusal(frame(b"a", stated=101)) == (16, "expands_too_far")
    with pytest.raises(Refused) as caught:
        packing.expand(frame((b"a", 5 * MIB)), MIB)
    assert caught.value.detail == str(5 * MIB)


@pytest.mark.parametrize(("exponent", "mantissa", "fine"), [(16, 0, True), (16, 1, False), (17, 0, False)])
def test_a_window_is_64_mebibytes_at_most(exponent: int, mantissa: int, fine: bool) -> None:
    """One byte of the frame says it: 1 KiB to the power, and eighths."""
    asked = frame(b"abc", head=b"\xc0" + bytes([exponent << 3 | mantissa]) + (3).to_bytes(8, "little"))
    if fine:
        assert packing.expand(asked, 100) == b"abc"
    else:
        assert _refusal(asked) == (16, "expands_too_far")


def test_what_is_no_frame_or_more_than_one() -> None:
    good = frame(b"abc")
    skippable = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"evil"
    for data in (
        b"",
        b"abc",
        good[:3],
        good[:4],
        good[:8],
        good[:-1],
        good + b"\0",
        good + good,
        skippable + good,
        good + skippable,
        skippable,
        b"\x50\x2a\x4d\x18" + bytes(4),
        b"\x50\x2a\x4d\x18" + bytes(4) + good,
        frame(b"abc", stated=4),
        frame(b"abc", stated=2),
        frame(b"abc", stated=0),
        frame(b"", stated=1),
        frame(b"abc", head=b"\0\x58"),
        frame(b"abc", head=b"\xe1\x07" + (3).to_bytes(8, "little")),  # wants a dictionary
        frame(b"", head=b"\xe1\x07" + bytes(8)),
    ):
        assert _refusal(data) == (15, "compression"), data


def test_a_frame_of_nothing_is_followed_by_nothing() -> None:
    empty = frame(b"")
    assert packing.expand(empty, 0) == b""
    for data in (empty + b"\0", empty + empty, empty + frame(b"abc"), empty[:-1]):
        assert _refusal(data) == (15, "compression"), data
