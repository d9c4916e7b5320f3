"""Works that run in each year, and places that nothing reaches."""

from izsa_desktop.analysis.gaps import NONE, STOPPED
from izsa_desktop.analysis.trend import Trend, trend
from izsa_desktop.analysis.unserved import by_place, lacking, placeless
from izsa_desktop.analysis.works import Works
from tests.analysis.test_gaps import BORNOVA, KONAK, entry, to


def test_a_work_counts_once_in_a_year_whoever_records_it() -> None:
    works = Works(
        [
            entry(1, start="2022", end="2023", status="tamamlandı"),
            entry(2, KONAK, start="2023", end="2024", status="tamamlandı", relations=to(1, "ortak iş")),
            entry(3, start="2024"),
        ]
    )
    assert trend(works.numbered(), 2021, 2025) == Trend({2021: 0, 2022: 1, 2023: 1, 2024: 2, 2025: 1}, 0)


def test_what_began_and_may_have_ended_counts_in_the_year_that_is_known() -> None:
    works = Works([entry(1, start="2023", status=""), entry(2, start="2024", status="planlandı")])
    assert trend(works.numbered(), 2022, 2025) == Trend({2022: 0, 2023: 1, 2024: 0, 2025: 0}, 0, 1)


def test_what_has_no_date_is_told_apart() -> None:
    works = Works(
        [entry(1, start="2020", end="2020", status="tamamlandı"), entry(2), entry(3, relations=to(1, "aynı"))]
    )
    assert trend(works.numbered(), 2020, 2021) == Trend({2020: 1, 2021: 0}, 1)
    assert trend([], 2020, 2020) == Trend({2020: 0}, 0)


def test_the_present_year_counts_what_runs_today() -> None:
    works = Works(
        [
            entry(1, start="2026", status=""),  # nobody says whether it ended
            entry(2, start="", status="sürüyor"),
            entry(3, start="2020", status="sürüyor"),
            entry(4, KONAK, start="2025", status="sürüyor", relations=to(3, "ortak iş")),
            entry(5, start="2025", end="2026-01", status="tamamlandı"),
        ]
    )
    assert trend(works.numbered(), 2025, 2026, 2026).years == {2025: 2, 2026: 2}


def test_a_place_is_reached_where_something_runs() -> None:
    works = Works(
        [
            entry(1),
            entry(2, status="iptal"),
            entry(3, KONAK, relations=to(1, "aynı")),
            entry(4, served=(BORNOVA, KONAK)),
        ]
    )
    standing = [{10}, {11}, {12}, set()]
    assert lacking(by_place(works, standing), (10, 11, 12, 13)) == [(11, STOPPED, 1), (13, NONE, 0)]
    assert placeless(works, standing) == {BORNOVA: 1, KONAK: 1}
