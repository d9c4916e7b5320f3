"""``conflicts`` and ``resolve``: two PCs of a district, the office, and nothing but the command line to decide with."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.disputes import Disputes, change, make_disputes
from tests.usecases.line import Line


@pytest.fixture
def two(line: Line) -> Disputes:
    return make_disputes(line)


@pytest.fixture
def disputed(two: Disputes) -> str:
    [id_] = two.entered(ProjectFields(title="Çınar", place="Meydan"))
    two.differ(id_, {"title": "Ulu çınar", "place": "Park"}, {"title": "Koca\nçınar", "place": "Okul"})
    two.send()
    return id_


def waiting(izsa: Izsa, folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = izsa("--data", folder, "conflicts", "--json").json
    return found


def picked(choices: Sequence[dict[str, Any]], text: str) -> str:
    return next(str(choice["revision"]) for choice in choices if choice["text"] == text)


def test_the_list_says_all_that_a_person_needs(izsa: Izsa, two: Disputes, disputed: str) -> None:
    for folder in (two.first, two.second, two.office):
        ended = izsa("--data", folder, "conflicts")
        assert (ended.code, ended.err) == (0, "")
        assert len(ended.lines) == 7  # the project, and for each of two fields a line and its two values
        assert len([line for line in ended.lines if line.startswith("  * ")]) == 2
        [one] = waiting(izsa, folder)
        assert documented_keys(sections()["`izsa conflicts`"]) == set(one)
        assert (one["id"], one["district"], one["district_code"]) == (disputed, "Bornova", "TUR035007")
        assert [field["register"] for field in one["fields"]] == ["title", "place"]
        for field in one["fields"]:
            assert set(field) == {"register", "field", "name", "choices"}
            saves = {save["revision"]: save for save in izsa("--data", folder, "history", disputed, "--json").json}
            for choice in field["choices"]:
                text = sections()["`izsa conflicts`"]
                assert all(f"`{key}`" in text for key in choice)
                save = saves[choice["revision"]]
                assert choice["value"] == save["set"][field["register"]] == choice["text"]
                assert (choice["who"], choice["when"], choice["replica"]) == (
                    save["who"],
                    save["when"],
                    save["replica"],
                )


def test_nothing_to_decide_is_no_failure(izsa: Izsa, line: Line) -> None:
    ended = izsa("--data", line.bornova, "conflicts")
    assert (ended.code, len(ended.lines), ended.err) == (0, 1, "")
    assert waiting(izsa, line.bornova) == []


def test_field_by_field_and_again(izsa: Izsa, two: Disputes, disputed: str) -> None:
    [one] = waiting(izsa, two.first)
    title, place = (field["choices"] for field in one["fields"])
    words = ("resolve", disputed[:20], "--field", "title", "--choose", picked(title, "Koca\nçınar")[:12])
    ended = izsa("--data", two.first, *words, "--field", "place", "--choose", picked(place, "Park"))
    assert (ended.code, ended.err) == (0, "")
    shown = izsa.show(two.first, disputed)
    assert (shown["title"], shown["place"], shown["conflicts"]) == ("Koca\nçınar", "Park", [])
    assert waiting(izsa, two.first) == []
    [*_, last] = izsa("--data", two.first, "history", disputed, "--json").json
    assert set(last["set"]) == {"title", "place"}
    thought_over = izsa(
        "--data", two.first, "resolve", disputed, "--field", "title", "--choose", picked(title, "Ulu çınar")
    )
    assert thought_over.code == 0
    assert izsa.show(two.first, disputed)["title"] == "Ulu çınar"


def test_all_from_one_pc_at_the_office(izsa: Izsa, two: Disputes, disputed: str) -> None:
    assert izsa("--data", two.office, "resolve", disputed, "--all-from", two.replica(two.second)).code == 0
    shown = izsa.show(two.office, disputed)
    assert (shown["title"], shown["place"], shown["conflicts"]) == ("Koca\nçınar", "Okul", [])


def test_what_is_refused_changes_nothing(izsa: Izsa, two: Disputes, disputed: str) -> None:
    [one] = waiting(izsa, two.first)
    save = one["fields"][0]["choices"][0]["revision"]
    state = izsa("--data", two.first, "state-hash").out
    for code, words in (
        (2, ("resolve", disputed)),
        (2, ("resolve", disputed, "--field", "title")),
        (2, ("resolve", disputed, "--choose", save)),
        (2, ("resolve", disputed, "--field", "title", "--choose", save, "--all-from", "0" * 16)),
        (2, ("resolve", "--field", "title", "--choose", save)),
        (1, ("resolve", disputed, "--field", "title", "--choose", "0" * 64)),
        (1, ("resolve", disputed, "--field", "unit", "--choose", save)),
        (1, ("resolve", disputed, "--field", "title", "--choose", save, "--field", "unit", "--choose", save)),
        (1, ("resolve", disputed, "--all-from", "0" * 16)),
        (1, ("resolve", "TUR035007/0", "--all-from", "0" * 16)),
    ):
        ended = izsa("--data", two.first, *words)
        assert ended.code == code, words
        assert ended.err
        assert ended.out == ""
    assert izsa("--data", two.first, "state-hash").out == state


def test_keeping_what_was_edited_while_it_was_put_away(izsa: Izsa, two: Disputes) -> None:
    [id_] = two.entered(ProjectFields(title="Kalsın"))
    with open_workplace(two.first) as first:
        projects.delete_project(first, id_)
    change(two.second, id_, purpose="Amaç")
    two.meet()
    [[field]] = [one["fields"] for one in waiting(izsa, two.first)]
    assert field["register"] == "_deleted"
    assert [choice["value"] for choice in field["choices"]] == [True, None]
    izsa("--data", two.first, "resolve", id_, "--field", "_deleted", "--choose", field["choices"][1]["revision"])
    assert (izsa.show(two.first, id_)["deleted"], waiting(izsa, two.first)) == (False, [])
