"""What a bundle of format 2 may hold and how much of it: each limit is reached, and no byte more."""

import hashlib
from collections.abc import Iterator, Mapping

import msgspec
import pytest

from izsa_desktop.bundle import container, file, trust
from izsa_desktop.bundle.file import Contents, Place, Reading, VerifiedBundle
from izsa_desktop.bundle.manifest import Ack, Sender
from izsa_desktop.bundle.trust import READ, Member, SignedList, TrustList
from izsa_desktop.domain.errors import Refused
from izsa_desktop.domain.outlines import MAX_OUTLINES
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import canonical
from tests.bundle import forge
from tests.bundle.forge2 import (
    CATALOGUE,
    GOALS,
    OFFICE_KEY,
    PC,
    REVISIONS,
    Piece,
    answer,
    bundle,
    comment,
    derived_key,
    frame,
    golden,
    lines,
    list_members,
    manifest,
    revision,
    seal,
)
from tests.bundle.make_golden import OLDEST
from tests.support import BORNOVA, KEMALPASA, RECORD, make_revision

VOCABULARIES, OUTLINES, LADDER = "vocabularies.json", "outlines.geojson.zst", "ladder.json"
SECOND = derived_key("bornova second")
TRUST = trust.first_list(OFFICE_KEY.public, "Koordinatör", "2025-03-01T07:00:00Z", OFFICE).admit(
    [
        Member(key=PC.public.text, district=BORNOVA, person="Ayşe"),
        Member(key=SECOND.public.text, district=BORNOVA, person="Veli"),
    ],
    "2025-03-01T09:00:00Z",
)
KEPT = trust.signed(TRUST, OFFICE_KEY)
AT_OFFICE = Reading(body=OFFICE, trust=TRUST, kept=KEPT.body)
AT_BORNOVA = Reading(body=BORNOVA, trust=TRUST, kept=KEPT.body)
MIB = 1024 * 1024


def read(data: bytes, reading: Reading = AT_OFFICE) -> VerifiedBundle:
    return file.verify(data, reading)


def refusal(data: bytes, reading: Reading = AT_OFFICE) -> tuple[int, str, str]:
    with pytest.raises(Refused) as caught:
        file.verify(data, reading)
    return caught.value.exit_code, caught.value.reason, caught.value.detail


def objects(*contents: bytes) -> dict[str, bytes]:
    return {f"objects/{hashlib.sha256(content).hexdigest()}": content for content in contents}


def test_the_limits_are_those_of_the_format() -> None:
    assert (file.MAX_FILE, file.MAX_TEXT, file.MAX_OBJECT) == (256 * MIB, 32 * MIB, 5 * MIB)
    assert (file.MAX_REVISIONS, file.MAX_OBJECTS, file.MAX_CATALOGUE) == (50_000, 5_000, 200_000)
    assert (file.MAX_VALUES, file.MAX_WORDS) == (1_800_000, MIB)


# --- written and read ------------------------------------------------------------------------------------------------


def test_an_answer_is_read_as_it_was_written() -> None:
    """Whoever writes it names all that it holds; whoever reads it gets it back, and its place, acks and lists."""
    of_pc = revision()
    of_office = make_revision({"review": "onaylandı"}, of_pc, replica=OFFICE_KEY.key_id)
    photo = b"\xff\xd8\xff a picture"
    newer = trust.signed(TRUST.next("2025-05-01T07:00:00Z"), OFFICE_KEY)
    contents = Contents(
        revisions=(of_pc, of_office),
        objects={hashlib.sha256(photo).hexdigest(): photo},
        lists=(KEPT, newer),
        catalogue=(b'{"id":"TUR035018/00"}', b'{"id":"TUR035018/01"}'),
        goals=b"[]",
        vocabularies=b"{}",
        ladder=b'{"version":2}',
        outlines=b'{"type":"FeatureCollection"}',
    )
    data, sha256 = file.write(
        contents,
        Place(seq=5, prev="ab" * 32, follows=3, mode="delta", base=2),
        kind="office",
        sender=Sender(OFFICE, OFFICE_KEY.key_id),
        to=BORNOVA,
        created="2025-05-01T08:00:00Z",
        key=OFFICE_KEY,
        acks={PC.key_id: Ack(7, "cd" * 32)},
        trust_version=3,
    )
    made = read(data, AT_BORNOVA)
    assert (made.sha256, made.signer) == (sha256, TRUST.members[OFFICE_KEY.key_id])
    assert made.revisions == made.contents.revisions == contents.revisions
    assert {name: bytes(content) for name, content in made.contents.objects.items()} == contents.objects
    assert list(made.contents.lists) == [KEPT, newer]
    assert made.news == [newer]
    assert tuple(made.contents.catalogue or ()) == contents.catalogue
    assert (made.contents.goals, made.contents.vocabularies) == (b"[]", b"{}")
    assert (made.contents.ladder, made.contents.outlines) == (contents.ladder, contents.outlines)
    said = made.manifest
    assert (said.format, said.schema, said.min_reader) == (2, 1, 2)
    assert (said.kind, said.sender, said.to) == ("office", Sender(OFFICE, OFFICE_KEY.key_id), BORNOVA)
    assert (said.seq, said.prev, said.place) == (5, "ab" * 32, (3, "delta", 2))
    assert (said.created, said.trust_version) == ("2025-05-01T08:00:00Z", 3)
    assert said.acks == {PC.key_id: Ack(7, "cd" * 32)}
    assert said.counts == {"revisions": 2, "objects": 1, "catalogue": 2}
    assert made.envelope == file.Envelope(said, sha256, made.signer)
    assert (made.count, made.envelope.count) == (2, 2)
    assert file.revision_lines(data) == [of_pc.body, of_office.body]
    assert dict(file.claimed(data)) == {
        "kind": "office",
        "district": OFFICE,
        "replica": OFFICE_KEY.key_id,
        "to": BORNOVA,
        "seq": "5",
        "sha256": sha256,
    }


