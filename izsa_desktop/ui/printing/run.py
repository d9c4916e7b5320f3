"""Prints a document part by part: some at the same time, each in a process of its own; what Python has to do with them
is done on the worker, one thing after the other.
"""

from collections import deque
from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from izsa_desktop.reports.ports import Job, Work
from izsa_desktop.ui.printing.job import PrintJob
from izsa_desktop.ui.tasks import Task, Tasks

T = TypeVar("T")
AT_ONCE: Final = 2
"""Parts that are printed at the same time: as many processes, of some 150 MB."""
_AHEAD: Final = 1
"""Parts that are made and wait for one of these to end."""


class _Part:
    """A part on its way: waiting, being printed, printed."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.printing: PrintJob | None = None
        self.pdf: bytes | None = None


class PrintRun(QObject):
    """Runs ``work`` and ends in exactly one of ``done``, ``failed`` or - after ``cancel`` - neither."""

    done = Signal()
    failed = Signal(Exception)

    def __init__(self, work: Work, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._tasks = work, tasks
        self._parts: deque[_Part] = deque()
        self._task: Task[Any] | None = None
        self._waits = self._ended = False
        self.running = True
        self._go_on()

    def cancel(self) -> None:
        """Forgets the document. What is being printed ends with its process."""
        if self.running:
            self._stop()

    def _go_on(self) -> None:
        """Hands the worker what is to be done next; pages that have come go before parts to be made."""
        if not self.running or self._task is not None:
            return
        first = self._parts[0] if self._parts else None
        if first is not None and first.pdf is not None:
            take, pdf = first.job.take, first.pdf
            self._parts.popleft()
            self._do(lambda: take(pdf), lambda _none: self._go_on())
        elif not self._parts and self._ended:
            self._stop()
            self.done.emit()
        elif not self._ended and not (self._waits and self._parts) and len(self._parts) < AT_ONCE + _AHEAD:
            self._waits = False
            self._do(lambda: next(self._work, _END), self._made)

    def _made(self, job: "Job | _End | None") -> None:
        if isinstance(job, Job):
            self._parts.append(_Part(job))
            self._print()
        elif job is None:
            self._waits = True
        else:
            self._ended = True
        self._go_on()

    def _print(self) -> None:
        """Begins as many as may be printed at the same time."""
        free = AT_ONCE - sum(part.printing is not None and part.pdf is None for part in self._parts)
        for part in [one for one in self._parts if one.printing is None][:free]:
            part.printing = PrintJob(part.job.html, self)
            part.printing.done.connect(lambda pdf, part=part: self._printed(part, pdf))
            part.printing.failed.connect(self._fail)

    def _printed(self, part: _Part, pdf: bytes) -> None:
        part.pdf = pdf
        self._print()
        self._go_on()

    def _do(self, operation: Callable[[], T], done: Callable[[T], None]) -> None:
        def ended(value: Any) -> None:
            self._task = None
            if self.running:
                done(value)

        self._task = self._tasks.run(self, operation, ended, self._fail)

    def _fail(self, error: Exception) -> None:
        if self.running:
            self._stop()
            self.failed.emit(error)

    def _stop(self) -> None:
        self.running = False
        if self._task is not None:
            self._task.cancel()
        for part in self._parts:
            if part.printing is not None:
                part.printing.cancel()
        self._parts.clear()
        self._tasks.run(self, self._work.close, _told)  # on the worker, after what it is at
        self.deleteLater()


def _told(_none: None) -> None:
    """Nobody waits for it."""


class _End:
    """What stands behind the last part."""


_END: Final = _End()
