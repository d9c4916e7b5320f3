"""An office whose projects are approved: what every format may take."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.support import FIELDS, KEMALPASA

PERSONAL = ("iklim@example.org", "Yazılı onam", "Bölüm sözü")
"""What is in ``FULL`` and may be in no file for outsiders."""
FULL = replace(FIELDS, review="onaylandı", review_note="Bölüm sözü")
SPARSE = ProjectFields(title="Isırgan", review="onaylandı", district=KEMALPASA)
DRAFT = ProjectFields(title="Taslak işi", purpose="Amaç", start="2024", review="taslak", climate_effect="uyum")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workplace]:
    """Three projects: a full one, one that says nearly nothing, one that is not approved."""
    with create_workplace(tmp_path / "office", OFFICE, "Koordinatör") as workplace:
        projects.add_projects(workplace, [FULL, SPARSE, DRAFT])
        yield workplace
