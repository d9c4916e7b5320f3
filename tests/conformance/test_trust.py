"""Who is believed: enrolment, shutting out, changes of the office's keys, in whatever order lists and bundles come."""

import itertools
import shutil
from pathlib import Path

import pytest

from izsa_desktop.bundle import container
from izsa_desktop.domain.revision import canonical
from tests.bundle.forge2 import PC, derived_key
from tests.bundle.test_signing import SMALL_ORDER, weak_key
from tests.conformance import town
from tests.conformance.town import Town, izsa

ORDERS = list(itertools.permutations(range(3)))


def _three(here: Town) -> list[Path]:
    """Three bundles of Bornova's first PC, each with a project more; nobody has confirmed any."""
    files = []
    for title in ("Bir", "İki", "Üç"):
        here.add("bornova", title)
        files.append(here.export("bornova"))
    return files


@pytest.fixture(scope="module")
def three(made_town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, list[Path]]:
    here = Town(Path(shutil.copytree(made_town.folder, tmp_path_factory.mktemp("three") / "town")))
    return here, _three(here)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "A05-P9-" + "-".join(str(n + 1) for n in order))
@pytest.mark.parametrize("moment", range(4), ids=lambda moment: f"shut-out-after-{moment}-came")
def test_shut_out_after_the_second(
    three: tuple[Town, list[Path]], tmp_path: Path, order: tuple[int, ...], moment: int
) -> None:
    """Whenever the office decides, and in whatever order the bundles come: the first two count, the third does not."""
    here, files = three
    office = Path(shutil.copytree(here.folder / "office", tmp_path / "office"))
    for step, n in enumerate([*order, -1]):
        if step == moment:
            izsa("--data", office, "enrol", "revoke", here.replica("bornova"), "--after", 2)
        if n >= 0:
            assert izsa("--data", office, "merge", files[n]).code == (11 if n == 2 and step >= moment else 0)
    titles = sorted(record["title"] for record in izsa("--data", office, "list", "--json").json)
    assert titles == ["Bir", "İki"]
    assert izsa("--data", office, "check").code == 0
    rebuilt = izsa("--data", office, "rebuild", "--json").json
    assert rebuilt["refused"] >= 1
    assert rebuilt["before"] == rebuilt["after"]
    assert sorted(record["title"] for record in izsa("--data", office, "list", "--json").json) == titles


def test_A05_honest_work_comes_back_under_a_new_key(here: Town) -> None:
    files = _three(here)
    assert here.codes("office", files[0]) == [0]
    here.good("office", "enrol", "revoke", here.replica("bornova"))
    assert here.codes("office", *files[1:]) == [11, 11]
    here.add("bornova", "Dört")
    here.good("bornova", "key", "renew")
    here.enrol("bornova")
    assert here.codes("office", here.export("bornova")) == [0]
    assert "Dört" in here.titles("office")


@pytest.mark.parametrize("bundles", [1, 3], ids=lambda n: f"A04-P9-{n}-bundles-before-the-enrolment")
def test_what_came_before_its_sender_was_admitted(here: Town, bundles: int) -> None:
    here.good("new", "init", "--district", "Konak", "--person", "Yeni")
    files = []
    for n in range(bundles):
        here.add("new", f"Proje {n}")
        files.append(here.export("new"))
    before = here.hash("office")
    assert here.codes("office", *files) == [11] * bundles
    assert (here.hash("office"), here.titles("office")) == (before, [])
    kept = here.good("office", "refused", "--json").json
    assert sorted(one["file"] for one in kept) == sorted(file.name for file in files)
    other = here.copy("office", "list-first")
    here.enrol("new")
    assert here.good("office", "refused", "--json").json == []
    request = here.folder / "again.enrol"
    here.good("new", "enrol", "request", "-o", request)
    here.good(other, "enrol", "accept", request)
    assert here.titles("office") == here.titles(other) == sorted(f"Proje {n}" for n in range(bundles))


def test_A11_an_old_list_takes_nothing_back(here: Town) -> None:
    old = here.export("office", "--to", "Konak")
    here.good("fresh", "init", "--district", "Bornova", "--person", "Üçüncü")
    here.enrol("fresh")
    here.good("office", "enrol", "revoke", here.replica("second"), "--after", 0)
    assert here.codes("konak", here.export("office", "--to", "Konak")) == [0]
    version = here.good("konak", "trust", "show", "--json").json["version"]
    assert here.codes("konak", old) == [0]
    assert here.good("konak", "trust", "show", "--json").json["version"] == version
    [shut_out] = [one for one in here.good("konak", "enrol", "list", "--json").json if one["revoked_after_seq"] == 0]
    assert shut_out["replica"] == here.replica("second")


def test_A12_the_offices_new_key_is_followed(here: Town) -> None:
    assert here.codes("konak", here.export("office", "--to", "Konak")) == [0]
    before = here.good("konak", "trust", "show", "--json").json
    for _ in range(3):
        here.good("office", "trust", "rotate")
    after = here.good("office", "trust", "show", "--json").json
    assert after["fingerprint"] != before["fingerprint"]
    answer = here.export("office", "--to", "Konak")
    assert here.codes("konak", answer) == [0]  # slept through three changes
    assert here.good("konak", "trust", "show", "--json").json["roots"] == after["roots"]
    assert here.codes("bornova", here.export("office", "--to", "Bornova")) == [0]  # pinned before, has no list yet


