"""Deltas, confirmations, answers: what is sent again and what is not, and that nobody loses anything (P5, P7, P13)."""

import json
from pathlib import Path

import pytest

from tests.attachments.samples import PDF
from tests.conformance.conftest import Prepared
from tests.conformance.town import Town, izsa


def _made(town: Town, name: str, *options: object) -> dict[str, object]:
    """What the next export says of its one file."""
    file = town.folder / f"{len(town.sent):03}.izsa"
    [part] = town.good(name, "export", "-o", file, *options, "--json").json["files"]
    town.sent.append(file)
    return dict(part)


def test_P13_a_delta_holds_what_was_not_confirmed(here: Town) -> None:
    here.add("bornova", "Bir", "İki")
    assert _made(here, "bornova")["revisions"] == 2
    assert here.codes("office", here.sent[-1]) == [0]
    here.add("bornova", "Üç")
    assert _made(here, "bornova")["revisions"] == 3  # nobody has said anything yet
    here.codes("bornova", here.export("office", "--to", "Bornova"))
    assert _made(here, "bornova")["revisions"] == 1
    assert _made(here, "bornova", "--full") | {"file": "", "bytes": 0} == {
        "file": "",
        "seq": 4,
        "revisions": 3,
        "objects": 0,
        "bytes": 0,
        "mode": "full",
    }


def test_P13_a_full_bundle_is_the_union_of_the_deltas(here: Town) -> None:
    other = here.copy("office", "other-office")
    for title in ("Bir", "İki", "Üç"):
        here.add("bornova", title)
        here.exchange("bornova", "Bornova")
    assert here.codes(other, here.export("bornova", "--full")) == [0]
    assert here.hash(other) == here.hash("office")
    assert here.shown(other) == here.shown("office")


def test_P13_a_lost_bundle_costs_nothing(here: Town) -> None:
    here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.add("bornova", "İki")
    here.export("bornova").unlink()
    here.add("bornova", "Üç")
    [outcome] = here.merge("office", here.export("bornova"))
    assert (outcome["code"], outcome["missing"], outcome["skipped"]) == (0, [], [2])
    assert here.titles("office") == ["Bir", "Üç", "İki"]


def test_A10_a_confirmation_that_comes_late_takes_nothing_back(here: Town) -> None:
    here.add("bornova", "Bir")
    here.codes("office", here.export("bornova"))
    early = here.export("office", "--to", "Bornova")
    here.add("bornova", "İki")
    here.codes("office", here.export("bornova"))
    late = here.export("office", "--to", "Bornova")
    assert here.codes("bornova", late, early) == [0, 0]
    assert _made(here, "bornova")["revisions"] == 0


@pytest.mark.parametrize("with_evidence", [False, True], ids=["P13-identity", "P13-identity-with-evidence"])
def test_what_goes_to_and_fro_comes_back_as_it_was(here: Town, with_evidence: bool) -> None:
    [id_] = here.add("bornova", "Çınar")
    if with_evidence:
        paper = here.folder / "rapor.pdf"
        paper.write_bytes(PDF)
        here.good("bornova", "attach", id_, paper)
    here.exchange("bornova", "Bornova")
    assert here.codes("second", here.export("office", "--to", "Bornova", "--full")) == [0]
    assert here.hash("second", "--district", "Bornova") == here.hash("bornova", "--district", "Bornova")
    assert here.good("second", "show", id_, "--json").out == here.good("bornova", "show", id_, "--json").out
    assert here.good("second", "history", id_, "--json").out == here.good("bornova", "history", id_, "--json").out


def test_P7_after_all_gave_all_to_all_everybody_is_equal(here: Town) -> None:
    here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.codes("second", here.export("office", "--to", "Bornova"))
    here.change("bornova", "Bir", "Ayşe'nin")
    here.change("second", "Bir", "Veli'nin")
    here.add("second", "İki")
    here.add("konak", "Başka yerde")
    for name in ("bornova", "second", "konak"):
        assert here.codes("office", here.export(name)) == [0]
    for name, district in (("bornova", "Bornova"), ("second", "Bornova"), ("konak", "Konak")):
        assert here.codes(name, here.export("office", "--to", district)) == [0]
        assert here.hash(name, "--district", district) == here.hash("office", "--district", district)
    assert here.shown("bornova") == here.shown("second")
    [conflict] = here.good("second", "conflicts", "--json").json
    assert {choice["text"] for choice in conflict["fields"][0]["choices"]} == {"Ayşe'nin", "Veli'nin"}


