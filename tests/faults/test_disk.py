"""The model of the disk loses what was not flushed, and nothing else."""

import random
from pathlib import Path

import pytest

from tests.faults.disk import SECTOR, Disk, File, Folder, NotModelledError, materialise


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "old").write_bytes(b"old")
    return Disk(tmp_path)


def ends(disk: Disk, path: str) -> set[bytes | None]:
    """What may stand at a path after a cut."""
    return {disk.after_cut(random.Random(seed)).get(path) for seed in range(1000)}


def written(disk: Disk, path: str, data: bytes) -> File:
    file = File()
    disk.put(path, file)
    file.write(disk.step(), 0, data)
    return file


def folder_of(disk: Disk) -> Folder:
    folder = disk.find("folder")
    assert isinstance(folder, Folder)
    return folder


def test_what_was_there_before_stays(disk: Disk) -> None:
    assert ends(disk, "folder/old") == {b"old"}


def test_nothing_is_certain_without_flushing(disk: Disk) -> None:
    written(disk, "folder/new", b"new")
    assert ends(disk, "folder/new") == {None, b"", b"\0\0\0", b"new"}


def test_a_flushed_file_without_a_flushed_name_may_be_gone(disk: Disk) -> None:
    written(disk, "folder/new", b"new").sync()
    assert ends(disk, "folder/new") == {None, b"new"}
    folder_of(disk).sync()
    assert ends(disk, "folder/new") == {b"new"}


def test_a_flushed_name_may_stand_for_an_empty_file(disk: Disk) -> None:
    written(disk, "folder/part", b"new")
    disk.rename("folder/part", "folder/old")
    folder_of(disk).sync()
    assert ends(disk, "folder/old") == {b"", b"\0\0\0", b"new"}
    assert ends(disk, "folder/part") == {None}


def test_an_unflushed_rename_leaves_the_old_file_or_the_new_one(disk: Disk) -> None:
    written(disk, "folder/part", b"new").sync()
    disk.rename("folder/part", "folder/old")
    assert ends(disk, "folder/old") == {b"old", b"new"}


def test_an_unflushed_removal_may_be_undone(disk: Disk) -> None:
    disk.remove("folder/old")
    assert ends(disk, "folder/old") == {b"old", None}
    assert disk.find("folder/old") is None


def test_writes_are_torn_at_sectors_and_growth_may_be_zeros(disk: Disk) -> None:
    file = File(b"a" * 2 * SECTOR, size=2 * SECTOR)
    folder_of(disk).durable["file"] = folder_of(disk).live["file"] = file
    file.write(disk.step(), SECTOR, b"b" * 2 * SECTOR)
    found = ends(disk, "folder/file")
    a, b, zeros = (letter * SECTOR for letter in (b"a", b"b", b"\0"))
    assert found == {a + a, a + b, a + b + b, a + a + b, a + b + zeros, a + a + zeros}
    file.sync()
    assert ends(disk, "folder/file") == {a + b + b}


def test_shortening_is_a_change_like_another(disk: Disk) -> None:
    file = disk.find("folder/old")
    assert isinstance(file, File)
    file.resize(disk.step(), 1)
    assert ends(disk, "folder/old") == {b"o", b"old"}


def test_what_the_model_does_not_know_is_said(disk: Disk) -> None:
    with pytest.raises(NotModelledError):
        disk.rename("folder/old", "elsewhere")
    with pytest.raises(NotModelledError):
        disk.put("missing/file", File())


def test_what_is_left_is_written_out(disk: Disk, tmp_path: Path) -> None:
    materialise(disk.after_cut(random.Random(0)), tmp_path / "after")
    assert [(p.name, p.read_bytes()) for p in (tmp_path / "after" / "folder").iterdir()] == [("old", b"old")]
