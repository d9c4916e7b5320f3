"""Envelopes, and what is too large to lie in the repository; what it costs to refuse."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from izsa_desktop.bundle.encryption import AgeIdentity
from tests.bundle.forge2 import bundle, revision, rewritten
from tests.conformance.conftest import Prepared
from tests.conformance.make_hostile import HERE
from tests.conformance.process import peak_of
from tests.conformance.town import Town, izsa

# --- envelopes -------------------------------------------------------------------------------------------------------


@pytest.fixture
def readers(here: Town) -> Town:
    """The office has a key for reading, and one in a safe; Bornova knows of both."""
    here.good("office", "trust", "readers", "--escrow", AgeIdentity.generate().recipient)
    here.codes("bornova", here.export("office", "--to", "Bornova"))
    return here


def test_A34_an_envelope_is_opened_by_the_office_alone(readers: Town) -> None:
    readers.add("bornova", "Gizli")
    closed = readers.export("bornova", "--encrypt")
    assert closed.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert b"revisions.jsonl" not in closed.read_bytes()
    assert readers.run("konak", "merge", closed).code == 18
    plain = readers.copy("office", "plain-office")
    assert readers.codes("office", closed) == [0]
    [kept] = (readers.folder / "bornova" / "bundles" / "out").glob("*.izsa")
    assert readers.codes(plain, kept) == [0]
    assert readers.hash(plain) == readers.hash("office")


def test_A34_without_the_offices_key_nothing_is_encrypted(here: Town) -> None:
    here.add("bornova", "Gizli")
    assert here.run("bornova", "export", "--encrypt", "-o", here.folder / "x.izsa").code == 1
    assert not (here.folder / "x.izsa").exists()


def test_A34_no_flipped_bit_of_an_envelope_is_let_in(readers: Town) -> None:
    readers.add("bornova", "Gizli")
    data = readers.export("bornova", "--encrypt").read_bytes()
    files = []
    for n in range(0, 8 * len(data), max(1, 8 * len(data) // 150)):
        changed = bytearray(data)
        changed[n >> 3] ^= 1 << (n & 7)
        files.append(readers.folder / f"flip-{n}.izsa")
        files[-1].write_bytes(changed)
    outcomes = readers.merge("office", *files)
    assert {outcome["code"] for outcome in outcomes} <= {10, 11, 12, 15, 18}
    assert readers.titles("office") == []


# --- limits that need more than a small file -------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory of a process is asked for as POSIX has it")
@pytest.mark.parametrize("at", ["office", "bornova"], ids=lambda at: f"A17-A18-A19-whole-corpus-at-{at}")
def test_the_whole_corpus_takes_little_memory_and_time(prepared: Prepared, at: str) -> None:
    files = sorted((HERE / "hostile").glob("*.izsa"))
    code, memory = peak_of("--data", prepared(at), "merge", "--dry-run", *files)
    assert code in range(10, 19)
    assert memory < 300, memory


_MIB = 1024 * 1024


def _large() -> dict[str, tuple[Callable[[], bytes], int]]:
    return {
        "A18-evidence-of-five-mebibytes-and-a-byte": (lambda: bundle(extra=_files(bytes(5 * _MIB + 1))), 16),
        "A18-five-thousand-and-one-files": (lambda: bundle(extra=_files(*_numbers(5001))), 16),
        "A18-ten-thousand-and-one-files": (lambda: bundle(extra=_files(*_numbers(10_001))), 15),
        "A16-files-that-are-not-their-names": (lambda: bundle(extra={f"objects/{n:064x}": b"" for n in range(10)}), 15),
    }


def _numbers(count: int) -> list[bytes]:
    return [str(n).encode() for n in range(count)]


def _files(*contents: bytes) -> dict[str, bytes]:
    """Members that are their names."""
    return {f"objects/{hashlib.sha256(content).hexdigest()}": content for content in contents}


@pytest.mark.parametrize("name", _large())
def test_over_a_limit(prepared: Prepared, tmp_path: Path, name: str) -> None:
    make, code = _large()[name]
    folder = prepared("office")
    file = tmp_path / "large.izsa"
    file.write_bytes(make())
    before = izsa("--data", folder, "state-hash").out
    for command in (("inspect",), ("merge",)):
        assert izsa("--data", folder, *command, file).code == code
    assert izsa("--data", folder, "state-hash").out == before


def test_A18_a_file_larger_than_any_bundle(prepared: Prepared, tmp_path: Path) -> None:
    file = tmp_path / "sparse.izsa"
    with file.open("wb") as out:
        out.truncate(256 * _MIB + 1)
    assert izsa("--data", prepared("office"), "merge", file).code == 16


def test_what_is_exactly_at_a_limit_is_taken(prepared: Prepared, tmp_path: Path) -> None:
    many = rewritten(revision(), parents=[f"{n:064x}" for n in range(64)])
    room = 256 * 1024 - len(many)
    longest = many.replace(b'"Deneme"', b'"Deneme' + b"a" * room + b'"')
    assert len(longest) == 256 * 1024
    file = tmp_path / "longest.izsa"
    file.write_bytes(bundle(longest + b"\n"))
    assert izsa("--data", prepared("office"), "merge", file).code == 0


def test_A20_the_files_own_name_is_data(prepared: Prepared, tmp_path: Path) -> None:
    file = tmp_path / "a\u202eb\nc\u200b.izsa"
    file.write_bytes((HERE / "hostile" / "A04-never-enrolled.izsa").read_bytes())
    folder = prepared("office")
    ended = izsa("--data", folder, "merge", file)
    assert (ended.code, ended.err.count("\n")) == (11, 1)
    assert ended.err.startswith("a␣U+202E␣b␣U+000A␣c␣U+200B␣.izsa: ")
    assert izsa("--data", folder, "refused").out.count("\n") == 1