def test_A12_two_of_three_keys_must_sign(here: Town) -> None:
    keys = [derived_key(f"board {n}") for n in (1, 2)]
    for n, key in enumerate(keys):
        (here.folder / f"{n}.pub").write_bytes(key.public.file_bytes())
        (here.folder / f"{n}.key").write_bytes(key.file_bytes())
    both = ("--add", here.folder / "0.pub", "--add", here.folder / "1.pub", "--threshold", 2)
    refused = here.run("office", "trust", "rotate", *both)
    assert refused.code == 11
    here.good("office", "trust", "rotate", *both, "--sign-with", here.folder / "0.key")
    assert here.good("office", "trust", "show", "--json").json["threshold"] == 2
    here.good("new", "init", "--district", "Konak", "--person", "Yeni")
    here.good("new", "enrol", "request", "-o", here.folder / "new.enrol")
    assert here.run("office", "enrol", "accept", here.folder / "new.enrol").code == 11  # one key alone admits nobody
    assert here.codes("konak", here.export("office", "--to", "Konak")) == [0]


def test_A04_an_office_that_nobody_compared(here: Town) -> None:
    here.good("new", "init", "--district", "Konak", "--person", "Yeni")
    here.enrol("new")
    answer = here.export("office", "--to", "Konak")
    assert here.run("new", "merge", answer).code == 11
    here.good("new", "trust", "pin", *["1234"] * 5)
    assert here.run("new", "merge", answer).code == 11
    assert here.good("new", "trust", "show", "--json").json["version"] == 0
    here.pin("new")
    assert here.codes("new", answer) == [0]


@pytest.mark.parametrize(
    "digits", ["", "1", "1" * 19, "1" * 21, "x" * 20, "١" * 20], ids=lambda d: f"A04-pin-of-{len(d)}-{d[:1]}"
)
def test_a_fingerprint_that_is_none(here: Town, digits: str) -> None:
    assert here.run("bornova", "trust", "pin", digits).code == 1


@pytest.mark.parametrize("point", SMALL_ORDER, ids=lambda point: f"A06-{point[:4]}-{point[-2:]}")
def test_a_weak_key_is_not_admitted(here: Town, point: str) -> None:
    request = {"created": "", "district": "TUR035007", "key": weak_key(point).text, "person": "Zayıf"}
    body = canonical(request)
    made = container.pack({"enrolment.json": body, "enrolment.json.minisig": PC.sign(body, "izsa1 enrolment")})
    (here.folder / "weak.enrol").write_bytes(made)
    before = here.hash("office")
    assert here.run("office", "enrol", "accept", here.folder / "weak.enrol").code == 11
    assert here.hash("office") == before


def test_A06_a_key_under_the_id_of_a_known_pc(here: Town) -> None:
    known = here.replica("bornova")
    thief = derived_key("thief", bytes.fromhex(known)[::-1])
    body = canonical({"created": "", "district": "TUR035007", "key": thief.public.text, "person": "Hırsız"})
    made = container.pack({"enrolment.json": body, "enrolment.json.minisig": thief.sign(body, "izsa1 enrolment")})
    (here.folder / "thief.enrol").write_bytes(made)
    assert here.run("office", "enrol", "accept", here.folder / "thief.enrol").code == 11
    [member] = [one for one in here.good("office", "enrol", "list", "--json").json if one["replica"] == known]
    assert member["person"] == town.PEOPLE["bornova"][1]


@pytest.mark.parametrize(
    "district", ["TUR0350071", "TUR035000", "TUR035031", "35-07", ""], ids=lambda d: f"A07-enrol-as-{d}"
)
def test_only_one_of_the_thirty_districts_is_admitted(here: Town, district: str) -> None:
    assert here.run("office", "enrol", "accept", _request_for(here, district), "--role", "coordinate").code == 15


def test_A07_a_pc_of_the_office_only_when_a_person_says_so(here: Town) -> None:
    request, before = _request_for(here, "TUR035"), here.hash("office")
    ended = here.run("office", "enrol", "accept", request)
    assert (ended.code, derived_key("new pc").public.fingerprint in ended.err) == (11, True)
    assert here.hash("office") == before
    assert here.run("office", "enrol", "accept", request, "--role", "read").code == 0


def _request_for(here: Town, district: str) -> Path:
    key = derived_key("new pc")
    body = canonical({"created": "", "district": district, "key": key.public.text, "person": "Yeni"})
    made = container.pack({"enrolment.json": body, "enrolment.json.minisig": key.sign(body, "izsa1 enrolment")})
    (here.folder / "new.enrol").write_bytes(made)
    return here.folder / "new.enrol"


def test_A08_a_bundle_is_no_request_and_a_request_no_bundle(here: Town) -> None:
    here.add("bornova", "Bir")
    bundle = here.export("bornova")
    here.good("bornova", "enrol", "request", "-o", here.folder / "b.enrol")
    assert here.run("office", "enrol", "accept", bundle).code == 15
    assert here.run("office", "merge", here.folder / "b.enrol").code == 15
    assert here.titles("office") == []
