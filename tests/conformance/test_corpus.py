"""Each file of the corpus through the command line: refused or taken in as the table says, and nothing else touched."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.i18n import Translator
from tests.conformance.conftest import Prepared
from tests.conformance.make_hostile import HERE, TABLE, files, hostile
from tests.conformance.making import honest
from tests.conformance.town import izsa
from tests.usecases.line import listing

HOSTILE: dict[str, Any] = json.loads((HERE / "hostile" / TABLE).read_bytes())
HONEST: dict[str, Any] = json.loads((HERE / "honest" / TABLE).read_bytes())


def _sentence(reason: str) -> re.Pattern[str]:
    """The sentence of a reason, whatever its detail."""
    t = Translator("en")
    told = t("error.refused", why=t(f"refused.{reason}", detail="\0"))
    return re.compile(re.escape(told).replace("\0", ".*"), re.DOTALL)


def _outside(folder: Path) -> dict[str, str]:
    """All files but what a merge may add: a backup made before it, and the copy of what was refused."""
    kept = (f"{folder.name}/backups/", f"{folder.name}/bundles/refused/")
    return {name: sha256 for name, sha256 in listing(folder.parent).items() if not name.startswith(kept)}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    row = HOSTILE[name]
    monkeypatch.chdir(tmp_path)
    folder = prepared(row["at"], tuple(row["after"]))
    file = tmp_path / f"{name}.izsa"
    file.write_bytes((HERE / "hostile" / file.name).read_bytes())
    before = _outside(folder)
    for command in ("inspect", "merge"):
        ended = izsa("--data", folder, command, file, "--json")
        _expect(ended.json if command == "inspect" else ended.json[0], row)
        assert (ended.code, ended.err.count("\n")) == (row["code"], 1)
        assert _outside(folder) == before


def _expect(outcome: dict[str, Any], row: dict[str, Any]) -> None:
    assert (outcome["code"], outcome["accepted"]) == (row["code"], False), outcome
    assert _sentence(row["reason"]).fullmatch(outcome["reason"]), outcome["reason"]


def _groups() -> dict[tuple[str, tuple[str, ...]], list[str]]:
    """The hostile files by where and after what they are judged."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, row in HOSTILE.items():
        found.setdefault((row["at"], tuple(row["after"])), []).append(name)
    return found


@pytest.mark.parametrize(
    ("where", "names"),
    _groups().items(),
    ids=lambda given: "-after-".join([given[0], *given[1]]) if isinstance(given, tuple) else "",
)
def test_all_at_once(prepared: Prepared, where: tuple[str, tuple[str, ...]], names: list[str]) -> None:
    """A preview says of each of many what merging says, and all of them together leave nothing behind."""
    folder = prepared(*where)
    files = [HERE / "hostile" / f"{name}.izsa" for name in names]
    before, state = _outside(folder), izsa("--data", folder, "state-hash").out
    looked = izsa("--data", folder, "merge", "--dry-run", *files, "--json")
    assert _outside(folder) == before
    merged = izsa("--data", folder, "merge", *files, "--json")
    assert (merged.out, merged.code) == (looked.out, looked.code)
    assert len(merged.json) == len(names)
    for name, outcome in zip(names, merged.json, strict=True):
        _expect(outcome, HOSTILE[name])
    assert _outside(folder) == before
    assert izsa("--data", folder, "state-hash").out == state
    assert izsa("--data", folder, "check").code == 0


@pytest.mark.parametrize("name", HONEST)
def test_honest(prepared: Prepared, tmp_path: Path, name: str) -> None:
    row = HONEST[name]
    folder = prepared(row["at"], tuple(row["after"]))
    file = HERE / "honest" / f"{name}.izsa"
    looked = izsa("--data", folder, "merge", "--dry-run", file, "--json")
    merged = izsa("--data", folder, "merge", file, "--json")
    assert (merged.code, merged.out) == (row["code"], looked.out)
    assert merged.json[0]["accepted"]
    assert merged.json[0]["known"] == (name == "A09-the-same-again")
    again = izsa("--data", folder, "merge", file, "--json")
    assert (again.code, again.json[0]["known"]) == (row["code"], True)
    assert izsa("--data", folder, "check").code == 0
    for command in (("list", "--json"), ("enrol", "list", "--json")):
        assert izsa("--data", folder, *command).code == 0


def test_the_files_are_what_the_script_makes() -> None:
    """So that they can be read about, and made again where a file was lost."""
    for name, cases in (("hostile", list(hostile())), ("honest", honest.cases())):
        there = {path.name: path.read_bytes() for path in (HERE / name).iterdir()}
        assert there == files(cases)
