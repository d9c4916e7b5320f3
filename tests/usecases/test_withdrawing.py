"""A PC that is shut out after its saves went round: they go everywhere, and what others made upon them stays."""

import hashlib
import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import ArchiveIncomplete
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision, canonical, new_revision, parse_revision
from izsa_desktop.usecases import (
    enrolment,
    erasure,
    exchange,
    history,
    projects,
    rebuilding,
    reviewing,
    trusting,
    withdrawing,
)
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.support import FIELDS
from tests.usecases.line import Line, crafted, enter, export, listing, state_hash
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, take
from tests.usecases.test_answers import retitle, titles
from tests.usecases.test_office_pcs import colleague, to_district, to_office
from tests.usecases.test_trusting import revoke

BORNOVA = "TUR035007"
THIEF, REVIEW = "Çalıntı", "incelemede"


@pytest.fixture
def other(line: Line) -> Path:
    """Bornova's second PC. Both have compared the office's fingerprint."""
    other = second_pc(line)
    pin(line, line.bornova, other)
    return other


def handed_on(line: Line, other: Path) -> tuple[str, Path]:
    """A project, and what a thief made of it, are at the office; the answer that hands both on is made."""
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    retitle(line.bornova, id_, THIEF)
    enter(line.bornova, f"{THIEF}, yeni")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    return id_, answer(line, other, line.folder / "a.izsa")


def same(line: Line, *folders: Path) -> None:
    """Everybody has what the office has, and nothing waits."""
    with open_workplace(line.office) as office, office.store.reading() as reader:
        records = reader.records(BORNOVA)
        states = {record: reader.state(record) for record in records}
    assert not any(state.parked for state in states.values())
    for folder in folders:
        assert state_hash(folder) == hash_of(line.office, BORNOVA)
        with open_workplace(folder) as workplace, workplace.store.reading() as reader:
            assert {record: reader.state(record) for record in reader.records(BORNOVA)} == states


def test_in_whatever_order_answers_come(line: Line, other: Path, tmp_path: Path) -> None:
    """An old answer, the one with the list, a delta after it, an old full one: in the end all is as at the office."""
    id_, old = handed_on(line, other)
    old_full = answer(line, other, line.folder / "full.izsa", full=True)
    revoke(line, line.bornova, 1)
    bundles = {"old": old, "old full": old_full, "list": answer(line, other, line.folder / "b.izsa")}
    with open_workplace(line.office) as office:
        reviewing.review(office, id_, REVIEW, "Bakıyoruz")
    bundles["new"] = answer(line, other, line.folder / "c.izsa", full=True)
    image = listing(other)
    for n, order in enumerate(permutations(bundles.values())):
        folder = tmp_path / f"pc{n}"
        _copy(other, folder)
        for bundle in order:
            assert {one.code for one in take(folder, bundle)} <= {0, 14}
        assert titles(folder) == ["Bir"]
        same(line, folder)
    assert listing(other) == image


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target)


def test_a_delta_says_all_that_is_needed_after_a_list_has_taken_away(line: Line, other: Path) -> None:
    _, old = handed_on(line, other)
    take(other, old)
    take(line.office, export(other, line.folder / "ack.izsa"))
    revoke(line, line.bornova, 1)
    for n in range(3):
        enter(other, f"Sonra {n}")
        take(line.office, export(other, line.folder / f"s{n}.izsa"))
        assert [one.code for one in take(other, answer(line, other, line.folder / f"b{n}.izsa"))] == [0]
        same(line, other)
    with open_workplace(line.office) as office, office.store.reading() as reader:
        modes = [entry.mode for entry in reversed(reader.bundles("out"))]
    assert modes == ["full", "full", "delta", "delta"]


