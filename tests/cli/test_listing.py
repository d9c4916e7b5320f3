"""``list``, ``show`` and ``history``: what is found, and in which order."""

from pathlib import Path

import pytest

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.cli.driver import Izsa
from tests.usecases.line import Line


@pytest.fixture
def filled(izsa: Izsa, line: Line) -> Path:
    izsa.add(
        line.office,
        {"title": "Zeytin", "district": "Konak", "goals": [12, 11], "status": "fikir"},
        {"title": "ıspanak İÇİN", "district": "Konak", "goals": [2], "status": "sürüyor"},
        {"title": "İncir", "purpose": "Kâğıt", "district": "İzmir", "goals": [12]},
        {"title": "Çınar", "audience": "ŞEHİR", "district": "Çiğli", "goals": [1, 13]},
        {"title": "cami", "unit": "Işık Müdürlüğü", "district": "Çiğli"},
    )
    return line.office


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ((), ["cami", "Çınar", "ıspanak İÇİN", "İncir", "Zeytin"]),
        (("--query", "ISPANAK"), ["ıspanak İÇİN"]),
        (("--query", "icin ispanak"), ["ıspanak İÇİN"]),
        (("--query", "kagit"), ["İncir"]),
        (("--query", "şehir"), ["Çınar", "Zeytin"]),  # goal 11 is about cities
        (("--query", "isik"), ["cami"]),
        (("--query", "%"), []),
        (("--query", "zeytin incir"), []),
        (("--query", "SKA 12"), ["İncir", "Zeytin"]),
        (("--query", "zeytım"), ["Zeytin"]),
        (("--query", "konak", "--sort", "start"), ["ıspanak İÇİN", "Zeytin"]),
        (("--freshness", "fresh", "--goal", "12"), ["İncir", "Zeytin"]),
        (("--freshness", "stale"), []),
        (("--year", "unknown"), []),
        (("--goal", "12"), ["İncir", "Zeytin"]),
        (("--goal", "1"), ["Çınar"]),
        (("--district", "konak"), ["ıspanak İÇİN", "Zeytin"]),
        (("--district", "TUR035"), ["İncir"]),
        (("--status", "SÜRÜYOR"), ["ıspanak İÇİN"]),
        (("--district", "KONAK", "--goal", "11", "--status", "Fikir", "--query", "zey"), ["Zeytin"]),
    ],
)
def test_list(izsa: Izsa, filled: Path, options: tuple[str, ...], titles: list[str]) -> None:
    assert [record["title"] for record in izsa("--data", filled, "list", *options, "--json").json] == titles
    plain = izsa("--data", filled, "list", *options)
    assert len(plain.lines) == len(titles) + 1  # the last line says how many
    assert all(line.endswith(title) for line, title in zip(plain.lines, titles, strict=False))


@pytest.mark.parametrize(
    "option",
    [
        ("--goal", "18"),
        ("--target", "1.99"),
        ("--district", "Ankara"),
        ("--status", "bitti"),
        ("--theme", "yok"),
        ("--year", "abc"),
    ],
)
def test_a_filter_that_cannot_match_is_named(izsa: Izsa, filled: Path, option: tuple[str, str]) -> None:
    ended = izsa("--data", filled, "list", *option)
    assert (ended.code, ended.out) == (1, "")
    assert option[1] in ended.err


def test_a_few_letters_of_an_id_are_enough(izsa: Izsa, filled: Path) -> None:
    record = izsa("--data", filled, "list", "--query", "zeytin", "--json").json[0]
    body, _, number = record["id"].partition("/")
    for id_ in (record["id"], f"{body}/{number[:8]}", number, number[:8]):
        assert izsa.show(filled, id_) == record
    for id_ in (body, number[:3], "", "%", "TUR035/", "\n"):
        assert izsa("--data", filled, "show", id_).code == 1


def test_history_tells_who_wrote_what(izsa: Izsa, line: Line) -> None:
    [id_] = izsa.add(line.bornova, {"title": "Önce", "goals": [12, 11]})
    with open_workplace(line.bornova) as workplace:
        projects.save_project(workplace, id_, ProjectFields(title="Sonra", goals=("12",)))
    first, second = izsa("--data", line.bornova, "history", id_, "--json").json
    assert first["set"].pop("number").startswith("İZSA-BOR-20")
    assert first["set"] == {"title": "Önce", "main_goal": "12", "goals/11": {"rank": 1}, "district": "TUR035007"}
    assert second["set"] == {"title": "Sonra", "goals/11": None}
    assert (first["parents"], second["parents"]) == ([], [first["revision"]])
    assert {first["who"], second["who"]} == {"Ayşe Yılmaz"}
    assert len(izsa("--data", line.bornova, "history", id_).lines) == 2


def test_a_deleted_project_is_not_listed_but_can_be_shown(izsa: Izsa, line: Line) -> None:
    gone, kept = izsa.add(line.bornova, {"title": "Giden"}, {"title": "Kalan"})
    with open_workplace(line.bornova) as workplace:
        projects.delete_project(workplace, gone)
    assert [record["id"] for record in izsa("--data", line.bornova, "list", "--json").json] == [kept]
    assert izsa.show(line.bornova, gone)["deleted"] is True


def test_text_cannot_command_the_terminal(izsa: Izsa, line: Line) -> None:
    [id_] = izsa.add(line.bornova, {"title": "a\u202eb\u200bc", "purpose": "{x} %s \u2028"})
    for command in (("list",), ("show", id_), ("history", id_)):
        out = izsa("--data", line.bornova, *command).out
        assert not {"\u202e", "\u200b", "\u2028"} & set(out)
    assert "a␣U+202E␣b␣U+200B␣c" in izsa("--data", line.bornova, "list").out
