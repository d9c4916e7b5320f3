"""Colours, fonts and the style sheet, for light and dark. Colours live here alone; ``tokens()`` is what painters read.

All text grows together: sizes are points, and ``Theme.text_percent`` stretches every one of them.

Qt's Fusion style is the base on every system, so that the window looks the same and the style sheet holds everywhere.
"""

import re
from collections.abc import Mapping
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from izsa_desktop import resource_files
from izsa_desktop.ui import icons

SYSTEM, LIGHT, DARK = "system", "light", "dark"
CHOICES = (SYSTEM, LIGHT, DARK)
TEXT_SIZES = (100, 125, 150, 200)
"""Percent of the usual size of text."""

LIGHT_TOKENS = {
    "window": "#f2f5f6",
    "surface": "#ffffff",
    "sunken": "#f7f9fa",
    "line": "#dde3e6",
    "line_strong": "#808e96",
    "text": "#1b292f",
    "soft": "#55656c",
    "faint": "#5f6d74",
    "accent": "#0b6b80",
    "accent_hover": "#0c778e",
    "accent_press": "#095767",
    "on_accent": "#ffffff",
    "accent_soft": "#e0f0f3",
    "good": "#1a7448",
    "good_soft": "#e2f4ea",
    "warn": "#7d5200",
    "warn_soft": "#fdf0d3",
    "bad": "#b3261e",
    "bad_soft": "#fcebe9",
    "hover": "#ecf1f3",
    "selected": "#d9edf2",
    "mark": "#ffe9a8",
    "share_1": "#2f7d4f",
    "share_2": "#a8620a",
    "share_3": "#2b6cb0",
    "share_4": "#7a4fa3",
    "heat_1": "#e2f1f4",
    "heat_2": "#b3dbe4",
    "heat_3": "#76b9c8",
    "heat_4": "#2b7f95",
    "heat_5": "#0b5568",
    "rail": "#0d3a46",
    "rail_text": "#c3dbe1",
    "rail_strong": "#ffffff",
    "rail_active": "#1a5766",
    "toast": "#1b292f",
    "toast_text": "#f3f7f8",
    "toast_link": "#7fd6e7",
}
DARK_TOKENS = {
    "window": "#131b21",
    "surface": "#1a242b",
    "sunken": "#161f26",
    "line": "#2c3942",
    "line_strong": "#647681",
    "text": "#e6edf0",
    "soft": "#a5b4bc",
    "faint": "#93a2aa",
    "accent": "#5cc3d8",
    "accent_hover": "#7bd2e3",
    "accent_press": "#48aec4",
    "on_accent": "#06242b",
    "accent_soft": "#1c3b45",
    "good": "#74d6a1",
    "good_soft": "#18372a",
    "warn": "#f1c569",
    "warn_soft": "#3a2f17",
    "bad": "#ff9d94",
    "bad_soft": "#432523",
    "hover": "#232f37",
    "selected": "#214049",
    "mark": "#46390c",
    "share_1": "#6cc893",
    "share_2": "#e5aa52",
    "share_3": "#7db3ee",
    "share_4": "#c39be6",
    "heat_1": "#1f3a43",
    "heat_2": "#2a5664",
    "heat_3": "#3f7d8f",
    "heat_4": "#64a9bb",
    "heat_5": "#a5dbe7",
    "rail": "#0e151a",
    "rail_text": "#9fb1ba",
    "rail_strong": "#ffffff",
    "rail_active": "#20323b",
    "toast": "#e6edf0",
    "toast_text": "#16222a",
    "toast_link": "#0b6b80",
}
_now: Mapping[str, str] = LIGHT_TOKENS


def tokens() -> Mapping[str, str]:
    """The colours of now, by name."""
    return _now


def color(name: str) -> QColor:
    """One colour of now."""
    return QColor(_now[name])


class Theme(QObject):
    """Light, dark, or as the system says. One per application."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self.choice = choice
        self.text_percent = 100
        app.setStyle("Fusion")
        self._font = _font()
        self.choose(choice)
        app.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def dark(self) -> bool:
        """True when the window is dark now."""
        if self.choice != SYSTEM:
            return self.choice == DARK
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def choose(self, choice: str) -> None:
        """``system``, ``light`` or ``dark``; anything else counts as ``system``."""
        self.choice = choice if choice in CHOICES else SYSTEM
        schemes = {LIGHT: Qt.ColorScheme.Light, DARK: Qt.ColorScheme.Dark, SYSTEM: Qt.ColorScheme.Unknown}
        self._app.styleHints().setColorScheme(schemes[self.choice])
        self._apply()

    def stretch_text(self, percent: int) -> None:
        """Text of this size; one that is not offered counts as the usual one."""
        wanted = percent if percent in TEXT_SIZES else 100
        if wanted != self.text_percent:
            self.text_percent = wanted
            self._apply()

    def _apply(self) -> None:
        global _now  # noqa: PLW0603  # as the application's palette: one per process
        _now = DARK_TOKENS if self.dark else LIGHT_TOKENS
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * self.text_percent / 100)
        self._app.setFont(font)
        self._app.setPalette(_palette(_now))
        self._app.setStyleSheet(_style_sheet(_now, self.text_percent))
        icons.refresh(_now)
        self.changed.emit()


def _font() -> QFont:
    """Inter, which has all Turkish letters on every system; where it is missing the system's own font."""
    families = [
        family
        for file in sorted(resource_files.path("fonts").glob("Inter-*.ttf"))
        for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    ]
    font = QFont(families[0]) if families else QFont(QApplication.font())
    font.setPointSizeF(9.75)
    return font


def _palette(t: Mapping[str, str]) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(t["window"]))
    for which, name in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.PlaceholderText: "faint",
        role.ToolTipBase: "toast",
        role.ToolTipText: "toast_text",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.Mid: "line",
        role.Accent: "accent",
    }.items():
        palette.setColor(which, QColor(t[name]))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t["faint"]))
    return palette


def _style_sheet(t: Mapping[str, str], percent: int) -> str:
    text = resource_files.path("ui/style.qss").read_text(encoding="utf-8")
    # Qt wants forward slashes in url() on every system.
    files = {"chevron": icons.file("chevron-down", t["soft"]), "tick": icons.file("check", t["on_accent"])}
    sheet = Template(text).substitute(t, **files)
    return re.sub(r"([0-9.]+)pt\b", lambda size: f"{float(size[1]) * percent / 100:g}pt", sheet)
