"""Whatever the order, the repetition and the splitting of files: everybody ends with the same (A09, A10, P1-P4, P7)."""

import itertools
import random
import shutil
from pathlib import Path

import pytest

from tests.conformance.make_hostile import HERE
from tests.conformance.town import Town, izsa
from tests.conformance.world import make

FOUR = list(itertools.permutations(range(4)))


@pytest.fixture(scope="module")
def sent(made_town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, list[Path]]:
    """Four bundles by two PCs of Bornova, none of which anybody has confirmed, and the office without them."""
    town = Town(Path(shutil.copytree(made_town.folder, tmp_path_factory.mktemp("sent") / "town")))
    town.add("bornova", "Çınar")
    town.exchange("bornova", "Bornova")
    town.codes("second", town.sent[-1])
    files = []
    for name, purpose in (("bornova", "Bir"), ("second", "İki"), ("bornova", "Üç"), ("second", "Dört")):
        town.change(name, "Çınar", purpose)
        town.add(name, f"{purpose} yeni")
        files.append(town.export(name))
    return town, files


@pytest.fixture
def office(sent: tuple[Town, list[Path]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(sent[0].folder / "office", tmp_path / "office"))


@pytest.fixture(scope="module")
def in_order(sent: tuple[Town, list[Path]]) -> tuple[str, str]:
    """State and list of an office that got them in order."""
    town, files = sent
    town.copy("office", "in-order")
    for file in files:
        assert town.codes("in-order", file) == [0]
    return town.hash("in-order"), town.good("in-order", "list", "--json").out


def _ends_the_same(office: Path, in_order: tuple[str, str]) -> bool:
    there = izsa("--data", office, "state-hash").out.strip(), izsa("--data", office, "list", "--json").out
    return there == in_order


@pytest.mark.parametrize("order", FOUR, ids=lambda order: "A10-" + "-".join(str(n + 1) for n in order))
def test_order(sent: tuple[Town, list[Path]], office: Path, in_order: tuple[str, str], order: tuple[int, ...]) -> None:
    ended = izsa("--data", office, "merge", *(sent[1][n] for n in order), "--json")
    assert (ended.code, [one["accepted"] for one in ended.json]) == (0, [True] * 4)
    assert _ends_the_same(office, in_order)


@pytest.mark.parametrize("seed", range(8), ids=lambda seed: f"A09-P4-repeated-and-split-{seed}")
def test_repetition(sent: tuple[Town, list[Path]], office: Path, in_order: tuple[str, str], seed: int) -> None:
    rng = random.Random(seed)
    calls = [rng.choices(sent[1], k=rng.randint(1, 3)) for _ in range(4)] + [list(sent[1])]
    for files in calls:
        assert izsa("--data", office, "merge", *files).code == 0
    assert _ends_the_same(office, in_order)
    again = izsa("--data", office, "merge", *rng.sample(sent[1], 4), "--json")
    assert (again.code, [one["known"] for one in again.json]) == (0, [True] * 4)
    assert _ends_the_same(office, in_order)


@pytest.mark.parametrize("count", [1, 2, 3, 4], ids=lambda count: f"P14-preview-of-{count}")
def test_a_preview_is_what_merging_does(sent: tuple[Town, list[Path]], office: Path, count: int) -> None:
    files = sent[1][:count]
    before = izsa("--data", office, "state-hash").out
    looked = izsa("--data", office, "merge", "--dry-run", *files, "--json")
    assert izsa("--data", office, "state-hash").out == before
    merged = izsa("--data", office, "merge", *files, "--json")
    assert (looked.code, looked.out) == (merged.code, merged.out)


HONEST = ("honest-1", "honest-2", "A13-the-third-is-missing", "A13-healed-by-a-full-one")


@pytest.mark.parametrize(
    "order",
    list(itertools.permutations(HONEST)),
    ids=lambda order: "A13-" + "-".join(str(HONEST.index(n) + 1) for n in order),
)
def test_a_gap_in_any_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    """Bundles 1, 2, 4 (which builds on 3) and 5 (full): missing is what is missing, and in the end nothing is."""
    make("office", tmp_path / "office")
    here: set[str] = set()
    for name in order:
        here.add(name)
        ended = izsa("--data", tmp_path / "office", "merge", HERE / "honest" / f"{name}.izsa", "--json")
        [outcome] = ended.json
        assert outcome["accepted"]
        assert ended.code == (14 if _expected_missing(name, here) else 0)
        assert set(outcome["missing"]) == _expected_missing(name, here)
    titles = [record["title"] for record in izsa("--data", tmp_path / "office", "list", "--json").json]
    assert titles == ["Yağmur suyu hasadı"]
    assert izsa("--data", tmp_path / "office", "check").code == 0
    members = izsa("--data", tmp_path / "office", "enrol", "list", "--json").json
    assert all(member["missing"] == [] for member in members)


def _expected_missing(name: str, here: set[str]) -> set[int]:
    """What a bundle's outcome must name: numbers before its own without which something is missing."""
    first, second, _, full = HONEST
    if full in here or name == first:
        return set()
    needed = {1: first} if name == second else {1: first, 2: second, 3: "never came"}
    return {number for number, bundle in needed.items() if bundle not in here}
