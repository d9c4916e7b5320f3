"""Files that are kept aside: in the order in which they came, with the reason of now, judged when that may change."""

import os
from pathlib import Path

from msgspec.structs import replace

from izsa_desktop.bundle import trust
from izsa_desktop.domain.errors import TooMuchAtOnce
from izsa_desktop.usecases import exchange, projects, quarantine, rebuilding, reviewing, trusting
from izsa_desktop.usecases.enrolment import pin_office, revoke
from izsa_desktop.usecases.quarantine import MOST, quarantined
from izsa_desktop.usecases.workplace import create_workplace, open_workplace, utc_now
from tests.usecases.line import Line, enter, export
from tests.usecases.mail import answer, pin, replica, take
from tests.usecases.test_answers import titles
from tests.usecases.test_office_pcs import colleague, to_district
from tests.usecases.test_withdrawing import BORNOVA


def test_they_are_told_in_the_order_in_which_they_came(line: Line) -> None:
    """Many within a second, and a clock that was set back."""
    with create_workplace(line.folder / "stranger", "TUR035007", "Yabancı", "en"):
        pass
    names = [f"{n}.izsa" for n in range(12)]
    for name in names:
        enter(line.folder / "stranger", name)
        take(line.office, export(line.folder / "stranger", line.folder / name))
        with open_workplace(line.office) as office:
            newest = quarantined(office)[-1]
            note = newest.path.with_suffix(".json")
            note.write_bytes(note.read_bytes().replace(newest.note.arrived.encode(), b"2001-01-01T00:00:00Z"))
    with open_workplace(line.office) as office:
        assert [one.note.name for one in quarantined(office)] == names
        assert [one.note.n for one in quarantined(office)] == list(range(1, 13))
        exchange.judge_again(office)
        assert [one.note.name for one in quarantined(office)] == names
    assert len(names) < MOST


def _old_note(line: Line) -> None:
    """As the version before this one wrote them."""
    for note in (line.office / quarantine.FOLDER).glob("*.json"):
        text = note.read_text(encoding="utf-8")
        note.write_text(text.replace('"n":1,', "").replace(',"deleted":0,"conflicts":0', ""), encoding="utf-8")


def test_one_that_would_change_very_much_waits_for_a_person_and_says_so(line: Line) -> None:
    ids = enter(line.konak, *(f"Durak {n}" for n in range(15)))
    take(line.office, export(line.konak, line.folder / "k1.izsa"))
    with open_workplace(line.konak) as konak:
        for id_ in ids[:12]:
            projects.delete_project(konak, id_)
    much = export(line.konak, line.folder / "k2.izsa")
    with open_workplace(line.office) as office:
        revoke(office, replica(line.konak))
    assert [one.code for one in take(line.office, much)] == [11]
    _old_note(line)
    with open_workplace(line.office) as office:
        with office.store.writing() as writer:
            current = office.trust(writer)
            members = {id_: replace(member, revoked_after_seq=None) for id_, member in current.members.items()}
            trusting.issue(office, writer, current.next(utc_now(), members=members))
        assert [one.refusal for one in exchange.judge_again(office)] == [TooMuchAtOnce(12, 0)]
        [kept] = quarantined(office)
        assert kept.note.refusal == TooMuchAtOnce(12, 0)
        assert kept.note.name == "k2.izsa"
        exchange.merge_bundles(office, [kept.parcel], confirmed=True)
        assert quarantined(office) == []
    assert len(titles(line.office)) == 3


def test_a_kept_file_that_is_brought_again_and_taken_in_is_kept_no_longer(line: Line) -> None:
    """Here by its own path, confirmed by the command line's --confirm: nothing is left behind."""
    bundle = answer(line, line.bornova, line.folder / "a.izsa")
    assert [one.code for one in take(line.bornova, bundle)] == [11]
    with open_workplace(line.office) as office:
        fingerprint = trusting.trust_view(office).trust.fingerprint
    with open_workplace(line.bornova) as bornova:
        assert len(quarantined(bornova)) == 1
        trusting.pin(bornova, fingerprint)
        assert [one.code for one in exchange.merge_bundles(bornova, [bundle])] == [0]
        assert quarantined(bornova) == []


def test_comparing_the_digits_judges_what_waited_for_it(line: Line) -> None:
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))] == [11]
    with open_workplace(line.office) as office:
        fingerprint = trusting.trust_view(office).trust.fingerprint
    with open_workplace(line.bornova) as bornova:
        assert pin_office(bornova, fingerprint.replace(" ", "")) == fingerprint
        assert quarantined(bornova) == []
        assert trusting.trust_view(bornova).trust.version == 4


def test_one_that_waits_for_a_list_in_another_that_waits_goes_in_with_it(line: Line) -> None:
    """At a district, before the digits: the answer of a PC that only the list in the other one names."""
    first = answer(line, line.bornova, line.folder / "a.izsa")
    with open_workplace(line.office) as office:
        trusting.rotate(office)
    second = answer(line, line.bornova, line.folder / "b.izsa")
    assert [one.code for one in take(line.bornova, second, first)] == [11, 11]
    with open_workplace(line.office) as office, office.store.reading() as reader:
        fingerprints = [trust.decode(body).fingerprint for _, body, _ in reader.trust_lists()]
    with open_workplace(line.bornova) as bornova:
        pin_office(bornova, fingerprints[0])
        assert quarantined(bornova) == []


def test_what_was_shut_out_counts_once_when_the_store_is_made_anew(line: Line) -> None:
    for n, title in enumerate(("Bir", "İki", "Üç"), start=1):
        enter(line.bornova, title)
        take(line.office, export(line.bornova, line.folder / f"{n}.izsa"))
    with open_workplace(line.office) as office:
        revoke(office, replica(line.bornova), 1)
        assert len(quarantined(office)) == 2
        done = rebuilding.rebuild(office)
        assert (done.bundles, done.refused) == (1, 2)
        assert len(quarantined(office)) == 2


def test_a_file_without_a_note_is_not_told_and_is_kept_when_it_comes_again(line: Line) -> None:
    """The program was stopped between the two."""
    bundle = answer(line, line.bornova, line.folder / "a.izsa")
    take(line.bornova, bundle)
    [note] = (line.bornova / quarantine.FOLDER).glob("*.json")
    os.truncate(note, 3)
    with open_workplace(line.bornova) as bornova:
        assert quarantined(bornova) == []
    take(line.bornova, bundle)
    with open_workplace(line.bornova) as bornova:
        assert [one.path.read_bytes() for one in quarantined(bornova)] == [Path(bundle).read_bytes()]


def test_what_a_list_in_a_bundle_shuts_out_is_kept_with_the_reason_until_a_list_lets_it_in(line: Line) -> None:
    """At a district: bundles of a PC of the office that its answer says is not trusted from then on."""
    pin(line, line.bornova)
    second = colleague(line)
    [id_] = enter(line.bornova, "Bir")
    take(second, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(second) as workplace:
        reviewing.review(workplace, id_, "incelemede", None)
    take(line.bornova, to_district(second, BORNOVA, line.folder / "s.izsa"))
    for last, kept in ((0, [11]), (1, [])):
        with open_workplace(line.office) as office:
            revoke(office, replica(second), last)
        take(line.bornova, to_district(line.office, BORNOVA, line.folder / f"{last}.izsa"))
        with open_workplace(line.bornova) as bornova:
            assert [one.note.code for one in quarantined(bornova)] == kept
