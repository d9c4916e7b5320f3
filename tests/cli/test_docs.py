"""docs/cli.md says what the program does, nothing less and nothing more: commands, options, keys, codes, examples."""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop import reference
from izsa_desktop.cli.parser import make_parser
from izsa_desktop.domain.errors import KnownError
from izsa_desktop.usecases.exchange import GAP
from tests.cli.driver import Izsa
from tests.usecases.line import Line, enter, export

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """The text below each heading; headings that follow each other directly share theirs."""
    parts = re.split(r"^#+ (.+)\n", PAGE, flags=re.MULTILINE)[1:]
    found: dict[str, str] = {}
    waiting: list[str] = []
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        waiting.append(heading)
        if text.strip():
            found |= dict.fromkeys(waiting, text)
            waiting = []
    return found


def documented_options(text: str) -> set[str]:
    rows = re.findall(r"^\| (`-[^|]*) \|", text, flags=re.MULTILINE)
    return {option for row in rows for option in re.findall(r"`(-[^`]+)`", row)}


def documented_keys(text: str) -> set[str]:
    rows = re.findall(r"^\| (`[a-z][^|]*) \|", text, flags=re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def commands(parser: argparse.ArgumentParser, name: str = "izsa") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be run, with its name."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield name, parser
    for action in below:
        for word, inner in action.choices.items():
            yield from commands(inner, f"{name} {word}")


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}


COMMANDS = dict(commands(make_parser()))


def heading_of(command: str) -> str:
    """The first heading that shows this command."""
    return next(heading for heading in sections() if re.match(rf"`{command}[ `]", heading))


def test_every_command_and_no_other() -> None:
    shown = {re.match(r"`(izsa(?: [a-z-]+)+?)(?= [^a-z]|`)", heading) for heading in sections() if heading[0] == "`"}
    assert {match[1] for match in shown if match} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_and_no_other(command: str) -> None:
    text = sections()[heading_of(command)]
    assert documented_options(text) == options(COMMANDS[command])


def test_options_of_the_program() -> None:
    assert documented_options(sections()["The command line: `izsa`"]) == options(make_parser())


@pytest.mark.parametrize("command", COMMANDS)
def test_arguments_are_named_as_the_usage_names_them(command: str) -> None:
    usage = COMMANDS[command].format_usage()
    for word in re.findall(r"[A-Z][A-Za-z.…]+", heading_of(command).partition(" -o")[0]):
        assert word.rstrip("…") in usage


def test_exit_codes() -> None:
    documented = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", PAGE, re.M) for code in row.split(",")}
    assert documented == codes(KnownError) | {0, 2, GAP, 130, 141}


def codes(kind: type[KnownError]) -> set[int]:
    return {kind.exit_code}.union(*(codes(below) for below in kind.__subclasses__()))


def test_keys_of_a_record(izsa: Izsa, line: Line) -> None:
    [id_] = enter(line.bornova, "Çınar")
    keys = documented_keys(sections()["A record"])
    assert keys == set(izsa.show(line.bornova, id_)) == set(izsa("--data", line.bornova, "list", "--json").json[0])


_EXAMPLES: dict[str, Any] = {
    "lat": 38.4,
    "lon": 27.1,
    "approximate": True,
    "shape": {"type": "LineString", "coordinates": [[27.1, 38.4], [27.2, 38.5]]},
    "goals": [12],
    "targets": ["12.5"],
    "district": "Bornova",
    "start": "2024",
    "start_planned": None,
    "end_planned": "2025-01",
    "end": "2026-01-31",
    "confirmed": "2026-02-28",
    "status": "fikir",
    "scope": "alan",
    "kind": "plan",
    "periodic": "tek",
    "theme": "kompost",
    "review": "taslak",
    "climate_effect": "uyum",
    "climate_sector": "su",
    "hazards": ["kuraklık"],
    "served": ["Bornova", "Kiraz"],
    "audience_number": 12,
    "co2e": 0.5,
    "energy_saved": 0,
    "energy_produced": 7,
    "dimensions": {"sosyal": 100},
    "goal_details": [{"code": 12, "strength": "orta", "why": "Söz"}],
    "sites": [{"key": "k", "name": "Söz", "neighbourhood": "Söz", "lat": 38.4, "lon": 27}],
    "partners": [{"key": "k", "name": "Söz", "type": "okul", "role": "ortak"}],
    "funding": [{"key": "k", "source": "TBB", "note": "Söz", "amount": 0.5, "currency": "EUR", "year": 2024}],
    "plans": [{"key": "k", "plan": "VLR", "level": "amaç", "code": "A1", "text": "Söz"}],
    "indicators": [
        {
            "key": "k",
            "name": "Söz",
            "unit": "kg",
            "direction": "artış",
            "sdg": "12.5.1",
            "baseline": 0,
            "baseline_year": 2020,
            "target": 1.5,
            "target_year": 2030,
            "actuals": [{"key": "k", "value": 1, "date": "2024-05", "source": "Söz"}],
        }
    ],
    "relations": [{"other": f"TUR035007/{'a' * 32}", "kind": "devamı", "note": "Söz"}],
    "evidence": [
        {
            "key": "ab" * 32,
            "name": "a.jpg",
            "media_type": "image/jpeg",
            "size": 5,
            "caption": "Söz",
            "licence": "CC0",
            "people": True,
            "consent": "Söz",
            "link": "",
        }
    ],
}
"""One value for each name that is not plain text, in the form in which it is given back."""


