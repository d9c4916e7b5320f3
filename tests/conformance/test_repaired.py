"""What got through once, or cost too much: found by looking for it, repaired since."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from izsa_desktop.bundle import packing
from izsa_desktop.bundle.trust import SignedList
from izsa_desktop.domain.revision import canonical
from tests.bundle.forge2 import CATALOGUE, GOALS, OFFICE_KEY, answer, bundle, frame, lines, outer, parts, revision
from tests.conformance.conftest import Prepared
from tests.conformance.make_hostile import HERE
from tests.conformance.making.honest import FIRST
from tests.conformance.process import peak_of
from tests.conformance.town import izsa
from tests.conformance.world import STRANGER, TRUST
from tests.support import BORNOVA, KEMALPASA

_MIB = 1024 * 1024
_GOAL = {"code": "K1", "color": "#112233", "name_tr": "Kıyı", "name_en": "Coast"}


def _long_list() -> bytes:
    body = canonical({**msgspec.to_builtins(TRUST), "version": 4, "note": "x" * 4 * _MIB})
    return answer(lists=[SignedList(4, body, OFFICE_KEY.sign(body, "izsa1 trust version=4"))])


REFUSED: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "A17-zstd-says-zero": (lambda: bundle(stream=frame(lines(revision()), stated=0), counted=0), "office", 15),
    "A27-format-zero-skips-the-checks-of-its-place": (
        lambda: bundle(format=0, seq=2, follows=7, prev="ab" * 32, mode="delta", base=9),
        "office",
        15,
    ),
    "A18-trust-list-over-four-mebibytes": (_long_list, "bornova", 16),
    "A18-manifest-over-four-mebibytes": (lambda: bundle(note="x" * 4 * _MIB), "office", 16),
    "A19-goals-with-a-code-twice": (lambda: answer(extra={GOALS: canonical([_GOAL, _GOAL])}), "bornova", 15),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(prepared: Prepared, tmp_path: Path, name: str) -> None:
    make, at, code = REFUSED[name]
    file = tmp_path / "file.izsa"
    file.write_bytes(make())
    assert izsa("--data", prepared(at), "merge", file).code == code


def _empty_lists(count: int) -> bytes:
    """A file of some kilobytes, refused for its last line alone."""
    texts = [
        revision({"a": [[]] * 87_000}, record=f"{BORNOVA}/{n:032x}", seq=n).body + b"\n" for n in range(1, count + 1)
    ]
    texts.append(revision(record=f"{KEMALPASA}/{'a1' * 16}").body + b"\n")
    return bundle(stream=packing.shrink(b"".join(texts)), counted=len(texts))


def _lists_of_a_stranger(count: int) -> bytes:
    """Lists of almost four mebibytes that nobody signed, in an answer that nobody known signed."""
    roots = b",".join([b'"RWQ"'] * (4 * _MIB // 6 - 100))
    body = b'{"issued":"","members":{},"roots":[%s],"version":4}' % roots
    return answer(lists=[SignedList(n, body, b"") for n in range(4, 4 + count)], signer=STRANGER)


MEMORY: dict[str, tuple[Callable[[], bytes], str]] = {
    "A18-a-number-two-million-ahead-in-a-delta": (
        lambda: bundle(seq=2_000_001, follows=2_000_000, prev="ab" * 32, mode="delta", base=2_000_000),
        "office",
    ),
    "A18-saves-of-nothing-but-empty-lists": (lambda: _empty_lists(64), "office"),
    "A18-sixty-mebibytes-of-lists-by-a-stranger": (lambda: _lists_of_a_stranger(15), "bornova"),
    "A17-catalogue-of-empty-lines": (lambda: answer(extra={CATALOGUE: frame((b"\n", 32 * _MIB))}), "bornova"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory of a process is asked for as POSIX has it")
@pytest.mark.parametrize("name", MEMORY)
def test_memory(prepared: Prepared, tmp_path: Path, name: str) -> None:
    make, at = MEMORY[name]
    file = tmp_path / "file.izsa"
    file.write_bytes(make())
    _, memory = peak_of("--data", prepared(at), "merge", file)
    assert memory < 300


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be any bytes")
def test_A20_a_file_whose_name_is_no_text(prepared: Prepared, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff\xfe.izsa")
    file.write_bytes((HERE / "hostile" / "A04-never-enrolled.izsa").read_bytes())
    assert izsa("--data", prepared("office"), "merge", file).code == 11


def test_A01_a_signature_with_line_ends_of_windows_is_called_a_damaged_one(prepared: Prepared, tmp_path: Path) -> None:
    """Refused it is, but as a key of somebody who wants to be enrolled."""
    payload, signature = parts(FIRST)
    file = tmp_path / "file.izsa"
    file.write_bytes(outer(payload, signature.replace(b"\n", b"\r\n")))
    ended = izsa("--data", prepared("office"), "merge", file)
    assert ended.code == 15
    assert "The signature is damaged" in ended.err
