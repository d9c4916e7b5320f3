"""Entry points: ``izsa`` (command line) and ``izsa-desktop`` (window); ``python -m izsa_desktop`` opens the window."""

import sys

from izsa_desktop import app


def command_line() -> None:
    """``izsa …``; ends the process with the exit code of docs/cli.md."""
    sys.exit(app.run_command_line(sys.argv[1:]))


def window() -> None:
    """``izsa-desktop``; ends the process when the window is closed."""
    sys.exit(app.run_window(sys.argv[1:]))


if __name__ == "__main__":
    window()
