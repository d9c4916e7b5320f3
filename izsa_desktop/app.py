"""The composition root: the one place that joins the parts, for the command line and for the window."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.maps.look import Paper
from izsa_desktop.maps.png import Pixels
from izsa_desktop.reports.ports import Printer


class OffscreenPictures:
    """``usecases.ports.Pictures`` by QtWebEngine; nothing of Qt is loaded before the first picture."""

    def renderer(self) -> Printer:
        with _qt():
            from izsa_desktop.ui.printing.renderer import WebEngineRenderer
        return WebEngineRenderer()

    def map_pdf(self, html: str, paper: Paper) -> bytes:
        with _qt():
            from izsa_desktop.ui.printing.renderer import WebEngineRenderer
        return WebEngineRenderer().pdf(html, paper)

    def map_pixels(self, pdf: bytes, paper: Paper, dpi: int) -> Pixels:
        with _qt():
            from izsa_desktop.ui.printing.pixels import page_pixels
        return page_pixels(pdf, paper, dpi)

    def window_picture(self, workplace: Path, target: Path) -> None:
        with _qt():
            from izsa_desktop.ui.start import window_picture
        window_picture(workplace, target)


@contextmanager
def _qt() -> Iterator[None]:
    """Turns "PySide6 or one of its libraries is missing" into a sentence."""
    try:
        yield
    except ImportError as e:
        raise NoRenderer(str(e)) from e


def run_command_line(argv: Sequence[str]) -> int:
    """``izsa``: gives the exit code."""
    from izsa_desktop.cli import main

    return main(argv, OffscreenPictures())


def run_window(argv: Sequence[str]) -> int:
    """``izsa-desktop [--data DIR] [--lang tr|en] [--demo]``: opens the window; gives the exit code."""
    from izsa_desktop.ui.start import main

    return main(argv)
