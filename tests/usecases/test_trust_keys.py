"""The list of PCs and the keys that sign it, as a workplace keeps them: each function by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.bundle import signing
from izsa_desktop.bundle.signing import PublicKey, SecretKey
from izsa_desktop.bundle.trust import SignedList, TrustList
from izsa_desktop.domain.errors import (
    BadField,
    FileProblem,
    Malformed,
    NoRootHere,
    NoSuchPc,
    OfficeOnly,
    OfficeSetBack,
    PassphraseNeeded,
    TooFewRoots,
    Untrusted,
)
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import enrolment, keys, trusting
from izsa_desktop.usecases.keyring import key_file
from izsa_desktop.usecases.sent import SET_BACK
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.bundle.test_signing import SMALL_ORDER, weak_key
from tests.usecases.line import Line, enter, export, listing
from tests.usecases.mail import pin, replica, second_pc, take
from tests.usecases.test_office_pcs import colleague


@pytest.fixture
def quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)


def _trust(folder: Path) -> TrustList:
    with open_workplace(folder) as workplace:
        return trusting.trust_view(workplace).trust


def _carried(workplace: Workplace) -> list[int]:
    with workplace.store.reading() as reader:
        return [one.version for one in trusting.lists_to_carry(reader)]


def _ids(trust: TrustList) -> list[str]:
    return [PublicKey(root).key_id for root in trust.roots]


def test_what_bundles_are_judged_by(line: Line) -> None:
    with open_workplace(line.bornova) as bornova, bornova.store.reading() as reader:
        before = trusting.reading_of(bornova, reader)
    assert (before.body, before.kept, before.anchor, tuple(before.own)) == ("TUR035007", b"", "", ())
    assert (before.trust.version, before.trust.members) == (0, {})
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova, bornova.store.reading() as reader:
        assert trusting.reading_of(bornova, reader).anchor == _trust(line.office).fingerprint
        assert reader.meta()["office_fingerprint"] == _trust(line.office).fingerprint
    with open_workplace(line.office) as office, office.store.reading() as reader:
        at_office = trusting.reading_of(office, reader)
        assert (at_office.body, at_office.anchor) == (OFFICE, "")
        assert at_office.kept == at_office.trust.to_bytes()
        assert set(at_office.own) == set()


def test_of_its_own_answers_the_office_judges_those_that_it_may_have_forgotten(line: Line) -> None:
    with open_workplace(line.office) as office:
        own = office.identity.replica
        former = SecretKey.generate()
        office.add_key(former)
        for set_back, judged in ((False, {former.key_id}), (True, {former.key_id, own})):
            with office.store.writing() as writer:
                if set_back:
                    writer.set_meta({SET_BACK: own})
                assert set(trusting.reading_of(office, writer).own) == judged
    with open_workplace(line.bornova) as bornova, bornova.store.writing() as writer:
        writer.set_meta({SET_BACK: bornova.identity.replica})
        assert set(trusting.reading_of(bornova, writer).own) == set()


def test_what_is_no_fingerprint_is_shown_in_part(line: Line) -> None:
    with open_workplace(line.bornova) as bornova, pytest.raises(BadField) as caught:
        trusting.pin(bornova, "x" * 61)
    assert caught.value == BadField("fingerprint", "not_a_fingerprint", "x" * 60)
    with open_workplace(line.bornova) as bornova:
        assert trusting.pin(bornova, "1234\u00a05678 9012\t3456 7890\n") == "1234 5678 9012 3456 7890"


def test_every_list_with_which_the_roots_changed_is_carried_and_the_newest(line: Line) -> None:
    safe = SecretKey.generate()
    with open_workplace(line.office) as office:
        assert _carried(office) == [1, 4]
        trusting.rotate(office)
        assert _carried(office) == [1, 5]
        trusting.looked_through(office)
        assert _carried(office) == [1, 5, 6]
        trusting.rotate(office, add=[safe.public])
        trusting.rotate(office, threshold=2, extra=[safe])
        assert _carried(office) == [1, 5, 7, 8]
    with open_workplace(line.bornova) as bornova:
        assert _carried(bornova) == []


def test_who_is_enrolled_is_told_in_the_order_of_the_districts(line: Line) -> None:
    second_pc(line, person="Âlim Çelik")
    second_pc(line, "TUR035009", "Dilek Er")  # Çeşme
    enter(line.bornova, "Bir")
    export(line.bornova, line.folder / "1.izsa")
    enter(line.bornova, "İki")
    export(line.bornova, line.folder / "2.izsa")
    take(line.office, export(line.bornova, line.folder / "3.izsa"), *(line.folder / f"{n}.izsa" for n in (1, 2)))
    with open_workplace(line.office) as office:
        seen = trusting.trust_view(office).enrolled
    with open_workplace(line.office) as office:
        named = [office.reference.district_name(one.member.district) for one in seen]
    assert named == ["Bayraklı", "Bornova", "Bornova", "Çeşme", "İzmir (il geneli)", "Konak"]
    assert [one.member.person for one in seen[1:3]] == ["Âlim Çelik", "Ayşe Yılmaz"]
    assert [one.replica for one in seen if one.own] == [replica(line.office)]
    bornova = seen[2]
    assert bornova.replica == replica(line.bornova)
    assert bornova.last is not None
    assert (bornova.last.seq, bornova.standing.missing, bornova.standing.skipped) == (3, (), ())
    assert seen[0].last is None


def test_of_two_pcs_of_one_person_the_order_is_that_of_their_ids(line: Line) -> None:
    second_pc(line, person="Ayşe Yılmaz")
    with open_workplace(line.office) as office:
        ids = [one.replica for one in trusting.trust_view(office).enrolled if one.member.district == "TUR035007"]
    assert ids == sorted(ids)
    assert len(ids) == 2


# --- signing a list --------------------------------------------------------------------------------------------------


def test_a_list_is_to_be_looked_through_in_a_year_unless_it_says_otherwise(line: Line) -> None:
    in_a_year = {(datetime.now(UTC) + timedelta(days=365 + n)).date().isoformat() for n in (0, 1)}
    with open_workplace(line.office) as office:
        assert trusting.looked_through(office).review_by in in_a_year
        current = _current(office)
        with office.store.writing() as writer:
            said = trusting.issue(office, writer, current.next("2030-05-05T00:00:00Z", review_by="2031-01-01"))
        assert said.review_by == "2031-01-01"
        with office.store.writing() as writer:
            again = trusting.issue(office, writer, said.next("2030-05-05T00:00:00Z"))
        assert again.review_by == "2031-05-05"
        assert _current(office) == again


def _current(workplace: Workplace) -> TrustList:
    with workplace.store.reading() as reader:
        return workplace.trust(reader)


def test_a_district_signs_no_list(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        following = _trust(line.office).next("2030-05-05T00:00:00Z")
        with pytest.raises(OfficeOnly), bornova.store.writing() as writer:
            trusting.issue(bornova, writer, following)
        for threshold in (None, 1):
            with pytest.raises(OfficeOnly):
                trusting.rotate(bornova, threshold=threshold)


def test_without_the_passphrase_no_key_is_made(line: Line, quick_locks: None) -> None:
    with open_workplace(line.office) as office:
        keys.set_passphrase(office, None, "yedi öğün parola")
    before = listing(line.office)
    with open_workplace(line.office) as office:
        for change in (trusting.rotate, trusting.looked_through):
            with pytest.raises(PassphraseNeeded):
                change(office)
    assert listing(line.office) == before


def test_an_office_that_was_set_back_signs_no_list(line: Line) -> None:
    with open_workplace(line.office) as office:
        with office.store.writing() as writer:
            writer.set_meta({SET_BACK: office.identity.replica})
        with pytest.raises(OfficeSetBack):
            trusting.looked_through(office)
        assert _current(office).version == 4


def test_how_many_keys_are_at_hand_and_how_many_it_takes(line: Line) -> None:
    safe, colleagues = SecretKey.generate(), SecretKey.generate()
    with open_workplace(line.office) as office:
        with pytest.raises(TooFewRoots) as caught:
            trusting.rotate(office, add=[safe.public, colleagues.public], threshold=3, extra=[safe])
        assert caught.value == TooFewRoots(2, 3)
        trust = trusting.rotate(office, add=[safe.public, safe.public, colleagues.public], threshold=2, extra=[safe])
        assert trust.roots == (office.key().public.text, safe.public.text, colleagues.public.text)
        with pytest.raises(TooFewRoots) as caught:
            trusting.looked_through(office)
        assert caught.value == TooFewRoots(1, 2)
        stranger = SecretKey.generate()
        with pytest.raises(TooFewRoots) as caught:
            trusting.rotate(office, threshold=1, extra=[stranger])
        assert caught.value == TooFewRoots(1, 2)
        assert trusting.rotate(office, threshold=1, extra=[stranger, colleagues]).threshold == 1
        with office.store.reading() as reader:
            newest = SignedList(*reader.trust_lists()[-1])
        signers = {signing.read_signature(one).key_id for one in newest.split}
        assert signers == {office.identity.replica, colleagues.key_id}, "a key that is no root's signs nothing"


def test_a_threshold_falls_with_the_number_of_keys(line: Line) -> None:
    safe = SecretKey.generate()
    with open_workplace(line.office) as office:
        trusting.rotate(office, add=[safe.public], threshold=2, extra=[safe])
        trust = trusting.rotate(office, remove=[safe.key_id], extra=[safe])
        assert (_ids(trust), trust.threshold) == ([office.identity.replica], 1)


def test_without_a_word_a_new_key_takes_the_place_of_those_that_lie_here(line: Line) -> None:
    safe = SecretKey.generate()
    with open_workplace(line.office) as office:
        trusting.rotate(office, add=[safe.public])
        trust = trusting.rotate(office)
        ids = _ids(trust)
        assert ids[0] == safe.key_id
        assert len(ids) == 2
        assert office.identity.replica not in ids
        assert key_file(line.office, ids[1]).exists()


def test_keys_that_are_no_roots_and_keys_that_anybody_signs_for(line: Line) -> None:
    with open_workplace(line.office) as office:
        before = _current(office)
        with pytest.raises(NoSuchPc) as caught:
            trusting.rotate(office, remove=["f" * 16, "0" * 16])
        assert caught.value == NoSuchPc(f"{'0' * 16}, {'f' * 16}")
        with pytest.raises(Untrusted) as refused:
            trusting.rotate(office, add=[weak_key(SMALL_ORDER[0])])
        assert refused.value.reason == "weak_key"
        assert _current(office) == before


def test_where_the_keys_of_the_list_lie(line: Line) -> None:
    second = colleague(line)
    safe = SecretKey.generate()
    with open_workplace(line.office) as office:
        trust = _current(office)
        trusting.require_root(office)
        assert trusting.has_root(office, trust)
        assert trusting.holds_all_roots(office, trust)
        both = replace(trust, roots=(*trust.roots, safe.public.text))
        assert trusting.has_root(office, both)
        assert not trusting.holds_all_roots(office, both)
        assert not trusting.has_root(office, replace(trust, roots=(safe.public.text,)))
    with open_workplace(second) as workplace:
        assert not trusting.has_root(workplace, trust)
        with pytest.raises(NoRootHere):
            trusting.looked_through(workplace)
        with pytest.raises(NoRootHere):
            trusting.rotate(workplace)
        with pytest.raises(NoRootHere):
            trusting.require_root(workplace)


def test_whoever_brings_the_key_signs_elsewhere_too(line: Line) -> None:
    second = colleague(line)
    root = SecretKey.from_file_bytes(key_file(line.office, replica(line.office)).read_bytes())
    with open_workplace(second) as workplace:
        own = workplace.key().public
        trust = trusting.rotate(workplace, add=[own], extra=[root])
        assert _ids(trust) == [root.key_id, own.key_id]
        assert trusting.looked_through(workplace).version == trust.version + 1, "its own key is one of them now"


# --- keys from elsewhere ---------------------------------------------------------------------------------------------


def test_a_secret_key_from_elsewhere_is_asked_about_when_it_is_locked(tmp_path: Path, quick_locks: None) -> None:
    key = SecretKey.generate()
    (tmp_path / "open").write_bytes(key.file_bytes())
    (tmp_path / "locked").write_bytes(key.file_bytes("parola"))

    def asked() -> str:
        raise AssertionError("nobody is asked about an open key")

    assert trusting.read_secret(tmp_path / "open").public == key.public
    assert trusting.read_secret(tmp_path / "open", asked).public == key.public
    assert trusting.read_secret(tmp_path / "locked", lambda: "parola").public == key.public
    with pytest.raises(PassphraseNeeded):
        trusting.read_secret(tmp_path / "locked")
    with pytest.raises(FileProblem):
        trusting.read_secret(tmp_path / "missing")


def test_a_public_key_from_elsewhere_may_stand_alone_or_below_a_comment(tmp_path: Path) -> None:
    key = SecretKey.generate().public
    file = tmp_path / "key.pub"
    for content in (
        key.file_bytes(),
        key.text.encode(),
        key.file_bytes().replace(b"\n", b"\r\n"),
        f" {key.text} ".encode(),
    ):
        file.write_bytes(content)
        assert trusting.read_public(file) == key
    for content in (b"x", b"\n", "ş".encode(), key.file_bytes() + b"\nmore"):
        file.write_bytes(content)
        with pytest.raises(Malformed):
            trusting.read_public(file)
    file.write_bytes(b"")
    with pytest.raises(FileProblem) as caught:
        trusting.read_public(file)
    assert caught.value == FileProblem(str(file), "EINVAL")


def test_a_request_of_a_key_that_anybody_signs_for_changes_nothing(line: Line) -> None:
    before = _trust(line.office)
    with open_workplace(line.office) as office, pytest.raises(NoSuchPc):
        enrolment.revoke(office, "0" * 16)
    assert _trust(line.office) == before
