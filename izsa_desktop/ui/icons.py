"""Lucide's line icons in the theme's colours. An icon that was ``put`` on a widget follows the theme."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from izsa_desktop import resource_files

_RATIOS = (1.0, 1.5, 2.0)
_GAP = 4
_colors: Mapping[str, str] = {}


class _Button(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...
    def setIconSize(self, size: QSize, /) -> None: ...
    def setProperty(self, name: str, value: object, /) -> bool: ...


@cache
def _svg(name: str) -> str:
    return resource_files.path(f"icons/{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", color).encode()))
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon in a colour of the theme (its name) at a logical size, for painters and labels."""
    return _pixmap(name, _colors.get(tone, tone), size, ratio)


def icon(name: str, tone: str, size: int = 18, gap: int = 0) -> QIcon:
    """An icon for screens of several densities, with ``gap`` pixels of nothing behind it."""
    made = QIcon()
    for ratio in _RATIOS:
        plain = pixmap(name, tone, size, ratio)
        wide = QPixmap(round((size + gap) * ratio), round(size * ratio))
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, plain)
        painter.end()
        made.addPixmap(wide)
    return made


def put(button: _Button, name: str, tone: str = "text", size: int = 18) -> None:
    """Gives a button its icon, now and after every change of the theme."""
    button.setProperty("izsa_icon", [name, tone, size])
    gap = _GAP if isinstance(button, QPushButton) else 0  # styles leave 4 pixels before the text, which is little
    button.setIconSize(QSize(size + gap, size))
    button.setIcon(icon(name, tone, size, gap))


def label(name: str, tone: str = "soft", size: int = 18) -> QLabel:
    """A label that shows an icon, now and after every change of the theme."""
    made = QLabel()
    turn(made, name, tone, size)
    return made


def turn(made: QLabel, name: str, tone: str, size: int = 18) -> None:
    """Changes the icon of a label."""
    made.setProperty("izsa_icon", [name, tone, size])
    made.setFixedSize(size, size)
    made.setPixmap(pixmap(name, tone, size, 2.0))


def refresh(colors: Mapping[str, str]) -> None:
    """Repaints every icon that stands on a widget. The theme calls this."""
    global _colors  # noqa: PLW0603  # as the application's palette: one per process
    _colors = colors
    for widget in QApplication.allWidgets():
        _refresh(widget)


def _refresh(widget: QWidget) -> None:
    kept = widget.property("izsa_icon")
    if not kept:
        return
    name, tone, size = kept
    if isinstance(widget, QLabel):
        turn(widget, name, tone, size)
    else:
        put(widget, name, tone, size)  # type: ignore[arg-type]  # only buttons carry the property besides labels


@cache
def file(name: str, color: str) -> str:
    """The path of a picture in this colour, for style sheets, which know files only."""
    target = _folder() / f"{name}-{color.lstrip('#')}.png"
    _pixmap(name, color, 16, 2.0).save(str(target))
    return target.as_posix()


@cache
def _folder() -> Path:
    return Path(_temporary().name)


@cache
def _temporary() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="izsa-")
