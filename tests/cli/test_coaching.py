"""``izsa coach``: a talk, an action, evidence, a stage and the agenda over bundles; documented keys; refusals."""

import json
import re
from pathlib import Path

from izsa_desktop.domain.record_types import COACHING
from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.line import Line, crafted
from tests.usecases.mail import pin
from tests.usecases.test_coaching import save


def up(izsa: Izsa, line: Line, file: Path) -> None:
    assert izsa("--data", line.bornova, "export", "-o", file).code == 0
    assert izsa("--data", line.office, "merge", file).code == 0


def down(izsa: Izsa, line: Line, file: Path) -> None:
    assert izsa("--data", line.office, "export", "--to", "TUR035007", "-o", file).code == 0
    assert izsa("--data", line.bornova, "merge", file).code == 0


def written(izsa: Izsa, folder: Path, *words: object) -> str:
    """The one id that a command prints."""
    ended = izsa("--data", folder, "coach", *words)
    assert ended.code == 0, ended.err
    [id_] = ended.lines
    assert re.fullmatch(r"TUR035007/[0-9a-f]{32}", id_)
    return id_


def test_both_sides_over_bundles(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    handed = written(
        izsa, line.bornova, "evidence", "1.1", "Olur\n2026/31", "--link", "https://b.bel.tr", "--date", "2026-02-01"
    )
    returned = written(izsa, line.bornova, "evidence", "1.2", "Taslak")
    up(izsa, line, tmp_path / "b.izsa")
    talk = written(
        izsa, line.office, "session", "Bornova", "--text", "Görüşüldü", "--date", "2026-02-03", "--participants", "Koç",
        "--next", "2026-03-03",
    )  # fmt: skip
    task = written(izsa, line.office, "action", "Bornova", "Liste yap", "--due", "2026-03-01", "--date", "2026-02-03")
    ours = written(izsa, line.office, "action", "35-07", "Eğitim ver", "--owner", "TUR035", "--person", "Koç")
    note = written(izsa, line.office, "note", "Bornova", "Yanlış not")
    assert written(izsa, line.office, "withdraw", note) == note
    tick = written(izsa, line.office, "accept", handed[10:18])
    assert written(izsa, line.office, "return", returned, "--reason", "İmza yok") == returned
    ticks = [
        written(izsa, line.office, "tick", "Bornova", code, "--evidence", "Belge")
        for code in ("0.1", "0.3", "0.4", "0.5", "1.2", "1.3", "1.4")
    ]
    stage = written(izsa, line.office, "propose", "Bornova", "1", "--text", "Kuruluş")
    down(izsa, line, tmp_path / "a.izsa")
    assert written(izsa, line.bornova, "done", task, "--date", "2026-02-20") == task
    assert written(izsa, line.bornova, "confirm") == stage
    assert izsa("--data", line.bornova, "coach", "done", ours).code == 1
    up(izsa, line, tmp_path / "b2.izsa")

    found = izsa("--data", line.office, "coach", "list", "Bornova", "--json").json
    assert found == izsa("--data", line.bornova, "coach", "list", "--json").json
    by_id = {one["id"]: one for one in found}
    assert by_id.keys() == {handed, returned, talk, task, ours, tick, *ticks, stage}
    documented = set(re.findall(r"`(\w+)`", sections()["`izsa coach list [DISTRICT]`"]))
    head = documented_keys(sections()["`izsa coach notes [DISTRICT]`"])
    for one in found:
        assert set(one) - head <= documented, one
    assert (by_id[handed]["kind"], by_id[handed]["state"], by_id[returned]["state"]) == (
        "evidence",
        "accepted",
        "returned",
    )
    assert (by_id[task]["done"], by_id[task]["open"], by_id[ours]["open"]) == ("2026-02-20", False, True)
    assert by_id[stage]["signed"] and by_id[tick]["evidence"] == handed
    assert (by_id[talk]["participants"], by_id[talk]["following"]) == ("Koç", "2026-03-03")
    assert izsa("--data", line.office, "coach", "status", "Bornova", "--json").json["signed_stage"] == 1
    assert izsa("--data", line.office, "coach", "status", "Konak", "--json").json["signed_stage"] is None
    assert (
        izsa("--data", line.office, "coach", "status", "Bornova").lines[1].startswith("Stage signed by both sides: 1 (")
    )
    said = izsa("--data", line.bornova, "coach", "list").lines
    assert len(said) == len(found) and "Olur 2026/31" in "".join(said)
    assert not [text for text in said if "U+000A" in text]


def test_the_agenda(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    task = written(izsa, line.office, "action", "Bornova", "Liste\nyap", "--due", "2026-02-10", "--date", "2026-02-03")
    found = izsa("--data", line.office, "coach", "agenda", "--json").json
    documented = documented_keys(sections()["`izsa coach agenda`"])
    assert all(set(one) == documented for one in found)
    assert (found[0]["record"], found[0]["day"], found[0]["late"]) == (task, "2026-02-10", True)
    assert found[0]["sentence"] == "The district is to do: Liste\nyap"
    assert {one["kind"] for one in found[1:]} == {"silent"} and found[-1]["day"] is None and len(found) == 31
    said = izsa("--data", line.office, "coach", "agenda", lang="tr").lines
    assert said[0] == "2026-02-10 · Bornova · İlçenin yapacağı iş: Liste yap"
    assert said[1] == "— · Aliağa · Henüz görüşme kaydı yok"
    down(izsa, line, tmp_path / "a.izsa")
    assert [one["record"] for one in izsa("--data", line.bornova, "coach", "agenda", "--json").json] == [task]


def test_the_ladder(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    shown = izsa("--data", line.office, "coach", "ladder", "--json").json
    shown["version"] = 7
    shown["stages"][0]["name"]["en"] = "The beginning"
    (tmp_path / "l.json").write_text(json.dumps(shown), encoding="utf-8")
    lines = izsa("--data", line.office, "coach", "ladder", tmp_path / "l.json").lines
    assert lines[:2] == ["Coaching ladder, version 7", "0  The beginning"]
    assert izsa("--data", line.office, "coach", "ladder", "--json").json == shown
    again = izsa("--data", line.office, "coach", "ladder", tmp_path / "l.json", lang="tr")
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert "sürüm numarası 7 sayısından büyük olmalı" in again.err
    assert izsa("--data", line.bornova, "coach", "ladder", tmp_path / "l.json").code == 1
    for file, content, said in (
        ("big.json", b" " * (256 * 1024 + 1), "dosya 256 KB sınırını aşıyor"),
        ("missing.json", b'{"version": 9}', "Eksik ya da yanlış olan yer: $.stages."),
        ("text.json", b"merdiven", "1. karakterden sonrası JSON olarak okunamıyor"),
    ):
        (tmp_path / file).write_bytes(content)
        ended = izsa("--data", line.office, "coach", "ladder", tmp_path / file, lang="tr")
        assert (ended.code, ended.err.count("\n")) == (1, 1)
        assert said in ended.err
    assert izsa("--data", line.office, "coach", "ladder", "--built-in").lines[0] == "Coaching ladder, version 8"
    assert izsa("--data", line.bornova, "coach", "ladder", "--built-in").code == 1


def test_templates(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    for name in ("mandate", "plan", "self-assessment", "focal-points"):
        ended = izsa(
            "--data", line.office, "coach", "template", name, "-o", tmp_path / f"{name}.docx", "--district", "Çiğli"
        )
        assert (ended.code, ended.lines) == (0, [])
        assert (tmp_path / f"{name}.docx").read_bytes()[:2] == b"PK"
    assert izsa("--data", line.office, "coach", "template", "poem", "-o", tmp_path / "x.docx").code == 2
    other = izsa("--data", line.office, "coach", "template", "plan", "-o", tmp_path / "plan.txt", lang="tr")
    assert (other.code, other.err) == (1, "“plan.txt” yazılmadı: dosyanın adı şununla bitmeli: .docx.\n")
    theirs = izsa("--data", line.bornova, "coach", "template", "plan", "-o", tmp_path / "k.docx", "--district", "Konak")
    assert theirs.code == 1 and "Konak" in theirs.err
    assert not (tmp_path / "plan.txt").exists() and not (tmp_path / "k.docx").exists()


def test_a_district_that_asks_for_anothers_path_hears_why_not(izsa: Izsa, line: Line) -> None:
    ended = izsa("--data", line.bornova, "coach", "status", "Konak", lang="tr")
    assert ended.code == 1
    assert ended.err == "Koçlukta her belediye yalnız kendi yolunu görür; Konak için burada bir şey yok.\n"


def test_nothing_of_another_programs_language_is_in_a_refusal(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    forged = save(line.bornova, f"TUR035007/{'a' * 32}", COACHING, 1, _deleted=True)
    bundle = crafted(line.bornova, tmp_path / "f.izsa", [forged])
    ended = izsa("--data", line.office, "merge", bundle, lang="tr")
    assert ended.code == 12 and "(_deleted: true)" in ended.err


def test_refusals(izsa: Izsa, line: Line) -> None:
    for words, said in (
        (("propose", "Bornova", "0"), "stage 0 is where everybody begins"),
        (("session", "Bornova", "--text", "x", "--date", "1900-01-01"), "“1900-01-01” is too long ago"),
        (("action", "Bornova", "x", "--due", "2199-01-01"), "“2199-01-01” is too far ahead"),
        (
            ("propose", "Bornova", "1"),
            "at least four criteria of stage 0 must be met. Lacking: 0.1, 0.2, 0.3, 0.4, 0.5.",
        ),
        (("propose", "Bornova", "9"), "the ladder has no stage 9"),
        (("accept", "abcd"), "abcd"),
        (("confirm",), "Only a district"),
        (("withdraw", "ab"), "ab"),
        (("evidence", "1.1", "x"), "Only a district"),
    ):
        ended = izsa("--data", line.office, "coach", *words)
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1), words
        assert said in ended.err


def test_a_meeting_stands_until_it_is_called_off(izsa: Izsa, line: Line) -> None:
    written(izsa, line.office, "session", "Bornova", "--text", "A", "--date", "2026-02-03", "--next", "2026-03-03")
    for day, more, stands in (("2026-02-04", (), "2026-03-03"), ("2026-02-05", ("--next", ""), "")):
        id_ = written(izsa, line.office, "session", "Bornova", "--text", "B", "--date", day, *more)
        found = izsa("--data", line.office, "coach", "list", "Bornova", "--json").json
        assert next(one.get("following", "") for one in found if one["id"] == id_) == stands
