"""The office's own ladder: what it must hold, how it follows the one before, and how it reaches the districts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop import resource_files
from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import Contents, Place
from izsa_desktop.bundle.manifest import Sender
from izsa_desktop.bundle.trust import READ
from izsa_desktop.domain.errors import BadField, BadLadder, KnownError, Malformed, MayNotSpeak, NotJson, OfficeOnly
from izsa_desktop.domain.ledger import ANSWER
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.reference.ladder import load_ladder
from izsa_desktop.usecases import coaching, coaching_view, ladders
from izsa_desktop.usecases.ladders import MAX_LADDER, current_ladder, set_ladder
from izsa_desktop.usecases.trusting import lists_to_carry
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, state_hash
from tests.usecases.mail import answer, pin, take
from tests.usecases.test_office_pcs import colleague, to_district, to_office

BORNOVA = "TUR035007"
Change = Callable[[dict[str, Any]], object]


def own() -> dict[str, Any]:
    """The program's own, as the next version."""
    read: dict[str, Any] = json.loads(resource_files.path("reference/coaching_ladder.json").read_text(encoding="utf-8"))
    return {**read, "version": 2}


def changed(change: Change) -> bytes:
    ladder = own()
    change(ladder)
    return json.dumps(ladder).encode()


def first(ladder: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ladder["stages"][0]["criteria"][0]
    return found


def test_the_programs_own_ladder_is_one_that_the_office_could_set(line: Line) -> None:
    with open_workplace(line.office) as office:
        assert current_ladder(office) == load_ladder()
        shown = ladders.to_plain(current_ladder(office))
        assert shown == {**own(), "version": 1}
        assert set_ladder(office, json.dumps(own()).encode()).stages == load_ladder().stages


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda one: one.update(version=1), "not_newer"),
        (lambda one: one["stages"].pop(2), "stage_out_of_order"),
        (lambda one: one["stages"][1].update(number=7), "stage_out_of_order"),
        (lambda one: one["stages"][5]["criteria"].__delitem__(slice(3, 5)), "too_few_criteria"),
        (lambda one: first(one).update(code="1.9"), "code_of_another_stage"),
        (lambda one: first(one).update(code="0.x"), "code_of_another_stage"),
        (lambda one: first(one).update(code="0.01"), "code_of_another_stage"),
        (lambda one: first(one).update(code="0.2"), "code_twice"),
        (lambda one: one.update(retired=["0.1"]), "code_twice"),
        (lambda one: first(one).pop("months"), "never_met"),
        (lambda one: first(one).update(computed="magic"), "no_such_rule"),
        (lambda one: first(one)["name"].update(tr="a\u202eb"), "hidden_characters"),
        (lambda one: first(one)["evidence"].update(en=" x "), "hidden_characters"),
        (lambda one: one["stages"][5]["criteria"].pop(), "code_gone"),
        (lambda one: first(one).update(code="0.9"), "code_gone"),
    ],
)
def test_a_ladder_that_contradicts_itself_or_the_one_before(line: Line, change: Change, problem: str) -> None:
    with open_workplace(line.office) as office:
        with pytest.raises(BadField) as refused:
            set_ladder(office, changed(change))
        assert (refused.value.field, refused.value.problem) == ("ladder", problem)
        assert current_ladder(office) == load_ladder()


