"""Forgetting in a workplace, at the office, in copies; and those who would abuse it."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from shutil import copytree
from typing import Any

import msgspec
import pytest
from msgspec import structs

from izsa_desktop.domain.erasure import erase as erased_form
from izsa_desktop.domain.errors import NoReason, NotAuthorised, NothingToErase, NotYourDistrict
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.revision import Revision, canonical, erased_sum, parse_revision
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.usecases import drafts, erasure, exchange, history, projects, restoring, upkeep
from izsa_desktop.usecases.backups import list_backups
from izsa_desktop.usecases.drafts import Draft
from izsa_desktop.usecases.erasure import Erased, Forget
from izsa_desktop.usecases.evidence import attach, attachment_path
from izsa_desktop.usecases.importing.batches import Batch, BatchRow, kept_batches, kept_value
from izsa_desktop.usecases.workplace import DATABASE, Workplace, open_workplace
from tests.support import make_revision
from tests.usecases.line import Line, crafted, export, merge, revisions_of

PERSONAL = "Şükrü Çağlayan, 0532 000 00 00"
FOLDED = b"caglayan"
FORGET = Forget(field="contact", reason="İlgili kişinin başvurusu, 12.04.2025")


def entered(folder: Path) -> str:
    """A project whose contact was a person's, then a post's, then a person's again; its id."""
    with open_workplace(folder) as workplace:
        [id_] = projects.add_projects(workplace, [ProjectFields(title="Kompost", contact=PERSONAL)])
        for contact in ("park@example.org", PERSONAL):
            fields = projects.get_project(workplace, id_).fields
            projects.save_project(workplace, id_, structs.replace(fields, contact=contact))
    return id_


def erase(folder: Path, id_: str, wanted: Forget = FORGET) -> Erased:
    with open_workplace(folder) as workplace:
        return erasure.erase(workplace, id_, wanted)


def shown(folder: Path, id_: str) -> Project:
    with open_workplace(folder) as workplace:
        return projects.get_project(workplace, id_)


def holding(folder: Path, *words: bytes) -> list[str]:
    """The files below a folder in which any of the words stand."""
    wanted = words or (PERSONAL.encode(), FOLDED)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [str(path.relative_to(folder)) for path in files if any(word in path.read_bytes() for word in wanted)]


def sound(folder: Path) -> set[str]:
    """The ids of all saves of a workplace in good order, of which the shown projects are exactly what follows."""
    with open_workplace(folder) as workplace:
        assert upkeep.check(workplace) == []
        before = projects.list_projects(workplace)
        with workplace.store.writing() as writer:
            writer.rebuild()
        assert projects.list_projects(workplace) == before
        assert upkeep.check(workplace) == []
        return {revision.id for revision in revisions_of(workplace)}


# --- here ------------------------------------------------------------------------------------------------------------


def test_it_is_gone_from_everywhere_and_the_history_is_as_sound_as_before(line: Line) -> None:
    id_ = entered(line.bornova)
    before = sound(line.bornova)
    with open_workplace(line.bornova) as bornova:
        state_hash = upkeep.state_hash(bornova)
        drafts.keep_draft(bornova, Draft(id_, (), {"contact": PERSONAL}))
    assert holding(line.bornova) == [DATABASE]
    done = erase(line.bornova, id_)
    assert (done.saves, done.files, done.elsewhere, done.clean) == (3, 0, 0, True)
    assert holding(line.bornova) == []
    assert sound(line.bornova) == before
    assert shown(line.bornova, id_).fields == ProjectFields(title="Kompost", district="TUR035007")
    with open_workplace(line.bornova) as bornova:
        assert upkeep.state_hash(bornova) == state_hash
        assert [v.erased for v in history.versions(bornova, id_)] == [("contact",)] * 3
        fields = projects.get_project(bornova, id_).fields
        projects.save_project(bornova, id_, structs.replace(fields, contact="park@example.org"))
    assert len(sound(line.bornova)) == 4


