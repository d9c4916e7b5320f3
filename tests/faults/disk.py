"""What a disk may hold after the power was cut: a file system that promises no more than POSIX does.

What was written to a file is durable after ``fsync`` of that file, a name in a folder after ``fsync`` of that folder;
everything else may be there or not when the power comes back, each sector of a write for itself, and where a file had
grown there may be zeros. Real file systems lose less: what survives here survives there. A disk controller that
forgets what it was told to flush is not modelled.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

SECTOR = 512


class NotModelledError(Exception):
    """The program did something to a file that this model does not know."""


@dataclass(frozen=True, slots=True)
class Write:
    """``data`` None: the file was cut or stretched to ``offset`` bytes."""

    when: int
    offset: int
    data: bytes | None


@dataclass
class File:
    """Durable content, and what was done since; the live content is both."""

    durable: bytes = b""
    pending: list[Write] = field(default_factory=list)
    size: int = 0

    def write(self, when: int, offset: int, data: bytes) -> None:
        self.pending.append(Write(when, offset, data))
        self.size = max(self.size, offset + len(data))

    def resize(self, when: int, size: int) -> None:
        self.pending.append(Write(when, size, None))
        self.size = size

    def sync(self) -> None:
        self.durable = self.content(lambda _when: True, whole)
        self.pending.clear()

    def content(self, kept: "Kept", torn: "Torn") -> bytes:
        """With those of the pending writes that ``kept`` takes, each as ``torn`` leaves it."""
        data = bytearray(self.durable)
        for write in self.pending:
            if not kept(write.when):
                continue
            if write.data is None:
                del data[write.offset :]
                data.extend(bytes(write.offset - len(data)))
                continue
            for offset, part in torn(write.offset, write.data):
                data.extend(bytes(max(0, offset + len(part) - len(data))))
                data[offset : offset + len(part)] = part
        return bytes(data)


@dataclass(frozen=True, slots=True)
class Naming:
    """In one folder the name ``gone`` (if any) went and ``name`` (if any) came to stand for ``node``, at once."""

    when: int
    gone: str
    name: str
    node: "Node | None"


@dataclass
class Folder:
    """Durable names, and what was done since."""

    durable: dict[str, "Node"] = field(default_factory=dict)
    pending: list[Naming] = field(default_factory=list)
    live: dict[str, "Node"] = field(default_factory=dict)

    def change(self, naming: Naming) -> None:
        self.pending.append(naming)
        _name(self.live, naming)

    def sync(self) -> None:
        self.durable = dict(self.live)
        self.pending.clear()

    def names(self, kept: "Kept") -> dict[str, "Node"]:
        names = dict(self.durable)
        for naming in self.pending:
            if kept(naming.when):
                _name(names, naming)
        return names


def _name(names: dict[str, "Node"], naming: Naming) -> None:
    names.pop(naming.gone, None)
    if naming.node is not None:
        names[naming.name] = naming.node


Node: TypeAlias = File | Folder
Kept: TypeAlias = Callable[[int], bool]
Torn: TypeAlias = Callable[[int, bytes], Iterator[tuple[int, bytes]]]


def whole(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """A write that was not torn."""
    yield offset, data


class Disk:
    """A folder and all below it. Paths are relative to it."""

    def __init__(self, folder: Path) -> None:
        """What is there counts as durable."""
        self.root = _read(folder)
        self.now = 0
        """Counts what was done."""

    def find(self, path: str) -> Node | None:
        node: Node | None = self.root
        for part in _parts(path):
            node = node.live.get(part) if isinstance(node, Folder) else None
        return node

    def put(self, path: str, node: Node) -> None:
        """A new file or folder."""
        folder, name = self._parent(path)
        self._change(folder, "", name, node)

    def remove(self, path: str) -> None:
        folder, name = self._parent(path)
        self._change(folder, name, "", None)

    def rename(self, old: str, new: str) -> None:
        (folder, name), (into, as_) = self._parent(old), self._parent(new)
        if folder is not into:
            raise NotModelledError(f"{old} moved to another folder: {new}")
        self._change(folder, name, as_, folder.live[name])

    def step(self) -> int:
        """The number of what is done next."""
        self.now += 1
        return self.now

    def after_cut(self, random_: random.Random) -> dict[str, bytes | None]:
        """What is there when the power comes back, by path; None for a folder. One of the ways a disk may lose."""
        way = random_.choice(("nothing", "all", "in order", "any", "any", "any"))
        until = random_.randrange(self.now + 1)
        share = random_.choice((0.1, 0.5, 0.9))
        kept: dict[str, Kept] = {
            "nothing": lambda _when: False,
            "all": lambda _when: True,
            "in order": lambda when: when <= until,
            "any": lambda _when: random_.random() < share,
        }
        torn = _tearing(random_, share) if way == "any" else whole
        return dict(_walk("", self.root, kept[way], torn))

    def _change(self, folder: Folder, gone: str, name: str, node: Node | None) -> None:
        folder.change(Naming(self.step(), gone, name, node))

    def _parent(self, path: str) -> tuple[Folder, str]:
        *folders, name = _parts(path)
        folder = self.find("/".join(folders))
        if not isinstance(folder, Folder):
            raise NotModelledError(f"{path} is in no folder")
        return folder, name


def materialise(content: dict[str, bytes | None], folder: Path) -> None:
    """Writes what is there after the cut into a folder."""
    folder.mkdir(parents=True)
    for path, data in content.items():
        if data is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(data)


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _read(folder: Path) -> Folder:
    names: dict[str, Node] = {}
    for path in folder.iterdir():
        if path.is_dir():
            names[path.name] = _read(path)
        else:
            data = path.read_bytes()
            names[path.name] = File(data, size=len(data))
    return Folder(names, live=dict(names))


def _tearing(random_: random.Random, share: float) -> Torn:
    """Each sector is written, or not, or stands as zeros where the file grows."""

    def torn(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
        if random_.random() < share:
            yield offset, data
            return
        at = 0
        while at < len(data):
            size = min(SECTOR - (offset + at) % SECTOR, len(data) - at)
            if random_.random() < share:
                yield offset + at, data[at : at + size]
            elif random_.random() < 0.5:
                yield offset + at + size, b""  # only stretches the file
            at += size

    return torn


def _walk(at: str, folder: Folder, kept: Kept, torn: Torn) -> Iterator[tuple[str, bytes | None]]:
    for name, node in folder.names(kept).items():
        path = f"{at}/{name}" if at else name
        if isinstance(node, Folder):
            yield path, None
            yield from _walk(path, node, kept, torn)
        else:
            yield path, node.content(kept, torn)
