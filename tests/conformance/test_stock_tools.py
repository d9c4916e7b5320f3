"""What docs/bundle-format.md says that anybody can do without our program."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conformance.town import Town

MISSING = [tool for tool in ("unzip", "minisign", "zstd") if shutil.which(tool) is None]


def _run(folder: Path, *command: str) -> int:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=20).returncode


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {MISSING}")
def test_the_recipe_of_the_format(here: Town) -> None:
    [id_] = here.add("bornova", "Çınar")
    bundle, folder = here.export("bornova"), here.folder / "opened"
    folder.mkdir()
    assert _run(folder, "unzip", str(bundle)) == 0
    public = here.folder / "bornova" / "keys" / f"{here.replica('bornova')}.pub"
    assert _run(folder, "minisign", "-Vm", "payload.zip", "-p", str(public)) == 0
    other = here.folder / "konak" / "keys" / f"{here.replica('konak')}.pub"
    assert _run(folder, "minisign", "-Vm", "payload.zip", "-p", str(other)) != 0
    assert _run(folder, "unzip", "payload.zip") == 0
    assert _run(folder, "zstd", "-d", "revisions.jsonl.zst") == 0
    lines = (folder / "revisions.jsonl").read_bytes().splitlines()
    history = here.good("bornova", "history", id_, "--json").json
    assert [hashlib.sha256(line).hexdigest() for line in lines] == [save["revision"] for save in history]
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name, stated in manifest["members"].items():
        content = (folder / name).read_bytes()
        assert stated == {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