def test_what_is_not_said_of_a_bundle_is_little() -> None:
    sender = Sender(BORNOVA, PC.key_id)
    data, _ = file.write(Contents(), Place(seq=1), sender=sender, to=OFFICE, created="", key=PC)
    made = read(data)
    said = made.manifest
    assert (said.kind, said.place, said.prev, said.trust_version) == ("submission", (0, "full", 0), "", 0)
    assert (said.acks, list(said.members)) == ({}, [REVISIONS])
    assert made.contents == Contents(revisions=(), objects={}, lists=[], catalogue=None)
    assert (made.contents.goals, made.contents.vocabularies, made.contents.outlines, made.news) == (b"", b"", b"", [])
    assert (AT_OFFICE.anchor, Reading(body="", trust=TRUST).kept) == ("", b"")


def test_the_lines_of_a_bundle_of_the_oldest_format_are_read_too() -> None:
    assert len(file.revision_lines((OLDEST / "bornova.izsa").read_bytes())) == 4
    assert file.revision_lines(golden("bornova.izsa")) == [one.body for one in read(golden("bornova.izsa")).revisions]


def test_what_is_claimed_is_looked_at_in_a_container_of_two() -> None:
    for members in ({}, {"payload.zip": b""}, {"payload.zip.minisig": b"", "payload.zip": b""}):
        with pytest.raises(Refused) as caught:
            file.claimed(container.pack(members))
        assert (caught.value.exit_code, caught.value.reason) == (15, "container")


# --- evidence --------------------------------------------------------------------------------------------------------


def test_a_file_of_evidence_is_bounded() -> None:
    most = objects(bytes(5 * MIB))
    assert [len(content) for content in read(bundle(extra=most)).contents.objects.values()] == [5 * MIB]
    assert refusal(bundle(extra=objects(bytes(5 * MIB + 1)))) == (16, "file_too_large", str(5 * MIB + 1))


def test_so_many_files_of_evidence_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_OBJECTS", 3)
    assert len(read(bundle(extra=objects(b"1", b"2", b"3"))).contents.objects) == 3
    assert refusal(bundle(extra=objects(b"1", b"2", b"3", b"4"))) == (16, "too_many_files", "4")


def test_evidence_is_what_its_name_says_and_is_counted() -> None:
    name = f"objects/{hashlib.sha256(b'photo').hexdigest()}"
    other = refusal(bundle(extra={name: b"another"}))
    assert other == (15, "member_hash", name.removeprefix("objects/"))
    for counted in (0, 2):
        counts = {"revisions": 1, "objects": counted, "catalogue": 0}
        assert refusal(bundle(extra={name: b"photo"}, counts=counts)) == (15, "revision_count", "")
    assert read(bundle(counts={"revisions": 1})).contents.objects == {}  # not counted, none


# --- saves -----------------------------------------------------------------------------------------------------------


def _many(count: int) -> bytes:
    return lines(*(revision({"x": n}, seq=n) for n in range(1, count + 1)))


