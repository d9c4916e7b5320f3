"""Whatever is thrown at a command: it ends with a code of the contract and one sentence, never with a traceback."""

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.cli.driver import Ended, Izsa
from tests.usecases.line import Line, enter, listing, state_hash


def bad_inputs(folder: Path) -> Iterator[str]:
    """Files that are none, or none of ours."""
    (folder / "empty").touch()
    (folder / "words").write_text("Bu bir paket değil.\n", encoding="utf-8")
    (folder / "bytes").write_bytes(bytes(range(256)) * 20)
    (folder / "zip").write_bytes(b"PK\5\6" + bytes(18))
    (folder / "loop").symlink_to("loop")
    for name in ("empty", "words", "bytes", "zip", "loop", "missing", ".", "words/below", "x" * 300, "satır\nsonu"):
        yield str(folder / name)
    yield ""


def bad_outputs(folder: Path) -> Iterator[str]:
    """Names under which no file can be written."""
    (folder / "words").touch()
    for name in (".", "..", "missing/file", "words/below", "x" * 300):
        yield str(folder / name)
    yield from ("", "/", "..")
    if os.name == "posix":
        yield from ("/dev/null", "/proc/nothing")  # a device is never replaced by a file, not even by root


def one_sentence(ended: Ended) -> bool:
    """A known failure, told in one line on stderr and nothing on stdout."""
    return ended.code in (1, 15, 16, 20) and ended.out == "" and ended.err.count("\n") == 1


def test_bad_inputs(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    (tmp_path / "junk").mkdir()
    commands = (("inspect",), ("merge",), ("merge", "--dry-run"), ("enrol", "accept"), ("add",))
    before = state_hash(line.office)
    for file, command in product(bad_inputs(tmp_path / "junk"), commands):
        files = listing(tmp_path / "junk")
        ended = izsa("--data", line.office, *command, file)
        if command == ("add",) and file.endswith("empty"):
            assert ended == Ended(0, "", "")  # no lines, nothing to store
        else:
            assert one_sentence(ended), (command, file, ended)
        assert listing(tmp_path / "junk") == files
    assert state_hash(line.office) == before


def test_files_without_end(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    endless = [tmp_path / "large"]
    with endless[0].open("wb") as large:
        large.truncate(256 * 1024 * 1024 + 1)
    if os.name == "posix":
        endless.append(Path("/dev/zero"))
    for file in endless:
        for command in (("inspect",), ("enrol", "accept")):
            ended = izsa("--data", line.office, *command, file)
            assert one_sentence(ended)
            assert ended.code == 16


def test_bad_outputs(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Çınar")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "in").mkdir()
    for file, command in product(
        bad_outputs(tmp_path / "out" / "in"), (("export",), ("backup",), ("enrol", "request"))
    ):
        files = listing(tmp_path / "out")
        ended = izsa("--data", line.bornova, *command, "-o", file)
        assert one_sentence(ended), (command, file, ended)
        assert listing(tmp_path / "out") == files
    if os.name == "posix":
        assert Path(os.devnull).is_char_device()
    ended = izsa("--data", line.bornova, "export", "-o", tmp_path / "good.izsa")
    spent = 1 if sys.platform == "linux" else 0  # on /proc, of which only the writing itself tells
    assert f"bundle no. {spent + 1} " in ended.out


def test_bad_workplaces(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    homes = [tmp_path / "missing", tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("x" * 300)]
    for content in (b"", b"Bu bir veri taban\xc4\xb1 de\xc4\x9fil.", b"SQLite format 3\0" + bytes(200)):
        homes.append(tmp_path / f"damaged{len(homes)}")
        homes[-1].mkdir()
        (homes[-1] / "izsa.sqlite3").write_bytes(content)
    homes.append(tmp_path / "folder")
    (homes[-1] / "izsa.sqlite3").mkdir(parents=True)
    files = listing(tmp_path)
    out = tmp_path / "out"
    for home, command in product(
        homes,
        (
            ("list", "--json"),
            ("show", "x"),
            ("history", "x"),
            ("add", "-"),
            ("export", "-o", out),
            ("inspect", tmp_path / "file"),
            ("merge", tmp_path / "file"),
            ("enrol", "request", "-o", out),
            ("enrol", "accept", tmp_path / "file"),
            ("sheet", "x", "-o", out),
            ("map", "-o", out.with_suffix(".html")),
            ("map", "-o", out.with_suffix(".pdf")),
            ("backup", "-o", out),
            ("check",),
            ("state-hash",),
            ("restore", "izsa-daily-20260314-120000-000000.sqlite3"),
            ("restore", tmp_path / "file"),
            ("move", "--to", tmp_path / "file"),
        ),
    ):
        ended = izsa("--data", home, *command, stdin=b'{"title":"a"}\n')
        assert one_sentence(ended), (home, command, ended)
    assert listing(tmp_path) == files


def test_places_where_no_workplace_can_be_made(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    homes = [tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("x" * 300)]
    if sys.platform == "linux":
        homes.append(Path("/proc/izsa"))  # read-only for everybody, also for root
    before = listing(tmp_path)
    for home in homes:
        for command in (("--data", home, "init", "--office", "--person", "A"), ("demo", "-o", home)):
            assert one_sentence(izsa(*command)), command
    assert izsa("--data", line.office, "init", "--office", "--person", "A").code == 1
    assert izsa("demo", "-o", line.folder).code == 1  # there is an office in it
    assert listing(tmp_path) == before


def test_a_lost_or_broken_key(izsa: Izsa, line: Line) -> None:
    [key] = (line.bornova / "keys").glob("*.key")
    for content in (None, b"", b"untrusted comment: x\n", b"\xff" * 200, b"x" * 5000):
        key.unlink(missing_ok=True)
        if content is not None:
            key.write_bytes(content)
        for command in ("export", "enrol request"):
            ended = izsa("--data", line.bornova, *command.split(), "-o", line.folder / "x")
            assert one_sentence(ended), (content, command, ended)
            assert not (line.folder / "x").exists()


def test_sentences_are_in_the_language_asked_for(izsa: Izsa, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    english, turkish = (izsa("--data", line.bornova, "show", "x", lang=lang).err for lang in ("en", "tr"))
    assert english == "There is no project x. Look its id up with: izsa list.\n"
    assert turkish == "x numaralı bir proje yok. Numarasına şununla bakın: izsa list.\n"
    monkeypatch.setenv("IZSA_LANG", "tr")
    assert izsa("--data", line.bornova, "show", "x", lang="en").err == english
