"""How far a PC's bundles have come, against the plain meaning: what each bundle holds."""

from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.ledger import ANSWER, DELTA, FULL, SUBMISSION, BundleEntry, Reached, standing


def entry(
    seq: int, mode: str = DELTA, base: int = 0, *, follows: int | None = None, kind: str = SUBMISSION
) -> BundleEntry:
    return BundleEntry(
        sha256=f"{seq:064x}",
        direction="in",
        kind=kind,
        district="TUR035007",
        replica="a" * 16,
        seq=seq,
        prev="",
        revisions=1,
        moved="",
        file="",
        addressee="TUR035",
        follows=seq - 1 if follows is None else follows,
        mode=mode,
        base=base,
    )


def told(*entries: BundleEntry, reached: Reached | None = None) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    found = standing(entries, reached)
    return found.covered.seq if found.covered else 0, found.missing, found.skipped


def test_nothing_and_all_in_order() -> None:
    assert told() == (0, (), ())
    assert told(entry(1), entry(2), entry(3)) == (3, (), ())


def test_what_was_lost_on_the_way_came_with_the_next() -> None:
    assert told(entry(1), entry(2), entry(4)) == (4, (), (3,))


def test_a_base_that_is_not_here_is_missing_until_it_or_a_full_one_comes() -> None:
    assert told(entry(1), entry(2), entry(4, base=3)) == (2, (3,), ())
    assert told(entry(4, base=3)) == (0, (1, 2, 3), ())
    assert told(entry(4, base=3), entry(1), entry(3), entry(2)) == (4, (), ())
    assert told(entry(4, base=3), entry(5, FULL)) == (5, (), (1, 2, 3))
    assert told(entry(4, base=3), entry(3)) == (4, (), (1, 2))


def test_a_full_one_needs_nothing_whatever_it_says_it_builds_on() -> None:
    assert told(entry(3, FULL, base=2)) == (3, (), (1, 2))


def test_what_came_by_another_pc_of_the_addressee_is_not_missing() -> None:
    three = Reached(3, "ab" * 32)
    assert told(reached=three) == (3, (), ())
    assert told(entry(1), entry(2, base=1), reached=three) == (3, (), ())
    assert told(entry(2, FULL), reached=three) == (3, (), ())
    assert standing([entry(1), entry(3)], three).covered is three
    assert told(entry(4, base=3), reached=three) == (4, (), ())
    assert told(entry(5, base=4), reached=three) == (3, (4,), ())
    assert told(entry(6, base=3), reached=three) == (6, (), (4, 5))
    assert told(entry(7, FULL), reached=three) == (7, (), (4, 5, 6))


def test_whoever_makes_up_a_number_is_told_the_first_that_are_missing() -> None:
    _, missing, skipped = told(entry(2_000_000, base=1_999_999))
    assert (missing, skipped) == (tuple(range(1, 1001)), ())


def test_the_words_are_those_of_the_format_and_nothing_is_carried_unless_it_is_said() -> None:
    assert (FULL, DELTA, SUBMISSION, ANSWER) == ("full", "delta", "submission", "office")
    assert entry(1).carried == ""


def test_of_the_offices_numbers_a_district_gets_only_some() -> None:
    first, second = entry(1, FULL, follows=0, kind=ANSWER), entry(31, base=1, follows=1, kind=ANSWER)
    assert told(first, second) == (31, (), ())
    assert told(second) == (0, (1,), ())
    assert told(first, entry(61, base=31, follows=31, kind=ANSWER)) == (1, (31,), ())
    assert told(first, entry(61, base=1, follows=31, kind=ANSWER)) == (61, (), (31,))


@given(st.data(), st.integers(1, 8))
def test_covered_means_that_everything_is_here(data: st.DataObject, count: int) -> None:
    """A model: bundle n holds all of the steps since its base, a full one all; the receiver got some of the bundles."""
    sent = []
    for seq in range(1, count + 1):
        full = data.draw(st.booleans())
        sent.append(entry(seq, FULL if full else DELTA, 0 if full else data.draw(st.integers(0, seq - 1))))
    here = [one for one in sent if data.draw(st.booleans())]
    held = {step for one in here for step in range(one.base + 1, one.seq + 1)}
    whole = [one.seq for one in here if set(range(1, one.seq + 1)) <= held]
    found = standing(data.draw(st.permutations(here)))
    covered = found.covered.seq if found.covered else 0
    assert covered in {0, *whole}
    assert set(range(1, covered + 1)) <= held
    assert bool(found.missing) == (bool(here) and covered < max(one.seq for one in here))
    assert not {one.seq for one in here} & {*found.missing, *found.skipped}
