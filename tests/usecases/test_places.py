"""Where a workplace may be, and the way out of where it may not."""

import os
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from izsa_desktop.domain.errors import FileProblem, FileTaken, InSyncedFolder, KnownError, NoWorkplace, WorkplaceBusy
from izsa_desktop.durable import move_over
from izsa_desktop.usecases import moving, places, projects, upkeep
from izsa_desktop.usecases.holding import Hold
from izsa_desktop.usecases.workplace import create_workplace, exists, open_workplace
from tests.usecases.line import Line, enter, export, listing

MOUNTS = [
    ("/", "ext4"),
    ("/home", "nfs4"),
    ("/home/ayşe/yerel", "ext4"),
    ("/mnt/paylaşım", "cifs"),
    ("/Volumes/Belediye", "smbfs"),
    ("/run/user/1000/gvfs", "fuse.gvfsd-fuse"),
    ("/media/usb", "vfat"),
    ("/media/usb", "nfs"),
]


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/srv/izsa", False),
        ("/home/ayşe/izsa", True),
        ("/home", True),
        ("/homework/izsa", False),
        ("/home/ayşe/yerel/izsa", False),
        ("/mnt/paylaşım/a/b", True),
        ("/Volumes/Belediye/x", True),
        ("/Volumes/Belediye 2/x", False),
        ("/run/user/1000/gvfs/smb-share:server=a,share=b", True),
        ("/media/usb/izsa", True),  # mounted over the other
    ],
)
def test_a_path_is_on_the_mount_that_holds_it(path: str, network: bool) -> None:
    assert places.network_mount(PurePosixPath(path), MOUNTS) == network


@pytest.mark.parametrize(
    ("path", "network"),
    [
        (r"C:\Users\Ayşe\AppData\Local\izsa-desktop", False),
        (r"\\sunucu\paylaşım\izsa", True),
        ("//sunucu/paylaşım/izsa", True),
        (r"\\?\C:\izsa", False),
        (r"\\?\UNC\sunucu\paylaşım\izsa", True),
        (r"\\.\C:\izsa", False),
    ],
)
def test_shares_of_windows(path: str, network: bool) -> None:
    assert places.network_share(PureWindowsPath(path)) == network


PROFILE = {"OneDrive": r"C:\Users\Ayşe\OneDrive - İzmir Belediyesi", "APPDATA": r"C:\Users\Ayşe\AppData\Roaming"}


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Users\Ayşe\OneDrive - İzmir Belediyesi\izsa"), "OneDrive"),
        (PureWindowsPath(r"c:\users\ayşe\appdata\roaming\izsa"), "roaming profile"),
        (PureWindowsPath(r"C:\Users\Ayşe\AppData\Local\izsa"), ""),
        (PureWindowsPath(r"D:\Dropbox (Kişisel)\izsa"), "Dropbox"),
        (PureWindowsPath(r"D:\Yandex.Disk\izsa"), "Yandex Disk"),
        (PurePosixPath("/Users/ayse/Library/CloudStorage/GoogleDrive-ayse@izmir.bel.tr/My Drive"), "Google Drive"),
        (PurePosixPath("/Users/ayse/Library/Mobile Documents/com~apple~CloudDocs"), "iCloud"),
        (PurePosixPath("/home/ayse/Nextcloud/izsa"), "Nextcloud"),
        (PurePosixPath("/home/ayse/Dropbox/izsa"), "Dropbox"),
        (PurePosixPath("/home/ayse/dropbox-notları"), "Dropbox"),
        (PurePosixPath("/home/ayse/onedriveyedek"), ""),
        (PurePosixPath("/home/ayse/izsa"), ""),
    ],
)
def test_what_services_call_their_folders(path: PurePath, service: str) -> None:
    assert places.synced_by(path, PROFILE if isinstance(path, PureWindowsPath) else {}) == service


@pytest.mark.parametrize("marker", [".stfolder", ".dropbox.cache", ".owncloudsync.log"])
def test_a_service_leaves_its_mark_above(tmp_path: Path, marker: str) -> None:
    (tmp_path / "a" / marker).mkdir(parents=True)
    assert places.marked(tmp_path / "a" / "b" / "c") != ""
    assert places.marked(tmp_path / "b") == ""


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """A workplace that somebody has moved into a synchronised folder."""
    with create_workplace(tmp_path / "izsa", "TUR035007", "Ayşe") as workplace:
        projects.add_projects(workplace, [])
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "izsa").rename(tmp_path / "Dropbox" / "izsa")
    return tmp_path / "Dropbox" / "izsa"


