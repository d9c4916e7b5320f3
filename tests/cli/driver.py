"""``izsa`` in this very process, and what came of it."""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.cli import main
from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.maps.look import Paper
from izsa_desktop.maps.png import Pixels
from izsa_desktop.reports.ports import Printer


class NoScreenEngine:
    """Where the program's window part is not installed."""

    def renderer(self) -> Printer:
        raise NoRenderer("no engine")

    def map_pdf(self, html: str, paper: Paper) -> bytes:
        raise NoRenderer("no engine")

    def map_pixels(self, pdf: bytes, paper: Paper, dpi: int) -> Pixels:
        raise NoRenderer("no engine")

    def window_picture(self, _workplace: Path, _target: Path) -> None:
        raise NoRenderer("no engine")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Izsa:
    """Runs commands; English sentences, so that tests can name them."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = patch

    def __call__(self, *argv: object, stdin: bytes = b"", lang: str = "en") -> Ended:
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        try:
            code = main(["--lang", lang, *map(str, argv)], NoScreenEngine())
        except SystemExit as end:  # argparse
            assert isinstance(end.code, int)
            code = end.code
        return Ended(code, *self._capsys.readouterr())

    def add(self, folder: Path, *records: object) -> list[str]:
        """Stores records that are good; their ids."""
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        ended = self("--data", folder, "add", "-", stdin=lines.encode())
        assert (ended.code, ended.err) == (0, "")
        return ended.lines

    def show(self, folder: Path, id_: str) -> dict[str, Any]:
        record: dict[str, Any] = self("--data", folder, "show", id_, "--json").json
        return record

    def round_trip(self, folder: Path, record: object) -> dict[str, Any]:
        """What comes out for what went in."""
        [id_] = self.add(folder, record)
        return self.show(folder, id_)