TOO_LARGE = BadField("ladder", "file_too_large", limit=256)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotJson(1)),
        (b"[]", BadLadder("$")),
        (b"{", NotJson(2)),
        (b'{"version":2,x}', NotJson(14)),
        (b'{"version":2,"retired":["\xff"]}', NotJson(1)),
        (b'{"version":2,"stages":[]}', BadLadder("$.stages")),
        (b'{"version":' * 20_000, BadLadder("$.version")),
        (b" " * (MAX_LADDER + 1), TOO_LARGE),
        (changed(lambda one: one.update(extra=1)), BadLadder("$.extra")),
        (changed(lambda one: one.update(version="2")), BadLadder("$.version")),
        (changed(lambda one: first(one).update(months=-1)), BadLadder("$.stages[0].criteria[0].months")),
        (changed(lambda one: first(one)["name"].pop("en")), BadLadder("$.stages[0].criteria[0].name.en")),
        (changed(lambda one: first(one)["name"].update(tr="")), BadLadder("$.stages[0].criteria[0].name.tr")),
    ],
)
def test_a_file_that_is_no_ladder(line: Line, data: bytes, error: KnownError) -> None:
    """The reader of JSON speaks English; what a person reads is ours, and says where it is."""
    with open_workplace(line.office) as office:
        with pytest.raises(type(error)) as refused:
            set_ladder(office, data)
        assert refused.value == error
        assert current_ladder(office) == load_ladder()


def test_a_file_is_read_no_further_than_it_may_be_long(tmp_path: Path) -> None:
    (tmp_path / "l.json").write_bytes(b" " * (MAX_LADDER + 1))
    with pytest.raises(BadField) as refused:
        ladders.read_ladder(tmp_path / "l.json")
    assert refused.value == TOO_LARGE


def test_an_office_pc_that_may_only_read_sets_no_ladder(line: Line) -> None:
    with open_workplace(colleague(line, READ)) as reader:
        data = changed(lambda _one: None)
        with pytest.raises(MayNotSpeak):
            set_ladder(reader, data)
        with pytest.raises(MayNotSpeak):
            ladders.follows(reader, data)
        with pytest.raises(MayNotSpeak):
            ladders.restore_ladder(reader)
        assert current_ladder(reader) == load_ladder()


def test_the_programs_own_comes_back_as_a_newer_version_with_what_it_had(line: Line) -> None:
    def other(ladder: dict[str, Any]) -> None:
        ladder["stages"][5]["criteria"][4] |= {"code": "5.6", "name": {"tr": "Başka", "en": "Other"}}
        ladder["retired"] = ["5.5"]

    with open_workplace(line.office) as office:
        set_ladder(office, changed(other))
        coaching.write_tick(office, BORNOVA, "5.6", "Belge")
        made = ladders.restore_ladder(office)
        assert (made.version, made.retired, made.stages) == (3, ("5.6",), load_ladder().stages)
        assert current_ladder(office) == made
        assert ladders.restore_ladder(office).version == 4, "and again, without harm"
        with pytest.raises(BadField) as refused:
            set_ladder(office, json.dumps(own() | {"version": 5}).encode())
        assert refused.value.problem == "code_gone", "5.6 stays retired"


def test_what_is_looked_at_first_changes_nothing(line: Line) -> None:
    with open_workplace(line.office) as office:
        assert ladders.follows(office, changed(lambda one: one.update(version=9))).version == 9
        with pytest.raises(BadField):
            ladders.follows(office, changed(lambda one: one.update(version=1)))
        assert current_ladder(office) == load_ladder()
    with open_workplace(line.bornova) as bornova, pytest.raises(OfficeOnly):
        ladders.follows(bornova, changed(lambda _one: None))


def test_a_criterion_that_goes_is_named_and_never_comes_back(line: Line) -> None:
    def without(ladder: dict[str, Any]) -> None:
        ladder["stages"][5]["criteria"].pop()
        ladder["retired"] = ["5.5"]

    with open_workplace(line.office) as office:
        assert set_ladder(office, changed(without)).retired == ("5.5",)
        for version, change, problem in (
            (3, lambda one: None, "code_back"),
            (3, lambda one: one["stages"][5]["criteria"].pop(), "code_gone"),
            (2, without, "not_newer"),
        ):
            ladder = own() | {"version": version}
            change(ladder)
            with pytest.raises(BadField) as refused:
                set_ladder(office, json.dumps(ladder).encode())
            assert refused.value.problem == problem


def test_a_district_sets_none(line: Line) -> None:
    with open_workplace(line.bornova) as bornova, pytest.raises(OfficeOnly):
        set_ladder(bornova, json.dumps(own()).encode())