def test_what_is_shown_now_may_stay(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova:
        fields = projects.get_project(bornova, id_).fields
        projects.save_project(bornova, id_, structs.replace(fields, contact="iklim@example.org"))
    assert erase(line.bornova, id_, replace(FORGET, keep_shown=True)).saves == 3
    assert shown(line.bornova, id_).fields.contact == "iklim@example.org"
    assert holding(line.bornova) == []


def test_only_in_one_save(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova:
        first = history.versions(bornova, id_)[0].id
    assert erase(line.bornova, id_, replace(FORGET, revisions=(first[:9],))).saves == 1
    assert shown(line.bornova, id_).fields.contact == PERSONAL
    with open_workplace(line.bornova) as bornova:
        assert [bool(v.erased) for v in history.versions(bornova, id_)] == [True, False, False]


def test_going_back_to_an_old_version_brings_nothing_back(line: Line) -> None:
    id_ = entered(line.bornova)
    erase(line.bornova, id_)
    with open_workplace(line.bornova) as bornova:
        fields = projects.get_project(bornova, id_).fields
        projects.save_project(bornova, id_, structs.replace(fields, title="Yeni", contact="park@example.org"))
        back = history.restore_version(bornova, id_, history.versions(bornova, id_)[0].id)
    assert (back.fields.title, back.fields.contact) == ("Kompost", "park@example.org")


@pytest.mark.parametrize("field", ["unit", "yok", "_deleted", "number"])
def test_nothing_to_erase(line: Line, field: str) -> None:
    id_ = entered(line.bornova)
    with pytest.raises(NothingToErase):
        erase(line.bornova, id_, replace(FORGET, field=field))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "a\x00"])
def test_no_erasure_without_a_reason(line: Line, reason: str) -> None:
    id_ = entered(line.bornova)
    with pytest.raises(NoReason):
        erase(line.bornova, id_, replace(FORGET, reason=reason))


