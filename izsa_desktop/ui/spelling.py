"""The spelling process seen from the window: words go in, judgements come back, and nothing ever waits for them.

The process is started a moment after somebody begins to write (``wake``) and ends with its owner. Where it cannot be
had, no word is ever judged, and nobody is bothered with that.
"""

import json
import logging
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

import izsa_desktop

_log = logging.getLogger(__name__)
_GATHER_MS = 100
"""Words that are asked about within this time go in one question."""
_START_MS = 1000
_END_MS = 2000

Judgement = list[str] | None
"""None: right. Else what was probably meant."""


class Spelling(QObject):
    """``judgement`` answers from what is known; ``ask`` gets to know more; ``judged`` says that it is there."""

    judged = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[tuple[str, str], Judgement] = {}
        self._asked: dict[str, set[str]] = {}
        self._learned: list[str] = []
        self._process: QProcess | None = None
        self._failed = False
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._send)
        self._start_soon = QTimer(self, singleShot=True, interval=_START_MS)
        self._start_soon.timeout.connect(self._start)

    def judgement(self, language: str, word: str) -> Judgement:
        """None also for a word that nobody has judged yet."""
        return self._known.get((language, word))

    def ask(self, language: str, words: Iterable[str]) -> None:
        """Has the words judged that are not yet."""
        wanted = {word for word in words if (language, word) not in self._known}
        if wanted and not self._failed:
            self._asked.setdefault(language, set()).update(wanted)
            self._gather.start()

    def wake(self) -> None:
        """Somebody writes: judgements are wanted from now on."""
        if self._process is None and not self._failed and not self._start_soon.isActive():
            self._start_soon.start()

    def learn(self, words: Iterable[str]) -> None:
        """These words are right, with any ending; everything is judged anew."""
        new = list(words)
        self._learned += new
        self._known.clear()
        if self._process is not None:
            self._write({"learn": new})
        self.judged.emit()

    def close(self) -> None:
        """Ends the process."""
        self._failed = True
        self._start_soon.stop()
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _send(self) -> None:
        if self._process is None:
            return  # what was asked is kept until it is there
        asked, self._asked = self._asked, {}
        for language, words in asked.items():
            self._write({"language": language, "words": sorted(words)})

    def _start(self) -> None:
        process = QProcess()  # not a child: it has to be ended before it is deleted
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONPATH", str(Path(izsa_desktop.__file__).parent.parent))
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.errorOccurred.connect(self._give_up)
        process.finished.connect(self._give_up)
        self.destroyed.connect(lambda: _end(process))
        self._process = process
        process.start(sys.executable, ["-m", "izsa_desktop.spelling"])
        self._write({"learn": self._learned})
        self._send()

    def _write(self, question: dict[str, object]) -> None:
        if self._process is not None:
            self._process.write((json.dumps(question) + "\n").encode("ascii"))

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            answer = json.loads(bytes(process.readLine().data()))
            for word, judgement in answer["judged"].items():
                self._known[answer["language"], word] = judgement
            self.judged.emit()

    def _give_up(self) -> None:
        if not self._failed:
            _log.warning("no spelling: %s", self._process.errorString() if self._process else "")
        self._failed, self._process = True, None


def _end(process: QProcess) -> None:
    """It has nothing to lose."""
    process.blockSignals(True)
    process.kill()
    process.waitForFinished(_END_MS)
