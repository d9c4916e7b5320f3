"""The workplace's own backups: made without being asked, thinned out by age, listed.

Each lies in ``backups`` as ``izsa-OCCASION-STAMP.sqlite3``. Of every occasion are kept the ten newest, the newest of
each of the eight last weeks that have one, and of each of the twelve last months. The clock may be wrong: a backup
dated in the future counts as the oldest, so it cannot push out the ones that are made now.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from izsa_desktop.domain.errors import DiskProblem, FolderNotWritable, NoSuchBackup
from izsa_desktop.durable import os_problem
from izsa_desktop.usecases.workplace import stamp

NEWEST, WEEKS, MONTHS = 10, 8, 12
DAILY, MERGE, RESTORE, RENEW = "daily", "merge", "restore", "renew"
_HOUR = timedelta(hours=1)
_NAME = re.compile(r"izsa-(?P<occasion>[a-z0-9]+)-(?P<stamp>\d{8}-\d{6}-\d{6})\.sqlite3")


@dataclass(frozen=True, slots=True)
class Backup:
    """``occasion``: daily, merge, import, restore, renew, or v1, v2 … before a migration from that version."""

    path: Path
    occasion: str
    stamp: str
    size: int

    @property
    def made(self) -> str:
        """When, by this PC's clock, as records write time: UTC."""
        return _moment(self.stamp).strftime("%Y-%m-%dT%H:%M:%SZ")


def folder_of(workplace: Path) -> Path:
    """Where a workplace's backups are."""
    return workplace / "backups"


def list_backups(workplace: Path) -> list[Backup]:
    """The workplace's own backups, newest first; it need not be one that can be opened. Raises FolderNotWritable."""
    try:
        files = sorted(folder_of(workplace).glob("izsa-*.sqlite3"))
        found = [_read(file) for file in files]
    except OSError as e:
        raise FolderNotWritable(str(folder_of(workplace)), os_problem(e)) from e
    return sorted(filter(None, found), key=lambda backup: backup.stamp, reverse=True)


def find_backup(workplace: Path, named: str) -> Path:
    """A backup by its name in the list, else a file. Raises NoSuchBackup."""
    own = {backup.path.name: backup.path for backup in list_backups(workplace)}
    path = own.get(named) or Path(named)
    if not path.is_file():
        raise NoSuchBackup(named)
    return path


def of_the_day(workplace: Path, now: str) -> Path | None:
    """The daily backup of this day (UTC); ``now`` is a stamp. A wrong clock makes one more or one less."""
    days = (b.path for b in list_backups(workplace) if b.occasion == DAILY and b.stamp[:8] == now[:8])
    return next(days, None)


def of_the_hour(workplace: Path, now: str) -> Path | None:
    """The newest daily backup or one before merging, if it was made within the last hour.

    None where one of another occasion was made since: that holds what was left behind. A clock that goes back makes
    one more.
    """
    newest = next(iter(list_backups(workplace)), None)
    if newest is None or newest.occasion not in (DAILY, MERGE):
        return None
    return newest.path if timedelta() <= _moment(now) - _moment(newest.stamp) < _HOUR else None


def thin_out(workplace: Path, occasion: str) -> None:
    """Removes backups of an occasion that no rule keeps. Raises DiskProblem."""
    there = [backup for backup in list_backups(workplace) if backup.occasion == occasion]
    try:
        for old in set(there) - kept(there, stamp()):
            old.path.unlink(missing_ok=True)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e


def kept(backups: Iterable[Backup], now: str) -> set[Backup]:
    """Those of one occasion's backups that stay; ``now`` is a stamp."""
    ordered = sorted(backups, key=lambda backup: (backup.stamp <= now, backup.stamp), reverse=True)
    return {
        *ordered[:NEWEST],
        *_newest_of_each(ordered, lambda b: f"{_day(b):%G-%V}", WEEKS),
        *_newest_of_each(ordered, lambda b: b.stamp[:6], MONTHS),
    }


def _newest_of_each(ordered: Iterable[Backup], period: Callable[[Backup], str], count: int) -> list[Backup]:
    first: dict[str, Backup] = {}
    for backup in ordered:
        first.setdefault(period(backup), backup)
    return list(first.values())[:count]


def _day(backup: Backup) -> datetime:
    return datetime.strptime(backup.stamp[:8], "%Y%m%d").replace(tzinfo=UTC)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)


def _read(file: Path) -> Backup | None:
    named = _NAME.fullmatch(file.name)
    if named is None:
        return None
    backup = Backup(file, named["occasion"], named["stamp"], file.stat().st_size)
    with suppress(ValueError):  # digits that are no date
        return backup if backup.made else None
    return None
