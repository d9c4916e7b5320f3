"""Saves in good order that their sender may not write, or not hand on."""

from collections.abc import Iterator
from typing import Any

from izsa_desktop.domain.revision import Revision
from tests.bundle.forge2 import OFFICE_KEY, answer, bundle, lines, revision
from tests.conformance.making.honest import OTHERS
from tests.conformance.world import OTHER, SECOND, STRANGER, Case
from tests.support import BORNOVA, KEMALPASA, make_revision


def cases() -> Iterator[Case]:
    yield from _foreign()
    yield from _decisions()
    yield from _handed_on()
    yield from _coaching()
    yield from _joint()


def _foreign() -> Iterator[Case]:
    own = [revision({"title": f"{n}"}, record=f"{BORNOVA}/{n:032x}", seq=n) for n in range(1, 50)]
    of_other = revision(record=f"{KEMALPASA}/{'a1' * 16}", seq=50)
    of_office = revision(record=f"TUR035/{'a1' * 16}")
    yield Case("A07-record-of-another-district", bundle(lines(of_other)), 12, "foreign_district")
    yield Case("A07-one-of-fifty", bundle(lines(*own, of_other)), 12, "foreign_district")
    yield Case("A07-record-of-the-code-that-begins-its-own", bundle(lines(of_office)), 12, "foreign_district")
    yield Case(
        "A25-id-of-another-districts-record", bundle(lines(revision(record=OTHERS.record))), 12, "foreign_district"
    )
    yield Case(
        "A07-written-by-a-pc-of-another-district", bundle(lines(revision(replica=OTHER.key_id))), 12, "foreign_replica"
    )
    yield Case(
        "A07-written-by-another-pc-of-the-district",
        bundle(lines(revision(replica=SECOND.key_id))),
        12,
        "foreign_replica",
    )
    yield Case("A27-save-of-an-unknown-type", bundle(lines(revision(type_="oylama"))), 17, "record_type")
    yield Case("A27-one-of-an-unknown-type", bundle(lines(*own, revision(type_="oylama", seq=50))), 17, "record_type")
    first = revision(record=f"{BORNOVA}/{'d4' * 16}")
    child = revision({"title": "x"}, first, seq=2)
    yield Case("A26-parent-of-another-record", bundle(lines(first, child)), 12, "foreign_parent")


def _decisions() -> Iterator[Case]:
    for n, state in enumerate(("incelemede", "düzeltme istendi", "onaylandı")):
        yield Case(
            f"A08-a-district-reviews-itself-{n + 1}",
            bundle(lines(revision({"review": state}))),
            12,
            "not_yours_to_decide",
        )
    yield Case(
        "A08-a-district-writes-the-offices-note",
        bundle(lines(revision({"review_note": "İyi"}))),
        12,
        "not_yours_to_decide",
    )
    settled = revision({"review": "onaylandı"}, settles=["review"])
    yield Case("A08-a-district-settles-a-review", bundle(lines(settled)), 12, "not_yours_to_decide")


def _handed_on() -> Iterator[Case]:
    """What an answer of the office may not bring to Bornova."""

    def by(key_id: str, registers: dict[str, Any], record: str = f"{BORNOVA}/{'a1' * 16}", **facts: Any) -> Revision:
        return make_revision(registers, record=record, replica=key_id, **facts)

    office = OFFICE_KEY.key_id
    for name, one, reason in [
        ("A08-the-office-states-a-districts-facts", by(office, {"title": "x"}), "not_yours_to_decide"),
        (
            "A08-the-office-settles-another-field",
            by(office, {"title": "x", "purpose": "y"}, settles=["title"]),
            "not_yours_to_decide",
        ),
        ("A07-answer-about-another-district", OTHERS, "foreign_district"),
        ("A07-answer-with-a-save-of-a-stranger", by(STRANGER.key_id, {"title": "x"}), "foreign_replica"),
        ("A07-answer-with-a-save-of-a-pc-of-another-district", by(OTHER.key_id, {"title": "x"}), "not_yours_to_decide"),
        ("A08-answer-with-a-districts-own-review", by(SECOND.key_id, {"review": "onaylandı"}), "not_yours_to_decide"),
    ]:
        yield Case(name, answer(lines(one)), 12, reason, at="bornova")


