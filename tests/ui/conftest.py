"""What holds for the tests that use Qt: a warning of Qt fails the test, and nothing of Qt outlives its test."""

import gc
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from izsa_desktop.ui.web.scheme import register_scheme

# Chromium says these wherever it draws without a graphics card.
NOT_OURS = (
    "Unable to detect GPU vendor for device: Null",
    "GPUInfo not initialized on GpuInfoUpdate",
    r"This plugin does not support propagateSizeHints\(\)",
)


def pytest_configure(config: pytest.Config) -> None:
    """Whichever test comes first, the scheme is known before there is an application, as in the program."""
    register_scheme()
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
