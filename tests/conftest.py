"""What holds for every test.

Qt draws into memory, the workplace of the person who runs the tests is never touched, Hypothesis tries the same
examples in every run (``--hypothesis-profile=thorough`` tries many new ones), and no test leaves a thread behind.
"""

import faulthandler
import os
import threading
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

import bootstrap

os.environ.update(bootstrap.linux_qt_environment(offscreen=True))  # before anything loads Qt

settings.register_profile("suite", derandomize=True, max_examples=50, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile("suite")

STDERR = pytest.StashKey[int]()  # pytest captures the one that everybody knows


def pytest_configure(config: pytest.Config) -> None:
    config.stash[STDERR] = os.dup(2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """A test that failed has no timeout any more: if its teardown hangs, the run ends and shows where."""
    faulthandler.dump_traceback_later(60, exit=True, file=item.config.stash[STDERR])
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Data and settings that a test does not place itself go to a temporary folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(timeout=5)
            assert not thread.is_alive(), f"the test left {thread} running"