def test_neither_made_nor_opened_there(tmp_path: Path, synced: Path) -> None:
    before = listing(tmp_path)
    attempts: list[Callable[[], object]] = [
        lambda: open_workplace(synced),
        lambda: create_workplace(synced.parent / "new", "TUR035007", "Ayşe"),
        lambda: moving.move(synced, synced.parent / "new"),
    ]
    if os.name == "posix":
        (tmp_path / "link").symlink_to(synced)
        attempts.append(lambda: open_workplace(tmp_path / "link"))
    for attempt in attempts:
        with pytest.raises(InSyncedFolder) as caught:
            attempt()
        assert (caught.value.service, caught.value.exit_code) == ("Dropbox", 20)
    assert listing(tmp_path) == before
    assert not (synced.parent / "new").exists()


def test_a_workplace_that_has_been_moved_is_all_there(tmp_path: Path, synced: Path) -> None:
    (synced / "attachments" / "ab").mkdir()
    (synced / "attachments" / "ab" / "x").write_bytes(b"photo")
    before = listing(synced)
    target = tmp_path / "yerel" / "İzmir"
    old = moving.move(synced, target)
    assert not exists(synced)
    assert old.parent == synced
    moved = listing(target)
    kept = {name: sha for name, sha in before.items() if name != "izsa.sqlite3"}
    assert kept.items() <= moved.items()
    assert listing(synced).items() >= kept.items()
    with open_workplace(target) as workplace:
        assert upkeep.check(workplace) == []
        assert workplace.key().key_id == workplace.identity.replica
    with pytest.raises(NoWorkplace):
        moving.move(synced, tmp_path / "again")
    old.rename(synced / "izsa.sqlite3")
    with pytest.raises(FileTaken):
        moving.move(synced, target)


def test_a_moved_district_goes_on_from_its_numbers(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    export(line.bornova, tmp_path / "1.izsa")
    moving.move(line.bornova, tmp_path / "there")
    enter(tmp_path / "there", "İki")
    export(tmp_path / "there", tmp_path / "2.izsa")
    with open_workplace(line.office) as office:
        from izsa_desktop.usecases.exchange import merge_bundles

        assert [r.code for r in merge_bundles(office, [tmp_path / "1.izsa", tmp_path / "2.izsa"])] == [0, 0]


def test_what_a_window_holds_is_not_moved(tmp_path: Path, synced: Path) -> None:
    hold = Hold(synced)
    with pytest.raises(WorkplaceBusy):
        moving.move(synced, tmp_path / "there")
    assert exists(synced)
    hold.release()
    moving.move(synced, tmp_path / "there2")


def test_a_damaged_workplace_stays_where_it_is(tmp_path: Path, synced: Path) -> None:
    database = synced / "izsa.sqlite3"
    good = database.read_bytes()
    at = good.index("Ayşe".encode())
    database.write_bytes(good[:at] + b"E" + good[at + 1 :])
    with pytest.raises(KnownError):
        moving.move(synced, tmp_path / "there")
    assert exists(synced)
    assert list((tmp_path / "there").iterdir()) == [], "no half workplace and no key stays there"


def test_a_free_folder_has_a_number_when_the_first_is_taken(tmp_path: Path) -> None:
    assert places.free_folder(tmp_path / "a") == tmp_path / "a"
    (tmp_path / "a").mkdir()
    (tmp_path / "a-2").mkdir()
    assert places.free_folder(tmp_path / "a") == tmp_path / "a-3"


@pytest.mark.parametrize("within", ["new", "backups/new", "backups"])
def test_a_workplace_is_not_moved_into_itself(tmp_path: Path, synced: Path, within: str) -> None:
    local = tmp_path / "local"
    moving.move(synced, local)
    before = listing(local)
    with pytest.raises(FileProblem):
        moving.move(local, local / within)
    assert listing(local) == before


def test_what_is_saved_while_it_is_moved_is_there(tmp_path: Path, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[str] = []

    def another_saves(source: Path, target: Path) -> None:
        move_over(source, target)
        if not saved:  # the copy is in place, the old database not yet renamed
            saved.extend(enter(line.bornova, "Son anda"))

    monkeypatch.setattr("izsa_desktop.usecases.moving.move_over", another_saves)
    moving.move(line.bornova, tmp_path / "there")
    with open_workplace(tmp_path / "there") as workplace:
        assert [project.id for project in projects.list_projects(workplace)] == saved
