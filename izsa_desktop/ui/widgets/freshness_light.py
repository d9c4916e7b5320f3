"""The freshness light: a shape and a word beside the colour, so that nobody has to tell green from red."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from izsa_desktop.domain.facets import DUE, FRESH, STALE
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons

_ICONS = {FRESH: ("circle-check", "good"), DUE: ("history", "warn"), STALE: ("circle-x", "bad")}
_SIZE = 16


def light_icon(light: str) -> tuple[str, str]:
    """Name and tone of the icon for one of ``facets.freshness``."""
    return _ICONS.get(light, ("circle", "soft"))


def light_word(light: str, t: Translator) -> str:
    """The word for one of ``facets.freshness``."""
    return t(f"reviewing.{light}") if light in _ICONS else t("reviewing.unknown_light")


def light_text(light: str, day: str, t: Translator) -> str:
    """The same with the day of the last confirmation."""
    return t("reviewing.light", light=light_word(light, t), day=t.date(day)) if day else t("reviewing.light_none")


class FreshnessLight(QWidget):
    """The icon; the word stands in the line beside it."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._icons: dict[str, QLabel] = {light: icons.label(*_ICONS[light], _SIZE) for light in _ICONS}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for label in self._icons.values():
            line.addWidget(label)

    def show_light(self, light: str, day: str) -> None:
        """``light`` as ``facets.freshness`` has it, ``day`` the day it counts from."""
        for code, label in self._icons.items():
            label.setVisible(code == light)
        self.setToolTip(light_text(light, day, self._t))
        self.setAccessibleName(light_text(light, day, self._t))
