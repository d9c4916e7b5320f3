"""``coach status``, ``coach next`` and ``coach tick``: documented keys, refusals, what people read."""

import re
from pathlib import Path

from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.line import Line
from tests.usecases.mail import pin


def brought(izsa: Izsa, line: Line, file: Path) -> None:
    assert izsa("--data", line.office, "export", "--to", "TUR035007", "-o", file).code == 0
    assert izsa("--data", line.bornova, "merge", file).code == 0


def test_the_way_up_over_a_bundle(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    for code in ("0.1", "0.3", "0.4", "0.5", "1.1", "1.2", "1.3", "1.4"):
        ended = izsa("--data", line.office, "coach", "tick", "Bornova", code, "--evidence", f"Belge\n{code}")
        assert (ended.code, len(ended.lines)) == (0, 1)
    brought(izsa, line, tmp_path / "a.izsa")
    for folder in (line.office, line.bornova):
        found = izsa("--data", folder, "coach", "status", "35-07", "--json").json
        assert (found["district"], found["stage"], found["stage_name"]) == ("TUR035007", 1, "Mandate")
        assert [one["code"] for one in found["criteria"] if one["met"]][-1] == "1.4"
        following = izsa("--data", folder, "coach", "next", "bornova", "--json").json
        assert [(one["code"], one["stage"]) for one in following] == [("2.1", 2), ("2.2", 2)]
    documented = sections()["`izsa coach status DISTRICT`"]
    assert documented_keys(documented) == set(found)
    for criterion in found["criteria"]:
        assert {f"`{key}`" for key in criterion} <= set(re.findall(r"`\w+`", documented))
    assert set(following[0]) == {"code", "name", "stage", "detail"}


def test_what_people_read(izsa: Izsa, line: Line) -> None:
    assert izsa("--data", line.office, "coach", "tick", "Bornova", "0.1", "--evidence", "Yazı\n14").code == 0
    shown = izsa("--data", line.office, "coach", "status", "Bornova").lines
    assert shown[0] == "Bornova: stage 0, No office yet"
    assert len(shown) == 1 + 30 + 2
    assert shown[1].startswith("✓ 0.1 A contact at mayor or deputy-mayor level is named — Evidence: letter")
    assert shown[2:4] == ["    Yazı", "    14"]
    following = izsa("--data", line.office, "coach", "next", "Bornova", lang="tr").lines
    assert [text[:5] for text in following] == ["○ 0.2", "○ 0.3"]
    assert following[1] == "○ 0.3 Son iki İZSA toplantısından birine katılım — Gereken kanıt: tutanak."


def test_taking_back(izsa: Izsa, line: Line) -> None:
    made = izsa("--data", line.office, "coach", "tick", "Bornova", "1.3", "--evidence", "x", "--date", "2026-01-02")
    back = izsa("--data", line.office, "coach", "tick", "Bornova", "1.3", "--take-back")
    assert (back.code, back.lines) == (0, made.lines)
    criteria = izsa("--data", line.office, "coach", "status", "Bornova", "--json").json["criteria"]
    assert not any(one["met"] for one in criteria)


def test_refusals(izsa: Izsa, line: Line) -> None:
    for step in ("status", "next"):
        ended = izsa("--data", line.bornova, "coach", step, "Konak", "--json")
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
        assert "Konak" in ended.err
        assert izsa("--data", line.bornova, "coach", step, "Ankara").code == 1
        assert izsa("--data", line.bornova, "coach", step).code == 2
    tick = ("coach", "tick", "Bornova")
    assert izsa("--data", line.bornova, *tick, "0.1", "--evidence", "x").code == 1
    for code, why in (("2.2", "the program counts it"), ("7.1", "not one of the choices")):
        ended = izsa("--data", line.office, *tick, code, "--evidence", "x")
        assert ended.code == 1 and "Criterion" in ended.err and why in ended.err
    ended = izsa("--data", line.office, *tick, "0.1", "--evidence", "x", "--date", "2150-01-01")
    assert ended.code == 1 and "has not come yet" in ended.err
    assert izsa("--data", line.office, *tick, "0.1").code == 2
    assert izsa("--data", line.office, *tick, "0.1", "--evidence", "x", "--take-back").code == 2
