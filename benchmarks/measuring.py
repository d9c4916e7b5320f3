"""What the benchmarks share: times, memory, Markdown."""

import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Times:
    """Milliseconds of something that is done often."""

    values: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Adds what is done inside."""
        begun = perf_counter()
        yield
        self.add((perf_counter() - begun) * 1000)

    def add(self, milliseconds: float) -> None:
        self.values.append(milliseconds)

    @property
    def last(self) -> float:
        return self.values[-1]

    def at(self, share: float) -> float:
        """The value that this share of all stays below."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def told(self) -> str:
        """Median and 99th percentile."""
        return f"{self.median:.1f} / {self.at(0.99):.1f}"


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came of it."""
    begun = perf_counter()
    value = work()
    return perf_counter() - begun, value


@contextmanager
def clocked(module: ModuleType, name: str, times: Times) -> Iterator[None]:
    """Adds what a module's function takes within this, all its calls as one."""
    original, spent = getattr(module, name), 0.0

    def clock(*arguments: Any, **named: Any) -> Any:
        nonlocal spent
        seconds, value = timed(lambda: original(*arguments, **named))
        spent += seconds
        return value

    setattr(module, name, clock)
    try:
        yield
    finally:
        setattr(module, name, original)
    times.add(1000 * spent)


def peak_memory() -> int:
    """The most that this process has had in memory, MB (Linux).

    Not ``getrusage``: that begins with the peak of the process which started this one.
    """
    return _status("VmHWM")


def memory() -> int:
    """What this process has in memory, MB (Linux)."""
    return _status("VmRSS")


def _status(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) * 1024 // 1_000_000


def row(name: str, cells: Sequence[object]) -> str:
    """One line of a Markdown table."""
    return f"| {name} | {' | '.join(map(str, cells))} |"


def table(name: str, columns: Sequence[str]) -> Iterator[str]:
    """The two lines that a Markdown table begins with."""
    yield row(name, columns)
    yield row("---", ["---:"] * len(columns))
