"""The teardown of ``conftest.py``: a failing test of a web page is a failure, not a crash."""

import subprocess
import sys
from pathlib import Path

import bootstrap

FAILING = """
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget


def test_page(qtbot):
    window = QWidget()
    profile = QWebEngineProfile(window)
    view = QWebEngineView(window)
    view.setPage(QWebEnginePage(profile, window))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(view.loadFinished):
        view.setHtml("page")
    assert not view.isVisible()
"""


def test_a_failing_test_of_a_web_page_does_not_end_the_process(tmp_path: Path) -> None:
    test = tmp_path / "test_page.py"
    test.write_text(FAILING)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.ui.conftest", "--rootdir", str(tmp_path), str(test)]
    result = subprocess.run(command, cwd=bootstrap.ROOT, capture_output=True, text=True, check=False)
    assert "1 failed" in result.stdout, result.stdout + result.stderr
    assert result.returncode == 1
