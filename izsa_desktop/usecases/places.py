"""Where a workplace may be: on a disk of this PC that nobody else copies behind its back.

On a network drive neither SQLite's locks nor "it is on the disk" can be trusted; a program that synchronises a folder
copies a database in the middle of a save and brings old copies back. Such a folder is refused when a workplace is made
and when one is opened; ``moving.move`` is the way out. What is asked of the system stands apart from what is concluded.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import platformdirs

from izsa_desktop.domain.errors import InSyncedFolder, OnNetworkDrive

Mount = tuple[str, str]
"""Mount point and file system."""

_NETWORK = {
    "afpfs", "afs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs", "fuse.glusterfs",
    "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs",
    "nfs", "nfs4", "smb2", "smb3", "smbfs", "webdav",
}  # fmt: skip
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_ROOTS = {  # environment variables that name a synchronised folder
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
    "APPDATA": "roaming profile",
}
_NAMES = {
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "onedrive": "OneDrive",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "yandex.disk": "Yandex Disk",
    "yandexdisk": "Yandex Disk",
}
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "Nextcloud",
    ".stfolder": "Syncthing",
}


def default_folder() -> Path:
    """Where the workplace is unless somebody says otherwise: local to the PC, never roaming or synchronised."""
    return platformdirs.user_data_path("izsa-desktop", appauthor=False, roaming=False)


def require_local(folder: Path) -> None:
    """Raises OnNetworkDrive or InSyncedFolder."""
    for place in dict.fromkeys((Path(os.path.abspath(folder)), Path(os.path.realpath(folder)))):  # noqa: PTH100
        if _on_network(place):
            raise OnNetworkDrive(str(folder))
        service = synced_by(place, os.environ) or marked(place)
        if service:
            raise InSyncedFolder(str(folder), service)


def free_folder(wanted: Path) -> Path:
    """This folder, or the first with a number behind its name that is not there yet."""
    names = (wanted, *(wanted.with_name(f"{wanted.name}-{n}") for n in range(2, 1000)))
    return next(folder for folder in names if not folder.exists())


# --- what is concluded -----------------------------------------------------------------------------------------------


def network_mount(path: PurePosixPath, mounts: Sequence[Mount]) -> bool:
    """True when the mount that holds this path is a network's; of two on one point the later counts."""
    holding = [(len(point), n, kind) for n, (point, kind) in enumerate(mounts) if path.is_relative_to(point)]
    return max(holding)[2].lower() in _NETWORK if holding else False


def network_share(path: PureWindowsPath) -> bool:
    r"""True for ``\\server\share``, also in the long form ``\\?\UNC\server\share``."""
    drive = path.drive
    return drive.startswith("\\\\") and (drive[:4] not in ("\\\\?\\", "\\\\.\\") or drive[4:8].upper() == "UNC\\")


def synced_by(path: PurePath, environment: Mapping[str, str]) -> str:
    """The service that synchronises this folder, by what services call their folders; empty when none does."""
    for name, service in _ROOTS.items():
        root = environment.get(name)
        if root and path.is_relative_to(type(path)(root)):
            return service
    return next(filter(None, map(_service, path.parts)), "")


def _service(part: str) -> str:
    name = part.lower()
    if name.startswith(("onedrive - ", "onedrive-")):
        return "OneDrive"
    if name.startswith(("dropbox (", "dropbox-")):
        return "Dropbox"
    if name.startswith("googledrive-"):
        return "Google Drive"
    return _NAMES.get(name, "")


# --- what is asked ---------------------------------------------------------------------------------------------------


def _on_network(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = PureWindowsPath(path).drive
        return (
            network_share(PureWindowsPath(path)) or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE
        )
    import psutil

    mounts = [(partition.mountpoint, partition.fstype) for partition in psutil.disk_partitions(all=True)]
    return network_mount(PurePosixPath(path), mounts)


def marked(folder: Path) -> str:
    """The service that has left its mark in this folder or in one above it."""
    return next(filter(None, (_mark(_names_in(place)) for place in (folder, *folder.parents))), "")


def _names_in(folder: Path) -> Iterable[str]:
    return [name for name in _MARKERS if os.path.lexists(folder / name) and name != folder.name]


def _mark(names: Iterable[str]) -> str:
    return next((_MARKERS[name] for name in names), "")
