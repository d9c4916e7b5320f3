"""A short run of ``mutate.py``, and that it can fail."""

from collections.abc import Callable

import pytest

from izsa_desktop.bundle import file
from izsa_desktop.bundle.file import Reading, VerifiedBundle
from tests.conformance import changes, mutate
from tests.conformance.mutate import BrokenError, Run

PRIME = 257
"""Every so many-th bit: coprime to eight, so that all bits of a byte have their turn."""


def test_A01_A02_bits_cuts_and_payloads() -> None:
    run = Run()
    mutate.systematic(run, PRIME)
    assert run.codes.keys() <= {10, 15}
    assert run.count > 8000


def test_A01_A15_A19_random_changes() -> None:
    run = Run()
    mutate.random_changes(run, 1, 0, 6_000)
    assert {10, 15} <= run.codes.keys()
    assert run.slowest < mutate.SLOWEST


@pytest.mark.parametrize("target", changes.targets(), ids=lambda target: target.name)
def test_the_bundles_are_honest_and_large(target: changes.Target) -> None:
    assert len(target.data) >= changes.LEAST
    assert file.verify(target.data, target.reading).sha256


def _careless(data: bytes, reading: Reading) -> VerifiedBundle:
    """A reader that believes whatever comes."""
    del data
    return file.verify(changes.targets()[1].data, Reading(body="TUR035", trust=reading.trust))


def _crashing(data: bytes, _: Reading) -> VerifiedBundle:
    raise IndexError(len(data))


@pytest.mark.parametrize("wrong", [_careless, _crashing])
def test_a_wrong_reader_is_found_out(wrong: Callable[[bytes, Reading], VerifiedBundle]) -> None:
    run = Run(verify=wrong)
    with pytest.raises(BrokenError, match=r"change 1: (accepted|IndexError)"):
        mutate.random_changes(run, 1, 1, 1)
