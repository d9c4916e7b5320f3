"""``similar``, ``relate`` and ``suggest-goals``."""

from pathlib import Path

import pytest

from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.line import Line, enter

OIL = "Atık yağ toplama", "Evlerden bitkisel atık yağ", "Bisiklet yolu"


@pytest.fixture
def ids(izsa: Izsa, line: Line) -> list[str]:
    return izsa.add(line.bornova, *({"title": title} for title in OIL))


def test_similar_projects_of_one(izsa: Izsa, line: Line, ids: list[str]) -> None:
    found = izsa("--data", line.bornova, "similar", ids[0], "--json").json
    assert found[0]["id"] == ids[1]
    assert 0 < found[0]["score"] <= 1
    assert {reason["kind"] for reason in found[0]["reasons"]} == {"words", "theme", "place"}
    assert found[0]["reasons"][0]["text"]
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert set(found[0]) | set(found[0]["reasons"][0]) == documented_keys(sections()["`izsa similar ID`"]) - {"a", "b"}
    plain = izsa("--data", line.bornova, "similar", ids[0])
    assert OIL[1] in plain.lines[0]
    assert "Used cooking oil" in plain.lines[1]


def test_pairs_over_all(izsa: Izsa, line: Line, ids: list[str]) -> None:
    [pair] = izsa("--data", line.bornova, "similar", "--json").json
    assert {pair["a"], pair["b"]} == set(ids[:2])
    assert set(pair) == documented_keys(sections()["`izsa similar`"])
    plain = izsa("--data", line.bornova, "similar")
    assert plain.lines[-1] == "1 pair"
    assert OIL[0] in plain.out


def test_an_answer_is_remembered(izsa: Izsa, line: Line, ids: list[str]) -> None:
    a, b, _ = ids
    done = izsa("--data", line.bornova, "relate", a, b, "BENZER DEGIL")
    assert (done.code, done.lines) == (0, [f"Kept: {a} – Not similar – {b}"])
    assert izsa("--data", line.bornova, "similar", "--json").json == []
    assert izsa("--data", line.bornova, "similar").lines == ["No pairs of similar projects wait for an answer."]
    assert b not in {one["id"] for one in izsa("--data", line.bornova, "similar", a, "--json").json}
    again = izsa("--data", line.bornova, "relate", a, b, "Not similar")
    assert again.lines == ["This was already so; nothing has changed."]
    shown = izsa("--data", line.bornova, "show", a, "--json").json
    assert [(row["other"], row["kind"]) for row in shown["relations"]] == [(b, "benzer değil")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("relate", "0", "0", "?"), "?"),
        (("relate", "0", "0", "aynı"), "itself"),
        (("relate", "0", "TUR035007/yok", "aynı"), "TUR035007/yok"),
        (("similar", "TUR035007/yok"), "TUR035007/yok"),
        (("similar", ""), "There is no project"),
        (("suggest-goals", "TUR035007/yok"), "TUR035007/yok"),
    ],
)
def test_what_is_not_possible(izsa: Izsa, line: Line, ids: list[str], arguments: tuple[str, ...], said: str) -> None:
    failed = izsa("--data", line.bornova, *(ids[0] if one == "0" else one for one in arguments))
    assert failed.code == 1
    assert said in failed.err


def test_nothing_is_like_it(izsa: Izsa, line: Line) -> None:
    [only] = enter(line.bornova, "Tek")
    assert izsa("--data", line.bornova, "similar", only).lines == ["No project is like it."]
    assert izsa("--data", line.bornova, "similar", only, "--json").json == []


def test_goals_of_a_text_and_of_a_project(izsa: Izsa, line: Line, ids: list[str]) -> None:
    found = izsa("--data", line.bornova, "suggest-goals", "Mahalle kompostu ve geri dönüşüm", "--json").json
    assert found[0]["goal"] == 12
    assert "kompostu" in found[0]["words"]
    keys = documented_keys(sections()["`izsa suggest-goals TEXT|ID`"])
    assert set(found[0]) | set(found[0]["targets"][0]) == keys
    assert izsa("--data", line.bornova, "suggest-goals", ids[2], "--json").json[0]["goal"] == 11
    plain = izsa("--data", line.bornova, "suggest-goals", ids[2])
    assert "11. Sustainable Cities and Communities: bisiklet" in plain.lines[0]
    assert izsa("--data", line.bornova, "suggest-goals", "Zzyzx").lines == ["No word of this text speaks for a goal."]
    assert izsa("--data", line.bornova, "suggest-goals", "Zzyzx", "--json").json == []


def test_a_text_may_begin_like_an_id_and_be_long(izsa: Izsa, line: Line) -> None:
    for text in ("TUR035 mahalle kompostu", "mahalle kompostu " * 5_000):
        assert izsa("--data", line.bornova, "suggest-goals", text, "--json").json[0]["goal"] == 12


def test_hostile_titles_stay_on_their_line(izsa: Izsa, line: Line) -> None:
    a, _ = enter(line.bornova, "Atık yağ\nsahte satır", "Atık yağ \u202eters")
    for arguments in (("similar", a), ("similar",)):
        told = izsa("--data", line.bornova, *arguments)
        assert "\nsahte" not in told.out
        assert "\u202e" not in told.out


def test_the_office_sees_everything(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    izsa.add(line.office, {"title": "Atık yağ", "district": "Konak"}, {"title": "Atık yağ evi", "district": "Foça"})
    [pair] = izsa("--data", line.office, "similar", "--json").json
    assert pair["score"] > 0.5
