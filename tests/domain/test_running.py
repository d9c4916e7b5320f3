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
    ],
)
def test_whether_a_project_runs(fields: dict[str, str], wanted: str) -> None:
    assert state(ProjectFields(**fields), TODAY) == wanted  # type: ignore[arg-type]  # of any field


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, (0, 0)),
        ({"start": "unknown"}, (0, 0)),
        ({"start": "2024-05"}, (2024, 0)),
        ({"start_planned": "2025"}, (2025, 0)),
        ({"start": "unknown", "start_planned": "2025"}, (2025, 0)),
        ({"start": "2024", "end": "2025-12-31"}, (2024, 2025)),
        ({"start": "2024", "end": "2023"}, (2024, 2024)),
        ({"start": "2024", "end_planned": "2026"}, (2024, 2026)),
        ({"start": "2024", "end_planned": "2025", "status": "sürüyor"}, (2024, 0)),
        ({"start": "2024", "status": "tamamlandı"}, (2024, 2024)),
    ],
)
def test_years(fields: dict[str, str], wanted: tuple[int, int]) -> None:
    assert years(ProjectFields(**fields)) == wanted  # type: ignore[arg-type]  # of any field
