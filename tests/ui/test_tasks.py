"""The worker: every operation ends in exactly one way, on the GUI thread."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Event, current_thread, main_thread

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.errors import Cancelled, NothingSelected, PassphraseNeeded
from izsa_desktop.ui.dialogs.progress import ProgressDialog
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.usecases.progress import Progress


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def settle(tasks: Tasks, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)


def test_work_is_done_elsewhere_and_told_here(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[tuple[object, object]] = []
    tasks.run(tasks, current_thread, lambda worked: told.append((worked, current_thread())))
    settle(tasks, qtbot)
    [(worked, heard)] = told
    assert worked is not main_thread()
    assert heard is main_thread()


def test_operations_run_one_after_the_other(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[int] = []
    for n in range(20):
        tasks.run(tasks, partial(order.append, n), lambda _: None)
    settle(tasks, qtbot)
    assert order == list(range(20))


def test_a_failure_is_told_to_whom_it_concerns(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[str] = []
    tasks.failed = lambda error: heard.append(f"all {type(error).__name__}")

    def fail() -> None:
        raise NothingSelected

    tasks.run(tasks, fail, lambda _: heard.append("done"))
    tasks.run(tasks, fail, lambda _: heard.append("done"), lambda error: heard.append(type(error).__name__))
    settle(tasks, qtbot)
    assert heard == ["all NothingSelected", "NothingSelected"]


def test_nobody_hears_of_what_was_cancelled(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[object] = []
    tasks.failed = heard.append

    def give_up() -> None:
        raise Cancelled

    tasks.run(tasks, give_up, heard.append)
    tasks.run(tasks, lambda: 1, heard.append).cancel()
    settle(tasks, qtbot)
    assert heard == []


def test_nobody_is_told_who_is_gone(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject()
    may_end = Event()
    tasks.run(owner, may_end.wait, lambda _: heard.append(1))
    shiboken6.delete(owner)
    may_end.set()
    settle(tasks, qtbot)
    assert heard == []


def test_a_failing_listener_does_not_stop_the_rest(tasks: Tasks, qtbot: QtBot) -> None:
    def stumble(_value: int) -> None:
        raise ValueError("listener")

    heard: list[int] = []
    with qtbot.captureExceptions() as caught:
        tasks.run(tasks, lambda: 1, stumble)
        tasks.run(tasks, lambda: 2, heard.append)
        settle(tasks, qtbot)
    assert [str(error) for _kind, error, _trace in caught] == ["listener"]
    assert heard == [2]


def test_what_takes_long_shows_how_far_it_is_and_stops_when_asked(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    heard: list[object] = []
    begun, may_go_on = Event(), Event()

    def long(progress: Progress) -> str:
        progress(3, 10)
        begun.set()
        may_go_on.wait()
        progress(4, 10)
        return "finished"

    tasks.watch(owner, "Birleştiriliyor", long, heard.append, heard.append)
    [dialog] = owner.findChildren(ProgressDialog)
    assert not dialog.isVisible()
    qtbot.waitUntil(dialog.isVisible)
    assert begun.is_set()
    assert (dialog.bar.value(), dialog.bar.maximum()) == (3, 10)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert dialog.isVisible()
    may_go_on.set()
    settle(tasks, qtbot)
    assert heard == []
    assert not shiboken6.isValid(dialog)


def test_what_nobody_waits_for_holds_up_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    heard: list[str] = []
    may_end = Event()
    tasks.run_beside(owner, lambda: f"checked {may_end.wait()}", heard.append)
    tasks.run(owner, lambda: "saved", heard.append)
    qtbot.waitUntil(lambda: heard == ["saved"])
    assert tasks.busy
    may_end.set()
    settle(tasks, qtbot)
    assert heard == ["saved", "checked True"]


def test_what_is_quick_shows_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    heard: list[int] = []
    tasks.watch(owner, "Birleştiriliyor", lambda _progress: 7, heard.append)
    [dialog] = owner.findChildren(ProgressDialog)
    settle(tasks, qtbot)
    assert heard == [7]
    assert not shiboken6.isValid(dialog)


def test_what_wants_a_passphrase_begins_again_or_is_given_up(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    asked: list[tuple[Callable[[], None], Callable[[], None]]] = []
    tasks.locked = lambda go_on, give_up: asked.append((go_on, give_up))
    said: list[str] = []
    heard: list[object] = []

    def sign(_progress: Progress) -> str:
        if not said:
            raise PassphraseNeeded
        return "signed"

    tasks.watch(owner, "İmzalanıyor", sign, heard.append, heard.append)
    settle(tasks, qtbot)
    [(go_on, _give_up)] = asked
    assert heard == []
    assert owner.findChildren(ProgressDialog) == []
    go_on()  # it is asked again where that did not help
    settle(tasks, qtbot)
    assert len(asked) == 2
    said.append("the passphrase")
    go_on()
    [dialog] = owner.findChildren(ProgressDialog)
    settle(tasks, qtbot)
    assert heard == ["signed"]
    assert not shiboken6.isValid(dialog)
    said.clear()
    task = tasks.run(owner, lambda: sign(lambda _finished, _total: None), heard.append, heard.append)
    settle(tasks, qtbot)
    asked[-1][1]()
    assert heard == ["signed", task.error]
    assert isinstance(task.error, PassphraseNeeded)


def test_nobody_is_asked_for_a_page_that_is_gone(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    asked: list[Callable[[], None]] = []
    tasks.locked = lambda go_on, _give_up: asked.append(go_on)

    def sign() -> None:
        raise PassphraseNeeded

    tasks.run(owner, sign, lambda _: None)
    settle(tasks, qtbot)
    [go_on] = asked
    tasks.run(owner, sign, lambda _: None)
    shiboken6.delete(owner)
    settle(tasks, qtbot)
    assert asked == [go_on]
    go_on()
    assert not tasks.busy
