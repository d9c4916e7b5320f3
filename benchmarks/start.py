"""Start of the program to the first usable window, against a bare PySide6 window in the same run.

Each start is a fresh process, the two kinds in turn; the median counts. "Usable" is: the window is shown, the list
holds the workplace's projects, and the event loop is idle.

    python benchmarks/start.py [starts]
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from izsa_desktop.usecases.demo import OFFICE_FOLDER, make_demo

BARE = """
from time import time; began = float(__import__("sys").argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1366, 768); window.show()
QTimer.singleShot(0, lambda: (print(time() - began), app.quit()))
app.exec()
"""
OURS = """
from time import time; began = float(__import__("sys").argv[1])
from pathlib import Path
from izsa_desktop.ui.start import open_window
opened = open_window(Path(__import__("sys").argv[2]))
opened.when_usable(lambda: (print(time() - began), opened.application.quit()))
opened.application.exec(); opened.close()
"""


def start(code: str, *arguments: str) -> float:
    """Seconds from just before the process is made to its own word that it is ready."""
    from time import time

    result = subprocess.run(
        [sys.executable, "-c", code, repr(time()), *arguments], capture_output=True, text=True, check=True
    )
    return float(result.stdout.split()[-1])


def main() -> None:
    """Prints one Markdown table."""
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder))
        office = str(Path(folder) / OFFICE_FOLDER)
        pairs = [(start(BARE), start(OURS, office)) for _ in range(starts)]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    print("| | median of starts | ratio |\n| --- | ---: | ---: |")
    print(f"| bare PySide6 window | {bare * 1000:.0f} ms | 1.0× |")
    print(f"| İZSA Desktop, 65 projects, list filled | {ours * 1000:.0f} ms | {ours / bare:.1f}× |")


if __name__ == "__main__":
    main()