def test_fields_that_can_be_erased(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova:
        assert erasure.erasable_fields(bornova, id_) == {"title": (), "contact": (), "district": ()}


def test_a_photo_goes_unless_another_project_needs_it(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as bornova:
        for name in ("a.pdf", "b.pdf"):
            (tmp_path / name).write_bytes(b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n")
        one, shared = (attach(bornova, tmp_path / name).evidence for name in ("a.pdf", "b.pdf"))
        named = tuple(replace(file, consent=PERSONAL) for file in (one, shared))
        [id_] = projects.add_projects(bornova, [ProjectFields(title="Kompost", evidence=named)])
        projects.add_projects(bornova, [ProjectFields(title="Öteki", evidence=(Evidence(key=shared.key, name="b"),))])
        assert set(erasure.erasable_fields(bornova, id_)["evidence"]) == {one.key, shared.key}
    done = erase(line.bornova, id_, Forget(field="evidence", key=one.key, reason="Onam geri alındı"))
    assert (done.saves, done.files) == (1, 1)
    assert [e.key for e in shown(line.bornova, id_).fields.evidence] == [shared.key]
    done = erase(line.bornova, id_, Forget(field="evidence", reason="Onam geri alındı"))
    assert (done.saves, done.files) == (1, 0)
    with open_workplace(line.bornova) as bornova:
        assert attachment_path(bornova, one.key) is None
        assert attachment_path(bornova, shared.key) is not None
    assert holding(line.bornova) == []
    sound(line.bornova)


def test_what_an_import_remembers_to_be_taken_back_goes_too(line: Line) -> None:
    id_ = entered(line.bornova)
    rows = (
        BatchRow("k", id_, "0" * 64, {"contact": PERSONAL, "title": "Önce"}),
        BatchRow("l", id_, "1" * 64),
        BatchRow("m", f"TUR035007/{'d' * 32}", "2" * 64, {"contact": "park@example.org"}),
    )
    with open_workplace(line.bornova) as bornova, bornova.store.writing() as writer:
        writer.set_meta(kept_value(Batch("1", "2025-01-01T00:00:00Z", "a.csv", rows)))
    erase(line.bornova, id_)
    assert holding(line.bornova) == []
    with open_workplace(line.bornova) as bornova, bornova.store.reading() as reader:
        [kept] = kept_batches(reader)
    assert [row.before for row in kept.rows] == [{"title": "Önce"}, None, {"contact": "park@example.org"}]
    sound(line.bornova)


def test_while_another_program_reads_the_file_is_cleaned_at_the_next_opening(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova, closing(sqlite3.connect(line.bornova / DATABASE)) as other:
        with bornova.store.writing() as writer:  # as ``erase`` does before it cleans up
            writer.add([erased_form(r, ["contact"], when=r.wall, who="A", why="B") for r in writer.history(id_)])
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM meta").fetchall()
        assert not erasure.finish(bornova)
        other.execute("ROLLBACK")
        assert holding(line.bornova) == [DATABASE]
    open_workplace(line.bornova).close()
    assert holding(line.bornova) == []
    sound(line.bornova)


# --- copies in the workplace ------------------------------------------------------------------------------------------


def test_copies_are_named_or_deleted_and_a_new_backup_is_made(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova:
        old = upkeep.backup_before(bornova, "daily")
    export(line.bornova, line.folder / "b.izsa")
    [bundle] = (line.bornova / "bundles" / "out").glob("*.izsa")
    done = erase(line.bornova, id_)
    assert set(done.copies) == {old, bundle}
    with open_workplace(line.bornova) as bornova:
        fields = projects.get_project(bornova, id_).fields
        projects.save_project(bornova, id_, structs.replace(fields, contact=PERSONAL))
    done = erase(line.bornova, id_, replace(FORGET, delete_copies=True))
    assert (done.copies, done.deleted) == ((), 2)
    assert not old.exists()
    assert not bundle.exists()
    assert holding(line.bornova) == []
    assert len(list_backups(line.bornova)) == 1
    sound(line.bornova)


def test_an_archived_bundle_is_deleted_with_the_saves_that_it_holds(line: Line) -> None:
    id_ = entered(line.bornova)
    export(line.bornova, line.folder / "b.izsa")
    erase(line.bornova, id_, replace(FORGET, delete_copies=True))
    assert holding(line.bornova) == []
    sound(line.bornova)
    merge(line.office, export(line.bornova, line.folder / "c.izsa"))
    assert sound(line.office) == sound(line.bornova)


def test_going_back_to_an_old_backup_brings_nothing_back(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova:
        old = upkeep.backup_before(bornova, "daily")
        fields = projects.get_project(bornova, id_).fields
        projects.save_project(bornova, id_, structs.replace(fields, title="Sonra"))
    erase(line.bornova, id_)
    restoring.restore(line.bornova, old)
    back = shown(line.bornova, id_)
    assert (back.fields.title, back.fields.contact) == ("Kompost", "")
    assert PERSONAL.encode() not in (line.bornova / DATABASE).read_bytes()
    sound(line.bornova)


def test_a_damaged_database_gives_way_to_an_old_backup_without_bringing_it_back(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova:
        old = upkeep.backup_before(bornova, "daily")
    export(line.bornova, line.folder / "b.izsa")
    erase(line.bornova, id_)
    database = line.bornova / DATABASE
    with open_workplace(line.bornova) as bornova, bornova.store.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE project SET sort_key = 'x'")
    assert restoring.restore(line.bornova, old).replaced
    assert shown(line.bornova, id_).fields.contact == ""
    assert PERSONAL.encode() not in database.read_bytes()
    sound(line.bornova)


# --- at the office ---------------------------------------------------------------------------------------------------


def test_the_office_forgets_with_the_next_bundle(line: Line) -> None:
    id_ = entered(line.bornova)
    merge(line.office, export(line.bornova, line.folder / "1.izsa"))
    assert shown(line.office, id_).fields.contact == PERSONAL
    erase(line.bornova, id_)
    second = export(line.bornova, line.folder / "2.izsa")
    assert PERSONAL.encode() not in second.read_bytes()
    with open_workplace(line.office) as office:
        assert exchange.inspect_bundle(office, second).erased == 3
    [received] = merge(line.office, second)
    assert (received.refusal, received.erased, received.changed) == (None, 3, 1)
    assert shown(line.office, id_).fields.contact == ""
    assert PERSONAL.encode() not in (line.office / DATABASE).read_bytes()
    assert FOLDED not in (line.office / DATABASE).read_bytes()
    assert sound(line.office) == sound(line.bornova)
    assert merge(line.office, second)[0].known
    assert merge(line.office, export(line.bornova, line.folder / "3.izsa"))[0].erased == 0


def test_the_order_of_bundles_makes_no_difference(line: Line) -> None:
    id_ = entered(line.bornova)
    bundles = [export(line.bornova, line.folder / "1.izsa")]
    erase(line.bornova, id_)
    bundles.append(export(line.bornova, line.folder / "2.izsa"))
    with open_workplace(line.bornova) as bornova:
        fields = projects.get_project(bornova, id_).fields
        projects.save_project(bornova, id_, structs.replace(fields, unit="Park", place=PERSONAL))
    export(line.bornova, line.folder / "3.izsa")
    erase(line.bornova, id_, replace(FORGET, field="place"))
    bundles.append(export(line.bornova, line.folder / "4.izsa"))
    outcomes = set()
    for n, order in enumerate(permutations(bundles)):
        office = line.folder / f"office{n}"
        copytree(line.office, office)
        merge(office, *order)
        with open_workplace(office) as opened:
            assert upkeep.check(opened) == []
            outcomes.add((tuple(sorted(r.body for r in revisions_of(opened))), repr(projects.list_projects(opened))))
    [(bodies, _)] = outcomes
    assert PERSONAL.encode() not in b"".join(bodies)


def test_the_office_forgets_on_its_own_and_an_old_bundle_brings_nothing_back(line: Line) -> None:
    id_ = entered(line.bornova)
    first = export(line.bornova, line.folder / "1.izsa")
    merge(line.office, first)
    done = erase(line.office, id_)
    assert (done.saves, done.elsewhere) == (3, 3)
    assert done.copies
    merge(line.office, first, export(line.bornova, line.folder / "2.izsa"))
    assert shown(line.office, id_).fields.contact == ""
    assert sound(line.office) == sound(line.bornova)


def test_a_district_forgets_only_its_own(line: Line) -> None:
    id_ = entered(line.bornova)
    with open_workplace(line.bornova) as bornova:
        bodies = revisions_of(bornova)
    with open_workplace(line.konak) as konak:
        with konak.store.writing() as writer:
            writer.add(bodies)
        with pytest.raises(NotYourDistrict):
            erasure.erase(konak, id_, FORGET)


# --- attacks ---------------------------------------------------------------------------------------------------------


def refused(line: Line, sender: Path, revisions: Iterable[Revision]) -> int:
    """The exit code with which the office refuses a bundle that the sender's own key has signed; nothing changes."""
    with open_workplace(line.office) as office:
        before = upkeep.state_hash(office), revisions_of(office)
    [outcome] = merge(line.office, crafted(sender, line.folder / "forged.izsa", revisions, seq=9))
    with open_workplace(line.office) as office:
        assert (upkeep.state_hash(office), revisions_of(office)) == before
        assert upkeep.check(office) == []
    return outcome.code


def claimed(genuine: Revision, **changes: object) -> Revision:
    """A line that claims to be the genuine save after an erasure."""
    form = erased_form(genuine, ["contact"], when=genuine.wall, who="X", why="Y")
    line = _decoded(form) | changes
    line["erased"]["sha256"] = erased_sum(line)
    return parse_revision(canonical(line))


def _decoded(form: Revision) -> Any:
    return msgspec.json.decode(form.body)


def first_save(workplace: Workplace) -> Revision:
    return next(r for r in revisions_of(workplace) if r.registers.get("contact") == PERSONAL)


@pytest.mark.parametrize(
    "changes",
    [
        {"author": "Başkası"},
        {"wall": "2031-01-01T00:00:00Z"},
        {"set": {"contact": None, "title": "Değişti", "district": "TUR035007", "number": "İZSA-BRN-2026-0001"}},
        {"parents": ["a" * 64]},
        {"seq": 77},
    ],
)
def test_an_erasure_that_changes_anything_else(line: Line, changes: dict[str, object]) -> None:
    entered(line.bornova)
    merge(line.office, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(line.bornova) as bornova:
        forged = claimed(first_save(bornova), **changes)
    assert refused(line, line.bornova, [forged]) == 12


def test_nobody_erases_what_another_pc_wrote(line: Line) -> None:
    entered(line.bornova)
    merge(line.office, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(line.bornova) as bornova:
        genuine = first_save(bornova)
    with open_workplace(line.konak) as konak:
        replica, body = konak.identity.replica, konak.identity.body
    assert refused(line, line.konak, [claimed(genuine)]) == 12
    assert refused(line, line.konak, [claimed(genuine, replica=replica)]) == 12
    own = {"replica": replica, "district": body, "rec": f"{body}/{'b' * 32}"}
    assert refused(line, line.konak, [claimed(genuine, **own)]) == 12


def test_who_claims_anothers_id_first_loses_it_to_the_original(line: Line) -> None:
    id_ = entered(line.bornova)
    first = export(line.bornova, line.folder / "1.izsa")
    with open_workplace(line.bornova) as bornova:
        genuine = first_save(bornova)
    with open_workplace(line.konak) as konak:
        replica, body = konak.identity.replica, konak.identity.body
    own = {"replica": replica, "district": body, "rec": f"{body}/{'b' * 32}", "parents": []}
    [taken] = merge(line.office, crafted(line.konak, line.folder / "k.izsa", [claimed(genuine, **own)]))
    assert taken.refusal is None
    assert merge(line.office, first)[0].refusal is None
    assert shown(line.office, id_).fields.contact == PERSONAL
    assert sound(line.office) == sound(line.bornova)
    with open_workplace(line.office) as office:
        assert [p.id for p in projects.list_projects(office)] == [id_]


def test_two_claims_of_one_id_that_contradict_each_other(line: Line) -> None:
    one = make_revision({"contact": "a"}, record=f"TUR035007/{'c' * 32}")
    with open_workplace(line.bornova) as bornova:
        genuine = claimed(one, replica=bornova.identity.replica)
    other = claimed(genuine, author="Başkası")
    merge(line.office, crafted(line.bornova, line.folder / "1.izsa", [genuine]))
    assert refused(line, line.bornova, [other]) == 12
    with open_workplace(line.office) as office, pytest.raises(NotAuthorised), office.store.writing() as writer:
        writer.add([other])
