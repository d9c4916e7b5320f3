"""Bundles from hand to hand: order, repetition, preview, tampering, and two PCs that edit the same project."""

import shutil
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from izsa_desktop.bundle import container
from izsa_desktop.domain.errors import Cancelled, DistrictOnly, Replayed
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.usecases import enrolment, exchange, projects, sending
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.support import FIELDS
from tests.usecases.line import Line, enter, export, listing, merge, revisions_of, state_hash


def projects_in(folder: Path) -> list[Project]:
    with open_workplace(folder) as workplace:
        return projects.list_projects(workplace)


def numbers(outcome: Received) -> tuple[int, bool, int, int, int]:
    return outcome.code, outcome.known, outcome.new, outcome.changed, outcome.conflicts


def edit(folder: Path, id_: str, title: str) -> None:
    with open_workplace(folder) as workplace:
        projects.save_project(workplace, id_, ProjectFields(title=title, purpose="Amaç"))


@pytest.fixture
def five(line: Line, tmp_path: Path) -> list[Path]:
    """Bundles of three districts, two of which send again after changes."""
    [cinar] = enter(line.bornova, "Çınar")
    enter(line.konak, "Liman", "Kordon")
    enter(line.bayrakli, "Koy")
    files = [export(line.bornova, tmp_path / "1"), export(line.konak, tmp_path / "2")]
    edit(line.bornova, cinar, "Ulu çınar")
    enter(line.bornova, "Homeros")
    files += [export(line.bornova, tmp_path / "3"), export(line.bayrakli, tmp_path / "4")]
    with open_workplace(line.bornova) as workplace:
        projects.delete_project(workplace, cinar)
    return [*files, export(line.bornova, tmp_path / "5")]


def test_any_order_and_repetition_end_the_same(line: Line, five: list[Path], tmp_path: Path) -> None:
    states, shown = set(), set()
    for n, order in enumerate([*permutations(five)][::10]):
        office = tmp_path / f"office{n}"
        shutil.copytree(line.office, office)
        assert {outcome.code for outcome in merge(office, *order, *order[:2])} == {0}
        states.add(state_hash(office))
        shown.add(msgspec.json.encode(projects_in(office)))
    assert (len(states), len(shown)) == (1, 1)
    assert [project.fields.title for project in projects_in(office)] == ["Homeros", "Kordon", "Koy", "Liman"]


def test_merging_again_changes_nothing(line: Line, five: list[Path]) -> None:
    merge(line.office, *five)
    before = state_hash(line.office)
    assert [numbers(outcome) for outcome in merge(line.office, *five)] == [(0, True, 0, 0, 0)] * 5
    assert state_hash(line.office) == before


