"""An office and PCs of districts on one disk, driven by ``izsa`` alone, as a person with a terminal would."""

import contextlib
import io
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from izsa_desktop.cli import main
from tests.cli.driver import Ended, NoScreenEngine

PEOPLE = {"bornova": ("Bornova", "Ayşe Yılmaz"), "second": ("Bornova", "Veli Demir"), "konak": ("Konak", "İlker Işık")}
_MAPPING = {
    "version": 1,
    "header_row": 1,
    "columns": [
        {"column": "A", "header": "title", "fields": ["title"]},
        {"column": "B", "header": "purpose", "fields": ["purpose"]},
        {"column": "C", "header": "district", "fields": ["district"]},
    ],
}


def izsa(*argv: object) -> Ended:
    """Runs a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--lang", "en", *map(str, argv)], NoScreenEngine())
    return Ended(code, out.getvalue(), err.getvalue())


@dataclass
class Town:
    """``name`` of a PC is that of its folder."""

    folder: Path
    sent: list[Path] = field(default_factory=list)

    def run(self, name: str, *argv: object) -> Ended:
        return izsa("--data", self.folder / name, *argv)

    def good(self, name: str, *argv: object) -> Ended:
        """A command that must end with 0."""
        ended = self.run(name, *argv)
        assert ended.code == 0, ended
        return ended

    def enrol(self, name: str) -> None:
        request = self.folder / f"{name}.enrol"
        self.good(name, "enrol", "request", "-o", request)
        self.good("office", "enrol", "accept", request)
        request.unlink()

    def pin(self, name: str) -> None:
        """The telephone call."""
        self.good(name, "trust", "pin", *self.good("office", "trust", "show", "--json").json["fingerprint"].split())

    def add(self, name: str, *titles: str) -> list[str]:
        """Enters projects; their ids."""
        body = next((body for one, (body, _) in PEOPLE.items() if name.startswith(one)), "")
        records = [{"title": title, "purpose": "Amaç", **({"district": body} if body else {})} for title in titles]
        file = self.folder / "records.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records))
        return self.good(name, "add", file).lines

    def change(self, name: str, title: str, purpose: str) -> None:
        """Edits the purpose of the project with this title."""
        table, mapping = self.folder / "table.csv", self.folder / "mapping.json"
        table.write_text(f"title;purpose;district\n{title};{purpose};{PEOPLE[name][0]}\n")
        mapping.write_text(json.dumps(_MAPPING))
        done = self.good(name, "import-table", table, "--mapping", mapping, "--update", "--json").json
        assert done["updated"] == 1, done

    def export(self, name: str, *options: object) -> Path:
        """The next bundle of a PC, or of the office ``--to`` somebody."""
        file = self.folder / f"{len(self.sent):03}-{name}.izsa"
        self.good(name, "export", "-o", file, *options)
        self.sent.append(file)
        return file

    def merge(self, name: str, *files: Path) -> list[dict[str, Any]]:
        """What became of each file."""
        outcomes: list[dict[str, Any]] = self.run(name, "merge", *files, "--json").json
        return outcomes

    def codes(self, name: str, *files: Path) -> list[int]:
        return [outcome["code"] for outcome in self.merge(name, *files)]

    def hash(self, name: str, *options: object) -> str:
        return self.good(name, "state-hash", *options).out.strip()

    def shown(self, name: str) -> list[dict[str, Any]]:
        """All listed projects, without what hangs on the reader."""
        records: list[dict[str, Any]] = self.good(name, "list", "--json").json
        return sorted(records, key=lambda record: str(record["id"]))

    def titles(self, name: str) -> list[str]:
        return sorted(record["title"] for record in self.shown(name))

    def copy(self, name: str, to: str) -> str:
        """A disk image."""
        shutil.copytree(self.folder / name, self.folder / to)
        return to

    def replica(self, name: str) -> str:
        [key] = (self.folder / name / "keys").glob("*.key")
        return key.stem

    def exchange(self, name: str, district: str) -> None:
        """A bundle to the office and its answer."""
        assert self.codes("office", self.export(name)) == [0]
        assert self.codes(name, self.export("office", "--to", district)) == [0]


def make(folder: Path, names: Sequence[str] = tuple(PEOPLE)) -> Town:
    """Everybody enrolled, and the office's fingerprint compared."""
    town = Town(folder)
    town.good("office", "init", "--office", "--person", "Koordinatör")
    for name in names:
        body, person = PEOPLE[name]
        town.good(name, "init", "--district", body, "--person", person)
        town.enrol(name)
    for name in names:
        town.pin(name)
    return town
