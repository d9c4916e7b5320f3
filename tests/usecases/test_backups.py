"""Backups that nobody asks for: which stay, which go, whatever the clock says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izsa_desktop.domain.errors import DiskProblem, FolderNotWritable, NoSuchBackup
from izsa_desktop.usecases import backups, upkeep
from izsa_desktop.usecases.backups import Backup
from izsa_desktop.usecases.workplace import create_workplace, open_workplace, stamp
from tests.usecases.line import Line, enter

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def _stamp(when: datetime) -> str:
    return f"{when:%Y%m%d-%H%M%S-%f}"


def _daily(when: datetime) -> Backup:
    return Backup(Path(f"izsa-daily-{_stamp(when)}.sqlite3"), "daily", _stamp(when), 1)


def test_two_years_of_days_leave_ten_days_eight_weeks_and_twelve_months() -> None:
    there: set[Backup] = set()
    for day in range(730):
        now = NOON + timedelta(days=day)
        there.add(_daily(now))
        there = backups.kept(there, _stamp(now))
    days = sorted(
        (NOON + timedelta(days=729) - datetime.strptime(b.stamp[:8], "%Y%m%d").replace(tzinfo=UTC)).days for b in there
    )
    assert days[:10] == list(range(10))
    assert 20 <= len(days) <= backups.NEWEST + backups.WEEKS + backups.MONTHS
    assert 300 <= days[-1] <= 366


def test_backups_of_a_clock_that_ran_ahead_go_first() -> None:
    future = {_daily(NOON + timedelta(days=26_000 + n)) for n in range(40)}
    now = {_daily(NOON - timedelta(hours=n)) for n in range(10)}
    assert now <= backups.kept(future | now, _stamp(NOON))


def test_an_old_clock_does_not_remove_what_was_made_since() -> None:
    real = {_daily(NOON - timedelta(days=n)) for n in range(5)}
    made_in_2009 = _daily(datetime(2009, 1, 1, tzinfo=UTC))
    assert made_in_2009 in backups.kept(real | {made_in_2009}, made_in_2009.stamp)
    assert real <= backups.kept(real | {made_in_2009}, made_in_2009.stamp)


def test_one_a_day(line: Line) -> None:
    enter(line.bornova, "Bir")
    with open_workplace(line.bornova) as workplace:
        first = upkeep.backup_of_the_day(workplace)
        assert upkeep.backup_of_the_day(workplace) == first
        yesterday = first.with_name("izsa-daily-20200101-120000-000000.sqlite3")
        first.rename(yesterday)
        assert upkeep.backup_of_the_day(workplace) not in (first, yesterday)
        assert [b.occasion for b in backups.list_backups(line.bornova)] == ["daily", "daily"]
        assert list(filter(None, upkeep.check_copy(workplace, yesterday))) == []


def test_the_list_is_newest_first_and_passes_over_other_files(line: Line) -> None:
    folder = line.bornova / "backups"
    for name in ("izsa-x.sqlite3", "izsa-daily-20261399-120000-000000.sqlite3", "notes.txt", ".izsa-daily.part"):
        (folder / name).touch()
    with open_workplace(line.bornova) as workplace:
        made = [upkeep.backup_before(workplace, occasion) for occasion in ("import", "merge")]
    found = backups.list_backups(line.bornova)
    assert [b.path for b in found] == made[::-1]
    assert [b.occasion for b in found] == ["merge", "import"]
    assert found[0].size == made[1].stat().st_size
    assert found[0].made[:10].replace("-", "") == found[0].stamp[:8]
    assert backups.find_backup(line.bornova, made[0].name) == made[0]
    assert backups.find_backup(line.bornova, str(made[0])) == made[0]
    with pytest.raises(NoSuchBackup):
        backups.find_backup(line.bornova, "izsa-daily-20000101-000000-000000.sqlite3")


def test_merges_share_a_backup_within_the_hour(line: Line) -> None:
    folder = line.office / "backups"
    with open_workplace(line.office) as workplace:
        first = upkeep.backup_before_merging(workplace)
        assert upkeep.backup_before_merging(workplace) == first
        daily = first.with_name(f"izsa-daily-{first.name.removeprefix('izsa-merge-')}")
        first.rename(daily)
        assert upkeep.backup_before_merging(workplace) == daily
        now = datetime.now(UTC)
        for minutes, shared in ((-55, True), (-65, False), (5, False), (60 * 24 * 365, False)):
            for there in folder.glob("izsa-*"):
                there.unlink()
            made = (now + timedelta(minutes=minutes)).strftime("%Y%m%d-%H%M%S-%f")
            old = workplace.store.path.parent / "backups" / f"izsa-merge-{made}.sqlite3"
            upkeep.backup(workplace, line.folder / "copy.sqlite3").rename(old)
            assert (upkeep.backup_before_merging(workplace) == old) == shared


def test_a_backup_is_not_shared_that_lacks_what_was_saved_here_or_that_was_left_behind(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        first = upkeep.backup_before_merging(workplace)
    enter(line.bornova, "Çınar")
    with open_workplace(line.bornova) as workplace:
        second = upkeep.backup_before_merging(workplace)
        assert second != first
        upkeep.backup_before(workplace, backups.RESTORE)
        third = upkeep.backup_before_merging(workplace)
        assert third not in (first, second)
        third.write_bytes(b"no database")
        assert upkeep.backup_before_merging(workplace) != third


def test_a_backup_that_cannot_be_made_stops_what_it_was_for(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "w", "TUR035007", "Ayşe") as workplace:
        (tmp_path / "w" / "backups").rmdir()
        (tmp_path / "w" / "backups").write_bytes(b"")
        with pytest.raises((FolderNotWritable, DiskProblem)):
            upkeep.backup_before(workplace, "merge")


def test_a_check_is_due_once_a_week(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        assert upkeep.check_is_due(workplace)
        upkeep.note_check(workplace)
        assert not upkeep.check_is_due(workplace)
        for day, due in ((6, False), (8, True), (-30, True)):
            when = datetime.now(UTC).date() - timedelta(days=day)
            with workplace.store.writing() as writer:
                writer.set_meta({"checked": f"{when}"})
            assert upkeep.check_is_due(workplace) == due
        assert upkeep.check(workplace) == []


def test_a_stamp_sorts_as_time_does() -> None:
    assert stamp() < stamp()
