"""``izsa``: the same use cases without a window. Names, JSON keys and exit codes are a public contract (docs/cli.md).

Exit 0 done, 1 a known failure in one sentence on stderr, 2 usage, 10-20 a refused bundle by its reason, 130 and 141 as
the shell says when Ctrl-C or a closed pipe ended it. Never a traceback for a known failure.
"""

import contextlib
import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from izsa_desktop.cli.context import Context
from izsa_desktop.cli.parser import make_parser
from izsa_desktop.domain.errors import Cancelled, DiskProblem, KnownError
from izsa_desktop.durable import os_problem
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.usecases.places import default_folder
from izsa_desktop.usecases.ports import Pictures


def main(argv: Sequence[str], pictures: Pictures) -> int:
    """Runs one command and gives its exit code."""
    _speak_utf8()
    arguments = make_parser().parse_args(argv)
    folder: Path = arguments.data or default_folder()
    given = arguments.lang or os.environ.get("IZSA_LANG", "")
    context = Context(folder, given if given in LANGUAGES else "", pictures)
    try:
        code = _command(arguments.run)(context, arguments)
        if sys.stdout:
            sys.stdout.flush()
    except KnownError as e:
        context.complain(context.error(e))
        return e.exit_code
    except (Cancelled, KeyboardInterrupt):
        return 130
    except OSError as e:
        _discard_what_nobody_takes()
        if isinstance(e, BrokenPipeError):
            return 141
        problem = DiskProblem(os_problem(e))
        context.complain(context.error(problem))
        return problem.exit_code
    return code


def _command(name: str) -> Callable[[Context, Namespace], int]:
    """The function ``module:function`` of a command; only the module that is needed is loaded."""
    module, _, function = name.partition(":")
    found: Callable[[Context, Namespace], int] = getattr(import_module(f"{__name__}.commands.{module}"), function)
    return found


def _discard_what_nobody_takes() -> None:
    """Keeps the interpreter from complaining at exit about output that cannot be written."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Turkish letters on every console, also where the system's code page has none."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
