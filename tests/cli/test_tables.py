"""``izsa import-table``, ``undo-import`` and ``template`` as scripts meet them."""

import json
from pathlib import Path

from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.line import Line

CSV = (
    "Proje Adı;Amaç;Hedef Kitle;Başlangıç;SKA\n"
    "Kompost;Atığı azaltmak;haneler;Mart 2024;12\n"
    "Bisiklet;Ulaşım;herkes;31.02.2024;SKA 11\n"
)


def table(folder: Path, text: str = CSV) -> Path:
    path = folder / "projeler.csv"
    path.write_bytes(text.encode("windows-1254"))
    return path


def test_good_rows_are_taken_and_the_others_named(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    ended = izsa("--data", line.bornova, "import-table", table(tmp_path))
    assert ended.code == 1
    assert ended.lines[0].startswith("D3  Error  Start: This date cannot be understood: 31.02.2024.")
    assert "1 new" in ended.out
    assert ended.err == "1 row was left; what was found is listed above.\n"
    assert [record["title"] for record in izsa("--data", line.bornova, "list", "--json").json] == ["Kompost"]


def test_json_says_what_the_page_says(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    ended = izsa("--data", line.bornova, "import-table", table(tmp_path), "--json")
    outcome = ended.json
    assert documented_keys(sections()["`izsa import-table FILE`"]) == set(outcome)
    assert documented_keys(sections()["A message of `import-table`"]) == set(outcome["messages"][0])
    assert (outcome["taken"], outcome["left"], outcome["rows_left"], len(outcome["ids"])) == (1, 1, [3], 1)
    message = outcome["messages"][0]
    assert (message["row"], message["column"], message["cell"]) == (3, "Başlangıç", "D3")
    assert (message["field"], message["grade"], message["code"]) == ("start", "error", "not_a_date")
    (tmp_path / "m.json").write_text(json.dumps(outcome["mapping"]), encoding="utf-8")
    again = izsa(
        "--data", line.bornova, "import-table", table(tmp_path), "--mapping", tmp_path / "m.json", "--json"
    ).json
    assert (again["mapping"], again["known"], again["taken"]) == (outcome["mapping"], 1, 0)


def test_a_dry_run_stores_nothing(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    before = izsa("--data", line.bornova, "state-hash").out
    ended = izsa("--data", line.bornova, "import-table", table(tmp_path), "--dry-run", "--json")
    assert (ended.code, ended.json["dry_run"], ended.json["taken"], ended.json["ids"]) == (1, True, 1, [])
    assert izsa("--data", line.bornova, "state-hash").out == before


def test_the_rest_is_corrected_and_imported(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    rest = tmp_path / "kalan.csv"
    izsa("--data", line.bornova, "import-table", table(tmp_path), "--rest", rest)
    text = rest.read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("Bisiklet;")
    rest.write_text(text.replace("31.02.2024;", "28.02.2024;"), encoding="utf-8")
    ended = izsa("--data", line.bornova, "import-table", rest)
    assert (ended.code, ended.err) == (0, "")
    assert len(izsa("--data", line.bornova, "list", "--json").json) == 2


def test_an_import_is_taken_back(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    batch = izsa("--data", line.bornova, "import-table", table(tmp_path), "--json").json["batch"]
    assert izsa("--data", line.bornova, "undo-import", batch).code == 0
    assert izsa("--data", line.bornova, "list", "--json").json == []
    ended = izsa("--data", line.bornova, "undo-import")
    assert (ended.code, ended.err) == (1, "There is no import to undo.\n")


def test_a_template_needs_no_workplace_and_can_be_imported(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    assert izsa("--data", tmp_path / "none", "template", "-o", tmp_path / "t.xlsx").code == 0
    ended = izsa("--data", line.bornova, "import-table", tmp_path / "t.xlsx", "--json")
    assert (ended.code, ended.json["skipped"], ended.json["taken"]) == (0, 1, 0)


def test_known_failures_are_one_sentence(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    strange = tmp_path / "strange.csv"
    strange.write_text("a;b\n1;2\n", encoding="utf-8")
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    for argv in (
        (tmp_path / "none.xlsx",),
        (tmp_path / "x.pdf",),
        (table(tmp_path), "--sheet", "Yok"),
        (table(tmp_path), "--mapping", bad),
        (strange,),
        (table(tmp_path), "--rest", line.bornova / "izsa.sqlite3"),
    ):
        ended = izsa("--data", line.bornova, "import-table", *argv)
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1), argv
