"""Which saves a bundle holds, as exactly as it is kept."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from izsa_desktop.domain.ranges import Ranges
from izsa_desktop.usecases import sending, sent
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, enter, export


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(first=st.sets(st.integers(1, 30)), then=st.sets(st.integers(1, 30)))
def test_ranges_say_which(line: Line, first: set[int], then: set[int]) -> None:
    with open_workplace(line.bornova) as workplace, workplace.store.trying() as writer:
        for numbers in (first, then):
            sent.note_sent(writer, "a" * 16, numbers)
        assert sent.sent_by(writer, "a" * 16) == Ranges.of(first | then)
        assert sent.sent_by(writer, "b" * 16) == Ranges()


def test_what_stays_back_is_not_sent_and_what_was_is(line: Line) -> None:
    enter(line.bornova, "Bir", "İki")
    export(line.bornova, line.folder / "1.izsa")
    enter(line.bornova, "Üç")
    with open_workplace(line.bornova) as workplace:
        sending.export_bundle(workplace, line.folder / "2.izsa", complete_only=True)
        with workplace.store.reading() as reader:
            assert sent.sent_by(reader, workplace.identity.replica) == Ranges(((1, 2),))


def test_version_0_1_sent_everything_up_to_the_time_of_a_bundle(line: Line) -> None:
    enter(line.bornova, "Bir", "İki")
    export(line.bornova, line.folder / "1.izsa")
    with open_workplace(line.bornova) as workplace, workplace.store.writing() as writer:
        writer.forget(f"sent/{workplace.identity.replica}")
        assert sent.sent_by(writer, workplace.identity.replica) == Ranges(((1, 2),))