def test_a_preview_says_what_then_happens_and_changes_nothing(line: Line, five: list[Path], tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(b"x")
    files = [five[2], tmp_path / "junk", five[0], *five, tmp_path / "missing", five[4]]
    before, on_disk = state_hash(line.office), listing(line.folder)
    with open_workplace(line.office) as office:
        foretold = exchange.preview_bundles(office, files)
        assert exchange.inspect_bundle(office, five[2]) == replace(foretold[0], skipped=(1,))  # the first is in it too
    assert (state_hash(line.office), listing(line.folder)) == (before, on_disk)
    happened = merge(line.office, *files)
    assert [msgspec.structs.asdict(o.bundle.manifest) if o.bundle else None for o in foretold] == [
        msgspec.structs.asdict(o.bundle.manifest) if o.bundle else None for o in happened
    ]
    assert [(o.path, *numbers(o), str(o.refusal)) for o in foretold] == [
        (o.path, *numbers(o), str(o.refusal)) for o in happened
    ]
    assert [numbers(o) for o in happened] == [
        (0, False, 2, 0, 0),  # the second bundle of Bornova, with its two projects
        (15, False, 0, 0, 0),
        (0, False, 0, 0, 0),  # the first one has nothing that is not in the second
        (0, True, 0, 0, 0),
        (0, False, 2, 0, 0),
        (0, True, 0, 0, 0),
        (0, False, 1, 0, 0),
        (0, False, 0, 1, 0),  # the third one deletes a project
        (1, False, 0, 0, 0),
        (0, True, 0, 0, 0),
    ]


def test_what_is_taken_in_is_kept_as_it_came(line: Line, five: list[Path]) -> None:
    received = merge(line.office, *five)
    kept = {path.name: path.read_bytes() for path in (line.office / "bundles" / "in").iterdir()}
    bundles = [outcome.bundle for outcome in received if outcome.bundle]
    assert kept == {f"{b.sha256}.izsa": file.read_bytes() for b, file in zip(bundles, five, strict=True)}


def test_a_bundle_with_any_byte_changed_is_refused(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Çınar")
    good = export(line.bornova, tmp_path / "good.izsa").read_bytes()
    before = state_hash(line.office)
    files = []
    for at in range(len(good)):
        files.append(tmp_path / str(at))
        files[-1].write_bytes(good[:at] + bytes([good[at] ^ (1 << at % 8)]) + good[at + 1 :])
    with open_workplace(line.office) as office:
        assert {outcome.code for outcome in exchange.merge_bundles(office, files)} == {15}
        # in a container that is in order, it is the signature that tells
        members = {name: bytes(content) for name, content in container.unpack(good).items()}
        payload, changed = members["payload.zip"], tmp_path / "changed"
        for at in range(len(payload)):
            flipped = payload[:at] + bytes([payload[at] ^ 1]) + payload[at + 1 :]
            changed.write_bytes(container.pack({**members, "payload.zip": flipped}))
            assert exchange.inspect_bundle(office, changed).code == 10
        signature = members["payload.zip.minisig"]
        for at in range(len(signature)):
            flipped = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
            changed.write_bytes(container.pack({**members, "payload.zip.minisig": flipped}))
            assert exchange.inspect_bundle(office, changed).code in (10, 15)
    assert state_hash(line.office) == before


def test_two_contents_with_one_number_alarm_in_any_order(line: Line, tmp_path: Path) -> None:
    shutil.copytree(line.bornova, tmp_path / "clone")
    enter(line.bornova, "Aslı")
    enter(tmp_path / "clone", "Kopya")
    a, b = export(line.bornova, tmp_path / "a"), export(tmp_path / "clone", tmp_path / "b")
    c = export(tmp_path / "clone", tmp_path / "c")  # follows b
    two, chain = "two_with_one_number", "broken_chain"
    for n, (order, reasons) in enumerate(
        [((a, b, c), ["", two, chain]), ((b, c, a), ["", "", two]), ((c, a, b), ["", chain, ""])]
    ):
        office = tmp_path / f"office{n}"
        shutil.copytree(line.office, office)
        outcomes = merge(office, *order)
        assert [o.refusal.reason if isinstance(o.refusal, Replayed) else "" for o in outcomes] == reasons
        assert [o.code for o in outcomes] == [13 if reason else 0 for reason in reasons]


def test_a_number_that_was_lost_does_not_stop_the_next(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Çınar")
    lost = export(line.bornova, tmp_path / "lost")
    enter(line.bornova, "Meşe")
    assert [numbers(o) for o in merge(line.office, export(line.bornova, tmp_path / "next"))] == [(0, False, 2, 0, 0)]
    state = state_hash(line.office)
    assert [numbers(o) for o in merge(line.office, lost)] == [(0, False, 0, 0, 0)]  # comes after all
    assert state_hash(line.office) == state


def test_cancelling_keeps_what_is_in_already(line: Line, five: list[Path]) -> None:
    def stop_at_the_second(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with open_workplace(line.office) as office, pytest.raises(Cancelled):
        exchange.merge_bundles(office, five, stop_at_the_second)
    assert [project.fields.title for project in projects_in(line.office)] == ["Çınar"]
    merge(line.office, *five)
    assert len(projects_in(line.office)) == 4


def test_the_office_does_not_send(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.office) as office, pytest.raises(DistrictOnly):
        sending.export_bundle(office, tmp_path / "x")


def test_an_empty_workplace_sends_an_empty_bundle(line: Line, tmp_path: Path) -> None:
    [outcome] = merge(line.office, export(line.bornova, tmp_path / "b"))
    assert numbers(outcome) == (0, False, 0, 0, 0)


@pytest.fixture
def two_pcs(line: Line, tmp_path: Path) -> tuple[str, list[Path]]:
    """Two PCs of one municipality have edited the same project without knowing of each other; their bundles."""
    [id_] = enter(line.bornova, "Çınar")
    first = export(line.bornova, tmp_path / "first")
    with create_workplace(tmp_path / "second", "TUR035007", "Barış") as second, open_workplace(line.office) as office:
        enrolment.request_enrolment(second, tmp_path / "request")
        enrolment.accept_enrolment(office, enrolment.read_request(office, tmp_path / "request"))
        with open_workplace(line.bornova) as bornova:
            known = revisions_of(bornova)
        with second.store.writing() as writer:  # as exchange between PCs of a district will bring it
            writer.add(known)
    edit(line.bornova, id_, "Ulu çınar")
    edit(tmp_path / "second", id_, "Koca çınar")
    return id_, [first, export(line.bornova, tmp_path / "a"), export(tmp_path / "second", tmp_path / "b")]


def test_both_edits_stand_until_a_person_decides(line: Line, two_pcs: tuple[str, list[Path]], tmp_path: Path) -> None:
    id_, files = two_pcs
    shown = set()
    for n, order in enumerate(permutations(files)):
        office = tmp_path / f"office{n}"
        shutil.copytree(line.office, office)
        outcomes = merge(office, *order)
        assert {outcome.code for outcome in outcomes} == {0}
        assert outcomes[-1].conflicts == int(outcomes[-1].new + outcomes[-1].changed)
        [project] = projects_in(office)
        assert (project.id, project.conflicts, len(project.heads)) == (id_, ("title",), 2)
        with open_workplace(office) as workplace, workplace.store.reading() as reader:
            standing = {write.value for write in reader.state(id_).conflicts["title"]}
        assert standing == {"Ulu çınar", "Koca çınar"}
        shown.add((project.fields.title, state_hash(office)))
    assert len(shown) == 1


def test_an_edit_whose_base_is_missing_waits(line: Line, two_pcs: tuple[str, list[Path]]) -> None:
    _, (first, _, from_second) = two_pcs
    merge(line.office, from_second)
    assert projects_in(line.office) == []
    waiting = state_hash(line.office)
    merge(line.office, first)
    assert [project.fields.title for project in projects_in(line.office)] == ["Koca çınar"]
    assert state_hash(line.office) != waiting


def test_an_incomplete_project_stays_here_until_it_is_complete(line: Line) -> None:
    enter(line.bornova, "Eksik")
    with open_workplace(line.bornova) as workplace:
        whole = projects.save_project(workplace, None, FIELDS)
        [lacking] = sending.incomplete_projects(workplace)
        sending.export_bundle(workplace, line.folder / "1.izsa", complete_only=True)
    merge(line.office, line.folder / "1.izsa")
    with open_workplace(line.office) as office:
        assert [project.id for project in projects.list_projects(office)] == [whole.id]
    with open_workplace(line.bornova) as workplace:
        projects.save_project(workplace, lacking.id, structs.replace(FIELDS, title="Tamam"))
        sending.export_bundle(workplace, line.folder / "2.izsa", complete_only=True)
    merge(line.office, line.folder / "2.izsa")
    with open_workplace(line.office) as office:
        assert {project.id for project in projects.list_projects(office)} == {whole.id, lacking.id}
