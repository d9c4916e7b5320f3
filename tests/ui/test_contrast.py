"""Colours of the theme: every text stands out from its ground, every control from what is around it (WCAG 2, AA)."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor

from izsa_desktop import resource_files
from izsa_desktop.ui.models.project_delegate import STATUS_TONES
from izsa_desktop.ui.theme import DARK_TOKENS, LIGHT_TOKENS
from izsa_desktop.ui.widgets.gap_table import HEATS
from izsa_desktop.ui.widgets.goal_badge import contrast, ink_on
from izsa_desktop.ui.widgets.shares_field import TONES

TEXT, CONTROL = 4.5, 3.0
GROUNDS = ("surface", "window", "sunken")
LOOKS = pytest.mark.parametrize("look", [LIGHT_TOKENS, DARK_TOKENS], ids=["light", "dark"])
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def rules() -> Iterator[tuple[str, dict[str, str]]]:
    """Selector and declarations of every rule of the style sheet."""
    text = resource_files.path("ui/style.qss").read_text(encoding="utf-8")
    for selector, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        declarations = (line.partition(":") for line in body.split(";") if ":" in line)
        yield " ".join(selector.split()), {name.strip(): value.strip() for name, _, value in declarations}


def token(value: str) -> str:
    found = re.search(r"\$(\w+)", value)
    return found[1] if found else ""


def grounds(selector: str, declarations: Mapping[str, str]) -> tuple[str, ...]:
    """What a text of this rule may stand on."""
    if own := token(declarations.get("background", "")):
        return (own,)
    if "#rail" in selector:
        return ("rail",)
    if "toast" in selector:
        return ("toast",)
    if "primary" in selector:
        return ("accent",)
    return GROUNDS


def pairs() -> Iterator[tuple[str, str, str]]:
    """Selector, text and ground; what is disabled need not stand out."""
    for selector, declarations in rules():
        text = token(declarations.get("color", ""))
        if text and ":disabled" not in selector:
            for ground in grounds(selector, declarations):
                yield selector, text, ground
    for ground in (*GROUNDS, "hover", "selected", "accent_soft", "good_soft", "warn_soft", "bad_soft", "mark"):
        yield "plain text, also chosen and marked", "text", ground
        yield "soft text, also chosen and marked", "soft", ground
    for ground in GROUNDS:
        yield "placeholder", "faint", ground
        yield "link", "accent", ground
    yield "selected text", "on_accent", "accent"


def apart(look: Mapping[str, str], one: str, other: str) -> float:
    return contrast(QColor(look[one]), QColor(look[other]))


@LOOKS
def test_every_text_stands_out_from_its_ground(look: Mapping[str, str]) -> None:
    found = list(pairs())
    assert len(found) > 60
    assert {(*pair, round(apart(look, *pair[1:]), 2)) for pair in found if apart(look, *pair[1:]) < TEXT} == set()


@LOOKS
@pytest.mark.parametrize("mark", ["line_strong", "accent", "good", "warn", "bad", "soft", *TONES])
def test_every_control_and_mark_stands_out_from_what_is_around_it(look: Mapping[str, str], mark: str) -> None:
    for ground in GROUNDS:
        assert apart(look, mark, ground) >= CONTROL, ground


def test_fields_and_buttons_have_a_frame_that_stands_out() -> None:
    """The frame's colour is one that the test above measures."""
    frames = dict(rules())
    for selector in ("QPushButton", "QLineEdit, QPlainTextEdit, QComboBox", "QCheckBox::indicator", "QSpinBox"):
        assert token(frames[selector]["border"]) == "line_strong"


@LOOKS
@pytest.mark.parametrize("tone", sorted({"soft", *STATUS_TONES.values()}))
def test_a_status_can_be_read_on_its_tint(look: Mapping[str, str], tone: str) -> None:
    """The tint is the tone itself, thin, on the same ground in every row."""
    over, under, part = QColor(look[tone]), QColor(look["surface"]), 0.13
    mixed = QColor.fromRgbF(
        *(part * a + (1 - part) * b for a, b in zip(over.getRgbF()[:3], under.getRgbF()[:3], strict=True))  # type: ignore[index]
    )
    assert contrast(over, mixed) >= TEXT


@LOOKS
def test_the_numbers_in_the_balance_can_be_read(look: Mapping[str, str]) -> None:
    for tone in TONES:
        assert contrast(QColor(look[tone]), ink_on(QColor(look[tone]))) >= TEXT


@LOOKS
def test_the_classes_of_the_gap_table_can_be_read_and_told_apart(look: Mapping[str, str]) -> None:
    for heat in HEATS:
        assert contrast(QColor(look[heat]), ink_on(QColor(look[heat]))) >= TEXT
    lights = [contrast(QColor(look[heat]), QColor(look["surface"])) for heat in HEATS]
    assert lights == sorted(lights)
    assert all(high / low > 1.2 for low, high in pairwise(lights))


@LOOKS
def test_the_rail_shows_where_one_is(look: Mapping[str, str]) -> None:
    assert apart(look, "rail_strong", "rail_active") >= TEXT
    assert apart(look, "rail_text", "rail") >= TEXT
