"""The only threads of the window: one worker owns the workplace, so that nothing waits for a disk on the GUI thread.

An operation is a function without arguments (or with a ``Progress``). It runs on the worker, one after the other; then
exactly one of these happens on the GUI thread: ``done(value)``, ``failed(error)``, or nothing because it was cancelled
or its owner is gone. Operations must not touch widgets.
"""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QWidget

from izsa_desktop.domain.errors import Cancelled, KnownError
from izsa_desktop.ui.dialogs.progress import ProgressDialog
from izsa_desktop.usecases.progress import Progress

T = TypeVar("T")
_log = logging.getLogger(__name__)
DIALOG_AFTER_MS = 600


class Task(Generic[T]):
    """One operation on its way. ``cancel`` may be called at any time from the GUI thread."""

    def __init__(
        self,
        owner: QObject,
        operation: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.owner = owner
        self.operation = operation
        self.done = done
        self.failed = failed
        self._cancelled = Event()
        self.value: T | None = None
        self.error: Exception | None = None

    def cancel(self) -> None:
        """Wants no result any more. What has begun ends at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def work(self) -> None:
        """On the worker."""
        if self.cancelled:
            return
        try:
            self.value = self.operation()
        except Cancelled:
            self.cancel()
        except Exception as e:
            if not isinstance(e, KnownError):
                _log.exception("an operation failed unexpectedly")
            self.error = e

    def report(self) -> None:
        """On the GUI thread."""
        if not shiboken6.isValid(self.owner):
            return
        if self.error is not None:
            self.failed(self.error)
        elif not self.cancelled:
            self.done(self.value)  # type: ignore[arg-type]  # it was set: neither failed nor cancelled


class _Worker(QThread):
    ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.waiting: SimpleQueue[Task[Any] | None] = SimpleQueue()

    def run(self) -> None:
        while (task := self.waiting.get()) is not None:
            task.work()
            self.ended.emit(task)


class Tasks(QObject):
    """Where operations are handed in. Close it before the application ends."""

    idle = Signal()
    """Nothing is waiting or running any more."""
    _stepped = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed: Callable[[Exception], None] = self._log_failure
        """Told of failures whose caller says nothing else."""
        self._open = 0
        self._dialogs: dict[Task[Any], ProgressDialog] = {}
        self._stepped.connect(self._show_step)
        self._worker = _Worker(self)
        self._worker.ended.connect(self._ended)
        self._worker.start()

    @property
    def busy(self) -> bool:
        """True while something is waiting or running."""
        return self._open > 0

    def run(
        self,
        owner: QObject,
        operation: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Task[T]:
        """Runs something short. When ``owner`` is destroyed nobody is told the result."""
        task = Task(owner, operation, done, failed or self._fail)
        self._put(task)
        return task

    def watch(
        self,
        owner: QWidget,
        text: str,
        operation: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Task[T]:
        """Runs something that may take long: after 600 ms a dialog with ``text`` shows how far it is, and cancels."""
        task: Task[T] = Task(owner, lambda: operation(step), done, failed or self._fail)

        def step(finished: int, total: int, /) -> None:
            if task.cancelled:
                raise Cancelled
            self._stepped.emit(task, finished, total)

        dialog = ProgressDialog(text, task.cancel, owner.window())
        self._dialogs[task] = dialog
        QTimer.singleShot(DIALOG_AFTER_MS, dialog, dialog.show)
        self._put(task)
        return task

    def close(self) -> None:
        """Lets everything that was handed in end, then ends the worker."""
        self._worker.waiting.put(None)
        self._worker.wait()

    def _put(self, task: Task[Any]) -> None:
        self._open += 1
        self._worker.waiting.put(task)

    def _ended(self, task: Task[Any]) -> None:
        dialog = self._dialogs.pop(task, None)
        if dialog is not None and shiboken6.isValid(dialog):
            dialog.finish()
        try:
            task.report()
        finally:
            self._open -= 1
            if not self._open:
                self.idle.emit()

    def _show_step(self, task: Task[Any], finished: int, total: int) -> None:
        dialog = self._dialogs.get(task)
        if dialog is not None and shiboken6.isValid(dialog):
            dialog.step(finished, total)

    def _fail(self, error: Exception) -> None:
        self.failed(error)

    @staticmethod
    def _log_failure(error: Exception) -> None:
        _log.error("nobody was told: %s", error)