def _coaching() -> Iterator[Case]:
    """What the office alone says, to one district."""

    def note(key_id: str, record: str = f"{BORNOVA}/{'e5' * 16}", **facts: Any) -> Revision:
        said = {"kind": "note", "text": "Görüşüldü", "date": "2025-03-14"}
        return make_revision(said, record=record, replica=key_id, type_="coaching", **facts)

    own, office = revision().replica, OFFICE_KEY.key_id
    yield Case("A08-a-district-coaches-itself", bundle(lines(note(own))), 12, "not_yours_to_decide")
    erased = make_revision({}, record=f"{BORNOVA}/{'e5' * 16}", replica=own, type_="coaching")
    yield Case("A08-a-district-coaches-with-nothing", bundle(lines(erased)), 12, "not_yours_to_decide")
    theirs = note(own, f"{KEMALPASA}/{'e5' * 16}")
    yield Case("A07-a-district-coaches-another", bundle(lines(theirs)), 12, "foreign_district")
    handed_in = {"district/kind": "evidence", "district/criterion": "1.1", "district/text": "Olur"}
    more: dict[str, dict[str, Any]] = {
        "decides-about-its-evidence": {"returned": None},
        "puts-its-evidence-away": {"_deleted": True},
    }
    for name, registers in more.items():
        both = make_revision({**handed_in, **registers}, record=f"{BORNOVA}/{'e5' * 16}", replica=own, type_="coaching")
        yield Case(f"A08-a-district-{name}", bundle(lines(both)), 12, "not_yours_to_decide")
    forged = make_revision(handed_in, record=f"{BORNOVA}/{'e5' * 16}", replica=office, type_="coaching")
    for name, one, code, reason in [
        ("A08-the-office-hands-evidence-in", forged, 12, "not_yours_to_decide"),
        ("A07-answer-with-anothers-coaching", note(office, f"{KEMALPASA}/{'e5' * 16}"), 12, "foreign_district"),
        ("A08-answer-with-coaching-by-a-district", note(SECOND.key_id), 12, "not_yours_to_decide"),
        ("A27-answer-with-an-unknown-type", make_revision(replica=office, type_="oylama"), 17, "record_type"),
    ]:
        yield Case(name, answer(lines(one)), code, reason, at="bornova")


def _joint() -> Iterator[Case]:
    """A programme is the office's, and the answer to it the asked district's alone."""
    office, own = OFFICE_KEY.key_id, revision().replica

    def share(key_id: str, registers: dict[str, Any], body: str = BORNOVA) -> Revision:
        return make_revision(registers, record=f"{body}/{'e7' * 16}", replica=key_id, type_="joint")

    said = {"district/answer": {"day": "2025-03-14", "note": "", "said": "accept"}}
    for name, registers in (
        ("writes", {"title": "x"}),
        ("answers-and-writes", {**said, "title": "x"}),
        ("empties", {}),
    ):
        case = share(own, registers)
        yield Case(f"A08-a-district-{name}-a-programme", bundle(lines(case)), 12, "not_yours_to_decide")
    yield Case("A07-a-district-answers-for-another", bundle(lines(share(own, said, KEMALPASA))), 12, "foreign_district")
    for name, one, reason in (
        ("A08-the-office-answers-for-a-district", share(office, said), "not_yours_to_decide"),
        ("A07-answer-with-anothers-programme", share(office, {"title": "x"}, KEMALPASA), "foreign_district"),
        ("A07-answer-with-the-offices-programme", share(office, {"title": "x"}, "TUR035"), "foreign_district"),
    ):
        yield Case(name, answer(lines(one)), 12, reason, at="bornova")