def test_so_many_saves_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_REVISIONS", 3)
    assert read(bundle(_many(3))).count == 3
    assert refusal(bundle(_many(4))) == (16, "too_many_revisions", "4")


def test_so_many_values_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line has 12 members, an object, a list of parents, and an object of registers."""
    one = revision({"x": [1, {"y": "[{"}]})
    spelled = sum(one.body.count(mark) for mark in (b'":', b"[", b"{"))
    monkeypatch.setattr(file, "MAX_VALUES", spelled)
    assert read(bundle(lines(one))).revisions == (one,)
    monkeypatch.setattr(file, "MAX_VALUES", spelled - 1)
    assert refusal(bundle(lines(one))) == (16, "too_many_values", str(spelled))


def test_the_lines_end_and_are_counted() -> None:
    good = lines(revision())
    assert refusal(bundle(good[:-1], counted=1)) == (15, "revision_count", "")
    assert refusal(bundle(good[:-1], counted=0)) == (15, "revision_count", "")
    assert refusal(bundle(good, counted=2)) == (15, "revision_count", "")
    assert refusal(bundle(good, counts={"objects": 0})) == (15, "revision_count", "")
    assert read(bundle(b"")).revisions == ()


def test_what_the_saves_expand_to_is_bounded() -> None:
    def of_size(size: int) -> bytes:
        return bundle(stream=frame(b"x", (b"x", size - 2), b"\n"), counted=1)

    assert refusal(of_size(file.MAX_TEXT))[:2] == (16, "line_too_long")
    assert refusal(of_size(file.MAX_TEXT + 1)) == (16, "expands_too_far", str(file.MAX_TEXT + 1))


def test_a_save_says_what_was_wrong_with_it() -> None:
    first = revision(record=RECORD[:-1] + "0")
    child = revision({"x": 1}, first, seq=2)
    assert refusal(bundle(lines(first, child))) == (12, "foreign_parent", child.id)
    assert refusal(bundle(lines(first, first))) == (15, "revision_twice", first.id)
    of_other = revision(record=f"{KEMALPASA}/{'0' * 32}")
    assert refusal(bundle(lines(of_other))) == (12, "foreign_district", KEMALPASA)
    assert refusal(bundle(lines(revision(replica=SECOND.key_id)))) == (12, "foreign_replica", SECOND.key_id)
    assert refusal(bundle(lines(revision(type_="of tomorrow")))) == (17, "record_type", "of tomorrow")
    approved = revision({"review": "onaylandı"})
    assert refusal(bundle(lines(approved))) == (12, "not_yours_to_decide", "review: onaylandı")


# --- what the office hands on ----------------------------------------------------------------------------------------


def test_the_office_hands_on_what_its_district_s_pcs_wrote_and_to_its_own_pcs_all() -> None:
    by_both = lines(revision(), make_revision({"x": 1}, replica=SECOND.key_id))
    assert read(answer(by_both), AT_BORNOVA).count == 2
    to_office = answer(by_both, to=OFFICE)
    assert read(to_office, AT_OFFICE).count == 2
    of_stranger = answer(lines(make_revision({"x": 1}, replica="0" * 16)))
    assert refusal(of_stranger, AT_BORNOVA) == (12, "foreign_replica", "0" * 16)


def test_who_only_reads_at_the_office_says_nothing_in_its_name() -> None:
    reads = Member(key=SECOND.public.text, district=OFFICE, person="Stajyer", roles=(READ,))
    listed = TRUST.admit([reads], "2025-03-02T09:00:00Z")
    said = make_revision({"review": "onaylandı"}, replica=SECOND.key_id)
    reading = Reading(body=BORNOVA, trust=listed, kept=listed.to_bytes())
    assert refusal(answer(lines(said)), reading) == (12, "not_the_office", "Stajyer")


def test_the_office_reads_its_own_answers_and_nobody_elses_that_are_not_for_it() -> None:
    for own, reads in (((), False), ([PC.key_id], False), ([OFFICE_KEY.key_id], True)):
        reading = Reading(body=OFFICE, trust=TRUST, kept=KEPT.body, own=own)
        if reads:
            assert read(answer(lines(revision())), reading).manifest.to == BORNOVA
        else:
            assert refusal(answer(lines(revision())), reading) == (18, "addressee", BORNOVA)


def test_what_was_handed_on_before_a_list_took_it_away_is_left_out() -> None:
    """Of the PC that was shut out; the office's own saves, and what was handed on since, stay."""
    cut = TRUST.shut_out(SECOND.key_id, 0, "2025-04-01T07:00:00Z").shut_out(OFFICE_KEY.key_id, 99, "")
    reading = Reading(body=BORNOVA, trust=cut, kept=cut.to_bytes())
    own, thiefs = revision(), make_revision({"x": 1}, replica=SECOND.key_id)
    of_office = make_revision({"review": "onaylandı"}, own, replica=OFFICE_KEY.key_id)
    for version, left in ((2, [own, of_office]), (3, [own, thiefs, of_office]), (4, [own, thiefs, of_office])):
        made = read(answer(lines(own, thiefs, of_office), trust_version=version), reading)
        assert list(made.revisions) == left
        assert made.count == 3


