"""What the map offers of the districts, and colours that can be told apart without seeing colours."""

import re
from itertools import pairwise

import pytest

from izsa_desktop import reference, resource_files
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.maps import page
from izsa_desktop.maps.thematic import MEASURES, MODES, Choice, options

R = reference.load()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_offered_with_a_name(language: str) -> None:
    offered = options(R, Translator(language))
    assert tuple(mode["code"] for mode in offered["modes"]) == MODES
    assert tuple(measure["code"] for measure in offered["measures"]) == MEASURES
    goals, audiences = (group["items"] for group in offered["topics"])
    assert [item["code"] for item in goals] == [f"goal:{goal.code}" for goal in R.goals]
    assert len(audiences) == len(R.vocabularies["audience"])
    assert all(Choice(topic=item["code"]).possible for item in (*goals, *audiences))
    assert all(item["name"] for item in (*offered["modes"], *offered["measures"], *goals, *audiences))


def test_the_topic_of_a_choice() -> None:
    assert (Choice().by, Choice().code) == ("", "")
    chosen = Choice(topic="audience:dar gelirliler")
    assert (chosen.by, chosen.code) == ("audience", "dar gelirliler")


def test_a_map_with_a_program_offers_the_views_and_one_without_does_not() -> None:
    assert '"thematic"' in page.page_html(R, "tr", "light")
    assert "thematic" not in page.config(R, "tr")


def _colours(theme: str) -> dict[str, str]:
    css = resource_files.path("map/map.css").read_text(encoding="utf-8")
    block = css.split(':root[data-theme="dark"] {' if theme == "dark" else ":root {")[1].split("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_classes_differ_by_lightness(theme: str) -> None:
    found = _colours(theme)
    steps = [found["land"], *(found[f"class-{n}"] for n in range(1, 6))]
    lights = [_light(step) for step in steps]
    assert lights == sorted(lights, reverse=theme == "light")
    assert all(_contrast(a, b) >= 1.13 for a, b in pairwise(steps))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_can_be_read_on_strong_colours(theme: str) -> None:
    found = _colours(theme)
    for name in ("class-4", "class-5"):
        assert _contrast(found[name], found["class-ink"]) >= 4.5
    assert _contrast(found["link"], found["link-text"]) >= 4.5