def test_the_offices_ladder_reaches_the_districts_and_is_counted_by(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)

    def reworded(ladder: dict[str, Any]) -> None:
        first(ladder)["name"]["tr"] = "Muhatap bildirildi"
        first(ladder)["months"] = 1
        ladder["stages"][0]["criteria"].append(
            {
                "code": "0.6",
                "name": {"tr": "Yeni", "en": "New"},
                "evidence": {"tr": "belge", "en": "paper"},
                "months": 6,
            }
        )

    with open_workplace(line.office) as office:
        set_ladder(office, changed(reworded))
        coaching.write_tick(office, "Bornova", "0.1", "Yazı", "2026-01-31")
        coaching.write_tick(office, "Bornova", "0.6", "Belge", "2026-01-31")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    for folder in (line.office, line.bornova):
        with open_workplace(folder) as workplace:
            found = coaching_view.path(workplace, BORNOVA)
            assert (found.ladder.version, len(found.standing.criteria)) == (2, 31)
            [one] = [status for status in found.standing.criteria if status.criterion.code == "0.1"]
            assert one.criterion.name["tr"] == "Muhatap bildirildi"
            assert one.expires is not None and one.expires.isoformat() == "2026-02-28"
    with open_workplace(line.konak) as konak:
        assert current_ladder(konak).version == 1
    state_hash(line.bornova)


@pytest.mark.parametrize("data", [b"{", b"null", changed(lambda one: first(one).update(code="0.2"))])
def test_an_answer_with_a_ladder_that_cannot_be_used_is_refused(line: Line, tmp_path: Path, data: bytes) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office, office.store.reading() as reader:
        bundle, _ = bundle_file.write(
            Contents(lists=lists_to_carry(reader), ladder=data),
            Place(seq=1),
            kind=ANSWER,
            sender=Sender(OFFICE, office.identity.replica),
            to=BORNOVA,
            created="2026-01-31T12:00:00Z",
            key=office.key(),
        )
    (tmp_path / "a.izsa").write_bytes(bundle)
    [refused] = take(line.bornova, tmp_path / "a.izsa")
    assert isinstance(refused.refusal, Malformed)
    assert (refused.code, refused.refusal.reason) == (15, "ladder")
    with open_workplace(line.bornova) as bornova:
        assert current_ladder(bornova) == load_ladder()


def test_a_rule_that_only_a_later_version_knows_counts_nothing(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    later = changed(lambda one: first(one).update(computed="later_rule"))
    with open_workplace(line.bornova) as bornova, bornova.store.writing() as writer:
        writer.set_meta(ladders.ladder_that_came(later, writer.meta()))
    with open_workplace(line.bornova) as bornova:
        [one] = [s for s in coaching_view.path(bornova, BORNOVA).standing.criteria if s.criterion.code == "0.1"]
        assert one.count is None and not one.met


def test_of_two_ladders_of_the_office_everybody_keeps_the_same_whichever_comes_last(line: Line, tmp_path: Path) -> None:
    second = colleague(line)
    pin(line, line.bornova)

    def named(version: int, name: str) -> bytes:
        def change(ladder: dict[str, Any]) -> None:
            ladder["version"] = version
            first(ladder)["name"] = {"tr": name, "en": name}

        return changed(change)

    for version, theirs in ((2, 2), (5, 3)):
        for folder, number, name in ((line.office, version, "Z"), (second, theirs, "A")):
            with open_workplace(folder) as office:
                set_ladder(office, named(number, name))
        a, b = (to_office(one, tmp_path / f"{version}-{n}.izsa") for n, one in enumerate((line.office, second)))
        take(second, a)
        take(line.office, b)
        for n, folder in enumerate((line.office, second)):
            take(line.bornova, to_district(folder, BORNOVA, tmp_path / f"{version}-d{n}.izsa"))
        shown = []
        for folder in (line.office, second, line.bornova):
            with open_workplace(folder) as workplace:
                shown.append(current_ladder(workplace))
        assert shown[0] == shown[1] == shown[2]
        assert shown[0].version == version
