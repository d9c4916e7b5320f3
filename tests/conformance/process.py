"""The command line as a process of its own, and what it took."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from izsa_desktop.__main__ import command_line; command_line()"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
_TOLD = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_of(*argv: object) -> tuple[int, float]:
    """Exit code and peak memory (MiB) of a command. Not on Windows."""
    command = [sys.executable, "-c", _TOLD, *COMMAND, *map(str, argv)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, env=ENVIRONMENT)
    code, memory = done.stdout.split()
    return int(code), int(memory) / (1024 * 1024 if sys.platform == "darwin" else 1024)