# --- what only the office sends --------------------------------------------------------------------------------------


def _streamed(name: str, *pieces: Piece, catalogue: int = 0) -> bytes:
    return answer(extra={name: frame(*pieces)}, counts={"revisions": 0, "objects": 0, "catalogue": catalogue})


def test_the_catalogue_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = (b" ", 256 * 1024), b"\n"
    assert read(_streamed(CATALOGUE, *longest, catalogue=1), AT_BORNOVA).contents.catalogue == [b" " * 256 * 1024]
    more = _streamed(CATALOGUE, b" ", *longest, catalogue=1)
    assert refusal(more, AT_BORNOVA) == (16, "line_too_long", str(256 * 1024))
    assert refusal(_streamed(CATALOGUE, (b"\n", file.MAX_TEXT + 1)), AT_BORNOVA)[:2] == (16, "expands_too_far")
    monkeypatch.setattr(file, "MAX_CATALOGUE", 3)
    assert read(_streamed(CATALOGUE, (b"\n", 3), catalogue=3), AT_BORNOVA).contents.catalogue == [b""] * 3
    assert refusal(_streamed(CATALOGUE, (b"\n", 4), catalogue=4), AT_BORNOVA) == (16, "too_many_revisions", "4")


def test_the_catalogue_ends_and_is_counted() -> None:
    assert refusal(_streamed(CATALOGUE, b"{}", catalogue=0), AT_BORNOVA) == (15, "revision_count", "")
    assert refusal(_streamed(CATALOGUE, b"{}\n{}", catalogue=1), AT_BORNOVA) == (15, "revision_count", "")
    assert refusal(_streamed(CATALOGUE, b"{}\n", catalogue=2), AT_BORNOVA) == (15, "revision_count", "")
    assert refusal(answer(counts={"revisions": 0, "catalogue": 1}), AT_BORNOVA) == (15, "revision_count", "")
    assert read(_streamed(CATALOGUE, b"", catalogue=0), AT_BORNOVA).contents.catalogue == []
    assert read(answer(counts={"revisions": 0}), AT_BORNOVA).contents.catalogue is None


@pytest.mark.parametrize("name", [GOALS, VOCABULARIES, LADDER])
def test_words_are_bounded(name: str) -> None:
    most = read(answer(extra={name: bytes(MIB)}), AT_BORNOVA).contents
    words = {GOALS: most.goals, VOCABULARIES: most.vocabularies, LADDER: most.ladder}
    assert {one for one, content in words.items() if content} == {name} and words[name] == bytes(MIB)
    assert refusal(answer(extra={name: bytes(MIB + 1)}), AT_BORNOVA) == (16, "file_too_large", str(MIB + 1))


def test_outlines_are_bounded() -> None:
    assert read(_streamed(OUTLINES, (b" ", MAX_OUTLINES)), AT_BORNOVA).contents.outlines == b" " * MAX_OUTLINES
    more = _streamed(OUTLINES, (b" ", MAX_OUTLINES + 1))
    assert refusal(more, AT_BORNOVA) == (16, "expands_too_far", str(MAX_OUTLINES + 1))


def _lists(count: int) -> Iterator[SignedList]:
    current: TrustList = TRUST
    for _ in range(count):
        current = current.next("2025-05-01T07:00:00Z")
        yield trust.signed(current, OFFICE_KEY)


def test_so_many_lists_and_no_more() -> None:
    made = list(_lists(101))
    found = read(answer(lists=made[:100]), AT_BORNOVA)
    assert found.news == found.contents.lists == made[:100]
    assert refusal(answer(lists=made), AT_BORNOVA)[:2] == (16, "file_too_large")


