"""Nothing outside the workplace is touched, watched from outside (A21, A22, R0)."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attachments.samples import PDF
from tests.conformance.conftest import Prepared
from tests.conformance.make_hostile import HERE
from tests.conformance.process import COMMAND, ENVIRONMENT
from tests.conformance.town import Town

_CALLS = "openat,open,creat,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,symlink,symlinkat,link,linkat"
_CALL = re.compile(r"(\w+)\((.*)\) += -?\d+")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
_ELSEWHERE = ("/dev/null", "/dev/tty", "/proc/", "pipe:")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("at", ["office", "bornova"], ids=lambda at: f"A21-A22-R0-merging-at-{at}")
def test_no_call_changes_anything_outside_the_workplace(prepared: Prepared, tmp_path: Path, at: str) -> None:
    folder, log = prepared(at), tmp_path / "calls"
    files = [*sorted((HERE / "hostile").glob("*.izsa")), *sorted((HERE / "honest").glob("*.izsa"))]
    watched = ["strace", "-f", "--seccomp-bpf", "-o", str(log), "-s", "4096", "-e", f"trace={_CALLS}"]
    run = [*watched, *COMMAND, "--data", str(folder), "merge", *map(str, files)]
    done = subprocess.run(run, check=False, capture_output=True, timeout=100, env=ENVIRONMENT)
    assert done.returncode in range(10, 19), done.stderr[-500:]
    changing = [
        (call, path)
        for line in log.read_text(errors="replace").splitlines()
        if (found := _CALL.search(line))
        for call in [found[1]]
        if not call.startswith("open") or _WRITES.search(found[2])
        for path in re.findall(r'"((?:[^"\\]|\\.)*)"', found[2])
    ]
    assert any(path.startswith(str(folder)) for _, path in changing)
    outside = [
        (call, path)
        for call, path in changing
        if not path.startswith((f"{folder}/", *_ELSEWHERE)) and path != str(folder) and "__pycache__" not in path
    ]
    assert outside == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_A22_a_link_in_the_place_of_evidence_is_not_followed(here: Town) -> None:
    [id_] = here.add("bornova", "Çınar")
    paper, outside = here.folder / "rapor.pdf", here.folder / "outside"
    paper.write_bytes(PDF)
    outside.write_bytes(b"somebody else's")
    here.good("bornova", "attach", id_, paper)
    file = here.export("bornova")
    name = hashlib.sha256(PDF).hexdigest()
    place = here.folder / "office" / "attachments" / name[:2] / name
    place.parent.mkdir()
    place.symlink_to(outside)
    assert here.codes("office", file) == [0]
    assert outside.read_bytes() == b"somebody else's"
