"""Who may send: admitting, shutting out, changing the office's keys, and what is judged again when the list changes."""

import shutil
from itertools import permutations
from pathlib import Path

import pytest

from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.errors import ArchiveIncomplete, BadField, NoSuchPc, OfficeOnly, OwnPc, TooFewRoots, Untrusted
from izsa_desktop.usecases import enrolment, exchange, quarantine, rebuilding, trusting, upkeep
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.usecases.line import Line, enter, export, listing, merge, state_hash
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, take
from tests.usecases.test_answers import titles


def revoke(line: Line, folder: Path, after: int | None = None) -> None:
    with open_workplace(line.office) as office:
        enrolment.revoke(office, replica(folder), after)


def three(line: Line) -> list[Path]:
    """Three bundles of Bornova's PC with a project more in each."""
    files = []
    for n, title in enumerate(("Bir", "İki", "Üç"), start=1):
        enter(line.bornova, title)
        files.append(export(line.bornova, line.folder / f"{n}.izsa"))
    return files


def test_what_a_pc_sent_before_it_was_admitted_goes_in_when_it_is(line: Line) -> None:
    folder = line.folder / "early"
    with create_workplace(folder, "TUR035007", "Erken", "en") as early:
        enrolment.request_enrolment(early, line.folder / "early.enrol")
    enter(folder, "Erken")
    before = state_hash(line.office)
    assert [one.code for one in merge(line.office, export(folder, line.folder / "early.izsa"))] == [11]
    assert state_hash(line.office) == before
    with open_workplace(line.office) as office:
        [kept] = quarantine.quarantined(office)
        assert (kept.note.name, kept.note.code, kept.note.reason) == ("early.izsa", 11, "unknown_signer")
        enrolment.accept_enrolment(office, enrolment.read_request(office, line.folder / "early.enrol"))
        assert quarantine.quarantined(office) == []
    assert titles(line.office) == ["Erken"]


def test_a_pc_that_was_shut_out_counts_up_to_a_number_in_whatever_order_it_comes(line: Line, tmp_path: Path) -> None:
    """A05, P9: the list before the data, the data before the list, and anything in between."""
    files = three(line)
    states = set()
    for n, order in enumerate(permutations(["1", "2", "3", "list"])):
        office = Line(tmp_path / f"o{n}")
        shutil.copytree(line.folder, office.folder)
        for step in order:
            if step == "list":
                revoke(office, office.bornova, 2)
            else:
                take(office.office, files[int(step) - 1])
        states.add((state_hash(office.office), tuple(titles(office.office))))
    assert len(states) == 1
    assert states.pop()[1] == ("Bir", "İki")


def test_shutting_out_keeps_what_is_here(line: Line) -> None:
    files = three(line)
    take(line.office, *files[:2])
    before = titles(line.office)
    revoke(line, line.bornova)
    assert titles(line.office) == before == ["Bir", "İki"]
    assert [one.code for one in take(line.office, files[2])] == [11]
    with open_workplace(line.office) as office:
        [one] = [one for one in trusting.trust_view(office).enrolled if one.replica == replica(line.bornova)]
        assert (one.member.revoked_after_seq, one.last.seq if one.last else 0) == (2, 2)
        with pytest.raises(Untrusted):
            enrolment.accept_enrolment(office, enrolment.read_request(office, request(line.bornova)))


def request(folder: Path) -> Path:
    target = folder.parent / "again.enrol"
    with open_workplace(folder) as workplace:
        enrolment.request_enrolment(workplace, target)
    return target


def test_what_another_pc_brought_too_is_taken_out_only_with_its_own_bundles(line: Line) -> None:
    other = second_pc(line)
    enter(other, "Kalan")
    take(line.office, export(other, line.folder / "k.izsa"), *three(line))
    revoke(line, line.bornova, 0)
    assert titles(line.office) == ["Kalan"]
    with open_workplace(line.office) as office:
        assert upkeep.check(office) == []
        assert len(quarantine.quarantined(office)) == 3


def test_only_the_office_and_nobody_itself_and_nobody_unknown(line: Line) -> None:
    with open_workplace(line.bornova) as bornova, pytest.raises(OfficeOnly):
        enrolment.revoke(bornova, replica(line.konak))
    files = listing(line.office)
    with open_workplace(line.office) as office:
        for id_, error in ((office.identity.replica, OwnPc), ("f" * 16, NoSuchPc), ("", NoSuchPc), ("a", NoSuchPc)):
            with pytest.raises(error):
                enrolment.revoke(office, id_)
    assert listing(line.office) == files


# --- the office's own keys -------------------------------------------------------------------------------------------


