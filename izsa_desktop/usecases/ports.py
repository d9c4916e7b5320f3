"""What use cases need done by somebody with a screen engine; ``app`` hands the real ones in."""

from pathlib import Path
from typing import Protocol

from izsa_desktop.maps.look import Paper
from izsa_desktop.maps.png import Pixels
from izsa_desktop.reports.ports import Printer


class Pictures(Protocol):
    """Draws pages to files and bytes, without a screen. Each raises NoRenderer when the engine cannot be had."""

    def renderer(self) -> Printer:
        """What turns HTML into PDF bytes."""

    def map_pdf(self, html: str, paper: Paper) -> bytes:
        """A map on this paper (``maps.alone.paper_html``) as PDF."""

    def map_pixels(self, pdf: bytes, paper: Paper, dpi: int) -> Pixels:
        """Its first page as a picture."""

    def window_picture(self, workplace: Path, target: Path) -> None:
        """Writes a PNG of the program's window on a workplace."""
