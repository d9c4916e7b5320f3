"""Every exit code by a real file, and what a refusal must leave alone: the store, the file, everything elsewhere."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from izsa_desktop.bundle import container
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.revision import new_revision
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.cli.driver import Izsa
from tests.usecases.line import Line, crafted, enter, export, listing, merge, revisions_of, state_hash


def tampered(line: Line) -> Path:
    """The payload changed after signing, in a container that is in order."""
    file = line.folder / "tampered.izsa"
    members = container.unpack(export(line.bornova, file).read_bytes())
    payload = bytes(members["payload.zip"]).replace(b'"created":"2', b'"created":"3')
    file.write_bytes(container.pack({**members, "payload.zip": payload}))
    return file


def by_a_stranger(line: Line) -> Path:
    with create_workplace(line.folder / "stranger", "TUR035007", "Yabancı") as workplace:
        projects.add_projects(workplace, [ProjectFields(title="Sızan")])
    return export(line.folder / "stranger", line.folder / "stranger.izsa")


def for_another_district(line: Line) -> Path:
    with open_workplace(line.konak) as konak:
        return crafted(line.bornova, line.folder / "foreign.izsa", revisions_of(konak))


def second_with_its_number(line: Line) -> Path:
    """From a PC whose folder was copied: both go on from the same number."""
    shutil.copytree(line.bornova, line.folder / "clone")
    enter(line.folder / "clone", "Kopyadaki")
    export(line.bornova, line.folder / "one.izsa")
    assert [outcome.new for outcome in merge(line.office, line.folder / "one.izsa")] == [1]
    return export(line.folder / "clone", line.folder / "two.izsa")


def cut_short(line: Line) -> Path:
    file = export(line.bornova, line.folder / "cut.izsa")
    file.write_bytes(file.read_bytes()[:-1])
    return file


def empty(line: Line) -> Path:
    (line.folder / "empty.izsa").touch()
    return line.folder / "empty.izsa"


def with_an_endless_record(line: Line) -> Path:
    with open_workplace(line.bornova) as workplace:
        revision = new_revision(
            record=f"TUR035007/{'a' * 32}",
            replica=workplace.identity.replica,
            seq=1,
            parents=(),
            registers={"purpose": "ş" * 200_000},
            author="A",
            wall="2025-03-14T12:00:00Z",
        )
    return crafted(line.bornova, line.folder / "endless.izsa", [revision])


def from_a_newer_program(line: Line) -> Path:
    with open_workplace(line.bornova) as workplace:
        newer = [msgspec.structs.replace(r, body=r.body.replace(b'"v":1', b'"v":2')) for r in revisions_of(workplace)]
    return crafted(line.bornova, line.folder / "newer.izsa", newer)


def to_somebody_else(line: Line) -> Path:
    return crafted(line.bornova, line.folder / "other.izsa", to="TUR035021")


def missing(line: Line) -> Path:
    return line.folder / "missing.izsa"


def a_folder(line: Line) -> Path:
    return line.konak


REFUSED: dict[Callable[[Line], Path], int] = {
    missing: 1,
    a_folder: 1,
    tampered: 10,
    by_a_stranger: 11,
    for_another_district: 12,
    second_with_its_number: 13,
    cut_short: 15,
    empty: 15,
    with_an_endless_record: 16,
    from_a_newer_program: 17,
    to_somebody_else: 18,
}


def without_backups(line: Line) -> dict[str, str]:
    """Every file of every workplace and beside them, but the backups and the refused files that merging keeps."""
    aside = ("office/backups/", "office/bundles/refused/")
    return {name: sha for name, sha in listing(line.folder).items() if not name.startswith(aside)}


@pytest.mark.parametrize(("make", "code"), REFUSED.items(), ids=[make.__name__ for make in REFUSED])
def test_a_refused_file_changes_nothing(izsa: Izsa, line: Line, make: Callable[[Line], Path], code: int) -> None:
    enter(line.bornova, "Çınar")
    enter(line.konak, "Liman")
    file = make(line)
    before, files = state_hash(line.office), without_backups(line)
    for command in (("inspect",), ("merge", "--dry-run"), ("merge",)):
        plain = izsa("--data", line.office, *command, file)
        assert (plain.code, plain.out) == (code, "")
        assert plain.err.startswith(f"{file.name}: ")
        assert plain.err.count("\n") == 1
        as_json = izsa("--data", line.office, *command, file, "--json")
        outcome = as_json.json if command == ("inspect",) else as_json.json[0]
        assert as_json.code == code
        assert as_json.err == plain.err == f"{file.name}: {outcome['reason']}\n"
        numbers = {name: outcome[name] for name in ("accepted", "known", "code", "new", "changed", "conflicts")}
        assert numbers == {"accepted": False, "known": False, "code": code, "new": 0, "changed": 0, "conflicts": 0}
    assert state_hash(line.office) == before
    assert without_backups(line) == files


def test_a_refused_file_does_not_stop_the_others(izsa: Izsa, line: Line) -> None:
    enter(line.bornova, "Çınar")
    enter(line.konak, "Liman")
    good, also_good = export(line.bornova, line.folder / "b.izsa"), export(line.konak, line.folder / "k.izsa")
    files = (empty(line), good, to_somebody_else(line), also_good, good)
    ended = izsa("--data", line.office, "merge", *files, "--json")
    assert ended.code == 15  # the first refusal's
    assert [(o["code"], o["known"], o["new"]) for o in ended.json] == [
        (15, False, 0),
        (0, False, 1),
        (18, False, 0),
        (0, False, 1),
        (0, True, 0),
    ]
    assert [o["file"] for o in ended.json] == [str(file) for file in files]
    assert len(ended.err.splitlines()) == 2


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("nothing",),
        ("list", "--nothing"),
        ("init", "--person", "A"),
        ("init", "--office", "--district", "Konak", "--person", "A"),
        ("init", "--office"),
        ("add",),
        ("show",),
        ("enrol",),
        ("export",),
        ("merge",),
        ("merge", "--dry", "x"),  # abbreviations would become part of the contract
        ("sheet", "x"),
        ("backup", "--output"),
        ("demo",),
        ("list", "--query", "\udcff"),  # a stray byte in the argument
        ("show", "\udcff"),
    ],
)
def test_usage(izsa: Izsa, line: Line, argv: tuple[str, ...]) -> None:
    ended = izsa("--data", line.bornova, *argv)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("usage: izsa")


def test_who_may_do_what(izsa: Izsa, line: Line) -> None:
    ended = izsa("--data", line.office, "export", "-o", line.folder / "x")
    assert (ended.code, ended.err) == (1, "Only a district's workplace does this; the office receives.\n")
    ended = izsa("--data", line.office, "enrol", "request", "-o", line.folder / "x")
    assert (ended.code, ended.err) == (1, "This PC is one of the office's enrolled PCs; it needs no other request.\n")
    ended = izsa("--data", line.bornova, "enrol", "accept", line.folder / "x")
    assert (ended.code, ended.err) == (1, "Only the metropolitan office does this.\n")
    assert not (line.folder / "x").exists()


def test_the_province_is_no_district_to_work_at(izsa: Izsa, tmp_path: Path) -> None:
    for name in ("İzmir", "TUR035", "izmir (il geneli)", "35-00"):
        assert izsa("--data", tmp_path / "w", "init", "--district", name, "--person", "A").code == 1
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("person", ["", "  ", "ş" * 201, "a\u202eb", "a\nb", "a\0b"])
def test_a_person_is_a_name(izsa: Izsa, tmp_path: Path, person: str) -> None:
    ended = izsa("--data", tmp_path / "w", "init", "--office", "--person", person)
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert not (tmp_path / "w").exists()


def test_pages_need_the_window_part(izsa: Izsa, line: Line) -> None:
    [id_] = izsa.add(line.bornova, {"title": "Çınar"})
    for command in (("sheet", id_), ("map",)):
        ended = izsa("--data", line.bornova, *command, "-o", line.folder / "x.pdf")
        assert (ended.code, ended.out) == (20, "")
        assert ended.err == "Pages cannot be drawn on this computer (no engine). Install the program's window part.\n"
    assert not (line.folder / "x.pdf").exists()
