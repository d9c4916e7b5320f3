"""One window per workplace: a lock that dies with its process."""

import subprocess
import sys
from pathlib import Path

import pytest

from izsa_desktop.domain.errors import FolderNotWritable, WorkplaceBusy
from izsa_desktop.usecases.holding import Hold, held

HOLDER = """
import sys
from pathlib import Path
from izsa_desktop.usecases.holding import Hold
hold = Hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_is_refused_until_the_holder_ends(tmp_path: Path) -> None:
    for _round in range(3):
        command = [sys.executable, "-c", HOLDER, str(tmp_path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            with pytest.raises(WorkplaceBusy) as busy:
                Hold(tmp_path)
            assert (busy.value.folder, busy.value.exit_code) == (str(tmp_path), 20)
            holder.kill()
            holder.wait()
        Hold(tmp_path).release()


def test_a_block_holds_only_what_is_not_held_already(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(WorkplaceBusy):
        Hold(tmp_path)
    hold = Hold(tmp_path)
    with held(tmp_path, hold):
        pass
    with pytest.raises(WorkplaceBusy):
        Hold(tmp_path)
    hold.release()


def test_a_folder_that_is_not_there_cannot_be_held(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable):
        Hold(tmp_path / "file" / "below")