def test_names_that_add_takes(izsa: Izsa, line: Line) -> None:
    taken = re.findall(r"^\| (`[^|]+) \| [^|]+ \| optional", sections()["A record"], flags=re.MULTILINE)
    given = re.findall(r"^\| (`[^|]+) \| [^|]+ \| given only", sections()["A record"], flags=re.MULTILINE)
    names = [name for cell in taken for name in re.findall(r"`([^`]+)`", cell)]
    full = {name: _EXAMPLES.get(name, "Söz") for name in names}
    record = izsa.round_trip(line.bornova, full)
    assert {name: record[name] for name in names} == full
    for cell in given:
        for name in re.findall(r"`([^`]+)`", cell):
            assert izsa.round_trip(line.bornova, {name: "kept out"})[name] != "kept out"


def test_keys_of_a_save(izsa: Izsa, line: Line) -> None:
    [id_] = enter(line.bornova, "Çınar")
    [save] = izsa("--data", line.bornova, "history", id_, "--json").json
    assert documented_keys(sections()["`izsa history ID`"]) == set(save)


def test_keys_of_a_merge(izsa: Izsa, line: Line) -> None:
    enter(line.bornova, "Çınar")
    good = export(line.bornova, line.folder / "b.izsa")
    keys = documented_keys(sections()["`izsa merge FILE…`"])
    inspected = izsa("--data", line.office, "inspect", good, "--json").json
    for outcome in (inspected, *izsa("--data", line.office, "merge", good, line.folder / "x", "--json").json):
        assert set(outcome) == keys
    null = {key for key, value in outcome.items() if value is None}
    always = {"kind", "district", "district_code", "person", "replica", "seq", "created", "revisions", "sha256"}
    assert null == always | {"mode", "objects", "file_sha256"}


def test_members_of_rows() -> None:
    rows = re.findall(r"^\| (\w+) \| (.*) \|$", sections()["Rows"], flags=re.MULTILINE)
    documented = {name: set(re.findall(r"`([a-z_]+)`", text)) for name, text in rows if name != "list"}
    vocabularies = set(reference.load().vocabularies)
    for name, members in documented.items():
        row = _EXAMPLES[name][0]
        inner = {member for value in row.values() if isinstance(value, list) for member in value[0]}
        assert members - vocabularies - {"unknown", "start"} == ({*row, *inner}) - vocabularies


@pytest.mark.parametrize("name", sorted(reference.load().vocabularies.keys() - {"unit"}))
def test_vocabularies(name: str) -> None:
    listed = re.search(rf"^- `{name}`: ((?:`[^`]+`,?\s+)+)", sections()["Vocabularies"] + "\n", flags=re.MULTILINE)
    assert listed
    assert re.findall(r"`([^`]+)`", listed[1]) == [term.code for term in reference.load().vocabularies[name]]


def test_the_example_of_add_can_be_added(izsa: Izsa, line: Line) -> None:
    [example] = re.findall(r"^```\n(\{.*?\})\n```", PAGE, flags=re.MULTILINE | re.DOTALL)
    given = json.loads(example)
    record = izsa.round_trip(line.bornova, given)
    assert {name: record[name] for name in given} == given
    assert record["missing"] == []


def test_the_line_in_a_shell(izsa: Izsa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("projects.jsonl").write_text('{"title": "Kompost"}\n', encoding="utf-8")
    lines = re.findall(r"^izsa (--data .+)$", sections()["The line in a shell"], flags=re.MULTILINE)
    for command in lines:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        ended = izsa(*words)
        assert (ended.code, ended.err) == (0, ""), command
    assert [record["title"] for record in ended.json] == ["Kompost"]
