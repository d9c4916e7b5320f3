"""Full and failing disks: said plainly, nothing half done, nothing lost, and the program goes on."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import QueuePool

from izsa_desktop.db import dialect
from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import DiskProblem
from izsa_desktop.domain.revision import Revision
from tests.support import BORNOVA, make_revision


def _many(first: int) -> list[Revision]:
    return [
        make_revision({"purpose": "ş" * 300}, record=f"{BORNOVA}/{n:032x}", seq=n) for n in range(first, first + 300)
    ]


def _there(store: Store) -> list[bytes]:
    with store.reading() as reader:
        return reader.revision_ids()


@contextmanager
def _full(store: Store) -> Iterator[None]:
    """SQLite's own limit of pages answers as a full disk does, on every system."""
    pages = store.path.stat().st_size // 4096 + 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialect, "_PRAGMAS", (*dialect._PRAGMAS, f"max_page_count={pages}"))
        store.close()
        yield
    store.close()


@contextmanager
def _failing(store: Store, size: int = 0) -> Iterator[None]:
    """The system refuses what would make a file larger than this (0: than it is): to SQLite an error of the disk."""
    if sys.platform == "win32":
        pytest.skip("Windows has no limit of file size")
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size or store.path.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.parametrize("trouble", [_full, _failing])
def test_a_save_that_does_not_fit_is_all_undone(
    store: Store, trouble: Callable[[Store], AbstractContextManager[None]]
) -> None:
    with store.writing() as writer:
        writer.add(_many(1))
    before = _there(store)
    with trouble(store):
        for _attempt in range(2):
            with pytest.raises(DiskProblem) as caught, store.writing() as writer:
                writer.add(_many(1000))
            assert caught.value.exit_code == 20
            assert _there(store) == before
    with store.writing() as writer:  # there is room again
        writer.add(_many(1000))
    assert len(_there(store)) == 600
    assert store.problems() == []


def test_after_a_failed_save_the_file_is_opened_anew(store: Store) -> None:
    pool = store._engine.pool
    assert isinstance(pool, QueuePool)
    with _failing(store), pytest.raises(DiskProblem), store.writing() as writer:
        writer.add(_many(1))
    assert store._engine.pool is not pool
    with store.writing() as writer:
        writer.add(_many(1))
    assert len(_there(store)) == 300


def test_a_backup_that_does_not_fit_is_said(store: Store, tmp_path: Path) -> None:
    with store.writing() as writer:
        writer.add(_many(1))
    with _failing(store, 8192), pytest.raises(DiskProblem):
        store.backup(tmp_path / "copy")
    assert store.problems() == []
