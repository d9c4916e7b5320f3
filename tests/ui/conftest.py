"""What holds for the tests that use Qt: a warning of Qt fails the test, and nothing of Qt outlives its test."""

import gc
import shutil
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.ui.web.scheme import register_scheme
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import BORNOVA, FIELDS
from tests.ui.window import OpenBench, open_bench
from tests.usecases.line import Line, make_line

# Chromium says these wherever it draws without a graphics card.
NOT_OURS = (
    "Unable to detect GPU vendor for device: Null",
    "GPUInfo not initialized on GpuInfoUpdate",
    r"This plugin does not support propagateSizeHints\(\)",
    "This plugin does not support grabbing the keyboard",
    r"This plugin does not support raise\(\)",
)


PATIENCE_MS = 30_000
"""How long a test waits for what must come. What is waited for comes at once; a busy machine must not fail a test."""


def pytest_configure(config: pytest.Config) -> None:
    """Whichever test comes first, the scheme is known before there is an application, as in the program."""
    register_scheme()
    for wait in (QtBot.waitUntil, QtBot.waitSignal):
        wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": PATIENCE_MS}
    for line in NOT_OURS:
        config.addinivalue_line("qt_log_ignore", line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A mark and not a line in pyproject.toml, which pytest would refuse where pytest-qt is not installed."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown() -> Generator[None]:
    """Delete now what a test gave up for deletion, and let go of what its failure keeps.

    A failed test lives on in its traceback, and its web page with it; a page that outlives its profile ends the
    process with a segmentation fault.
    """
    yield
    if getattr(sys, "last_value", None) is not None:
        for name in ("last_value", "last_traceback", "last_exc"):
            setattr(sys, name, None)
        gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[OpenBench]:
    """Opens windows on workplaces: ``bench(folder, language="tr", show=False)``."""
    with ExitStack() as stack:
        yield lambda folder, language="tr", show=False: stack.enter_context(
            open_bench(qtbot, qapp, folder, language, show=show)
        )


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A workplace of Bornova with three projects."""
    with create_workplace(tmp_path / "bornova", BORNOVA, "Ayşe Yılmaz") as workplace:
        add_projects(
            workplace,
            [
                FIELDS,
                ProjectFields(title="Şirince’den ısırgan", purpose="Amaç", goals=("2",), status="planlandı"),
                ProjectFields(title="Çatı güneşi", goals=("7", "13")),
            ],
        )
    return tmp_path / "bornova"


@pytest.fixture(scope="session")
def line_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("line")
    make_line(folder)
    return folder


@pytest.fixture
def line(line_made: Path, tmp_path: Path) -> Line:
    """An office and enrolled districts, fresh for every test."""
    shutil.copytree(line_made, tmp_path / "line")
    return Line(tmp_path / "line")
