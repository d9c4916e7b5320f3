"""What becomes of one bundle: what is counted and noted, what is erased, what waits for a list or a passphrase."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle import signing
from izsa_desktop.bundle.file import Place
from izsa_desktop.domain.erasure import erase
from izsa_desktop.domain.errors import PassphraseNeeded, Refused
from izsa_desktop.domain.ledger import DELTA, SUBMISSION, BundleEntry
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import DELETED, canonical, erased_sum, parse_revision
from izsa_desktop.usecases import exchange, keys, quarantine, readers, sending, trusting
from izsa_desktop.usecases.erasure import note_forgotten
from izsa_desktop.usecases.evidence import attachment_path
from izsa_desktop.usecases.parcels import Parcel
from izsa_desktop.usecases.workplace import DATABASE, open_workplace
from tests.support import BORNOVA, NOON, make_revision
from tests.usecases.handmade import HASH, look, made, numbers, record, saves, why
from tests.usecases.line import Line, listing
from tests.usecases.mail import answer, pin, replica, second_pc, take
from tests.usecases.test_office_pcs import colleague

# --- counts ----------------------------------------------------------------------------------------------------------


def test_new_changed_and_deleted_are_projects(line: Line, tmp_path: Path) -> None:
    first = saves(line.bornova, {"title": "a"}, [1, 2, 3])
    gone = saves(line.bornova, {"title": "z", DELETED: True}, [4], first=4)
    one, _ = made(line.bornova, tmp_path / "1", *first, *gone)
    by = replica(line.bornova)
    changes = [
        make_revision({"title": "b"}, first[0], record=record(1), replica=by, seq=5),
        make_revision({DELETED: True}, first[1], record=record(2), replica=by, seq=6),
        make_revision({"title": "y"}, gone[0], record=record(4), replica=by, seq=7),
        *saves(line.bornova, {"title": "c"}, [5, 6], first=8),
    ]
    two, _ = made(line.bornova, tmp_path / "2", *changes, place=Place(seq=2))
    seen = look(line.office, one, two)
    done = take(line.office, one, two)
    assert [numbers(outcome) for outcome in done] == [(3, 0, 0, 0), (2, 3, 0, 1)]
    assert [numbers(outcome) for outcome in seen] == [numbers(outcome) for outcome in done]
    assert [outcome.bundle.count for outcome in done if outcome.bundle] == [4, 5]


def test_conflicts_are_those_that_stand_in_what_was_touched(line: Line, tmp_path: Path) -> None:
    other = second_pc(line)
    one, _ = made(line.bornova, tmp_path / "1", *saves(line.bornova, {"title": "a"}, [1, 2, 3]))
    two, _ = made(other, tmp_path / "2", *saves(other, {"title": "b"}, [2, 3, 4]))
    three, _ = made(other, tmp_path / "3", *saves(other, {"unit": "x"}, [1, 3], first=4), place=Place(seq=2))
    assert [numbers(outcome) for outcome in take(line.office, one, two, three)] == [
        (3, 0, 0, 0),
        (1, 2, 2, 0),
        (0, 2, 1, 0),
    ]


def test_progress_is_told_from_nothing_to_all(line: Line, tmp_path: Path) -> None:
    files = [made(line.bornova, tmp_path / str(n), place=Place(seq=n))[0] for n in (1, 2)]
    told: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        told.append((done, total))

    with open_workplace(line.office) as office:
        exchange.preview_bundles(office, files, note)
        assert told == [(0, 2), (1, 2)]
        told.clear()
        exchange.merge_bundles(office, files, note)
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_what_a_bundle_was_refused_for_and_what_is_known_of_it(line: Line, tmp_path: Path) -> None:
    good, sha256 = made(line.bornova, tmp_path / "good")
    bad = tmp_path / "bad"
    bad.write_bytes(b"x")
    for outcomes in (look(line.office, good, bad, good), take(line.office, good, bad, good)):
        first, refused, again = outcomes
        assert (first.code, first.known, refused.code, again.code, again.known) == (0, False, 15, 0, True)
        assert first.bundle is not None
        assert first.bundle.sha256 == sha256
        assert first.bundle == again.bundle
        assert refused.bundle is None
        for one in (refused, again):
            assert (*numbers(one), one.erased, one.parked, one.missing, one.skipped) == (0, 0, 0, 0, 0, 0, (), ())
        assert isinstance(refused.refusal, Refused)
        assert [one.path for one in outcomes] == [good, bad, good]
        assert refused.parcel.sha256 == hashlib.sha256(b"x").hexdigest()
    with open_workplace(line.office) as office:
        assert exchange.inspect_bundle(office, good).known


def test_one_that_another_process_took_in_meanwhile_is_known(line: Line, tmp_path: Path) -> None:
    file, _ = made(line.bornova, tmp_path / "1", *saves(line.bornova, {"title": "a"}, [1]))
    with open_workplace(line.office) as office, office.store.writing() as writer:
        bundle = bundle_file.verify(file.read_bytes(), trusting.reading_of(office, writer))
        first = exchange.take_in(office, writer, Parcel(file), bundle, confirmed=False)
        again = exchange.take_in(office, writer, Parcel(file), bundle, confirmed=False)
    assert (first.known, first.new, again.known, again.new) == (False, 1, True, 0)
    assert again.bundle == bundle.envelope


# --- what is noted ---------------------------------------------------------------------------------------------------


def test_the_ledger_holds_what_a_bundle_says_and_the_archive_its_bytes(line: Line, tmp_path: Path) -> None:
    place = Place(seq=7, prev=HASH, follows=5, mode=DELTA, base=4)
    file, sha256 = made(line.bornova, tmp_path / "1", *saves(line.bornova, {"title": "a"}, [1, 2]), place=place)
    [outcome] = take(line.office, file)
    with open_workplace(line.office) as office, office.store.reading() as reader:
        entry = reader.bundle(replica(line.bornova), 7)
    assert entry is not None
    assert entry == BundleEntry(
        sha256=sha256,
        direction="in",
        kind=SUBMISSION,
        district=BORNOVA,
        replica=replica(line.bornova),
        seq=7,
        prev=HASH,
        revisions=2,
        moved=entry.moved,
        file=f"{sha256}.izsa",
        addressee=OFFICE,
        follows=5,
        mode=DELTA,
        base=4,
    )
    assert abs(datetime.now(UTC) - datetime.fromisoformat(entry.moved)) < timedelta(hours=1)
    assert (line.office / "bundles" / "in" / entry.file).read_bytes() == file.read_bytes()
    assert (outcome.code, outcome.missing, outcome.skipped, outcome.parked) == (14, (1, 2, 3, 4), (5,), 0)


def test_what_is_missing_is_told_as_it_stands_after_all_files(line: Line, tmp_path: Path) -> None:
    first = saves(line.bornova, {"title": "a"}, [1])[0]
    later = make_revision({"title": "b"}, first, record=record(1), replica=replica(line.bornova), seq=2)
    one, _ = made(line.bornova, tmp_path / "1", first)
    four, _ = made(line.bornova, tmp_path / "4", later, place=Place(seq=4, prev=HASH, follows=3, mode=DELTA, base=3))
    nine, _ = made(line.bornova, tmp_path / "9", place=Place(seq=9, prev=HASH, follows=8, mode=DELTA, base=4))
    for outcomes in (look(line.office, nine, four), take(line.office, nine, four)):
        assert [(o.missing, o.skipped, o.parked, o.code) for o in outcomes] == [
            ((1, 2, 3), (5, 6, 7, 8), 1, 14),
            ((1, 2, 3), (), 1, 14),
        ]
    [done] = take(line.office, one)
    assert (done.code, done.missing, done.parked) == (0, (), 0)


def test_the_database_is_backed_up_once_and_only_for_what_changes_it(line: Line, tmp_path: Path) -> None:
    def backups() -> int:
        return sum(1 for _ in (line.office / "backups").glob("*merge*"))

    (tmp_path / "x").write_bytes(b"x")
    before = backups()
    take(line.office, tmp_path / "x")
    assert backups() == before
    files = [made(line.bornova, tmp_path / str(n), place=Place(seq=n))[0] for n in (1, 2, 3)]
    look(line.office, *files)
    assert backups() == before
    take(line.office, *files)
    assert backups() == before + 1


def _picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (2, 2), colour).save(out, "PNG")
    return out.getvalue()


def test_evidence_that_no_save_names_is_left_in_the_archive(line: Line, tmp_path: Path) -> None:
    named, other = _picture("red"), _picture("blue")
    key = hashlib.sha256(named).hexdigest()
    value = {"name": "a.png", "media_type": "image/png", "size": len(named), "rank": 1}
    one = saves(line.bornova, {"title": "a", f"evidence/{key}": value}, [1])
    objects = {hashlib.sha256(content).hexdigest(): content for content in (named, other)}
    file, _ = made(line.bornova, tmp_path / "1", *one, objects=objects)
    before = set(listing(line.office))
    assert [outcome.code for outcome in take(line.office, file)] == [0]
    added = {(line.office / name).read_bytes() for name in set(listing(line.office)) - before}
    assert named in added
    assert other not in added


def test_what_a_bundle_says_was_erased_goes_at_once_and_so_does_its_file(line: Line, tmp_path: Path) -> None:
    data = _picture("red")
    key = hashlib.sha256(data).hexdigest()
    value = {"name": "a.png", "media_type": "image/png", "size": len(data), "rank": 1}
    [one] = saves(line.bornova, {"title": "Gizli ad", f"evidence/{key}": value}, [1])
    file, _ = made(line.bornova, tmp_path / "1", one, objects={key: data})
    take(line.office, file)
    with open_workplace(line.office) as office:
        path = attachment_path(office, key)
    assert path is not None
    form = erase(one, ["title", f"evidence/{key}"], when=NOON, who="Ayşe", why="KVKK")
    later, _ = made(line.bornova, tmp_path / "2", form, place=Place(seq=2))
    [seen] = look(line.office, later)
    assert path.exists()
    [done] = take(line.office, later)
    assert (seen.erased, done.erased, numbers(done)) == (1, 1, (0, 1, 0, 0))
    assert not path.exists()
    with open_workplace(line.office) as office, office.store.reading() as reader:
        assert [revision.body for revision in reader.revisions()] == [form.body]
        assert not reader.has_leftovers()
    assert b"Gizli ad" not in (line.office / DATABASE).read_bytes()


def test_an_erased_form_that_says_otherwise_than_the_save_is_refused_before_anything_is_done(
    line: Line, tmp_path: Path
) -> None:
    [one] = saves(line.bornova, {"title": "a", "unit": "x"}, [1])
    take(line.office, made(line.bornova, tmp_path / "1", one)[0])
    plain = json.loads(erase(one, ["title"], when=NOON, who="Ayşe", why="KVKK").body)
    plain["set"]["unit"] = "y"
    plain["erased"]["sha256"] = erased_sum(plain)
    false = parse_revision(canonical(plain))
    file, _ = made(line.bornova, tmp_path / "2", false, place=Place(seq=2))
    for [outcome] in (look(line.office, file), take(line.office, file)):
        assert (outcome.code, outcome.bundle) == (12, None)
        assert why(outcome)[0] == "erased_differs"


def test_what_a_merge_before_was_stopped_at_is_done_first(line: Line, tmp_path: Path) -> None:
    """The process ended between the transaction that erased and the removal of the file."""
    data = _picture("blue")
    key = hashlib.sha256(data).hexdigest()
    value = {"name": "a.png", "media_type": "image/png", "size": len(data), "rank": 1}
    [one] = saves(line.bornova, {"title": "a", f"evidence/{key}": value}, [1])
    take(line.office, made(line.bornova, tmp_path / "1", one, objects={key: data})[0])
    with open_workplace(line.office) as office:
        form = erase(one, [f"evidence/{key}"], when=NOON, who="Ayşe", why="KVKK")
        with office.store.writing() as writer:
            writer.add([form])
            note_forgotten(office, writer, [form])
        path = attachment_path(office, key)
        assert path is not None
        exchange.merge_bundles(office, [])
        assert not path.exists()


# --- what waits for a list or a passphrase ---------------------------------------------------------------------------


def test_what_comes_before_the_list_that_it_needs_is_judged_again_in_the_same_turn(line: Line, tmp_path: Path) -> None:
    """A further PC of the office answers; who it is stands in the first one's answer, which lies behind it."""
    second = colleague(line)
    pin(line, line.bornova)
    early, _ = made(second, tmp_path / "early", to=BORNOVA)
    late = answer(line, line.bornova, tmp_path / "late")
    (tmp_path / "x").write_bytes(b"x")
    files = [early, tmp_path / "x", late]
    assert [outcome.code for outcome in look(line.bornova, early)] == [11]
    assert [outcome.code for outcome in look(line.bornova, *files)] == [0, 15, 0]
    assert [outcome.code for outcome in take(line.bornova, *files)] == [0, 15, 0]
    with open_workplace(line.bornova) as bornova:
        assert quarantine.quarantined(bornova) == []


