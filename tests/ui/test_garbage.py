"""What is no longer used is let go of on the window's thread, whoever makes the garbage."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window import OpenBench, open_bench


@pytest.fixture
def collecting() -> Iterator[list[threading.Thread]]:
    """The threads in which anything was collected."""
    threads: list[threading.Thread] = []

    def note(_phase: str, _facts: dict[str, int]) -> None:
        threads.append(threading.current_thread())

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


class Ring(QWidget):
    """A widget that nobody but itself keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_garbage_of_a_worker_is_collected_where_the_widgets_live(
    bench: OpenBench, district: Path, collecting: list[threading.Thread]
) -> None:
    b = bench(district)
    gone = ref(Ring())
    b.opened.tasks.run(b.opened.window, lambda: [[n] for n in range(100_000)], lambda _made: None)
    b.qtbot.waitUntil(lambda: gone() is None, timeout=30_000)
    assert set(collecting) == {threading.main_thread()}
    assert not gc.isenabled()


def test_python_has_its_collector_back_after_the_window(qtbot: QtBot, qapp: QApplication, district: Path) -> None:
    with open_bench(qtbot, qapp, district, "tr", show=False):
        assert not gc.isenabled()
    assert gc.isenabled()
