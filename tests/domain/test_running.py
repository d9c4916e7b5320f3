"""Whether a project runs, and in which years."""

from datetime import date

import pytest

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.running import ACTIVE, INACTIVE, UNCLEAR, state, years

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"status": "sürüyor", "end": "2020"}, ACTIVE),
        ({"status": "planlandı"}, INACTIVE),
        ({"status": "planlandı", "start": "2024", "end": "2028"}, INACTIVE),
        ({"status": "tamamlandı", "start": "2024", "end_planned": "2028"}, INACTIVE),
        ({"status": "iptal", "start": "2024", "end": "2028"}, INACTIVE),
        ({}, UNCLEAR),
        ({"start": "2024"}, UNCLEAR),
        ({"start": "unknown"}, UNCLEAR),
        ({"start": "2027"}, INACTIVE),
        ({"start": "2024", "end": "2025-01"}, INACTIVE),
        ({"end": "2025"}, INACTIVE),
        ({"start": "2024", "end_planned": "2028"}, ACTIVE),
        ({"start": "2024", "end_planned": "2025"}, UNCLEAR),
        ({"end_planned": "2028"}, UNCLEAR),
        ({"start": "2024", "end": "2027"}, ACTIVE),
        ({"start": "2024", "end": "2026"}, ACTIVE),
        ({"start": "2024", "end_planned": "2026-11"}, ACTIVE),
        ({"start": "2024", "end": "2026-11-23"}, ACTIVE),
        ({"start": "2024", "end": "2026-11-22"}, INACTIVE),
        ({"start": "2019", "periodic": "süren"}, ACTIVE),
        ({"start": "2019", "periodic": "her yıl"}, ACTIVE),
        ({"start": "2019", "periodic": "her yıl", "end": "2025"}, INACTIVE),
        ({"start": "2019", "periodic": "tek"}, UNCLEAR),
        ({"periodic": "süren"}, UNCLEAR),
    ],
)
def test_whether_a_project_runs(fields: dict[str, str], wanted: str) -> None:
    assert state(ProjectFields(**fields), TODAY) == wanted  # type: ignore[arg-type]  # of any field


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, (0, 0)),
        ({"start": "unknown"}, (0, 0)),
        ({"start": "2024-05"}, (2024, 2024)),
        ({"start": "2024-05", "status": "sürüyor"}, (2024, 0)),
        ({"start": "2024-05", "periodic": "süren"}, (2024, 0)),
        ({"start_planned": "2025"}, (2025, 2025)),
        ({"start": "unknown", "start_planned": "2025"}, (2025, 2025)),
        ({"start": "2024", "end": "2025-12-31"}, (2024, 2025)),
        ({"start": "2024", "end": "2023"}, (2024, 2024)),
        ({"start": "2024", "end_planned": "2026"}, (2024, 2026)),
        ({"start": "2024", "end_planned": "2025", "status": "sürüyor"}, (2024, 0)),
        ({"start": "2024", "end": "2025", "status": "sürüyor"}, (2024, 0)),
        ({"start": "2024", "end_planned": "2028", "status": "sürüyor"}, (2024, 2028)),
        ({"start": "2024", "status": "tamamlandı"}, (2024, 2024)),
        ({"start": "2024", "end_planned": "2028", "status": "tamamlandı"}, (2024, 2026)),
        ({"start": "2024", "end": "2025", "status": "iptal"}, (2024, 2025)),
        ({"start_planned": "2024", "end_planned": "2025", "status": "iptal"}, (2024, 2023)),
        ({"start_planned": "2025", "status": "planlandı"}, (2025, 2024)),
        ({"start_planned": "2027", "status": "planlandı"}, (2027, 0)),
        ({"start_planned": "2027", "end_planned": "2028", "status": "fikir"}, (2027, 2028)),
    ],
)
def test_years(fields: dict[str, str], wanted: tuple[int, int]) -> None:
    assert years(ProjectFields(**fields), TODAY) == wanted  # type: ignore[arg-type]  # of any field


@pytest.mark.parametrize("status", ["", "fikir", "planlandı", "sürüyor", "tamamlandı", "durduruldu", "iptal"])
@pytest.mark.parametrize("start", ["2024", "2026-02", "2027"])
@pytest.mark.parametrize("end", [None, "2025", "2026-12", "2029"])
@pytest.mark.parametrize("periodic", ["", "süren"])
def test_the_present_year_says_what_today_says(status: str, start: str, end: str | None, periodic: str) -> None:
    """What runs today has this year among its years, unless it is yet to begin; so all pages tell the same."""
    fields = ProjectFields(status=status, start=start, end=end, periodic=periodic)
    first, last = years(fields, TODAY)
    runs = first <= TODAY.year and (not last or TODAY.year <= last)
    if state(fields, TODAY) == ACTIVE and start != "2027":
        assert runs
    if status in ("fikir", "planlandı"):
        assert not runs
