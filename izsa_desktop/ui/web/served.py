"""What the scheme answers with: a closed table of paths. Nothing is looked up on disk by a name from the page.

Files of the program are read when they are first asked for; pages and data layers are bytes in memory.
"""

from collections.abc import Callable
from pathlib import Path

from izsa_desktop import resource_files

_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".ttf": "font/ttf",
    ".png": "image/png",
    ".bin": "application/octet-stream",
}
_FOLDERS = ("map", "vendor", "fonts")


class ServedFiles:
    """The table: ``/map/map.js`` and the like for files of ``resources/{map,vendor,fonts}``, and what ``put`` adds."""

    def __init__(self) -> None:
        self._files = {
            f"/{file.relative_to(resource_files.ROOT).as_posix()}": file
            for folder in _FOLDERS
            for file in sorted(resource_files.path(folder).rglob("*"))
            if file.is_file() and file.suffix in _TYPES
        }
        self._bytes: dict[str, bytes] = {}
        self._waiting: dict[str, list[Callable[[], None]]] = {}
        self._given: set[str] = set()

    def put(self, path: str, body: str | bytes) -> None:
        """Serve these bytes (text as UTF-8) at ``path``; its ending says the type."""
        if Path(path).suffix not in _TYPES:
            raise ValueError(path)
        self._bytes[path] = body.encode("utf-8") if isinstance(body, str) else body
        for call in self._waiting.pop(path, ()):
            call()

    def expect(self, path: str) -> None:
        """Something will be put at ``path``: who asks before gets it then."""
        self._waiting[path] = []

    def wait(self, path: str, call: Callable[[], None]) -> bool:
        """Calls when what is expected there has come; False where nothing is."""
        if path not in self._waiting:
            return False
        self._waiting[path].append(call)
        return True

    def given(self, path: str) -> bool:
        """Whether anybody has asked for what was put at ``path``."""
        return path in self._given

    def get(self, path: str) -> tuple[str, bytes] | None:
        """The MIME type and the content, or None for anything that is not in the table."""
        body = self._bytes.get(path)
        if body is not None:
            self._given.add(path)
        else:
            file = self._files.get(path)
            if file is None:
                return None
            body = file.read_bytes()
        return _TYPES[Path(path).suffix], body
