"""The Monday page: what came, what waits, whom to call, which gaps closed; at a district what is asked of it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, handing_in
from izsa_desktop.usecases.overview import Overview, overview, to_plain
from izsa_desktop.usecases.overview_lines import PLACES, Line
from izsa_desktop.usecases.projects import add_projects, get_project, save_project
from izsa_desktop.usecases.reviewing import CORRECTION, review
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.usecases.line import Line as Folders
from tests.usecases.line import enter, export, merge
from tests.usecases.mail import answer, pin, take

T = Translator("tr")


def enter_with(folder: Path, *fields: dict[str, Any]) -> list[str]:
    with open_workplace(folder) as workplace:
        return add_projects(workplace, [ProjectFields(purpose="Amaç", **one) for one in fields])


def lines(found: Overview, section: str) -> dict[str, Line]:
    """The lines of a section by their kind, the first of each."""
    [one] = [one for one in found.sections if one.name == section]
    return {line.kind: line for line in reversed(one.lines)}


def look(workplace: Workplace, ahead: int = 0) -> Overview:
    return overview(workplace, T, date.today() + timedelta(days=ahead))


def test_an_empty_office(line: Folders) -> None:
    with open_workplace(line.office) as office:
        found = look(office)
    assert [section.name for section in found.sections] == ["arrived", "decide", "call", "stale", "closed"]
    assert lines(found, "arrived") == lines(found, "decide") == lines(found, "stale") == lines(found, "closed") == {}
    assert lines(found, "call")["without"].text == "27 ilçenin kayıtlı bilgisayarı yok"
    assert lines(found, "call")["silent"].text.endswith("kayıtlı, henüz paket göndermedi")
    assert (found.figures.works, found.figures.balance) == (0, {})


def test_the_offices_monday(line: Folders, tmp_path: Path) -> None:
    ids = enter_with(
        line.bornova,
        {"title": "Kompost", "goals": ("12",), "status": "sürüyor", "start": "2024"},
        {"title": "Okul", "goals": ("4",), "status": "tamamlandı", "start": "2020", "end": "2021"},
    )
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        found = look(office)
        assert lines(found, "arrived")["bundles"].text == "1 paket geldi"
        assert lines(found, "arrived")["bundles"].detail == "Bornova"
        assert lines(found, "arrived")["new"].text == "2 yeni proje"
        assert "changed" not in lines(found, "arrived")
        assert lines(found, "decide")["review"].text == "2 proje inceleme bekliyor"
        assert (lines(found, "closed")["closed"].text, lines(found, "closed")["closed"].detail[:2]) == (
            "Bornova: 1 amaçta eksik kapandı",
            "12",
        )
        assert (found.figures.works, found.figures.running) == (2, 1)
        assert (found.figures.goals["12"], found.figures.goals["4"], found.figures.goals["1"]) == (1, 1, 0)
        assert found.figures.years[date.today().year] == 1
        review(office, ids[0], "onaylandı")
        review(office, ids[1], CORRECTION)
        found = look(office)
        assert "decide" not in lines(found, "decide")
        assert lines(found, "call")["remind"].detail == "Bornova"
        later = look(office, 40)
        assert lines(later, "arrived") == {}
        assert lines(later, "closed") == {}, "a month later that is no news"
        silent = [line.text for section in later.sections for line in section.lines if line.kind == "silent"]
        assert any(text.startswith("Bornova: son paket") for text in silent)


def test_what_changed_is_told_apart_from_what_is_new(line: Folders, tmp_path: Path) -> None:
    enter(line.bornova, "Eski")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        assert "changed" not in lines(look(office), "arrived")
        plain = to_plain(look(office), T)
    assert {line["place"] for section in plain["sections"] for line in section["lines"]} <= {*PLACES}
    assert plain["figures"]["works"] == 1


def test_old_records_and_old_promises(line: Folders, tmp_path: Path) -> None:
    enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        coaching.write_action(office, "Bornova", "Yazıyı gönder", due=f"{date.today() + timedelta(days=3)}")
        assert "coaching" not in lines(look(office), "call")
        assert lines(look(office, 10), "call")["coaching"].text.startswith("Bornova: ")
        assert lines(look(office, 400), "stale")["due"].text == "1 kaydın yılı doldu"
        assert lines(look(office, 800), "stale")["stale"].text == "1 kayıt iki yıldır doğrulanmadı"


def test_a_districts_monday(line: Folders, tmp_path: Path) -> None:
    pin(line, line.bornova)
    good, bad = enter(line.bornova, "Güzel", "Eksik")
    with open_workplace(line.bornova) as bornova:
        found = look(bornova)
    assert [section.name for section in found.sections] == ["asked", "answered", "next", "unsent", "stale"]
    assert lines(found, "answered")["no_answer"].place == "exchange"
    assert lines(found, "unsent")["unsent"].text == "2 projede gönderilmemiş değişiklik var"
    assert lines(found, "asked") == {}
    [step, _second] = next(one for one in found.sections if one.name == "next").lines
    assert (step.text[:3], step.place) == ("0.1", "coaching")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        review(office, good, "onaylandı")
        review(office, bad, CORRECTION, "Kaynak <b>", comments={"start": "Tarih"})
        coaching.write_note(office, "Bornova", "Teşekkürler")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        found = look(bornova)
        asked, answered = lines(found, "asked"), lines(found, "answered")
        assert (asked["correction"].text, asked["correction"].id) == ("Eksik", bad)
        assert asked["correction"].detail == "Düzeltme istendi. Kaynak <b> Not yazılan alanlar: Başlangıç."
        assert (answered["approved"].text, answered["approved"].id) == ("Güzel", good)
        assert answered["notes"].detail == "Teşekkürler"
        assert "unsent" not in lines(found, "unsent")
        assert {"due", "confirm"} <= lines(look(bornova, 400), "stale").keys()
        assert found.figures.works == 2


def test_what_is_in_a_bundle_is_told_apart_from_what_was_not_sent(line: Folders, tmp_path: Path) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Kompost")
    with open_workplace(line.bornova) as bornova:
        assert {"unsent"} == lines(look(bornova), "unsent").keys() - {"kept"}
    first = export(line.bornova, tmp_path / "1.izsa")
    with open_workplace(line.bornova) as bornova:
        found = lines(look(bornova), "unsent")
        assert found.keys() == {"written"}
        assert found["written"].text == "Pakete yazıldı, Büyükşehrin onayını bekliyor: 1 proje"
    merge(line.office, first)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        assert lines(look(bornova), "unsent") == {}


def test_what_was_corrected_is_no_longer_asked_for(line: Folders, tmp_path: Path) -> None:
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Eksik")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        review(office, id_, CORRECTION, "Tarih yok")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        project = get_project(bornova, id_)
        save_project(bornova, id_, replace(project.fields, start="2024"), project.heads)
        found = look(bornova)
        waits = lines(found, "unsent")["corrected"]
        assert "correction" not in lines(found, "asked")
        assert (waits.detail, waits.place) == ("Düzeltildi, gönderilmeyi bekliyor.", "exchange")
    merge(line.office, export(line.bornova, tmp_path / "2.izsa"))
    with open_workplace(line.bornova) as bornova:
        found = look(bornova)
        waits = lines(found, "unsent")["corrected"]
        assert "correction" not in lines(found, "asked")
        assert (waits.detail, waits.id) == (
            "Düzeltildi, pakete yazıldı; Büyükşehrin incelemesi bekleniyor.",
            id_,
        )
    with open_workplace(line.office) as office:
        review(office, id_, CORRECTION, "Bitişi de yazın")
    take(line.bornova, answer(line, line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.bornova) as bornova:
        found = look(bornova)
        assert lines(found, "asked")["correction"].id == id_, "asked once more"
        assert lines(found, "unsent") == {}


def test_evidence_waits_at_the_office_and_its_acceptance_is_news_at_the_district(line: Folders, tmp_path: Path) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Kompost")
    with open_workplace(line.bornova) as bornova:
        handed = handing_in.hand_in(bornova, "0.1", "Yazı 2026/14")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        waits = lines(look(office), "decide")["evidence"]
        assert (waits.text, waits.place) == ("1 kanıt bakılmayı bekliyor", "coaching")
        assert waits.detail.startswith("Bornova; en eskisi ")
        handing_in.accept(office, handed)
        talk = coaching.write_session(office, "Bornova", "Verileri konuştuk", f"{date.today() - timedelta(days=40)}")
        assert "evidence" not in lines(look(office), "decide")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        found = lines(look(bornova), "answered")
        assert (found["accepted"].text, found["accepted"].id) == ("0.1 için verdiğiniz kanıt kabul edildi", handed)
        assert (found["session"].detail, found["session"].id) == ("Verileri konuştuk", talk)
        assert {"accepted", "session"}.isdisjoint(lines(look(bornova, 30), "answered")), "a month later it is no news"
