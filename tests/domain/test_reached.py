"""How far a PC's bundles have come where another PC of the addressee has handed on what it got."""

from izsa_desktop.domain.ledger import FULL, BundleEntry, Reached, standing
from tests.domain.test_ledger import entry


def told(reached: int, *entries: BundleEntry) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    found = standing(entries, Reached(reached, f"{reached:064x}"))
    assert found.covered is not None
    assert found.covered.sha256 == f"{found.covered.seq:064x}"
    return found.covered.seq, found.missing, found.skipped


def test_what_was_handed_on_is_neither_missing_nor_skipped() -> None:
    assert told(3) == (3, (), ())
    assert told(3, entry(4, base=3)) == (4, (), ())
    assert told(3, entry(5, base=3)) == (5, (), (4,))
    assert told(3, entry(6, base=5)) == (3, (4, 5), ())


def test_older_ones_that_are_here_take_nothing_back() -> None:
    assert told(3, entry(1), entry(2, FULL)) == (3, (), ())
    assert told(3, entry(2, base=1), entry(3, base=2), entry(4, base=3)) == (4, (), ())
    assert told(3, entry(2), entry(5)) == (5, (), (4,))
