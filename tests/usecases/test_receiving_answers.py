"""What numbers, predecessors, answers and confirmations tell, and what is never taken back."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from izsa_desktop.bundle.file import Place
from izsa_desktop.bundle.manifest import Ack
from izsa_desktop.bundle.trust import SignedList
from izsa_desktop.domain.erasure import erase
from izsa_desktop.domain.outlines import NONE
from izsa_desktop.reference.ladder import load_ladder
from izsa_desktop.usecases.ladders import current_ladder, to_plain
from izsa_desktop.usecases.sent import ANSWERED, SET_BACK, confirmed
from izsa_desktop.usecases.trusting import lists_to_carry
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import BORNOVA, NOON, make_revision
from tests.usecases.handmade import HASH, kept, made, record, saves, why
from tests.usecases.line import Line, enter
from tests.usecases.mail import answer, pin, replica, send, take
from tests.usecases.test_office_pcs import colleague

# --- numbers and predecessors ----------------------------------------------------------------------------------------


def test_a_number_stands_for_one_bundle_and_each_for_the_one_before_it(line: Line, tmp_path: Path) -> None:
    one, first = made(line.bornova, tmp_path / "1")
    other, another = made(line.bornova, tmp_path / "other", *saves(line.bornova, {"title": "a"}, [1]))
    fits, _ = made(line.bornova, tmp_path / "2", place=Place(seq=2, prev=first, follows=1))
    foreign, _ = made(line.bornova, tmp_path / "3", place=Place(seq=3, prev=HASH, follows=2))
    beside, _ = made(line.bornova, tmp_path / "9", place=Place(seq=9, prev=HASH, follows=8))
    done = take(line.office, one, other, fits, foreign, beside)
    assert [outcome.code for outcome in done] == [0, 13, 0, 13, 0]
    assert why(done[1]) == ("two_with_one_number", f"1: {first[:16]}, {another[:16]}")
    assert why(done[3]) == ("broken_chain", "3")
    before, _ = made(line.bornova, tmp_path / "8", place=Place(seq=8))
    assert why(take(line.office, before)[0]) == ("broken_chain", "8")


def test_answers_too(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a"))
    other, another = made(line.office, tmp_path / "other", to=BORNOVA)
    with open_workplace(line.bornova) as bornova, bornova.store.reading() as reader:
        known = reader.bundle(replica(line.office), 1)
    assert known is not None
    foreign, _ = made(line.office, tmp_path / "3", to=BORNOVA, place=Place(seq=3, prev=HASH, follows=1))
    first, second = take(line.bornova, other, foreign)
    assert why(first) == ("two_answers", f"1: {known.sha256[:16]}, {another[:16]}")
    assert why(second) == ("broken_answers", "3")


# --- what an answer brings -------------------------------------------------------------------------------------------


def _confirmed(folder: Path) -> tuple[str, int]:
    with open_workplace(folder) as workplace, workplace.store.reading() as reader:
        found, up_to = confirmed(reader, workplace.identity.replica)
    return str(found), up_to


@pytest.fixture
def sent(line: Line, tmp_path: Path) -> tuple[str, str]:
    """Bornova has compared the digits, has the office's list and has sent one bundle: its id, and that one's hash."""
    pin(line, line.bornova)
    take(line.bornova, answer(line, line.bornova, tmp_path / "first"))
    enter(line.bornova, "Bir", "İki")
    send(line.bornova, tmp_path / "1")
    with open_workplace(line.bornova) as bornova, bornova.store.reading() as reader:
        entry = reader.bundle(bornova.identity.replica, 1)
    assert entry is not None
    return entry.replica, entry.sha256


def test_an_answer_confirms_what_it_names(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    own, sha256 = sent
    none, _ = made(line.office, tmp_path / "a", to=BORNOVA, place=Place(seq=2))
    assert [outcome.code for outcome in take(line.bornova, none)] == [0]
    assert _confirmed(line.bornova) == ("", 0)
    file, _ = made(line.office, tmp_path / "b", to=BORNOVA, place=Place(seq=3), acks={own: Ack(1, sha256)})
    assert [outcome.code for outcome in take(line.bornova, file)] == [0]
    assert _confirmed(line.bornova) == ("1-2", 1)
    assert kept(line.bornova, SET_BACK) == {}


@pytest.mark.parametrize("ack", [Ack(2, HASH), Ack(1, HASH)])
def test_an_answer_that_confirms_what_was_never_sent_tells_of_an_older_disk(
    line: Line, tmp_path: Path, sent: tuple[str, str], ack: Ack
) -> None:
    own, _ = sent
    file, _ = made(line.office, tmp_path / "b", to=BORNOVA, place=Place(seq=2), acks={own: ack})
    assert [outcome.code for outcome in take(line.bornova, file)] == [0]
    assert kept(line.bornova, SET_BACK) == {SET_BACK: own}
    assert _confirmed(line.bornova) == ("", 0)


def test_own_saves_that_come_back_are_confirmed_and_unknown_ones_tell_of_an_older_disk(
    line: Line, tmp_path: Path, sent: tuple[str, str]
) -> None:
    own, _ = sent
    with open_workplace(line.bornova) as bornova, bornova.store.reading() as reader:
        mine = [one for one in reader.revisions() if one.replica == own]
    back, _ = made(line.office, tmp_path / "b", mine[1], to=BORNOVA, place=Place(seq=2))
    take(line.bornova, back)
    assert _confirmed(line.bornova) == (str(mine[1].seq), 0)
    assert kept(line.bornova, SET_BACK) == {}
    form = erase(mine[0], ["title"], when=NOON, who="Ayşe", why="KVKK")
    erased, _ = made(line.office, tmp_path / "e", form, to=BORNOVA, place=Place(seq=4))
    take(line.bornova, erased)
    assert _confirmed(line.bornova) == (str(mine[1].seq), 0), "what was erased is sent again"
    unknown = make_revision({"title": "z"}, record=record(9), replica=own, seq=9)
    more, _ = made(line.office, tmp_path / "c", unknown, to=BORNOVA, place=Place(seq=3))
    take(line.bornova, more)
    assert kept(line.bornova, SET_BACK) == {SET_BACK: own}
    assert _confirmed(line.bornova) == (str(mine[1].seq), 0)


GOAL = b'[{"code":"K1","color":"#112233","name_tr":"K\xc4\xb1y\xc4\xb1","name_en":"Coast"}]'
WORDS = '{"theme":[{"code":"kıyı","tr":"Kıyı","en":"Coast"}]}'.encode()


def _brought(folder: Path) -> tuple[list[bytes], bool, bool]:
    with open_workplace(folder) as workplace, workplace.store.reading() as reader:
        meta = reader.meta()
        return reader.catalogue(), "local_goals" in meta, "vocabularies" in meta


def test_an_older_answer_takes_no_list_of_the_office_back(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    entry = b'{"id":"TUR035021/%032d","title":"%d"}'
    for seq, title in ((5, 5), (3, 3)):
        file, _ = made(
            line.office, tmp_path / str(seq), to=BORNOVA, place=Place(seq=seq), catalogue=[entry % (1, title)]
        )
        assert [outcome.code for outcome in take(line.bornova, file)] == [0]
        found, goals, words = _brought(line.bornova)
        assert [b'"title":"5"' in one for one in found] == [True]
        assert (goals, words) == (False, False)
    file, _ = made(line.office, tmp_path / "4", to=BORNOVA, place=Place(seq=4), goals=GOAL, vocabularies=WORDS)
    take(line.bornova, file)
    assert _brought(line.bornova)[1:] == (False, False)
    file, _ = made(line.office, tmp_path / "6", to=BORNOVA, place=Place(seq=6), goals=GOAL, vocabularies=WORDS)
    take(line.bornova, file)
    assert _brought(line.bornova)[1:] == (True, True)
    assert len(_brought(line.bornova)[0]) == 1, "an answer without a catalogue leaves the one that is here"
    file, _ = made(line.office, tmp_path / "7", to=BORNOVA, place=Place(seq=7), catalogue=[])
    take(line.bornova, file)
    assert _brought(line.bornova) == ([], True, True)


def test_the_ladder_too(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    """An older answer's is not looked at, nor does an older version take the place of the one that is here."""

    def ladder(version: int) -> bytes:
        return msgspec.json.encode(to_plain(replace(load_ladder(), version=version)))

    for seq, version, stands in ((5, 3, 3), (3, 4, 3), (6, 2, 3), (7, 5, 5)):
        file, _ = made(line.office, tmp_path / str(seq), to=BORNOVA, place=Place(seq=seq), ladder=ladder(version))
        assert [outcome.code for outcome in take(line.bornova, file)] == [0]
        with open_workplace(line.bornova) as bornova:
            assert current_ladder(bornova).version == stands


