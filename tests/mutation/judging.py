"""Whether a module's tests find a mutant out: each is tried in a process that is forked where all libraries lie.

First the tests run over the module as it is, and which test comes along which line is noted: a mutant is tried with
those tests alone, quickest first, until one fails. What runs longer than its time is found out too.
"""

import importlib.util
import json
import multiprocessing
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from io import StringIO
from itertools import chain
from multiprocessing.connection import wait
from pathlib import Path
from types import CodeType

import coverage
import pytest
from hypothesis import Phase, settings

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
_FORK = multiprocessing.get_context("fork")
_OURS = ("izsa_desktop", "tests", "bootstrap")
_MOST_MEMORY = 4 << 30
_SPARE_TIME = 5.0
settings.register_profile(  # as in the suite, but without the search for the smallest example
    "mutation", derandomize=True, max_examples=50, deadline=None, database=None, phases=[Phase.explicit, Phase.generate]
)


@dataclass(frozen=True)
class Module:
    """A module and the files of tests that are to find its mutants out."""

    name: str
    tests: tuple[str, ...]

    @property
    def path(self) -> Path:
        spec = importlib.util.find_spec(self.name)
        assert spec is not None
        assert spec.origin is not None
        return Path(spec.origin)


@dataclass(frozen=True)
class Baseline:
    """What the tests do with the module as it is."""

    passed: bool
    taken: float
    """Percent of its lines and branches."""
    told: str
    """Coverage's line about it."""
    tests: dict[str, float]
    """Names and seconds, quickest first."""
    files: dict[str, str]
    """By name: where the test stands."""
    along: dict[int, list[str]]
    """By line: the tests that come along it; the name "" stands for the import."""

    def tests_of(self, mutant: Mutant) -> dict[str, float]:
        """The tests that may find it out: all, where it is a line that runs when the module is imported."""
        found = {name for line in mutant.lines for name in self.along.get(line, ())}
        return {name: took for name, took in self.tests.items() if "" in found or name in found}


def baseline(module: Module) -> Baseline:
    """The tests' own run. Loads the libraries into this process first, so that every fork has them."""
    importlib.import_module(module.name)
    for name in list(sys.modules):
        if name == module.name or (name.split(".")[0] in _OURS and not name.startswith("tests.mutation")):
            del sys.modules[name]
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "baseline.json"
        process = _FORK.Process(target=_quietly, args=(_note, module, noted))
        process.start()
        process.join()
        told = json.loads(noted.read_text(encoding="utf-8"))
    tests = dict(sorted(told["tests"].items(), key=lambda one: one[1]))
    along = {int(line): names for line, names in told["along"].items()}
    return Baseline(told["passed"], told["taken"], told["told"], tests, told["files"], along)


def judged(module: Module, base: Baseline, jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it was found out; in no certain order when there are several jobs.

    The first, number 0, is the module as it is: it shows that a mutant does not fail for another reason.
    """
    running: dict[int, tuple[Mutant, multiprocessing.process.BaseProcess]] = {}
    source, path = module.path.read_text(encoding="utf-8"), str(module.path)
    unchanged = Mutant(0, range(0), "nothing", compile(source, path, "exec"))
    with tempfile.TemporaryDirectory() as folder:
        for mutant in chain([unchanged], mutants(source, path)):
            chosen = base.tests_of(mutant) if mutant.number else base.tests
            if not chosen:
                yield mutant, False
                continue
            files = list(dict.fromkeys(base.files[name] for name in chosen))
            place = Path(folder) / str(mutant.number)
            process = _FORK.Process(target=_limited, args=(module, mutant, chosen, files, place))
            process.start()
            running[process.sentinel] = mutant, process
            if len(running) == jobs:
                yield from _ended(running)
        while running:
            yield from _ended(running)


def _ended(running: dict[int, tuple[Mutant, multiprocessing.process.BaseProcess]]) -> Iterator[tuple[Mutant, bool]]:
    for sentinel in wait(list(running)):
        assert isinstance(sentinel, int)
        mutant, process = running.pop(sentinel)
        process.join()
        if process.exitcode == pytest.ExitCode.INTERNAL_ERROR:
            raise RuntimeError(f"pytest failed, not a test: {mutant.change}")
        yield mutant, process.exitcode not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


# --- in the forked process -------------------------------------------------------------------------------------------


def _quietly(work: Callable[..., int], *arguments: object) -> None:
    """Ends this process with the status of the work; nothing is printed."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os._exit(work(*arguments))


def _pytest(files: Sequence[str], plugin: object, *options: str) -> int:
    common = ["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml")]
    common += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # the libraries are imported already
    return int(pytest.main([*common, "--hypothesis-profile=mutation", *options, *files], [plugin]))


@dataclass
class _Noting:
    """Tells coverage which test runs, and notes where each stands and how long it takes."""

    measuring: coverage.Coverage
    seconds: dict[str, float] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.files = {item.nodeid: str(item.path) for item in items}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.measuring.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def _note(module: Module, file: Path) -> int:
    path = str(module.path)
    measuring = coverage.Coverage(data_file=None, branch=True, include=[path], config_file=False)
    measuring.start()
    noting = _Noting(measuring)
    status = _pytest(module.tests, noting)
    measuring.stop()
    told = StringIO()
    taken = measuring.report([path], file=told, show_missing=True)
    found = {
        "passed": status == 0,
        "taken": taken,
        "told": told.getvalue().splitlines()[2],
        "tests": noting.seconds,
        "files": noting.files,
        "along": measuring.get_data().contexts_by_lineno(path),
    }
    file.write_text(json.dumps(found), encoding="utf-8")
    return 0


@dataclass
class _Choosing:
    """Leaves of the collected tests those that may find the mutant out, quickest first."""

    chosen: dict[str, float]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        by_name = {item.nodeid: item for item in items}
        items[:] = [by_name[name] for name in self.chosen if name in by_name]


class _Loader(SourceFileLoader):
    """Loads a mutant in the place of its module."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code


@dataclass
class _Finder:
    module: Module
    mutant: Mutant

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name == self.module.name else None
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin, self.mutant.code)
        return spec


def _limited(module: Module, mutant: Mutant, chosen: dict[str, float], files: list[str], folder: Path) -> None:
    """In a process that ends with 0 where no test fails."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    seconds = int(_SPARE_TIME + 5 * sum(chosen.values()))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.meta_path.insert(0, _Finder(module, mutant))
    _quietly(_pytest, files, _Choosing(chosen), "-x", f"--basetemp={folder}")
