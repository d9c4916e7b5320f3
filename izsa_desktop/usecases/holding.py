"""One window per workplace: whoever holds it may replace its database file.

The system's own lock on a file (``filelock``: fcntl, or LockFileEx on Windows), which dies with the process that has
it, so a kill leaves nothing behind that would have to be judged stale. The window holds the workplace as long as it is
open; ``restore``, ``move`` and a migration hold it while they work. Everything else only needs SQLite's locks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from izsa_desktop.domain.errors import FolderNotWritable, WorkplaceBusy
from izsa_desktop.durable import os_problem

LOCK = "izsa.lock"


class Hold:
    """A workplace that is held until ``release``, from whichever thread."""

    def __init__(self, folder: Path) -> None:
        """Raises WorkplaceBusy when another process holds it, FolderNotWritable when nobody could."""
        from filelock import FileLock, Timeout

        self._lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise WorkplaceBusy(str(folder)) from None
        except (OSError, NotImplementedError) as e:
            raise FolderNotWritable(str(folder), os_problem(e) if isinstance(e, OSError) else str(e)) from e

    def release(self) -> None:
        """Lets others have it."""
        self._lock.release()


@contextmanager
def held(folder: Path, hold: Hold | None = None) -> Iterator[None]:
    """Holds the workplace for a block, unless the caller has it already. Raises what ``Hold`` raises."""
    own = None if hold else Hold(folder)
    try:
        yield
    finally:
        if own:
            own.release()