def test_what_was_shut_out_by_mistake_comes_back_everywhere(line: Line, other: Path) -> None:
    id_, old = handed_on(line, other)
    before = hash_of(line.office, BORNOVA)
    take(other, old)
    revoke(line, line.bornova, 1)
    take(other, answer(line, other, line.folder / "b.izsa"))
    revoke(line, line.bornova, 2)
    take(other, answer(line, other, line.folder / "c.izsa"))
    assert titles(line.office) == titles(other) == [THIEF, f"{THIEF}, yeni"]
    same(line, other)
    with open_workplace(line.office) as office, office.store.reading() as reader:
        assert reader.revision_ids(BORNOVA) == sorted(one for one in reader.revision_ids(BORNOVA))
        assert len(reader.history(id_)) == 3, "the note stays, and says nothing any more"
    assert before != hash_of(line.office, BORNOVA), "only the list is another"
    revoke(line, line.bornova, 0)
    take(other, answer(line, other, line.folder / "d.izsa"))
    assert titles(line.office) == titles(other) == []
    assert hash_of(other) == hash_of(line.office, BORNOVA)


def test_a_preview_of_a_list_that_takes_away(line: Line, other: Path) -> None:
    _, old = handed_on(line, other)
    take(other, old)
    revoke(line, line.bornova, 1)
    bundle = answer(line, other, line.folder / "b.izsa")
    files = listing(other)
    with open_workplace(other) as workplace:
        [seen] = exchange.preview_bundles(workplace, [bundle])
    assert listing(other) == files
    [done] = take(other, bundle)
    assert (seen.code, seen.new, seen.changed, seen.deleted) == (done.code, done.new, done.changed, done.deleted)


def test_rebuilt_it_is_the_same(line: Line, other: Path) -> None:
    _, old = handed_on(line, other)
    take(other, old)
    revoke(line, line.bornova, 1)
    take(other, answer(line, other, line.folder / "b.izsa"))
    for folder in (line.office, other):
        before, shown = state_hash(folder), titles(folder)
        with open_workplace(folder) as workplace:
            arrived = [(entry.sha256, entry.moved) for entry in _log(workplace)]
            rebuilding.rebuild(workplace)
            assert [(entry.sha256, entry.moved) for entry in _log(workplace)] == arrived, "as they came, and when"
        assert (state_hash(folder), titles(folder)) == (before, shown)
    same(line, other)


def _log(workplace: Workplace) -> list[BundleEntry]:
    with workplace.store.reading() as reader:
        return reader.bundles("in")


