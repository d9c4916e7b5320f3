"""The only threads of the window: one worker owns the workplace, so that nothing waits for a disk on the GUI thread.

An operation is a function without arguments (or with a ``Progress``). It runs on the worker, one after the other; then
exactly one of these happens on the GUI thread: ``done(value)``, ``failed(error)``, or nothing because it was cancelled
or its owner is gone. Operations must not touch widgets. A second worker does what nobody waits for and what changes
nothing that the first one works with.
"""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from socket import socketpair
from threading import Event, Thread
from time import monotonic
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtWidgets import QWidget

from izsa_desktop.domain.errors import Cancelled, KnownError, PassphraseNeeded
from izsa_desktop.ui.dialogs.progress import ProgressDialog
from izsa_desktop.usecases.progress import Progress

T = TypeVar("T")
_log = logging.getLogger(__name__)
DIALOG_AFTER_MS = 600
_SWITCH_S = 0.0005
"""How long the worker keeps Python's lock while the window wants it: with the usual 5 ms a key waits several times."""


class Task(Generic[T]):
    """One operation on its way. ``cancel`` may be called at any time from the GUI thread."""

    def __init__(
        self,
        owner: QObject,
        operation: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        words: str | None = None,
    ) -> None:
        """``words``: what the dialog says that shows how far it is; None: there is none."""
        self.words = words
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
        self.error = None
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


class _Worker:
    """A thread that knows nothing of Qt: ``tell`` hands a task that has ended to the GUI thread."""

    def __init__(self, tell: Callable[[Task[Any]], None]) -> None:
        self.waiting: SimpleQueue[Task[Any] | None] = SimpleQueue()
        self._tell = tell
        self._thread = Thread(target=self._work, name="worker", daemon=True)  # it never keeps a failed start alive
        self._thread.start()

    def _work(self) -> None:
        while (task := self.waiting.get()) is not None:
            task.work()
            self._tell(task)

    def end(self) -> None:
        """Lets everything that was handed in end, then the thread."""
        self.waiting.put(None)
        self._thread.join()


class _Mailbox:
    """Where workers leave what the GUI thread is to do, one thing each turn of its event loop.

    A socket wakes the loop, so that no worker calls into Qt.
    """

    def __init__(self, parent: QObject) -> None:
        self._letters: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._bell, self._ear = socketpair()
        self._bell.setblocking(False)
        self._ear.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, parent)
        self._notifier.activated.connect(self._open_one)

    def put(self, letter: Callable[[], object]) -> None:
        """From any thread."""
        self._letters.put(letter)
        self._ring()

    def close(self) -> None:
        """Nobody puts anything in any more."""
        self._notifier.setEnabled(False)
        self._bell.close()
        self._ear.close()

    def _ring(self) -> None:
        with suppress(BlockingIOError):  # it has rung so often unheard that once more makes no difference
            self._bell.send(b".")

    def _open_one(self) -> None:
        with suppress(BlockingIOError):
            self._ear.recv(4096)
        try:
            letter = self._letters.get_nowait()
        except Empty:  # two rings may be for one letter
            return
        if not self._letters.empty():
            self._ring()
        letter()


class Tasks(QObject):
    """Where operations are handed in. Close it before the application ends."""

    idle = Signal()
    """Nothing is waiting or running any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed: Callable[[Exception], None] = self._log_failure
        """Told of failures whose caller says nothing else."""
        self.locked: Callable[[Callable[[], None], Callable[[], None]], None] | None = None
        """Told of an operation that wants the signing key's passphrase: it begins again, or is given up as failed."""
        sys.setswitchinterval(_SWITCH_S)
        self._open = 0
        self._asked = monotonic()
        self._dialogs: dict[Task[Any], ProgressDialog] = {}
        self._mailbox = _Mailbox(self)
        self._worker = self._started()
        self._beside: _Worker | None = None

    @property
    def busy(self) -> bool:
        """True while something is waiting or running."""
        return self._open > 0

    @property
    def quiet_s(self) -> float:
        """Seconds since anything was begun for which somebody may be waiting."""
        return monotonic() - self._asked

    def hush(self) -> None:
        """The GUI thread is busy with something for which somebody is waiting."""
        self._asked = monotonic()

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

    def run_beside(self, owner: QObject, operation: Callable[[], T], done: Callable[[T], None]) -> Task[T]:
        """Runs something that nobody waits for and that may take long, beside all else."""
        task = Task(owner, operation, done, self._fail)
        self._beside = self._beside or self._started()
        self._put(task, self._beside)
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
        task: Task[T] = Task(owner, lambda: operation(step), done, failed or self._fail, text)
        put = self._mailbox.put

        def step(finished: int, total: int, /) -> None:
            if task.cancelled:
                raise Cancelled
            put(lambda: self._show_step(task, finished, total))

        self._put(task)
        return task

    def close(self) -> None:
        """Lets everything that was handed in end, then ends the workers."""
        for worker in filter(None, (self._worker, self._beside)):
            worker.end()
        self._mailbox.close()

    def _started(self) -> _Worker:
        put = self._mailbox.put
        return _Worker(lambda task: put(lambda: self._ended(task)))

    def _put(self, task: Task[Any], worker: _Worker | None = None) -> None:
        self._open += 1
        if worker is None:
            self.hush()
        if task.words is not None and isinstance(task.owner, QWidget):
            dialog = ProgressDialog(task.words, task.cancel, task.owner.window())
            self._dialogs[task] = dialog
            QTimer.singleShot(DIALOG_AFTER_MS, dialog, dialog.show)
        (worker or self._worker).waiting.put(task)

    def _ended(self, task: Task[Any]) -> None:
        dialog = self._dialogs.pop(task, None)
        if dialog is not None and shiboken6.isValid(dialog):
            dialog.finish()
        try:
            if isinstance(task.error, PassphraseNeeded) and self.locked is not None and shiboken6.isValid(task.owner):
                self.locked(lambda: self._again(task), task.report)
            else:
                task.report()
        finally:
            self._open -= 1
            if not self._open:
                self.idle.emit()

    def _again(self, task: Task[Any]) -> None:
        if shiboken6.isValid(task.owner):
            self._put(task)

    def _show_step(self, task: Task[Any], finished: int, total: int) -> None:
        dialog = self._dialogs.get(task)
        if dialog is not None and shiboken6.isValid(dialog):
            dialog.step(finished, total)

    def _fail(self, error: Exception) -> None:
        self.failed(error)

    @staticmethod
    def _log_failure(error: Exception) -> None:
        _log.error("nobody was told: %s", error)
