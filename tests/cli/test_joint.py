"""``izsa joint``."""

from datetime import date
from pathlib import Path

import pytest

from izsa_desktop.i18n import Translator
from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.line import Line, export
from tests.usecases.mail import answer, pin, second_pc, take


@pytest.fixture
def ids(izsa: Izsa, line: Line, tmp_path: Path) -> list[str]:
    """A project of Bornova and one of Konak, both at the office."""
    pin(line, line.bornova, line.konak)
    found = []
    for folder, title in ((line.bornova, "Atık yağ"), (line.konak, "Evlerden yağ")):
        found += izsa.add(folder, {"title": title, "purpose": "Körfez", "indicators": [{"name": "Yağ", "target": 1.5}]})
        take(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
    return found


def test_made_asked_and_answered(izsa: Izsa, line: Line, ids: list[str], tmp_path: Path) -> None:
    office = "--data", line.office
    assert izsa(*office, "joint", "list").lines == ["There is no joint programme."]
    made = izsa(*office, "joint", "create", "--lead", "konak", "--name", "Ortak yağ", "--member", *ids)
    [id_] = made.lines
    [listed] = izsa(*office, "joint", "list", "--json").json
    assert listed == izsa(*office, "joint", "show", id_[:5], "--json").json
    assert set(listed) == documented_keys(sections()["`izsa joint show ID`"])
    assert (listed["lead"], [one["id"] for one in listed["members"]]) == ("TUR035021", ids)
    take(line.konak, answer(line, line.konak, tmp_path / "answer.izsa"))
    said = izsa("--data", line.konak, "joint", "answer", id_, "--decline", "--note", "Bütçe\nyok")
    assert (said.code, said.lines) == (0, ["Your answer is kept. It goes to the office with your next bundle."])
    take(line.office, export(line.konak, tmp_path / "k.izsa"))
    told = {one["district"]: one for one in izsa(*office, "joint", "show", id_, "--json").json["answers"]}
    assert (told["TUR035021"]["answer"], told["TUR035021"]["note"]) == ("decline", "Bütçe\nyok")
    assert told["TUR035007"]["answer"] is None
    shown = izsa(*office, "joint", "show", id_)
    assert shown.lines[0] == "Ortak yağ"
    today = Translator("en").date(date.today().isoformat())
    assert f"Konak: does not take part · {today} · Bütçe␣U+000A␣yok" in shown.lines
    assert "Bornova: has not answered" in shown.lines
    assert izsa(*office, "joint", "list").lines == [f"{id_[:8]}  Ortak yağ  (Konak, 1 of 2 answered)"]


def test_two_pcs_that_answer_differently_are_told_and_so_is_a_programme_without_a_name(
    izsa: Izsa, line: Line, ids: list[str], tmp_path: Path
) -> None:
    office, other = ("--data", line.office), second_pc(line, "TUR035021")
    pin(line, other)
    [id_] = izsa(*office, "joint", "create", "--lead", "konak", "--name", "Yağ", "--member", *ids).lines
    told = answer(line, line.konak, tmp_path / "answer.izsa")
    for folder, said in ((line.konak, "--accept"), (other, "--decline")):
        take(folder, told)
        izsa("--data", folder, "joint", "answer", id_, said)
        take(line.office, export(folder, tmp_path / f"{folder.name}-2.izsa"))
    assert any("Two PCs of this municipality" in row for row in izsa(*office, "joint", "show", id_).lines)
    izsa(*office, "erase", id_, "--field", "name", "--reason", "Başvuru")
    assert izsa(*office, "joint", "show", id_).lines[0] == "Joint programme without a name"
    assert "Joint programme without a name" in izsa(*office, "joint", "list").lines[0]


@pytest.mark.parametrize(
    ("where", "arguments", "said"),
    [
        ("office", ("show", "0000"), "no joint programme 0000"),
        ("office", ("create", "--lead", "Ankara", "--name", "x", "--member", "{0}", "{1}"), "Ankara"),
        ("office", ("create", "--lead", "Konak", "--name", "x", "--member", "TUR035/yok"), "TUR035/yok"),
        ("office", ("create", "--lead", "Konak", "--name", "x", "--member", "{1}"), "for two bodies at least"),
        ("bornova", ("create", "--lead", "Konak", "--name", "x", "--member", "{0}"), "office"),
        ("office", ("answer", "0000", "--accept"), "district"),
    ],
)
def test_what_is_refused(
    izsa: Izsa, line: Line, ids: list[str], *, where: str, arguments: tuple[str, ...], said: str
) -> None:
    done = izsa("--data", getattr(line, where), "joint", *(one.format(*ids) for one in arguments))
    assert done.code == 1
    assert said in done.err


def test_the_office_that_leads_is_no_whole_province(izsa: Izsa, line: Line, ids: list[str]) -> None:
    office = "--data", line.office
    [id_] = izsa(*office, "joint", "create", "--lead", "TUR035", "--name", "Yağ", "--member", *ids).lines
    assert "whole province" not in izsa(*office, "joint", "show", id_).out
    assert "İzmir Metropolitan Municipality" in izsa(*office, "joint", "list").lines[0]