def test_revoking_is_all_or_nothing(line: Line, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed_on(line, other)
    before = state_hash(line.office)

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(withdrawing, "note_withdrawn", stop)
        with pytest.raises(KeyboardInterrupt):
            revoke(line, line.bornova, 1)
    assert state_hash(line.office) == before
    (next((line.office / "bundles" / "in").glob("*.izsa"))).rename(line.folder / "hole")
    with pytest.raises(ArchiveIncomplete):
        revoke(line, line.bornova, 1)
    assert state_hash(line.office) == before


def test_an_archive_with_a_hole_does_not_keep_the_list_from_a_district(line: Line, other: Path) -> None:
    """Somebody deleted the copies of what was erased: the answer that brings the list brings the rest again."""
    _, old = handed_on(line, other)
    take(other, old)
    for file in (other / "bundles" / "in").glob("*.izsa"):
        file.unlink()
    revoke(line, line.bornova, 1)
    assert [one.code for one in take(other, answer(line, other, line.folder / "b.izsa"))] == [0]
    same(line, other)


def test_what_cannot_be_read_in_the_archive_stops_the_office_and_not_a_district(line: Line, other: Path) -> None:
    _, old = handed_on(line, other)
    take(other, old)
    revoke(line, line.konak, 0)  # of which nothing is here
    [copy] = (other / "bundles" / "in").glob("*.izsa")
    copy.unlink()
    copy.mkdir()
    with open_workplace(other) as workplace, pytest.raises(ArchiveIncomplete):
        rebuilding.rebuild(workplace)
    (line.office / "bundles" / "in" / "junk.izsa").write_bytes(b"PK")
    revoke(line, line.bornova, 1)
    assert titles(line.office) == ["Bir"]
    assert [one.code for one in take(other, answer(line, other, line.folder / "b.izsa"))] == [0]
    same(line, other)


def test_a_pc_of_which_nothing_is_here_costs_nothing(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(line, line.konak)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    take(line.konak, answer(line, line.konak, line.folder / "a.izsa"))

    def never(*_arguments: object, **_more: object) -> None:
        raise AssertionError

    monkeypatch.setattr(withdrawing, "put_in_again", never)
    revoke(line, line.bornova)
    assert [one.code for one in take(line.konak, answer(line, line.konak, line.folder / "b.izsa"))] == [0]


def test_the_offices_second_pc(line: Line, other: Path) -> None:
    """It got the thief's saves handed on and wrote upon them, and learns of the theft by an answer too."""
    second = colleague(line)
    id_, _ = handed_on(line, other)
    take(second, to_office(line.office, line.folder / "s.izsa"))
    with open_workplace(second) as workplace:
        reviewing.review(workplace, id_, REVIEW, "Bakıyoruz")
    before = to_office(second, line.folder / "before.izsa")
    revoke(line, line.bornova, 1)
    assert [one.code for one in take(second, to_office(line.office, line.folder / "t.izsa"))] == [0]
    assert [one.code for one in take(line.office, before, to_office(second, line.folder / "x.izsa"))] == [0, 0]
    for folder in (line.office, second):
        assert titles(folder) == ["Bir"]
        with open_workplace(folder) as workplace:
            assert projects.get_project(workplace, id_).fields.review == REVIEW
    assert state_hash(line.office) == state_hash(second)
    for n, folder in enumerate((second, line.office)):
        assert [one.code for one in take(other, to_district(folder, BORNOVA, line.folder / f"d{n}.izsa"))] == [0]
        same(line, other)


def test_a_pc_of_the_office_that_is_shut_out(line: Line, other: Path) -> None:
    """Its own bundles count up to the number; what it handed on of others counts with them."""
    second = colleague(line)
    [id_] = enter(line.bornova, "Bir")
    take(second, export(line.bornova, line.folder / "1.izsa"))
    for n, state in enumerate((REVIEW, "onaylandı")):
        with open_workplace(second) as workplace:
            reviewing.review(workplace, id_, state, None)
        take(other, to_district(second, BORNOVA, line.folder / f"{n}-d.izsa"))
        take(line.office, to_office(second, line.folder / f"{n}-o.izsa"))
    with open_workplace(line.office) as office:
        enrolment.revoke(office, replica(second), 2)
    assert [one.code for one in take(other, to_district(line.office, BORNOVA, line.folder / "e.izsa"))] == [0]
    for folder in (line.office, other):
        with open_workplace(folder) as workplace:
            assert projects.get_project(workplace, id_).fields.review == REVIEW
    same(line, other)


# --- what others made upon it ----------------------------------------------------------------------------------------


def edited(line: Line, other: Path) -> str:
    """The other PC has changed what the thief had changed, and another field."""
    id_, old = handed_on(line, other)
    take(other, old)
    with open_workplace(other) as workplace:
        project = projects.get_project(workplace, id_)
        fields = {"purpose": "Düzeltilmiş"}
        projects.save_project(workplace, id_, _with(project, **fields), project.heads)
    return id_


def _with(project: Project, **fields: str) -> ProjectFields:
    return replace(project.fields, **fields)


@pytest.mark.parametrize("early", [True, False])
def test_an_edit_upon_the_thiefs_is_seen_whenever_it_comes(line: Line, other: Path, early: bool) -> None:
    id_ = edited(line, other)
    sent = export(other, line.folder / "o.izsa")
    if early:
        take(line.office, sent)
    revoke(line, line.bornova, 1)
    take(other, answer(line, other, line.folder / "b.izsa"))
    with open_workplace(other) as workplace:
        shown = projects.get_project(workplace, id_)
    assert (shown.fields.title, shown.fields.purpose, shown.conflicts) == ("Bir", "Düzeltilmiş", ())
    take(line.office, sent)
    take(other, answer(line, other, line.folder / "c.izsa"))
    with open_workplace(line.office) as office:
        shown = projects.get_project(office, id_)
    assert (shown.fields.title, shown.fields.purpose, shown.conflicts) == ("Bir", "Düzeltilmiş", ())
    same(line, other)


@pytest.mark.parametrize("last", ["forged", "true"])
def test_what_a_save_was_made_upon_is_not_what_a_forged_erasure_says(line: Line, other: Path, last: str) -> None:
    """Only the line as it was written proves its parents, wherever its bundle lies in the archive."""
    [id_] = enter(other, "Bir")
    with open_workplace(other) as workplace:
        first = projects.get_project(workplace, id_).heads
    take(line.office, export(other, line.folder / "h1.izsa"))
    true = _thiefs(line, id_, 1, first)
    spare = 0
    while True:  # the archive is read in the order of hashes
        spare += 1
        lines = [_as_erased(true, "f" * 64), _thiefs(line, f"{BORNOVA}/{spare:032x}", 9)]
        bundles = {
            "forged": crafted(line.bornova, line.folder / "t1.izsa", lines),
            "true": crafted(line.bornova, line.folder / "t2.izsa", [true], seq=2),
        }
        with open_workplace(line.office) as office:
            hashes = {
                name: one.bundle.sha256
                for name, one in zip(bundles, exchange.preview_bundles(office, list(bundles.values())), strict=True)
                if one.bundle is not None
            }
        if max(hashes, key=hashes.__getitem__) == last:
            break
    assert [one.code for one in take(line.office, *bundles.values())] == [0, 0]
    take(other, answer(line, other, line.folder / "a.izsa"))
    retitle(other, id_, "İki")
    take(line.office, export(other, line.folder / "h2.izsa"))
    revoke(line, line.bornova, 0)
    assert titles(line.office) == ["İki"]
    take(other, answer(line, other, line.folder / "b.izsa"))
    same(line, other)


def _thiefs(line: Line, record: str, seq: int, upon: tuple[str, ...] = ()) -> Revision:
    return new_revision(
        record=record,
        replica=replica(line.bornova),
        seq=seq,
        parents=upon,
        registers={"title": THIEF, "number": "x"} if not upon else {"title": THIEF},
        author="Ayşe Yılmaz",
        wall="2025-03-14T12:00:00Z",
    )


def _as_erased(save: Revision, parent: str) -> Revision:
    """Its id upon a parent that it never had."""
    line = {**json.loads(save.body), "v": 2, "set": {"title": None}, "parents": [parent]}
    told = {"id": save.id, "registers": ["title"], "when": "2026-01-01T00:00:00Z", "who": "Ayşe", "why": "İstendi"}
    sum_ = hashlib.sha256(canonical({**line, "erased": told})).hexdigest()
    return parse_revision(canonical({**line, "erased": {**told, "sha256": sum_}}))


def test_a_form_that_was_opened_before_is_saved_upon_what_stands(line: Line, other: Path) -> None:
    id_, old = handed_on(line, other)
    take(other, old)
    with open_workplace(other) as workplace:
        opened = projects.get_project(workplace, id_)
    revoke(line, line.bornova, 1)
    take(other, answer(line, other, line.folder / "b.izsa"))
    with open_workplace(other) as workplace:
        saved = projects.save_project(workplace, id_, _with(opened, purpose="Yeni"), opened.heads)
    assert (saved.fields.purpose, saved.conflicts) == ("Yeni", ())


def test_both_sides_of_a_conflict_stay(line: Line, other: Path) -> None:
    id_, old = handed_on(line, other)
    take(other, old)
    retitle(other, id_, "Başka")
    with open_workplace(line.office) as office:
        reviewing.review(office, id_, REVIEW, "Bakıyoruz")
    take(line.office, export(other, line.folder / "o.izsa"))
    revoke(line, line.bornova, 1)
    take(other, answer(line, other, line.folder / "b.izsa"))
    same(line, other)
    for folder in (line.office, other):
        with open_workplace(folder) as workplace:
            shown = projects.get_project(workplace, id_)
            assert (shown.fields.title, shown.fields.review, shown.conflicts) == ("Başka", REVIEW, ())


def test_a_note_is_no_version(line: Line, other: Path) -> None:
    id_, _ = handed_on(line, other)
    with open_workplace(line.office) as office:
        reviewing.review(office, id_, REVIEW, "Bakıyoruz")
    revoke(line, line.bornova, 1)
    with open_workplace(line.office) as office:
        assert [version.fields for version in history.versions(office, id_)][1:] == [("review", "review_note")]
        [_, review] = history.versions(office, id_)
        assert [told.name for told in history.changed_by(office, id_, review.id).told] != []


def test_of_a_project_that_was_the_thiefs_alone_the_offices_word_stays(line: Line, other: Path) -> None:
    """It is listed without a title, so that somebody puts it away; without that word it is not listed at all."""
    handed_on(line, other)
    with open_workplace(line.office) as office:
        [stolen] = [one for one in projects.list_projects(office) if one.fields.title == f"{THIEF}, yeni"]
        reviewing.review(office, stolen.id, REVIEW, "Bakıyoruz")
    revoke(line, line.bornova, 1)
    assert titles(line.office) == ["", "Bir"]


def test_what_was_erased_stays_so(line: Line, other: Path) -> None:
    with open_workplace(line.bornova) as bornova:
        id_ = projects.save_project(bornova, None, FIELDS).id
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    enter(line.bornova, THIEF)
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    with open_workplace(line.office) as office:
        erasure.erase(office, id_, Forget(field="contact", reason="İstendi"))
    take(other, answer(line, other, line.folder / "a.izsa"))
    revoke(line, line.bornova, 1)
    take(other, answer(line, other, line.folder / "b.izsa"))
    for folder in (line.office, other):
        with open_workplace(folder) as workplace:
            assert [one.fields.contact for one in projects.list_projects(workplace)] == [""]
    same(line, other)


def test_what_was_erased_here_of_a_pc_that_is_shut_out_then_stays_so(line: Line, other: Path) -> None:
    """The office was not told yet: its next answer brings the save again as it was."""
    with open_workplace(line.bornova) as bornova:
        id_ = projects.save_project(bornova, None, FIELDS).id
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    take(other, answer(line, other, line.folder / "a.izsa"))
    with open_workplace(other) as workplace:
        assert erasure.erase(workplace, id_, Forget(field="contact", reason="İstendi")).elsewhere == 1
    revoke(line, line.bornova)
    take(other, answer(line, other, line.folder / "b.izsa"))
    with open_workplace(other) as workplace:
        assert projects.get_project(workplace, id_).fields.contact == ""
        assert projects.get_project(workplace, id_).fields.title == FIELDS.title
    assert hash_of(other) == hash_of(line.office, BORNOVA)


def test_a_list_names_only_versions_that_were(line: Line) -> None:
    with open_workplace(line.office) as office:
        before = trusting.trust_view(office).trust
        enrolment.revoke(office, replica(line.bornova), 3)
        first = trusting.trust_view(office).trust
        enrolment.revoke(office, replica(line.bornova), 5)
        raised = trusting.trust_view(office).trust
        enrolment.revoke(office, replica(line.bornova), 4)
        lowered = trusting.trust_view(office).trust
    own = replica(line.bornova)
    since = [trust.members[own].revoked_in for trust in (before, first, raised, lowered)]
    assert since == [0, first.version, first.version, 7]
    assert [trust.cut(BORNOVA) for trust in (before, first, raised, lowered)] == [0, 5, 5, 7]
    assert (lowered.cut("TUR035021"), lowered.cut(OFFICE)) == (0, 7)
