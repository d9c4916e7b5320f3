"""The console script as a process of its own: what only shows there - streams, locales, pipes that close."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.usecases.line import Line, enter

IZSA = [sys.executable, "-c", "from izsa_desktop.__main__ import command_line; command_line()"]
ROOT = Path(__file__).parents[2]


def start(*argv: object, **more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*IZSA, *map(str, argv)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
    )


def test_an_id_is_printed_before_the_next_line_is_given(line: Line) -> None:
    with start("--data", line.bornova, "add", "-", LC_ALL="C", IZSA_LANG="tr") as process:
        assert process.stdin and process.stdout and process.stderr
        for _ in range(3):
            process.stdin.write('{"title": "Işık"}\n')
            process.stdin.flush()
            assert process.stdout.readline().startswith("TUR035007/")
        process.stdin.write('{"title": "Kalan"}\nbozuk')
        process.stdin.close()
        assert process.stdout.readline().startswith("TUR035007/")
        assert process.wait() == 1
        assert process.stderr.read().startswith("5. satır: 1. karakterden sonrası JSON olarak okunamıyor.")


def test_a_reader_who_goes_away_is_no_error_to_talk_about(line: Line) -> None:
    enter(line.bornova, *("ş" * 300 for _ in range(500)))
    with start("--data", line.bornova, "list", "--json") as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 141


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and a shell's redirections")
def test_output_that_cannot_be_written(line: Line) -> None:
    izsa = '"$0" -c "$1" --data "$2" --lang en'
    runs = (f"{izsa} state-hash >/dev/full", f"{izsa} state-hash >&-", f"{izsa} add - <&-")
    script = "".join(f'{run}; echo "[$?]"; ' for run in runs)
    done = subprocess.run(
        ["sh", "-c", script, sys.executable, IZSA[2], str(line.bornova)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "[20]\n[0]\n[1]\n"
    full, closed = done.stderr.splitlines()
    assert full.startswith("The disk could not be written (no room is left).")
    assert closed.startswith("The file - cannot be used (it is closed).")


BODIES = """
import hashlib, locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    sys.exit(3)
from izsa_desktop import reference
from izsa_desktop.domain import registers
from izsa_desktop.domain.record import fields_from_record
from izsa_desktop.domain.revision import new_revision
from izsa_desktop.domain.text import fold, sort_key
from izsa_desktop.domain.validation import clean
from izsa_desktop.usecases.demo import demo_lines, demo_record
known = reference.load()
for line in demo_lines():
    line["district"] = "ÇİĞLİ"
    line["lat"], line["lon"] = 38.4192345, 27.1287
    fields = clean(fields_from_record(demo_record(line), known), known)
    revision = new_revision(
        record="TUR035010/" + "0" * 32, replica="0" * 16, seq=1, parents=(), author="İlker Işık",
        registers=registers.to_registers(fields, {}), wall="2025-03-14T12:00:00Z",
    )
    print(revision.id, fold(fields.title), sort_key(fields.title).encode())
"""


def test_no_locale_changes_a_byte_of_a_record() -> None:
    outputs = {}
    for name in ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8"):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": name, "LANG": name}
        done = subprocess.run([sys.executable, "-c", BODIES], capture_output=True, check=False, env=env)
        if done.returncode != 3:  # this system has the locale
            assert done.stderr == b""
            outputs[name] = done.stdout
    assert outputs["C"].count(b"\n") == 85
    assert set(outputs.values()) == {outputs["C"]}
