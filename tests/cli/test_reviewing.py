"""``izsa review``, ``waiting``, ``confirm``, ``reminders`` and ``overview``, as docs/cli.md has them."""

import json
from pathlib import Path

from tests.cli.driver import Izsa
from tests.usecases.line import Line, enter, export, merge
from tests.usecases.mail import answer, pin, take


def test_the_office_reviews_field_by_field(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    office = ("--data", line.office, "--lang", "en")
    [waits] = izsa(*office, "waiting", "--json").json
    assert {**waits, "updated": ""} == {
        "id": id_,
        "number": "İZSA-BOR-2026-0001",
        "title": "Kompost",
        "district": "TUR035007",
        "review": "",
        "updated": "",
        "why": "new",
    }
    assert izsa(*office, "waiting", "--district", "Konak", "--json").json == []
    assert izsa(*office, "waiting").lines == [f"{id_}  Bornova  new  Kompost"]
    said = izsa(
        *(*office, "review", id_, "--state", "düzeltme istendi"),
        *("--comment", "start=Which month?", "--comment", "source=a=b", "--check", "title", "--json"),
    ).json
    assert said == {
        "id": id_,
        "review": "düzeltme istendi",
        "review_note": "",
        "comments": {"start": "Which month?", "source": "a=b"},
        "checks": ["title"],
    }
    assert izsa(*office, "review", id_, "--uncheck", "title", "--comment", "source=").code == 0
    assert izsa(*office, "review", id_).lines[:3] == [
        "Correction asked",
        "Start: Which month?",
        "[ ] title: The title says what is done",
    ]
    [reminder] = izsa(*office, "reminders", "--json").json
    assert [one["comments"] for one in reminder["corrections"]] == [{"start": "Which month?"}]
    assert reminder["letter"] in izsa(*office, "reminders", "Bornova").out
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    assert izsa("--data", line.bornova, "review", id_, "--json").json["comments"] == {"start": "Which month?"}
    assert izsa("--data", line.bornova, "review", id_, "--comment", "start=x").code == 1


def test_a_comment_is_given_as_documented(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    ended = izsa("--data", line.office, "--lang", "tr", "review", id_, "--state", "taslak")
    assert (ended.code, ended.err) == (
        1,
        "İnceleme durumu: “taslak” ilçenin kendi kaydı için yazdığı bir durumdur; ofis İncelemede, Düzeltme istendi, "
        "Onaylandı ya da Arşiv der.\n",
    )
    for wrong in ("no text", "nothing=x"):
        ended = izsa("--data", line.office, "review", id_, "--comment", wrong)
        assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert izsa("--data", line.office, "review", id_, "--json").json["comments"] == {}


def test_records_are_confirmed(izsa: Izsa, line: Line) -> None:
    old = {"title": "Eski", "purpose": "Amaç", "confirmed": "2020-01-01"}
    [id_] = izsa("--data", line.bornova, "add", "-", stdin=json.dumps(old).encode()).lines
    assert [one["due"][0]["freshness"] for one in izsa("--data", line.bornova, "reminders", "--json").json] == ["stale"]
    assert izsa("--data", line.bornova, "--lang", "en", "confirm", id_[:20]).lines == [
        "1 records confirmed as of today."
    ]
    assert izsa("--data", line.bornova, "--lang", "en", "reminders").lines == ["There is nothing to remind of."]
    assert izsa("--data", line.office, "confirm", id_).code == 1


def test_the_overview_of_both_sides(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Kompost")
    district = izsa("--data", line.bornova, "overview", "--json").json
    assert (district["office"], [one["name"] for one in district["sections"]]) == (
        False,
        ["asked", "answered", "next", "unsent", "stale"],
    )
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    office = izsa("--data", line.office, "overview", "--json").json
    assert {*office} == {"office", "day", "since", "sections", "figures"}
    wanted = {"works", "running", "unclear", "goals", "balance", "years", "undated"}
    assert {*office["figures"]} == wanted
    [arrived, *_more] = office["sections"]
    assert {*arrived["lines"][0]} == {"kind", "text", "detail", "tone", "place", "id"}
    told = izsa("--data", line.office, "--lang", "en", "overview").out
    assert "Came in within a week\n  1 bundle came in — Bornova\n" in told
    assert "Out of date\n  All records are up to date.\n" in told
