"""Every system call by which a program changes a folder, in order, with the data: recorded by strace.

A line that the program appends to its notes is a call among the others. So it is known to the call what a person had
been told when the power went.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.faults.disk import Disk, File, Folder, NotModelledError

CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,lseek,"
    "copy_file_range,sendfile"
)
_STRACE = ("strace", "-f", "--seccomp-bpf", "-xx", "-y", "-z", "-s", str(1 << 24), "-e", f"trace={CALLS}")

_LINE = re.compile(r"(\d+) +(.*)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(.*)")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?.*")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FD = re.compile(r"(-?\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")


@cache
def why_not() -> str:
    """Why nothing can be recorded here; empty when it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run([*_STRACE, "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return f"strace does not work here: {tried.stderr.strip()}" if tried.returncode else ""


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that succeeded."""

    name: str
    arguments: str
    result: int

    def path(self, n: int) -> str:
        """The ``n``-th text among the arguments as a path, made absolute by the folder it is relative to."""
        texts = list(_TEXT.finditer(self.arguments))
        path = os.fsdecode(_bytes(texts[n][1]))
        if path.startswith("/"):
            return path
        folders = [m for m in _FD.finditer(self.arguments) if m.end() <= texts[n].start()]
        return str(Path(os.fsdecode(_bytes(folders[-1][2]))) / path) if folders else str(Path.cwd() / path)

    @property
    def file(self) -> tuple[int, str]:
        """The first argument as a descriptor and what it stood for."""
        found = _FD.match(self.arguments)
        return (int(found[1]), os.fsdecode(_bytes(found[2]))) if found else (-1, "")

    @property
    def data(self) -> bytes:
        found = _TEXT.search(self.arguments)
        if found is None or found[2]:
            raise NotModelledError(f"{self.name} without its data")
        return _bytes(found[1])[: self.result]

    def number(self, n: int) -> int:
        """The ``n``-th argument from the end as a number."""
        return int(self.arguments.rsplit(", ")[-n])


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def record(module: str, arguments: Sequence[object], trace: Path) -> None:
    """Runs ``python -m module`` and records it."""
    command = [*_STRACE, "-o", str(trace), sys.executable, "-m", module, *map(str, arguments)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])


def calls(trace: Path) -> Iterator[Call]:
    """The recorded calls in the order in which they ended."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            thread, said = _LINE.match(line.rstrip("\n")).groups()  # type: ignore[union-attr]
            if said.endswith("<unfinished ...>"):
                begun[thread] = said.removesuffix("<unfinished ...>").rstrip()
                continue
            if (resumed := _RESUMED.match(said)) is not None:
                said = begun.pop(thread) + resumed[1]
            if (found := _CALL.match(said)) is not None and int(found[3]) >= 0:
                yield Call(found[1], found[2], int(found[3]))


class Replay:
    """Does to a model of the disk what was recorded. ``told`` holds what the program had noted so far."""

    def __init__(self, disk: Disk, root: Path, notes: Path, *, heed_sync: bool = True) -> None:
        """``heed_sync`` False: a disk that forgets what it was told to flush."""
        self.disk, self._root, self._notes, self._heed = disk, str(root), str(notes), heed_sync
        self.told = b""
        self._open: dict[int, File | Folder] = {}
        self._offsets: dict[int, int | None] = {}

    def do(self, call: Call) -> bool:
        """One call; True when it changed the disk or the notes."""
        name = call.name
        if name in ("open", "openat", "creat"):
            return self._opened(call, call.path(0))
        if name in ("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"):
            return self._named(call)
        if name in ("link", "linkat", "symlink", "symlinkat", "truncate"):
            inside = [path for n in range(len(_TEXT.findall(call.arguments))) if self._inside(path := call.path(n))]
            if inside:
                raise NotModelledError(f"{name} {inside}")
            return False
        descriptor, path = call.file
        if path == self._notes and name == "write":
            self.told += call.data
            return True
        return self._inside(path.removesuffix(" (deleted)")) and self._changed(call, descriptor)

    def _inside(self, path: str) -> bool:
        return path == self._root or path.startswith(f"{self._root}/")

    def _opened(self, call: Call, path: str) -> bool:
        self._open.pop(call.result, None)
        if not self._inside(path):
            return False
        inside = path[len(self._root) :]
        node, made = self.disk.find(inside), False
        if node is None:
            node, made = File(), True
            self.disk.put(inside, node)
        if "O_TRUNC" in call.arguments and isinstance(node, File) and node.size:
            node.resize(self.disk.step(), 0)
            made = True
        self._open[call.result] = node
        self._offsets[call.result] = 0 if "O_WRONLY" in call.arguments and "O_APPEND" not in call.arguments else None
        return made

    def _named(self, call: Call) -> bool:
        path = call.path(0)
        if not self._inside(path):
            return False
        inside = path[len(self._root) :]
        if call.name.startswith("mkdir"):
            self.disk.put(inside, Folder())
        elif call.name.startswith("rename"):
            if not self._inside(call.path(1)):
                raise NotModelledError(f"{path} moved out of the folder")
            self.disk.rename(inside, call.path(1)[len(self._root) :])
        else:
            self.disk.remove(inside)
        return True

    def _changed(self, call: Call, descriptor: int) -> bool:
        node = self._open.get(descriptor)
        if call.name in ("fsync", "fdatasync"):
            if node is None:
                raise NotModelledError(f"{call.name} of a descriptor of which nothing is known")
            if self._heed:
                node.sync()
            return True
        if call.name == "lseek":
            if self._offsets.get(descriptor) is not None:
                self._offsets[descriptor] = call.result
            return False
        if not isinstance(node, File):
            raise NotModelledError(f"{call.name} of a descriptor of which nothing is known")
        if call.name == "pwrite64":
            node.write(self.disk.step(), call.number(1), call.data)
        elif call.name == "ftruncate":
            node.resize(self.disk.step(), call.number(1))
        elif call.name == "write" and (offset := self._offsets[descriptor]) is not None:
            node.write(self.disk.step(), offset, call.data)
            self._offsets[descriptor] = offset + call.result
        else:
            raise NotModelledError(f"{call.name}({call.arguments[:60]}…")
        return True
