"""Areas that no other map program can draw are refused where they are entered, and let be where they stand."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.shape import AREA, LINE, Shape
from izsa_desktop.domain.shape import Path as Ring
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.areas import require_sound
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import BORNOVA


def square(left: float, bottom: float, size: float) -> Ring:
    right, top = left + size, bottom + size
    return ((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))


OUTLINE = square(27.0, 38.4, 0.1)
BOW_TIE = ((27.0, 38.4), (27.1, 38.5), (27.1, 38.4), (27.0, 38.6), (27.0, 38.4))


@pytest.mark.parametrize(
    ("paths", "problem"),
    [
        ((BOW_TIE,), "crosses_itself"),
        (((*OUTLINE[:4], (27.0, 38.4), (27.02, 38.42), OUTLINE[0]),), "crosses_itself"),
        ((OUTLINE, square(27.05, 38.45, 0.1)), "crosses_itself"),
        ((OUTLINE, square(28.0, 38.4, 0.1)), "no_holes_in_it"),
        ((OUTLINE, OUTLINE), "crosses_itself"),
        ((OUTLINE, square(27.02, 38.42, 0.06), square(27.03, 38.43, 0.01)), "no_holes_in_it"),
        ((OUTLINE, square(27.02, 38.42, 0.03), square(27.03, 38.43, 0.03)), "crosses_itself"),
    ],
)
def test_what_is_no_sound_area_is_refused(paths: tuple[Ring, ...], problem: str) -> None:
    with pytest.raises(BadField) as caught:
        require_sound(Shape(AREA, paths))
    assert (caught.value.field, caught.value.problem) == ("shape", problem)


@pytest.mark.parametrize(
    "shape",
    [
        Shape(AREA, (OUTLINE,)),
        Shape(AREA, (OUTLINE, square(27.02, 38.42, 0.03), square(27.05, 38.45, 0.02))),
        Shape(LINE, (BOW_TIE,)),  # a way may cross itself
    ],
)
def test_sound_areas_and_every_line_are_taken(shape: Shape) -> None:
    require_sound(shape)


def test_an_area_that_stands_already_hinders_nobody(tmp_path: Path) -> None:
    stands = ProjectFields(title="Park", district=BORNOVA, shape=Shape(AREA, (BOW_TIE,)))
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        with pytest.raises(BadField):
            projects.add_projects(workplace, [stands])
        [id_] = projects.store_checked(workplace, [stands])  # as an older version, or another PC, has stored it
        saved = projects.save_project(workplace, id_, replace(stands, title="Koru"))
        assert (saved.fields.title, saved.fields.shape) == ("Koru", stands.shape)
