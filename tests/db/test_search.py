"""Finding projects: Turkish search, filters and order; a query is never more than text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.db.store import Store
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.text import sort_key
from tests.support import BORNOVA, FIELDS, KEMALPASA, make_revision

TITLES = [
    "Çınar",
    "Cıvıl",
    "Zeytin",
    "ışık",
    "İnşaat Atığı",
    "Iğdır",
    "Ağaç",
    "100% geri_dönüşüm",
    "öğün",
    "Ödül",
    "A/B\\C",
]
FIELD_SETS = [
    ProjectFields(
        title=title,
        goals=("6",) if n % 2 else ("16", "11"),
        district=(BORNOVA, KEMALPASA)[n % 3 == 0],
        status="fikir" if n < 4 else "",
    )
    for n, title in enumerate(TITLES)
]


def _record(n: int) -> str:
    return f"{BORNOVA}/{n:032x}"


def _fill(store: Store, *fields: ProjectFields) -> None:
    with store.writing() as writer:
        writer.add([make_revision(to_registers(f, {}), record=_record(n), seq=n + 1) for n, f in enumerate(fields)])


def _titles(store: Store, **wanted: Any) -> list[str]:
    with store.reading() as reader:
        found = reader.projects(ProjectFilter(**wanted))
        assert reader.count(ProjectFilter(**wanted)) == len(found)
    return [project.fields.title for project in found]


def test_projects_come_in_the_order_of_the_turkish_alphabet(store: Store) -> None:
    _fill(store, *FIELD_SETS)
    in_order = [
        "100% geri_dönüşüm",
        "A/B\\C",
        "Ağaç",
        "Cıvıl",
        "Çınar",
        "Iğdır",
        "ışık",
        "İnşaat Atığı",
        "Ödül",
        "öğün",
        "Zeytin",
    ]
    assert _titles(store) == in_order


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("INS", ["İnşaat Atığı"]),
        ("inş", ["İnşaat Atığı"]),
        ("ınş", ["İnşaat Atığı"]),
        ("ISIK", ["ışık"]),
        ("IĞDIR", ["Iğdır"]),
        ("iğdir", ["Iğdır"]),
        ("atığı inşaat", ["İnşaat Atığı"]),
        ("atık", ["İnşaat Atığı"]),
        ("şaat", []),
        ("zeytim", ["Zeytin"]),
        ("insat", ["İnşaat Atığı"]),
        ("atığı zeytin", []),
        ("o", ["Ödül", "öğün"]),
        ("100% geri", ["100% geri_dönüşüm"]),
        ("DÖN", ["100% geri_dönüşüm"]),
        ("b a", ["A/B\\C", "İnşaat Atığı"][:1]),
        ("x' OR 1=1 --", []),
        ('zey"tin', []),
        ('"zey"', ["Zeytin"]),
        ("zeytin AND ışık", []),
        ("zey*", ["Zeytin"]),
        ("\0", []),
        ("%", []),
        ("  \t\n ", sorted(TITLES, key=sort_key)),
    ],
)
def test_search(store: Store, query: str, titles: list[str]) -> None:
    _fill(store, *FIELD_SETS)
    assert _titles(store, query=query) == titles


def test_all_words_of_a_project_are_searched(store: Store) -> None:
    _fill(store, FIELDS, ProjectFields(title="Başka"))
    for query in (
        *("yağmur", "su hasadi", "example.org", "ÇATI", "kazimdirik", "büyükpark", "iklim mudurlugu"),
        *("bornova belediyesi", "okullar", "çocuk", "harvest", "süzgeç"),
    ):
        assert _titles(store, query=query) == [FIELDS.title], query


def test_filters_are_exact_and_join(store: Store) -> None:
    _fill(store, *FIELD_SETS)
    assert set(_titles(store, goal=("6",))) == {f.title for f in FIELD_SETS if "6" in f.goals}
    eleven = {f.title for f in FIELD_SETS if "11" in f.goals}
    assert set(_titles(store, goal=("11",))) == set(_titles(store, goal=("16",))) == eleven
    assert set(_titles(store, goal=("11", "6"))) == set(TITLES)
    for goal in ("1", "%", "_", "6,", ","):
        assert _titles(store, goal=(goal,)) == []
    assert set(_titles(store, district=(KEMALPASA,))) == {f.title for f in FIELD_SETS if f.district == KEMALPASA}
    assert _titles(store, district=("TUR035",)) == []
    assert set(_titles(store, status=("fikir",))) == set(TITLES[:4])
    assert set(_titles(store, status=("",))) == set(TITLES[4:])
    assert _titles(store, status=("fikir",), goal=("6",), district=(BORNOVA,), query="c") == ["Cıvıl"]


def test_a_page_of_text_in_the_search_box_is_a_query_like_others(store: Store) -> None:
    _fill(store, FIELDS, ProjectFields(title="Başka"))
    page = " ".join(f"yağmur{n}" for n in range(5000))
    assert _titles(store, query=page) == []
    assert _titles(store, query="yağmur " * 5000) == [FIELDS.title]
    assert _titles(store, query="y" * 200_000) == []


def test_any_query_is_answered(store: Store) -> None:
    @given(st.text(max_size=30))
    def ask(query: str) -> None:
        with store.reading() as reader:
            reader.projects(ProjectFilter(query=query, goal=(query,), district=(query,), status=(query,)))
            reader.record_ids(query)

    ask()


def test_a_project_is_found_by_the_beginning_of_either_part_of_its_id(store: Store) -> None:
    ids = [f"{BORNOVA}/{'a' * 31}{n}" for n in (1, 2)] + [f"{KEMALPASA}/{'b' * 32}"]
    with store.writing() as writer:
        writer.add([make_revision(record=id_, seq=n) for n, id_ in enumerate(ids, start=1)])
    with store.reading() as reader:
        assert reader.record_ids(KEMALPASA) == reader.record_ids("bbbb") == reader.record_ids(ids[2]) == [ids[2]]
        assert reader.record_ids("a" * 31 + "2") == [ids[1]]
        assert len(reader.record_ids("aaaa")) == len(reader.record_ids("TUR035")) == 2
        assert reader.record_ids("%") == reader.record_ids("_") == reader.record_ids("cccc") == []
