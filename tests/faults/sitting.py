"""A person at the window for some seconds, as a program of its own: ``python -m tests.faults.sitting FOLDER NOTES SEED
SECONDS``. The seconds are counted from when the window is usable.
"""

import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import bootstrap

os.environ.update(bootstrap.linux_qt_environment(offscreen=True))  # before anything loads Qt


def main(argv: Sequence[str]) -> int:
    from PySide6.QtCore import QTimer

    from tests.faults.diary import Diary
    from tests.faults.person import sit_down

    folder, notes, seed, seconds = argv
    opened = sit_down(Path(folder), Diary(Path(notes)), random.Random(seed))
    opened.when_usable(lambda: QTimer.singleShot(int(1000 * float(seconds)), lambda: os._exit(0)))
    return opened.application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