def test_the_offices_key_changes_and_the_districts_follow(line: Line) -> None:
    pin(line, line.bornova, line.konak)
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    with open_workplace(line.office) as office:
        before = trusting.trust_view(office).trust
        after = trusting.rotate(office)
        assert set(before.roots).isdisjoint(after.roots)
        second_change = trusting.rotate(office)
    for folder in (line.bornova, line.konak):  # one has a list, the other slept through both changes
        assert [one.code for one in take(folder, answer(line, folder, line.folder / f"{folder.name}.izsa"))] == [0]
        with open_workplace(folder) as workplace:
            assert trusting.trust_view(workplace).trust == second_change
    enter(line.bornova, "Sonra")
    assert [one.code for one in take(line.office, export(line.bornova, line.folder / "s.izsa"))] == [0]


def test_of_three_keys_two_must_sign(line: Line, tmp_path: Path) -> None:
    safe, colleague = SecretKey.generate(), SecretKey.generate()
    with open_workplace(line.office) as office:
        with pytest.raises(TooFewRoots):
            trusting.rotate(office, add=[safe.public, colleague.public], threshold=2)
        trusting.rotate(office, add=[safe.public, colleague.public], threshold=2, extra=[safe])
        with pytest.raises(TooFewRoots):
            trusting.rotate(office)
        with pytest.raises(TooFewRoots):
            enrolment.revoke(office, replica(line.konak))
        own = office.key().key_id
        trust = trusting.rotate(office, remove=[own], extra=[safe, colleague])
        assert (len(trust.roots), trust.threshold) == (2, 2)
        with pytest.raises(NoSuchPc):
            trusting.rotate(office, remove=[own], extra=[safe, colleague])
    pin(line, line.bornova)
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))] == [0]


def test_a_fingerprint_is_twenty_digits(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        assert trusting.pin(bornova, " 12345678901234567890 ") == "1234 5678 9012 3456 7890"
        for wrong in ("", "1234", "1234567890123456789x", "１" * 20):
            with pytest.raises(BadField):
                trusting.pin(bornova, wrong)


# --- the archive -----------------------------------------------------------------------------------------------------


def test_the_store_comes_out_of_the_archive_as_it_was(line: Line) -> None:
    take(line.office, *three(line))
    enter(line.office, "Büyükşehrin kendi projesi")
    before, shown = state_hash(line.office), titles(line.office)
    with open_workplace(line.office) as office:
        done = rebuilding.rebuild(office)
    assert (done.bundles, done.refused, done.revisions) == (3, 0, 4)
    assert (state_hash(line.office), titles(line.office)) == (before, shown)


def test_an_archive_with_a_hole_changes_nothing(line: Line) -> None:
    take(line.office, *three(line))
    before = hash_of(line.office)
    next((line.office / "bundles" / "in").glob("*.izsa")).unlink()
    files = listing(line.office)
    with open_workplace(line.office) as office, pytest.raises(ArchiveIncomplete):
        rebuilding.rebuild(office)
    assert hash_of(line.office) == before
    assert listing(line.office) == files


def test_refused_files_are_kept_within_bounds(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MOST", 3)
    with create_workplace(line.folder / "stranger", "TUR035007", "Yabancı", "en"):
        pass
    for n in range(5):
        enter(line.folder / "stranger", f"Proje {n}")
        assert [one.code for one in take(line.office, export(line.folder / "stranger", line.folder / f"{n}.izsa"))] == [
            11
        ]
    with open_workplace(line.office) as office:
        assert len(quarantine.quarantined(office)) == 3
        assert len(list((line.office / quarantine.FOLDER).iterdir())) == 6
        assert [one.code for one in exchange.judge_again(office)] == [11, 11, 11]
        assert len(quarantine.quarantined(office)) == 3


# --- much at once ----------------------------------------------------------------------------------------------------


def test_a_bundle_that_puts_away_very_much_waits_for_a_person(line: Line) -> None:
    from izsa_desktop.usecases import projects

    ids = enter(line.bornova, *(f"Proje {n}" for n in range(20)))
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(line.bornova) as bornova:
        for id_ in ids[:12]:
            projects.delete_project(bornova, id_)
    file = export(line.bornova, line.folder / "2.izsa")
    before = state_hash(line.office)
    with open_workplace(line.office) as office:
        [seen] = exchange.preview_bundles(office, [file])
    [refused] = take(line.office, file)
    assert (seen.code, refused.code, str(seen.refusal)) == (1, 1, str(refused.refusal))
    assert state_hash(line.office) == before
    [taken] = take(line.office, file, confirmed=True)
    assert (taken.code, taken.deleted) == (0, 12)
    assert len(titles(line.office)) == 8