def test_P5_P11_a_conflict_is_decided_once(here: Town) -> None:
    here.add("bornova", "Bir")
    here.exchange("bornova", "Bornova")
    here.codes("second", here.export("office", "--to", "Bornova"))
    here.change("bornova", "Bir", "Ayşe'nin")
    here.change("second", "Bir", "Veli'nin")
    old = [here.export("bornova"), here.export("second")]
    assert here.codes("office", *old) == [0, 0]
    [conflict] = here.good("office", "conflicts", "--json").json
    by_text = {choice["text"]: choice for choice in conflict["fields"][0]["choices"]}
    assert by_text.keys() == {"Ayşe'nin", "Veli'nin"}
    field = conflict["fields"][0]["register"]
    here.good("office", "resolve", conflict["id"], "--field", field, "--choose", by_text["Veli'nin"]["revision"])
    assert here.codes("office", *old, here.export("bornova"), here.export("second")) == [0, 0, 0, 0]
    assert here.good("office", "conflicts", "--json").json == []
    for name in ("bornova", "second"):
        assert here.codes(name, here.export("office", "--to", "Bornova")) == [0]
        assert here.good(name, "conflicts", "--json").json == []
        assert [record["purpose"] for record in here.shown(name)] == ["Veli'nin"]


def test_P12_what_was_put_away_and_edited_at_once_stays_in_sight(here: Town) -> None:
    table = here.folder / "t.csv"
    table.write_text("title;purpose;district\nBir;Amaç;Bornova\n")
    here.good("bornova", "import-table", table)
    here.exchange("bornova", "Bornova")
    here.codes("second", here.export("office", "--to", "Bornova"))
    here.good("bornova", "undo-import")
    here.change("second", "Bir", "Yine de")
    assert here.codes("office", here.export("bornova"), here.export("second")) == [0, 0]
    assert here.titles("office") == ["Bir"]
    assert len(here.good("office", "conflicts", "--json").json) == 1


def test_A36_putting_much_away_wants_a_confirmation(here: Town) -> None:
    table = here.folder / "t.csv"
    table.write_text("title;purpose;district\n" + "".join(f"Proje {n};Amaç;Bornova\n" for n in range(12)))
    here.good("bornova", "import-table", table)
    assert here.codes("office", here.export("bornova")) == [0]
    here.good("bornova", "undo-import")
    file, before = here.export("bornova"), here.hash("office")
    for command in (("inspect", file), ("merge", "--dry-run", file), ("merge", file)):
        ended = here.run("office", *command)
        assert (ended.code, ended.out) == (1, "")
        assert "12 projects" in ended.err
    assert (here.hash("office"), len(here.titles("office"))) == (before, 12)
    assert here.good("office", "merge", file, "--confirm", "--json").json[0]["deleted"] == 12
    assert here.titles("office") == []


def test_a_review_reaches_the_district_and_the_catalogue_its_neighbours(here: Town) -> None:
    [id_] = here.add("bornova", "Çınar")
    here.add("bornova", "Onaysız")
    here.codes("office", here.export("bornova"))
    here.good("office", "review", id_, "--state", "onaylandı", "--note", "Örnek")
    assert here.codes("bornova", here.export("office", "--to", "Bornova")) == [0]
    record = here.good("bornova", "show", id_, "--json").json
    assert (record["review"], record["review_note"]) == ("onaylandı", "Örnek")
    assert here.codes("konak", here.export("office", "--to", "Konak")) == [0]
    assert [entry["title"] for entry in here.good("konak", "catalogue", "--json").json] == ["Çınar"]
    assert here.titles("konak") == []


def test_what_was_erased_is_forgotten_everywhere(here: Town) -> None:
    [id_] = here.add("bornova", "Çınar")
    here.exchange("bornova", "Bornova")
    here.codes("second", here.export("office", "--to", "Bornova"))
    here.good("bornova", "erase", id_, "--field", "purpose", "--reason", "KVKK")
    [outcome] = here.merge("office", here.export("bornova"))
    assert (outcome["code"], outcome["erased"]) == (0, 1)
    assert here.codes("second", here.export("office", "--to", "Bornova")) == [0]
    for name in ("office", "second"):
        assert "Amaç" not in here.good(name, "history", id_, "--json").out
        assert here.hash(name, "--district", "Bornova") == here.hash("bornova", "--district", "Bornova")
    assert here.codes("office", here.sent[0]) == [0]  # the old bundle, with what was erased
    assert "Amaç" not in here.good("office", "history", id_, "--json").out


def test_local_goals_reach_the_districts(here: Town) -> None:
    goals = [{"code": "K1", "color": "#112233", "name_tr": "Kıyı", "name_en": "Coast"}]
    file = here.folder / "goals.json"
    file.write_text(json.dumps(goals))
    here.good("office", "local-goals", file)
    here.codes("bornova", here.export("office", "--to", "Bornova"))
    assert here.good("bornova", "local-goals", "--json").json[0]["code"] == "K1"


def test_P17_what_this_version_does_not_know_travels_on(prepared: Prepared, tmp_path: Path) -> None:
    """Members of a save that only a later version knows: the bytes, and so the ids, are the same everywhere."""
    office = prepared("office", ("A27-unknown-members-of-a-save",))
    file = tmp_path / "answer.izsa"
    assert izsa("--data", office, "export", "--to", "Bornova", "--full", "-o", file).code == 0
    bornova = prepared("bornova")
    assert izsa("--data", bornova, "merge", file).code == 0
    hashes = [izsa("--data", folder, "state-hash", "--district", "Bornova").out for folder in (office, bornova)]
    assert hashes[0] == hashes[1]
    assert "yeni/1" in izsa("--data", bornova, "history", f"TUR035007/{'a1' * 16}").out
