"""kill -9 at any moment: what was acknowledged is there, everything else is before or after, and work goes on."""

import json
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, enter, export, merge, state_hash

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")

KILLS = 15
"""Of each kind; the moments differ from run to run and are named when one is found bad."""


@pytest.fixture(scope="module", autouse=True)
def server() -> None:
    from tests.cli.killing import Killable, start_server

    start_server()
    assert Killable("--version").wait() == 0


def moments(longest: float) -> Iterator[float]:
    seed = random.randrange(1_000_000)
    print("seed", seed)
    random_ = random.Random(seed)
    return (random_.uniform(0, longest) for _ in range(KILLS))


def bursts() -> Iterator[bytes]:
    for n in range(300):
        yield b"".join(
            json.dumps({"title": f"{n}-{i}", "purpose": "ş" * 300}).encode() + b"\n" for i in range(1 + n % 5)
        )


def test_add_keeps_every_id_that_it_printed(line: Line) -> None:
    from tests.cli.killing import Killable

    printed: list[str] = []
    for seconds in moments(longest=0.5):
        run = Killable("--data", line.bornova, "add", "-")
        run.feed(bursts(), seconds)
        assert run.kill_after(seconds)
        printed += run.output()
    state_hash(line.bornova)  # in good order
    with open_workplace(line.bornova) as workplace:
        stored = {project.id for project in projects.list_projects(workplace)}
    assert len(set(printed)) == len(printed) > KILLS
    assert set(printed) <= stored


def test_merge_is_all_or_nothing_and_can_be_repeated(line: Line, tmp_path: Path) -> None:
    from tests.cli.killing import Killable

    files = []
    for n, folder in enumerate((line.bornova, line.konak)):
        enter(folder, *(f"{i} {'ş' * 200}" for i in range(250)))
        files.append(export(folder, tmp_path / f"{n}.izsa"))
    states = [state_hash(line.office)]
    shutil.copytree(line.office, tmp_path / "calm")
    started = time.monotonic()
    for file in files:
        assert [outcome.new for outcome in merge(tmp_path / "calm", file)] == [250]
        states.append(state_hash(tmp_path / "calm"))
    longest = time.monotonic() - started
    for n, seconds in enumerate(moments(longest)):
        office = tmp_path / f"office{n}"
        shutil.copytree(line.office, office)
        Killable("--data", office, "merge", *files).kill_after(seconds)
        assert state_hash(office) in states
        assert [outcome.code for outcome in merge(office, *files)] == [0, 0]
        assert state_hash(office) == states[-1]


def test_export_never_gives_a_number_to_two_contents(line: Line, tmp_path: Path) -> None:
    from tests.cli.killing import Killable

    enter(line.bornova, *(f"{i} {'ş' * 200}" for i in range(400)))
    with open_workplace(line.bornova) as workplace:
        member = Member(key=workplace.key().public.text, district="TUR035007", person="")
        own = TrustList(version=1, issued="", roots=(), members={workplace.identity.replica: member})
    contents: dict[int, str] = {}
    started = time.monotonic()
    export(line.bornova, tmp_path / "calm.izsa")
    for n, seconds in enumerate(moments(2 * (time.monotonic() - started))):
        Killable("--data", line.bornova, "export", "-o", tmp_path / f"{n}.izsa").kill_after(seconds)
        for file in (*tmp_path.glob("*.izsa"), *(line.bornova / "bundles" / "out").glob("*.izsa")):
            bundle = bundle_file.verify(file.read_bytes(), bundle_file.Reading(body=OFFICE, trust=own))
            assert len(bundle.revisions) == 400
            assert contents.setdefault(bundle.manifest.seq, bundle.sha256) == bundle.sha256
    files = sorted(tmp_path.glob("*.izsa"))
    assert {outcome.code for outcome in merge(line.office, *files)} == {0}
