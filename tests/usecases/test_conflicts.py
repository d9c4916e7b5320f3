"""What two PCs wrote of one thing, as a person meets it: two PCs of a district and the office, with real bundles."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs

from izsa_desktop.domain.errors import BadField, NoSuchChoice, NoSuchProject, NotInConflict, NotYourDistrict
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.revision import DELETED, parse_revision
from izsa_desktop.domain.rows import Actual, Indicator, Partner
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.usecases import conflicts, erasure, projects
from izsa_desktop.usecases.choices import marked
from izsa_desktop.usecases.conflicts import Conflict, Disputed
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import BORNOVA, FIELDS
from tests.usecases.disputes import SECOND, Disputes, change, make_disputes, many, share, shown, write
from tests.usecases.line import Line, enter, merge, revisions_of, state_hash
from tests.usecases.mail import answer, pin, take


@pytest.fixture
def two(line: Line) -> Disputes:
    return make_disputes(line)


@pytest.fixture
def titles(two: Disputes) -> str:
    """A project to which both PCs gave another title; known to both and to the office."""
    [id_] = two.entered(ProjectFields(title="Çınar", purpose="Gölge"))
    two.differ(id_, {"title": "Ulu çınar altı"}, {"title": "Koca çınar altı"})
    two.send()
    return id_


def waiting(folder: Path) -> list[Disputed]:
    with open_workplace(folder) as workplace:
        found = conflicts.conflicts(workplace, "tr")
        assert [one.id for one in conflicts.overview(workplace)] == [one.id for one in found]
        assert conflicts.count_conflicts(workplace) == len(found)
        return found


def asked(folder: Path, id_: str) -> tuple[Conflict, ...]:
    with open_workplace(folder) as workplace:
        return conflicts.conflicts_of(workplace, id_, "tr").conflicts


def texts(conflict: Conflict) -> list[str]:
    return [choice.text for choice in conflict.choices]


def choose(folder: Path, id_: str, conflict: Conflict, place: int) -> None:
    """A person chooses the nth value of one question."""
    with open_workplace(folder) as workplace:
        conflicts.settle(workplace, id_, dict.fromkeys(conflict.registers, conflict.choices[place].revision))


# --- what there is to decide ------------------------------------------------------------------------------------------


def test_every_value_stands_with_who_when_and_where(two: Disputes, titles: str) -> None:
    [one] = waiting(two.first)
    assert (one.id, one.body, one.fields, one.title) == (
        titles,
        BORNOVA,
        ("title",),
        shown(two.first, titles).fields.title,
    )
    [conflict] = one.conflicts
    assert (conflict.registers, conflict.field, conflict.name) == (("title",), "title", "Proje adı")
    assert texts(conflict) == ["Ulu çınar altı", "Koca çınar altı"]
    [[first], [second]] = [choice.voices for choice in conflict.choices]
    assert (first.who, first.own, first.district, first.replica) == (
        "Ayşe Yılmaz", True, BORNOVA, two.replica(two.first)
    )  # fmt: skip
    assert (second.who, second.own, second.replica) == (SECOND, False, two.replica(two.second))
    assert [choice.shown for choice in conflict.choices].count(True) == 1
    assert next(choice.text for choice in conflict.choices if choice.shown) == one.title


def test_the_office_sees_whose_pcs_they_are_and_the_words_that_differ(two: Disputes, titles: str) -> None:
    [one] = waiting(two.office)
    [conflict] = one.conflicts
    assert {choice.voices[0].district for choice in conflict.choices} == {BORNOVA}
    for choice, word in zip(conflict.choices, (choice.text.split()[0] for choice in conflict.choices), strict=True):
        assert "".join(segment.text for segment in choice.segments) == choice.text
        assert [segment.text.strip() for segment in choice.segments if segment.sort == "added"] == [word]


def test_another_district_has_nothing_to_decide(two: Disputes, titles: str) -> None:
    with open_workplace(two.line.konak) as konak, open_workplace(two.first) as first:
        share(first, konak)
        assert conflicts.count_conflicts(konak) == 0
        assert conflicts.conflicts(konak) == []
        with pytest.raises(NotYourDistrict):
            conflicts.conflicts_of(konak, titles)
        with pytest.raises(NotYourDistrict):
            conflicts.settle(konak, titles, {"title": conflicts.conflicts(first)[0].conflicts[0].choices[0].revision})
        with pytest.raises(NotYourDistrict):
            conflicts.settle_all_from(konak, [titles], first.identity.replica)
        with pytest.raises(NoSuchProject):
            conflicts.settle(first, f"{BORNOVA}/{'0' * 32}", {"title": "0" * 64})


def test_the_second_value_is_the_same_pcs_in_every_field(two: Disputes) -> None:
    [id_] = two.entered(FIELDS)
    two.differ(id_, {"title": "A1", "unit": "A2", "start": "2025"}, {"start": "2026", "title": "B1", "unit": "B2"})
    for folder in (two.first, two.second):
        own = [conflict.choices[0].voices[0].own for conflict in asked(folder, id_)]
        assert own == [True] * 3
    assert [texts(conflict) for conflict in asked(two.first, id_)] == [["A1", "B1"], ["2025", "2026"], ["A2", "B2"]]


def test_who_says_the_same_is_one_choice(two: Disputes) -> None:
    [id_] = two.entered(ProjectFields(title="Çınar"))
    heads = shown(two.first, id_).heads
    with open_workplace(two.first) as first, open_workplace(two.second) as second:
        for workplace, title in ((first, "Meşe"), (second, "Söğüt"), (second, "Meşe")):
            write(workplace, id_, {"title": title}, heads)
    two.meet()
    [conflict] = asked(two.first, id_)
    assert texts(conflict) == ["Meşe", "Söğüt"]
    assert {voice.who for voice in conflict.choices[0].voices} == {"Ayşe Yılmaz", SECOND}
    choose(two.first, id_, conflict, 0)
    assert shown(two.first, id_).fields.title == "Meşe"


def test_a_row_is_one_choice_and_its_order_is_none_of_it(two: Disputes) -> None:
    partners = tuple(Partner(key=f"p{n}", name=name) for n, name in enumerate(("Ege", "Yaşar", "Vakıf")))
    [id_] = two.entered(structs.replace(FIELDS, partners=partners))
    renamed = (replace(partners[0], name="Ege Üniversitesi"), *partners[1:])
    two.differ(id_, {"partners": renamed}, {"partners": partners[1:]})
    [conflict] = asked(two.first, id_)
    assert (conflict.registers, conflict.name) == (("partners/p0",), "Ortaklar: Ege Üniversitesi")
    assert texts(conflict) == ["Ege Üniversitesi", "bu satır yok"]
    choose(two.first, id_, conflict, 1)
    assert [row.name for row in shown(two.first, id_).fields.partners] == ["Yaşar", "Vakıf"]


def test_an_order_is_one_choice(two: Disputes) -> None:
    partners = tuple(Partner(key=f"p{n}", name=name) for n, name in enumerate("ABC"))
    [id_] = two.entered(structs.replace(FIELDS, partners=partners, audience=("kadınlar", "çocuklar", "gençler")))
    two.differ(
        id_,
        {"partners": (partners[2], *partners[:2]), "audience": ("gençler", "kadınlar", "çocuklar")},
        {"partners": (*partners[1:], partners[0]), "audience": ("çocuklar", "gençler", "kadınlar")},
    )
    audience, order = asked(two.first, id_)
    assert order.name == "Ortaklar: sıra"
    assert texts(order) == ["C; A; B", "B; C; A"]
    assert texts(audience) == ["Gençler, Kadınlar, Çocuklar", "Çocuklar, Gençler, Kadınlar"]
    assert [len(conflict.registers) for conflict in (audience, order)] == [3, 3]
    choose(two.first, id_, order, 1)
    choose(two.first, id_, audience, 0)
    fields = shown(two.first, id_).fields
    assert [row.name for row in fields.partners] == ["B", "C", "A"]
    assert fields.audience == ("gençler", "kadınlar", "çocuklar")
    assert asked(two.first, id_) == ()


def test_places_in_an_order_that_come_to_the_same_are_told_apart(two: Disputes) -> None:
    partners = tuple(Partner(key=f"p{n}", name=name) for n, name in enumerate("ABC"))
    [id_] = two.entered(structs.replace(FIELDS, partners=partners))
    two.differ(id_, {"partners": partners[::-1]}, {"partners": (*partners[1:], partners[0])})
    [conflict] = asked(two.first, id_)
    assert texts(conflict) == ["B; C; A (buradaki sırası: 1)", "B; C; A (buradaki sırası: 2)"]


def test_places_dates_goals_and_what_was_reached_are_told_in_words(two: Disputes) -> None:
    one = FIELDS.indicators[0]
    [id_] = two.entered(FIELDS)

    def reached(value: int) -> tuple[Indicator, ...]:
        return (replace(one, actuals=(Actual(key="a1", value=Decimal(value), date="2024-12", source="Sayaç"),)),)

    two.differ(
        id_,
        {"location": Location(38.5, 27.5), "start": "2024-06-01", "goals": ("13", "6", "11"), "indicators": reached(1)},
        {"location": None, "start": "unknown", "goals": ("11", "6", "13"), "indicators": reached(2)},
    )
    told = {conflict.field: (conflict.name, texts(conflict)) for conflict in asked(two.first, id_)}
    assert told["location"] == ("Konum", ["38.50000, 27.50000", ""])
    assert told["start"] == ("Başlangıç", ["1 Haziran 2024", "bilinmiyor"])
    assert told["indicators"][0] == "Göstergeler: Toplanan su · Sayaç"
    assert [text.split(" · ")[0] for text in told["indicators"][1]] == ["Sayaç", "Sayaç"]
    assert [text.startswith(code) for text, code in zip(told["goals"][1], ("13 ", "11 "), strict=True)] == [True, True]


def test_two_drawings_that_words_cannot_tell_apart_are_not_told_whole(two: Disputes) -> None:
    [id_] = two.entered(ProjectFields(title="Çınar"))
    path = [(27.0 + n / 10_000, 38.4) for n in range(500)]
    one, other = (Shape(LINE, ((*path, (27.06, lat)),)) for lat in (38.4, 38.4000001))
    two.differ(id_, {"shape": one}, {"shape": other})
    [conflict] = asked(two.first, id_)
    first, second = texts(conflict)
    assert first != second
    assert first.startswith("Hat · 501 nokta · ")
    assert max(len(first), len(second)) < 500


def test_what_this_version_does_not_know_is_told_as_it_is(two: Disputes) -> None:
    [id_] = two.entered(ProjectFields(title="Çınar"))
    heads = shown(two.first, id_).heads
    with open_workplace(two.first) as first, open_workplace(two.second) as second:
        for workplace, n, value in ((first, 1, {"a": "<b>1"}), (second, 2, "iki")):
            partners = {"partners/x": {"rank": 1, "yeni": n}, "partners/y": {"rank": 2, "name": "Ege", "yeni": n}}
            write(workplace, id_, {"geleceğin/alanı": value, **partners}, heads)
    two.meet()
    partner, further, unknown = asked(two.first, id_)
    assert (unknown.name, texts(unknown)) == ("geleceğin/alanı", ['{"a":"<b>1"}', "iki"])
    assert texts(partner) == ['{"rank":1,"yeni":1}', '{"rank":1,"yeni":2}']
    assert texts(further) == [f'Ege {{"name":"Ege","rank":2,"yeni":{n}}}' for n in (1, 2)]
    choose(two.first, id_, unknown, 1)
    choose(two.first, id_, partner, 1)
    choose(two.first, id_, further, 0)
    assert asked(two.first, id_) == ()


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_a_choice_is_one_save_upon_all_that_names_what_it_settles(two: Disputes, titles: str) -> None:
    heads = shown(two.first, titles).heads
    with open_workplace(two.first) as first:
        before = len(revisions_of(first))
        [conflict] = conflicts.conflicts_of(first, titles).conflicts
        project = conflicts.settle(first, titles, {"title": conflict.choices[1].revision[:10]})
        assert (project.fields.title, project.conflicts) == ("Koca çınar altı", ())
        assert len(revisions_of(first)) == before + 1
        save = revisions_of(first)[-1]
        assert (set(save.parents), save.settles, dict(save.registers)) == (
            set(heads), ("title",), {"title": "Koca çınar altı"}
        )  # fmt: skip
        assert (save.author, save.replica) == ("Ayşe Yılmaz", first.identity.replica)
        assert parse_revision(save.body) == save
        assert [p.id for p in projects.list_projects(first, ProjectFilter(query="koca"))] == [titles]
        assert projects.list_projects(first, ProjectFilter(query="ulu")) == []
    assert waiting(two.first) == []


def test_what_was_decided_stays_decided_when_old_bundles_come_again(two: Disputes, titles: str) -> None:
    old = two.send()
    [conflict] = asked(two.first, titles)
    choose(two.first, titles, conflict, 0)
    new = two.send()
    assert waiting(two.office) == []
    before = state_hash(two.office)
    merge(two.office, *old, *new, *old)
    assert state_hash(two.office) == before
    assert shown(two.office, titles).fields.title == "Ulu çınar altı"


def test_the_office_decides_about_everybodys_records_and_writes_nothing_else_into_them(
    two: Disputes, titles: str
) -> None:
    [conflict] = asked(two.office, titles)
    with open_workplace(two.office) as office:
        with pytest.raises(NotYourDistrict):
            projects.save_project(office, titles, ProjectFields(title="Büyükşehir’in çınarı"))
        project = conflicts.settle(office, titles, {"title": conflict.choices[0].revision})
        assert (project.fields.title, project.conflicts) == (conflict.choices[0].text, ())
        assert revisions_of(office)[-1].settles == ("title",)
        assert revisions_of(office)[-1].replica == office.identity.replica
    assert waiting(two.office) == []
    with open_workplace(two.office) as office, open_workplace(two.first) as first:
        share(office, first)
    assert waiting(two.first) == []
    assert shown(two.first, titles).fields.title == conflict.choices[0].text


def test_a_decision_travels_both_ways(two: Disputes, titles: str) -> None:
    """By bundles alone: the office decides, a district PC thinks it over, and everybody ends with the same."""
    pin(two.line, two.first, two.second)
    [conflict] = asked(two.office, titles)
    choose(two.office, titles, conflict, 0)
    answered = answer(two.line, two.first, two.line.folder / "answer.izsa")
    for folder in (two.first, two.second):
        assert {one.code for one in take(folder, answered)} == {0}
        assert waiting(folder) == []
        assert shown(folder, titles).fields.title == conflict.choices[0].text
    with open_workplace(two.second) as second:
        [again] = conflicts.reopen(second, titles).conflicts
    assert {*texts(again)} == {*texts(conflict)}
    choose(two.second, titles, again, texts(again).index(conflict.choices[1].text))
    two.send()
    assert {one.code for one in take(two.first, answer(two.line, two.first, two.line.folder / "again.izsa"))} == {0}
    for folder in (two.first, two.second, two.office):
        assert waiting(folder) == []
        assert shown(folder, titles).fields.title == conflict.choices[1].text


def test_several_fields_in_one_save(two: Disputes) -> None:
    [id_] = two.entered(FIELDS)
    two.differ(id_, {"title": "A", "unit": "A2"}, {"title": "B", "unit": "B2"})
    title, unit = asked(two.first, id_)
    with open_workplace(two.first) as first:
        before = len(revisions_of(first))
        conflicts.settle(first, id_, {"title": title.choices[0].revision, "unit": unit.choices[1].revision})
        assert len(revisions_of(first)) == before + 1
        assert revisions_of(first)[-1].settles == ("title", "unit")
    fields = shown(two.first, id_).fields
    assert (fields.title, fields.unit) == ("A", "B2")


def test_what_is_no_choice_is_refused_and_nothing_is_written(two: Disputes, titles: str) -> None:
    [conflict] = asked(two.first, titles)
    standing = conflict.choices[0].revision
    with open_workplace(two.first) as first:
        before, replaced = len(revisions_of(first)), revisions_of(first)[0].id
        for wanted, error in (
            ({"title": replaced}, NoSuchChoice),
            ({"title": "0" * 64}, NoSuchChoice),
            ({"title": standing[:3]}, NoSuchChoice),
            ({"title": ""}, NoSuchChoice),
            ({"purpose": standing}, NotInConflict),
            ({"title": standing, "unit": standing}, NotInConflict),
            ({"": standing}, NotInConflict),
        ):
            with pytest.raises(error):
                conflicts.settle(first, titles, wanted)
        assert len(revisions_of(first)) == before
        conflicts.settle(first, titles, {})
        assert len(revisions_of(first)) == before
    change(two.second, titles, title="Sonunda çınar")  # decided in the usual way, elsewhere
    two.meet()
    with open_workplace(two.first) as first, pytest.raises(NotInConflict):
        conflicts.settle(first, titles, {"title": standing})


def test_what_was_erased_cannot_be_chosen(two: Disputes, titles: str) -> None:
    [conflict] = asked(two.second, titles)
    mine = next(choice for choice in conflict.choices if choice.voices[0].own)
    with open_workplace(two.second) as second:
        erasure.erase(second, titles, Forget(field="title", reason="Başvuru", revisions=(mine.revision,)))
        assert conflicts.conflicts(second) == []
        with pytest.raises(NotInConflict):
            conflicts.settle(second, titles, {"title": mine.revision})


def test_keeping_and_putting_away(two: Disputes) -> None:
    kept, away = two.entered(ProjectFields(title="Kalsın"), ProjectFields(title="Gitsin"))
    for id_ in (kept, away):
        with open_workplace(two.first) as first:
            projects.delete_project(first, id_)
        change(two.second, id_, purpose="Yeni amaç")
    two.meet()
    for id_, place, text in ((kept, 1, "Proje kalsın"), (away, 0, "Proje silinsin")):
        [conflict] = asked(two.first, id_)
        assert (conflict.registers, texts(conflict)) == ((DELETED,), ["Proje silinsin", "Proje kalsın"])
        assert conflict.choices[place].text == text
        choose(two.first, id_, conflict, place)
    assert (shown(two.first, kept).deleted, shown(two.first, away).deleted) == (False, True)
    assert waiting(two.first) == []


def test_a_record_in_the_bin_asks_nothing(two: Disputes, titles: str) -> None:
    with open_workplace(two.first) as first:
        projects.delete_project(first, titles)
        assert conflicts.count_conflicts(first) == 0
        projects.restore_project(first, titles)
        assert conflicts.count_conflicts(first) == 1


def test_a_district_cannot_choose_what_the_office_decides(two: Disputes) -> None:
    [id_] = two.entered(FIELDS)
    two.send()
    heads = shown(two.first, id_).heads
    with open_workplace(two.office) as office, open_workplace(two.first) as first:
        write(office, id_, {"review": "onaylandı"}, heads)
        write(first, id_, {"review": "gönderildi"}, heads)
        share(office, first)
        [conflict] = conflicts.conflicts_of(first, id_).conflicts
        assert {choice.values["review"]: choice.allowed for choice in conflict.choices} == {
            "onaylandı": False, "gönderildi": True
        }  # fmt: skip
        theirs = next(choice for choice in conflict.choices if not choice.allowed)
        with pytest.raises(BadField):
            conflicts.settle(first, id_, {"review": theirs.revision})
        assert conflicts.settle_all_from(first, None, office.identity.replica) == []
        share(first, office)
        assert conflicts.settle_all_from(office, None, office.identity.replica)[0].registers == ("review",)


# --- all from one PC --------------------------------------------------------------------------------------------------


def test_everything_from_one_pc_in_one_step(two: Disputes) -> None:
    ids = many(two, 5, lambda n, name: {"title": f"{name} {n}", "unit": name, "place": "aynı"})
    with open_workplace(two.first) as first:
        before = len(revisions_of(first))
        [one] = conflicts.settle_all_from(first, [ids[3]], two.replica(two.second))
        assert (one.record, one.registers) == (ids[3], ("title", "unit"))
        assert len(revisions_of(first)) == before + 1
        assert conflicts.settle_all_from(first, None, "0" * 16) == []
        steps: list[tuple[int, int]] = []
        done = conflicts.settle_all_from(first, None, first.identity.replica, lambda n, of: steps.append((n, of)))
        assert sorted(settled.record for settled in done) == sorted({*ids} - {ids[3]})
        assert steps[-1] == (4, 4)
        assert conflicts.count_conflicts(first) == 0
        assert sorted(p.fields.title for p in projects.list_projects(first)) == [
            "first 0", "first 1", "first 2", "first 4", "second 3"
        ]  # fmt: skip


# --- thinking it over -------------------------------------------------------------------------------------------------


def test_a_choice_can_be_thought_over_and_over(two: Disputes, titles: str) -> None:
    choose(two.first, titles, asked(two.first, titles)[0], 0)
    for place in (1, 0, 1):
        with open_workplace(two.first) as first:
            before = len(revisions_of(first))
            [again] = conflicts.reopen(first, titles).conflicts
            assert (again.settled, again.registers, texts(again)) == (
                True, ("title",), ["Ulu çınar altı", "Koca çınar altı"]
            )  # fmt: skip
            assert [choice.shown for choice in again.choices] == [place == 1, place == 0]
            assert conflicts.count_conflicts(first) == 0
            assert len(revisions_of(first)) == before  # looking changes nothing
        choose(two.first, titles, again, 1 - place)  # the same again
        with open_workplace(two.first) as first:
            assert len(revisions_of(first)) == before
        choose(two.first, titles, again, place)
        assert shown(two.first, titles).fields.title == texts(again)[place]


def test_only_what_is_asked_for_is_opened_again(two: Disputes) -> None:
    [id_] = two.entered(FIELDS)
    two.differ(id_, {"title": "A", "unit": "A2", "place": "A3"}, {"title": "B", "unit": "B2", "place": "B3"})
    by_field = {conflict.field: conflict for conflict in asked(two.first, id_)}
    choose(two.first, id_, by_field["title"], 0)
    choose(two.first, id_, by_field["unit"], 0)
    with open_workplace(two.first) as first:
        again = conflicts.reopen(first, id_, ["unit"]).conflicts
        assert [(one.field, one.settled) for one in again] == [("place", False), ("unit", True)]
        assert [one.field for one in conflicts.reopen(first, id_).conflicts] == ["title", "place", "unit"]
        assert [one.field for one in conflicts.reopen(first, id_, ["place", "purpose"]).conflicts] == ["place"]
    change(two.first, id_, title="Yepyeni")
    with open_workplace(two.first) as first:
        assert [one.field for one in conflicts.reopen(first, id_).conflicts] == ["place", "unit"]


def test_two_who_decide_differently_stand_beside_each_other_again(two: Disputes, titles: str) -> None:
    choose(two.first, titles, asked(two.first, titles)[0], 0)
    choose(two.second, titles, asked(two.second, titles)[0], 0)
    two.meet()
    [conflict] = asked(two.first, titles)
    assert (texts(conflict), conflict.settled) == (["Ulu çınar altı", "Koca çınar altı"], False)
    choose(two.first, titles, conflict, 1)
    two.meet()
    assert (waiting(two.first), waiting(two.second)) == ([], [])
    assert shown(two.second, titles).fields.title == "Koca çınar altı"


def test_nothing_to_decide_is_an_empty_list(line: Line) -> None:
    [id_] = enter(line.bornova, "Çınar")
    assert waiting(line.bornova) == []
    assert asked(line.bornova, id_) == ()
    with open_workplace(line.bornova) as bornova:
        assert conflicts.reopen(bornova, id_).conflicts == ()


# --- texts side by side -----------------------------------------------------------------------------------------------


def marks(*texts: str) -> list[list[str]]:
    found = marked(texts)
    assert ["".join(segment.text for segment in one) for one in found] == list(texts)
    return [[segment.text.strip() for segment in one if segment.sort != "same"] for one in found]


def test_what_a_neighbour_lacks_is_marked() -> None:
    assert marks("ulu çınar altı", "koca çınar altı") == [["ulu"], ["koca"]]
    assert marks("çınar altı", "çınar altı", "çınar altı kafe") == [[], [], ["kafe"]]
    assert marks("a b c d", "a x c d", "a y c d") == [["b"], ["x"], ["y"]]
    assert marks("tek") == [[]]
    assert marks("", "söz") == [[], []]


def test_texts_with_little_in_common_are_not_marked() -> None:
    assert marks("bambaşka bir söz dizisi", "hiç benzemeyen bir cümle daha") == [[], []]
    assert marks("a b c d", "a x c d", "bambaşka") == [["b"], ["x"], []]