def test_all_lists_together_are_bounded() -> None:
    def filled(size: int) -> list[SignedList]:
        plain = trust.signed(TRUST.next("", review_by=""), OFFICE_KEY)
        room = size - len(plain.body) - len(plain.signatures)
        return [trust.signed(TRUST.next("", review_by="9" * room), OFFICE_KEY)]

    most = filled(trust.MAX_LIST)
    assert read(answer(lists=most), AT_BORNOVA).news == most
    more = answer(lists=filled(trust.MAX_LIST + 1))
    assert refusal(more, AT_BORNOVA) == (16, "file_too_large", str(trust.MAX_LIST + 1))


def test_each_list_has_its_signatures_and_no_signature_is_alone() -> None:
    [newer] = _lists(1)
    both = list_members(newer)
    alone: list[Mapping[str, bytes]] = [{name: content} for name, content in both.items() if name.endswith(".minisig")]
    for extra in (*alone, {**both, "trust/0009.json.minisig": newer.signatures}):
        assert refusal(answer(extra=extra), AT_BORNOVA) == (15, "manifest", "members")
    [body] = [{name: content} for name, content in both.items() if not name.endswith(".minisig")]
    assert refusal(answer(extra=body), AT_BORNOVA) == (11, "unknown_signer", "")
    old = {"trust/0002.json": KEPT.body}  # this very one is here already: not looked at, and yet not let in
    assert refusal(answer(extra=old), AT_BORNOVA) == (15, "manifest", "members")


@pytest.mark.parametrize(
    "name", [CATALOGUE, GOALS, VOCABULARIES, OUTLINES, LADDER, "trust/0003.json", "trust/0003.json.minisig"]
)
def test_what_only_the_office_sends(name: str) -> None:
    assert refusal(bundle(extra={name: frame(b"")})) == (15, "manifest", "members")


@pytest.mark.parametrize(
    "name", ["objects/x", "trust/003.json", "trust/0000000003.json", "x", "revisions.jsonl", "zz.minisig"]
)
def test_what_nobody_sends(name: str) -> None:
    assert refusal(answer(extra={name: b""}), AT_BORNOVA) == (15, "manifest", "members")


def test_a_bundle_without_saves_says_so_in_a_member() -> None:
    only = objects(b"photo")
    said = manifest(only, 0)
    payload = container.pack({"manifest.json": canonical(said), **only})
    assert refusal(seal(payload, comment(payload, said))) == (15, "manifest", "members")


# --- the oldest format -----------------------------------------------------------------------------------------------


def test_format_1_has_one_member_and_is_no_answer() -> None:
    root = forge.OFFICE_KEY
    sender = {"district": OFFICE, "replica": root.key_id}
    content = lines(make_revision(replica=root.key_id, record=f"{OFFICE}/{'a1' * 16}"))
    payload = forge.payload(content, **{"kind": "office", "from": sender, "to": OFFICE})
    data = forge.seal(payload, root, kind="office", **sender)
    oldest = trust.first_list(root.public, "Koordinatör", "2025-03-01T07:00:00Z", OFFICE)
    assert refusal(data, Reading(body=OFFICE, trust=oldest, kept=oldest.to_bytes())) == (15, "manifest", "members")


# --- who signed ------------------------------------------------------------------------------------------------------


def test_a_signer_is_named_where_that_helps() -> None:
    stranger = derived_key("stranger")
    sender = {"district": BORNOVA, "replica": stranger.key_id}
    assert refusal(bundle(signer=stranger, sender=sender)) == (11, "unknown_signer", stranger.key_id)
    posing = {"district": BORNOVA, "replica": "0" * 16}
    assert refusal(bundle(signer=stranger, sender=posing)) == (11, "unknown_signer", stranger.key_id)
    shut_out = msgspec.structs.replace(TRUST.members[PC.key_id], revoked_after_seq=0)
    cut = msgspec.structs.replace(TRUST, members={PC.key_id: shut_out})
    assert refusal(bundle(), Reading(body=OFFICE, trust=cut, kept=b"")) == (11, "revoked", "Ayşe")
    assert refusal(bundle(), AT_BORNOVA) == (18, "addressee", OFFICE)
    assert refusal(bundle(kind="later"), AT_OFFICE) == (17, "kind", "later")
    by_pc = answer(signer=PC, sender={"district": BORNOVA, "replica": PC.key_id})
    assert refusal(by_pc, AT_BORNOVA) == (12, "not_the_office", "Ayşe")
    foreign = bundle(sender={"district": KEMALPASA, "replica": PC.key_id})
    assert refusal(foreign) == (11, "wrong_signer", KEMALPASA)