def test_outlines_too(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    for seq, outlines in ((5, NONE), (3, b"not looked at")):
        file, _ = made(line.office, tmp_path / str(seq), to=BORNOVA, place=Place(seq=seq), outlines=outlines)
        assert [outcome.code for outcome in take(line.bornova, file)] == [0]
        assert kept(line.bornova, "_outlines")["_outlines"] == NONE.decode()


def test_an_answer_of_its_own_that_comes_home_to_an_office_brings_saves_alone(line: Line, tmp_path: Path) -> None:
    """The disk was set back; a district hands in what this PC has forgotten."""
    of_bornova = saves(line.bornova, {"title": "a"}, [1])
    own = replica(line.office)
    acks = {own: Ack(1, HASH), replica(line.bornova): Ack(7, HASH)}
    file, _ = made(
        line.office, tmp_path / "1", *of_bornova, to=BORNOVA, acks=acks, catalogue=[], goals=GOAL, outlines=NONE
    )
    assert [outcome.code for outcome in take(line.office, file)] == [18]
    with open_workplace(line.office) as office, office.store.writing() as writer:
        writer.set_meta({SET_BACK: own})
    [done] = take(line.office, file)
    assert (done.code, done.new) == (0, 1)
    assert _brought(line.office) == ([], False, False)
    assert kept(line.office, "_outlines") == kept(line.office, ANSWERED) == {}


# --- what a submission tells the office ------------------------------------------------------------------------------


def test_which_answer_a_district_has_is_noted_and_never_taken_back(line: Line, tmp_path: Path) -> None:
    sending_to = line.office
    answer(line, line.bornova, tmp_path / "a")
    answer(line, line.bornova, tmp_path / "b", full=True)
    own, of_bornova = replica(line.office), replica(line.bornova)
    with open_workplace(sending_to) as office, office.store.reading() as reader:
        hashes = {seq: entry.sha256 for seq in (1, 2) if (entry := reader.bundle(own, seq))}
    noted = f"{ANSWERED}{of_bornova}"
    for seq, acks, expected in (
        (1, None, "0"),
        (4, {own: Ack(2, hashes[2])}, "2"),
        (3, {own: Ack(1, hashes[1])}, "2"),  # older news
        (5, {own: Ack(1, hashes[1])}, "1"),  # its disk was set back
        (6, {"0" * 16: Ack(2, hashes[2])}, "0"),
    ):
        file, _ = made(line.bornova, tmp_path / str(seq), place=Place(seq=seq), acks=acks)
        assert [outcome.code for outcome in take(line.office, file)] == [0]
        assert kept(line.office, ANSWERED) == {noted: expected}
    assert kept(line.office, SET_BACK) == {}


@pytest.mark.parametrize("number", [1, 9])
def test_a_district_that_has_an_answer_which_the_office_does_not_know_tells_of_an_older_disk(
    line: Line, tmp_path: Path, number: int
) -> None:
    answer(line, line.bornova, tmp_path / "a")
    own = replica(line.office)
    file, _ = made(line.bornova, tmp_path / "1", acks={own: Ack(number, HASH)})
    assert [outcome.code for outcome in take(line.office, file)] == [0]
    assert kept(line.office, SET_BACK) == {SET_BACK: own}
    assert kept(line.office, ANSWERED) == {f"{ANSWERED}{replica(line.bornova)}": "0"}


def test_only_another_pc_of_the_office_tells_the_office_what_it_has_handed_on(line: Line, tmp_path: Path) -> None:
    second = colleague(line)
    pin(line, line.bornova)
    own, of_bornova, of_konak = replica(line.office), replica(line.bornova), replica(line.konak)
    by_district, _ = made(line.bornova, tmp_path / "1", acks={of_konak: Ack(9, HASH)})
    assert [outcome.code for outcome in take(line.office, by_district)] == [0]
    assert kept(line.office, "_reached/") == {}
    to_district, _ = made(second, tmp_path / "2", to=BORNOVA, acks={of_konak: Ack(9, HASH)}, lists=lists(line))
    assert [outcome.code for outcome in take(line.bornova, to_district)] == [0]
    assert kept(line.bornova, "_reached/") == {}
    acks = {of_bornova: Ack(7, HASH), own: Ack(1, HASH)}
    late = Place(seq=9, prev=HASH, follows=8, mode="delta", base=8)
    with_a_hole, _ = made(second, tmp_path / "3", acks=acks, place=late)
    assert [outcome.code for outcome in take(line.office, with_a_hole)] == [14]
    assert kept(line.office, "_reached/") == {}
    whole, _ = made(second, tmp_path / "4", acks=acks, place=Place(seq=20))
    assert [outcome.code for outcome in take(line.office, whole)] == [0]
    assert kept(line.office, "_reached/") == {f"_reached/{of_bornova}": f"7:{HASH}"}


def lists(line: Line) -> list[SignedList]:
    """Those of the office."""
    with open_workplace(line.office) as office, office.store.reading() as reader:
        return lists_to_carry(reader)


@pytest.mark.parametrize(("version", "told"), [(4, False), (5, True)])
def test_a_list_that_only_this_pc_can_have_signed_and_does_not_know_tells_of_an_older_disk(
    line: Line, tmp_path: Path, version: int, told: bool
) -> None:
    file, _ = made(line.bornova, tmp_path / "1", trust_version=version)
    assert [outcome.code for outcome in take(line.office, file)] == [0]
    assert kept(line.office, SET_BACK) == ({SET_BACK: replica(line.office)} if told else {})
    assert sorted(kept(line.office, "_told_").values()) == (sorted(["Ayşe Yılmaz, 1", str(version)]) if told else [])


def test_a_pc_of_the_office_that_signs_no_lists_may_miss_one(line: Line, tmp_path: Path) -> None:
    second = colleague(line)
    file, _ = made(line.bornova, tmp_path / "1", trust_version=99)
    assert [outcome.code for outcome in take(second, file)] == [0]
    assert kept(second, SET_BACK) == {}
