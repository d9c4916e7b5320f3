"""A list that shuts a PC out: what counts of its bundles, and of what the office had handed on of it."""

from dataclasses import replace

import msgspec
import pytest

from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.file import Contents, Place, Reading, verify, write
from izsa_desktop.bundle.manifest import LAST_SEQ, Sender
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.domain.errors import Malformed
from izsa_desktop.domain.ledger import ANSWER
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import new_revision

BORNOVA, KONAK, NOW = "TUR035007", "TUR035021", "2026-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def key() -> SecretKey:
    return SecretKey.generate()


@pytest.fixture(scope="module")
def stolen() -> SecretKey:
    return SecretKey.generate()


@pytest.fixture(scope="module")
def trust(key: SecretKey, stolen: SecretKey) -> TrustList:
    """Version 2: the office and a PC of Bornova."""
    first = trust_lists.first_list(key.public, "Koordinatör", NOW, OFFICE)
    return first.admit([Member(key=stolen.public.text, district=BORNOVA, person="Ayşe")], NOW)


def test_the_version_is_kept_that_took_something_away(trust: TrustList, stolen: SecretKey) -> None:
    id_ = stolen.key_id
    first = trust.shut_out(id_, 5, NOW)
    assert (first.version, first.members[id_].revoked_after_seq, first.members[id_].revoked_in) == (3, 5, 3)
    assert first.shut_out(id_, 5, NOW).members[id_].revoked_in == 3
    assert first.shut_out(id_, 6, NOW).members[id_].revoked_in == 3
    assert first.shut_out(id_, 6, NOW).shut_out(id_, 5, NOW).members[id_].revoked_in == 5
    assert trust.shut_out(id_, 0, NOW).members[id_].revoked_in == 3
    assert [first.members[id_].handed_on_counts(version) for version in (2, 3, 4)] == [False, True, True]
    assert trust.members[id_].handed_on_counts(0)


def test_a_key_that_has_another_after_it_loses_nothing(trust: TrustList, stolen: SecretKey) -> None:
    after = trust.shut_out(stolen.key_id, LAST_SEQ, NOW).members[stolen.key_id]
    assert (after.replaced, after.revoked_in, after.may_send(LAST_SEQ)) == (True, 0, True)
    assert not trust.members[stolen.key_id].replaced
    assert not trust.shut_out(stolen.key_id, 5, NOW).members[stolen.key_id].replaced


def test_whom_it_concerns(trust: TrustList, stolen: SecretKey, key: SecretKey) -> None:
    cut = trust.shut_out(stolen.key_id, 5, NOW)
    assert [cut.cut(body) for body in (BORNOVA, OFFICE, KONAK)] == [3, 3, 0]
    assert trust.cut(BORNOVA) == trust.next(NOW, members={}).cut(BORNOVA) == 0
    office_too = cut.shut_out(key.key_id, 1, NOW)
    assert [office_too.cut(body) for body in (BORNOVA, OFFICE, KONAK)] == [4, 4, 4]


def test_a_list_cannot_say_that_a_later_one_did(trust: TrustList, key: SecretKey, stolen: SecretKey) -> None:
    cut = trust.shut_out(stolen.key_id, 5, NOW)
    late = msgspec.structs.replace(cut.members[stolen.key_id], revoked_in=cut.version + 1)
    for members in (cut.members, {**cut.members, stolen.key_id: late}):
        signed = trust_lists.signed(msgspec.structs.replace(cut, members=members), key)
        if members is cut.members:
            assert trust_lists.read(signed.body, signed.signatures, trust.roots) == cut
            continue
        with pytest.raises(Malformed):
            trust_lists.read(signed.body, signed.signatures, trust.roots)


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("version", [2, 3])
def test_what_was_handed_on_before_is_left_out(
    trust: TrustList, key: SecretKey, stolen: SecretKey, version: int, own: bool
) -> None:
    """``own``: the office's own saves stay, whatever version it had."""
    revision = new_revision(
        record=f"{BORNOVA}/{'a1' * 16}",
        replica=(key if own else stolen).key_id,
        seq=1,
        parents=(),
        registers={"review_note": "x"} if own else {"title": "x"},
        author="Ayşe",
        wall=NOW,
    )
    data, _ = write(
        Contents([revision]),
        Place(seq=1),
        kind=ANSWER,
        sender=Sender(OFFICE, key.key_id),
        to=BORNOVA,
        created=NOW,
        key=key,
        trust_version=version,
    )
    reading = Reading(body=BORNOVA, trust=trust.shut_out(stolen.key_id, 5, NOW))
    bundle = verify(data, reading)
    assert list(bundle.revisions) == ([revision] if own or version == 3 else [])
    assert bundle.count == 1
    assert list(verify(data, replace(reading, trust=trust)).revisions) == [revision]
    assert list(verify(data, replace(reading, trust=trust.shut_out(key.key_id, 1, NOW))).revisions) == [revision]
