"""How long work tells how far it is, and how it is stopped."""

from typing import Protocol


class Progress(Protocol):
    """Called between steps with what is done of how much. It may raise ``Cancelled``: then nothing has been changed."""

    def __call__(self, done: int, total: int, /) -> None: ...


def no_progress(_done: int, _total: int) -> None:
    """For callers who do not watch."""
