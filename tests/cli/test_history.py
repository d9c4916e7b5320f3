"""``compare`` and ``revert``."""

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.cli.driver import Izsa
from tests.usecases.line import Line, export, merge


def made(izsa: Izsa, line: Line) -> tuple[str, list[str]]:
    """A project whose title and place have changed; its id and its saves."""

    with open_workplace(line.bornova) as bornova:
        [id_] = projects.add_projects(bornova, [ProjectFields(title="Mahalle kompostu")])
        projects.save_project(
            bornova, id_, ProjectFields(title="Mahalle kompostu ağı", place="Park", audience_number=5)
        )
    return id_, [save["revision"] for save in izsa("--data", line.bornova, "history", id_, "--json").json]


def test_compare_says_what_differs(izsa: Izsa, line: Line) -> None:
    id_, [first, second] = made(izsa, line)
    assert izsa("--data", line.bornova, "compare", id_, first, second, "--json").json == {
        "title": {"before": "Mahalle kompostu", "after": "Mahalle kompostu ağı"},
        "place": {"before": "", "after": "Park"},
        "audience_number": {"before": None, "after": 5},
    }
    said = izsa("--data", line.bornova, "--lang", "tr", "compare", id_[:14], first[:8], second[:8])
    assert said.lines == ["Proje adı: Mahalle kompostu{+ ağı+}", "Ulaşılan kişi sayısı: {+5+}", "Yer: {+Park+}"]
    assert len(izsa("--data", line.bornova, "compare", id_, first, first).lines) == 1


def test_revert_is_a_save_that_can_be_gone_back_from(izsa: Izsa, line: Line) -> None:
    id_, [first, second] = made(izsa, line)
    before = izsa("--data", line.bornova, "show", id_, "--json").json
    assert izsa("--data", line.bornova, "revert", id_, first).code == 0
    shown = izsa("--data", line.bornova, "show", id_, "--json").json
    assert (shown["title"], shown["place"], shown["number"]) == ("Mahalle kompostu", "", before["number"])
    assert izsa("--data", line.bornova, "revert", id_, second[:10]).code == 0
    again = izsa("--data", line.bornova, "show", id_, "--json").json
    assert {**again, "revision": "", "updated": ""} == {**before, "revision": "", "updated": ""}
    assert len(izsa("--data", line.bornova, "history", id_, "--json").json) == 4


def test_a_version_that_is_not_there(izsa: Izsa, line: Line) -> None:
    id_, [first, _] = made(izsa, line)
    for words in (("compare", id_, first, "0000"), ("revert", id_, "0" * 64), ("revert", id_, "")):
        ended = izsa("--data", line.bornova, *words)
        assert ended.code == 1
        assert ended.err


def test_erase_says_what_is_left_to_do(izsa: Izsa, line: Line) -> None:
    id_, _ = made(izsa, line)
    state = izsa("--data", line.bornova, "state-hash").lines
    ended = izsa("--data", line.bornova, "erase", id_, "--field", "place", "--reason", "Başvuru")
    assert ended.code == 0
    assert len(ended.lines) == 2
    shown = izsa("--data", line.bornova, "show", id_, "--json").json
    assert (shown["place"], shown["title"]) == ("", "Mahalle kompostu ağı")
    assert izsa("--data", line.bornova, "state-hash").lines == state
    assert izsa("--data", line.bornova, "check").code == 0
    [_, second] = izsa("--data", line.bornova, "history", id_, "--json").json
    assert second["set"]["place"] is None


def test_erase_in_one_save_and_with_the_copies(izsa: Izsa, line: Line) -> None:
    id_, [first, _] = made(izsa, line)
    izsa("--data", line.bornova, "export", "-o", line.folder / "b.izsa")
    words = ("erase", id_, "--field", "title", "--reason", "Başvuru", "--keep-shown", "--revision", first[:8])
    assert str(line.bornova / "bundles" / "out") in izsa("--data", line.bornova, *words).lines[-1]
    ended = izsa("--data", line.bornova, "erase", id_, "--field", "place", "--reason", "x", "--delete-copies")
    assert ended.code == 0
    assert list((line.bornova / "bundles" / "out").iterdir()) == []
    assert izsa("--data", line.bornova, "show", id_, "--json").json["title"] == "Mahalle kompostu ağı"


def test_an_erasure_that_is_refused(izsa: Izsa, line: Line) -> None:
    id_, _ = made(izsa, line)
    for words in (
        ("--field", "unit", "--reason", "x"),
        ("--field", "place", "--reason", " "),
        ("--evidence", "ab" * 32, "--reason", "x"),
    ):
        ended = izsa("--data", line.bornova, "erase", id_, *words)
        assert ended.code == 1
        assert ended.err
    assert izsa("--data", line.bornova, "erase", id_, "--reason", "x").code == 2


def test_merge_says_that_something_was_erased(izsa: Izsa, line: Line) -> None:
    id_, _ = made(izsa, line)
    merge(line.office, export(line.bornova, line.folder / "1.izsa"))
    izsa("--data", line.bornova, "erase", id_, "--field", "place", "--reason", "Başvuru")
    second = export(line.bornova, line.folder / "2.izsa")
    assert izsa("--data", line.office, "inspect", second, "--json").json["erased"] == 1
    assert len(izsa("--data", line.office, "merge", second).lines) == 2
    assert izsa("--data", line.office, "merge", second, "--json").json[0]["erased"] == 0
    assert izsa("--data", line.office, "show", id_, "--json").json["place"] == ""