def test_what_was_kept_aside_is_judged_again_when_a_list_comes(line: Line, tmp_path: Path) -> None:
    second = colleague(line)
    pin(line, line.bornova)
    early, _ = made(second, tmp_path / "early", to=BORNOVA)
    assert [outcome.code for outcome in take(line.bornova, early)] == [11]
    with open_workplace(line.bornova) as bornova:
        assert [outcome.code for outcome in exchange.judge_again(bornova)] == [11]
        assert len(quarantine.quarantined(bornova)) == 1
    take(line.bornova, answer(line, line.bornova, tmp_path / "late"))
    with open_workplace(line.bornova) as bornova:
        assert quarantine.quarantined(bornova) == []
        with bornova.store.reading() as reader:
            assert reader.bundle(replica(second), 1) is not None


def test_a_key_for_reading_that_is_locked_is_asked_for(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That says nothing of the file: it is neither refused nor kept aside."""
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)
    with open_workplace(line.office) as office:
        readers.readers(office)
    pin(line, line.bornova)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a"))
    with open_workplace(line.bornova) as bornova:
        sending.export_bundle(bornova, tmp_path / "1", encrypt=True)
    assert [outcome.code for outcome in look(line.office, tmp_path / "1")] == [0]
    with open_workplace(line.office) as office:
        keys.set_passphrase(office, None, "yedi öğün parola")
    with open_workplace(line.office) as office:
        for call in (exchange.preview_bundles, exchange.merge_bundles):
            with pytest.raises(PassphraseNeeded):
                call(office, [tmp_path / "1"])
        assert quarantine.quarantined(office) == []
