"""What the office says of single fields, what waits for it, confirming many records, and reminding."""

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import BadField, NoSuchProject, NotYourDistrict, OfficeOnly
from izsa_desktop.domain.facets import DUE, STALE, confirmed_on, freshness
from izsa_desktop.domain.fields import BY_NAME
from izsa_desktop.domain.project import NO_FIELDS, ProjectFields
from izsa_desktop.domain.revision import Json
from izsa_desktop.domain.sharing import shared_line
from izsa_desktop.i18n import Translator
from izsa_desktop.reference.checklist import load_checklist
from izsa_desktop.usecases import freshness as keeping
from izsa_desktop.usecases import rebuilding
from izsa_desktop.usecases.conflicts import conflicts, count_conflicts, settle
from izsa_desktop.usecases.projects import add_projects, append, delete_project, get_project, save_project
from izsa_desktop.usecases.relating import relate
from izsa_desktop.usecases.reviewing import (
    CHANGED,
    CORRECTION,
    MOST_OF_COMMENT,
    NEW,
    OPEN,
    Remarks,
    matching,
    remarks,
    review,
    waiting,
)
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.usecases.line import Line, enter, export, merge
from tests.usecases.mail import answer, pin, take
from tests.usecases.test_office_pcs import colleague, to_office

TODAY = date(2026, 11, 23)


def edit(folder: Path, id_: str, **changes: object) -> None:
    with open_workplace(folder) as workplace:
        project = get_project(workplace, id_)
        save_project(workplace, id_, replace(project.fields, **changes), project.heads)


def whys(office: Workplace) -> dict[str, str]:
    return {one.project.fields.title: one.why for one in waiting(office)}


def test_comments_and_ticks_go_to_the_district_and_can_be_taken_back(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        said = {"start": "Tarihi yazın", "title": "Adı kısa"}
        review(office, id_, CORRECTION, "Bakın", comments=said, checks={"persons": True, "goals": True})
        assert [*remarks(office, id_).comments] == ["title", "start"], "in the order of the form"
        assert b"Tarihi" not in shared_line(get_project(office, id_)), "the catalogue tells nobody"
    take(line.bornova, answer(line, line.bornova, tmp_path / "a1.izsa"))
    with open_workplace(line.bornova) as bornova:
        assert remarks(bornova, id_).comments == said
        assert remarks(bornova, id_).checks == {"persons", "goals"}
        with pytest.raises(OfficeOnly):
            review(bornova, id_, comments={"title": "Ben de"})
    edit(line.bornova, id_, start="2026")
    merge(line.office, export(line.bornova, tmp_path / "2.izsa"))
    with open_workplace(line.office) as office:
        assert get_project(office, id_).conflicts == ()
        review(office, id_, comments={"start": ""}, checks={"goals": False})
        assert get_project(office, id_).fields.review == CORRECTION, "what is not given stays"
    take(line.bornova, answer(line, line.bornova, tmp_path / "a2.izsa"))
    with open_workplace(line.bornova) as bornova:
        assert remarks(bornova, id_) == Remarks({"title": "Adı kısa"}, frozenset({"persons"}))


def test_two_of_the_office_say_different_things_of_a_field(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    other = colleague(line)
    take(other, to_office(line.office, tmp_path / "o.izsa"))
    for folder, text in ((line.office, "Tarihi yazın"), (other, "Ayı yazın")):
        with open_workplace(folder) as workplace:
            review(workplace, id_, comments={"start": text})
    take(line.office, to_office(other, tmp_path / "p.izsa"))
    with open_workplace(line.office) as office:
        [asked] = conflicts(office, "tr")[0].conflicts
        assert asked.name == "Başlangıç: Büyükşehrin notu"
        assert {choice.text for choice in asked.choices} == {"Tarihi yazın", "Ayı yazın"}
        wanted = next(choice for choice in asked.choices if choice.text == "Ayı yazın")
        settle(office, id_, {asked.registers[0]: wanted.revision})
        assert remarks(office, id_).comments == {"start": "Ayı yazın"}
        assert count_conflicts(office) == 0


def test_the_same_again_is_no_save(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        once = review(office, id_, comments={"title": "Adı kısa"})
        assert review(office, id_, comments={"title": "Adı kısa", "purpose": ""}).heads == once.heads


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"comments": {"nothing": "x"}}, "unknown_name"),
        ({"comments": {"title": "x" * (MOST_OF_COMMENT + 1)}}, "too_long"),
        ({"comments": {"title": "x\u202ey\x07"}}, "hidden_characters"),
        ({"checks": {"nothing": True}}, "unknown_code"),
        ({"state": "nothing"}, "unknown_code"),
        ({"state": "taslak"}, "districts_state"),
        ({"state": "Gönderildi"}, "districts_state"),
    ],
)
def test_what_cannot_be_said(line: Line, tmp_path: Path, said: dict[str, object], problem: str) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        with pytest.raises(BadField) as refused:
            review(office, id_, **said)  # type: ignore[arg-type]
        assert refused.value.problem == problem


def test_every_line_of_the_checklist_leads_to_a_field() -> None:
    checks = load_checklist()
    assert {check.field for check in checks} <= BY_NAME.keys()
    assert len({check.code for check in checks}) == len(checks)
    assert all(check.text["tr"] and check.text["en"] for check in checks)


def test_what_waits_and_why(line: Line, tmp_path: Path) -> None:
    ids = dict(zip("abcde", enter(line.bornova, *"abcde"), strict=True))
    edit(line.bornova, ids["e"], review="taslak")
    enter(line.office, "own")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        assert whys(office) == dict.fromkeys("abcd", NEW), "a draft of the district does not wait"
        review(office, ids["b"], "incelemede")
        review(office, ids["c"], "onaylandı")
        review(office, ids["d"], CORRECTION)
        assert whys(office) == {"a": NEW, "b": OPEN}
    for name in "cd":
        edit(line.bornova, ids[name], purpose="Başka")
    merge(line.office, export(line.bornova, tmp_path / "2.izsa"))
    with open_workplace(line.office) as office:
        found = waiting(office)
        assert whys(office) == {"a": NEW, "b": OPEN, "c": CHANGED, "d": CHANGED}
        assert {one.project.fields.title for one in matching(found, why=CHANGED)} == {"c", "d"}
        assert [one.project.fields.title for one in matching(found, "0001 izsa", "TUR035007")] == ["a"]
        assert matching(found, district="TUR035021") == []
        review(office, ids["c"], "onaylandı")
        assert "c" not in whys(office), "said again, it is settled again"


def test_a_state_that_nobody_knows_hides_no_project(line: Line, tmp_path: Path) -> None:
    ids = enter(line.bornova, "Boşluk", "Büyük", "Başka", "Taslak")
    with open_workplace(line.bornova) as bornova, bornova.store.writing() as writer:
        for id_, said in zip(ids, ["onaylandı ", "ONAYLANDI", "<b>", "taslak"], strict=True):
            append(bornova, writer, writer.history(id_), writer.state(id_), {"review": said})
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        assert whys(office) == dict.fromkeys(["Boşluk", "Büyük", "Başka"], NEW)


def test_a_district_hides_no_change_by_archiving(line: Line, tmp_path: Path) -> None:
    ids = enter(line.bornova, "Arşivlendi", "Sonra değişti", "İkisi birden", "Hiç bakılmadı")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        for id_ in ids[:3]:
            review(office, id_, "onaylandı")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova, bornova.store.writing() as writer:
        saves: list[dict[str, Json]] = [{}, {}, {"purpose": "Başka"}, {}]
        for id_, beside in zip(ids, saves, strict=True):
            append(bornova, writer, writer.history(id_), writer.state(id_), {"review": "arşiv", **beside})
    edit(line.bornova, ids[1], purpose="Başka")
    merge(line.office, export(line.bornova, tmp_path / "2.izsa"))
    with open_workplace(line.office) as office:
        assert whys(office) == {"Sonra değişti": CHANGED, "İkisi birden": CHANGED}


def test_a_district_has_nothing_to_review(line: Line) -> None:
    with open_workplace(line.bornova) as bornova, pytest.raises(OfficeOnly):
        waiting(bornova)


# --- keeping records true --------------------------------------------------------------------------------------------


def aged(folder: Path, **days: int) -> dict[str, str]:
    """Projects that were confirmed so many days before ``TODAY``; their ids."""
    with open_workplace(folder) as workplace:
        fields = [
            ProjectFields(title=title, purpose="Amaç", confirmed=(TODAY - timedelta(days=ago)).isoformat())
            for title, ago in days.items()
        ]
        return dict(zip(days, add_projects(workplace, fields), strict=True))


def test_what_is_due_and_confirming_it(line: Line) -> None:
    ids = aged(line.bornova, fresh=364, due=365, stale=730)
    with open_workplace(line.bornova) as bornova:
        found = keeping.due_records(bornova, TODAY)
        assert [(one.project.fields.title, one.light) for one in found] == [("stale", STALE), ("due", DUE)]
        assert keeping.confirm_many(bornova, [ids["due"], ids["stale"], ids["due"]], today=TODAY) == 2
        assert keeping.confirm_many(bornova, [*ids.values()], today=TODAY) == 1, "what says so already is no save"
        assert keeping.due_records(bornova, TODAY) == []
        assert freshness(confirmed_on(get_project(bornova, ids["due"])), TODAY) == "fresh"


def test_confirming_is_the_owners(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office, pytest.raises(NotYourDistrict):
        keeping.confirm_many(office, [id_])


def test_letters_to_the_districts(line: Line, tmp_path: Path) -> None:
    ids = aged(line.bornova, eski=400, yeni=1)
    aged(line.konak, iki=800)
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"), export(line.konak, tmp_path / "2.izsa"))
    t = Translator("tr")
    with open_workplace(line.office) as office:
        review(office, ids["yeni"], CORRECTION, "Kaynak\neksik", comments={"start": "Tarihi\nyazın"})
        bornova, konak = keeping.reminders(office, today=TODAY)
        letter = keeping.letter(bornova, office, t)
        assert [one.project.fields.title for one in bornova.due] == ["eski"]
        assert "• yeni (İZSA-BOR-2026-0002)\n    Kaynak eksik\n    Başlangıç: Tarihi yazın\n" in letter
        assert "• eski (İZSA-BOR-2026-0001) — son doğrulama: 19 Ekim 2025" in letter
        assert "iki" not in letter
        assert keeping.subject(konak, office, t) == "İZSA: Konak için hatırlatma"
        assert keeping.reminders(office, "konak", TODAY) == [konak]
        link = keeping.mail_link(bornova, office, t)
        assert link.startswith("mailto:?subject=%C4%B0ZSA")
        assert unquote(link).endswith(letter)
        keeping.save_letters(office, [bornova, konak], tmp_path / "mektuplar.txt", t)
    text = (tmp_path / "mektuplar.txt").read_text(encoding="utf-8-sig")
    assert text.count("Sayın ") == 2


def test_a_long_letter_is_cut_for_the_mail_program(line: Line) -> None:
    aged(line.bornova, **{f"Çok uzun adlı proje {n}": 500 for n in range(40)})
    t = Translator("tr")
    with open_workplace(line.bornova) as bornova:
        [own] = keeping.reminders(bornova, today=TODAY)
        assert len(own.due) == 40
        link = keeping.mail_link(own, bornova, t)
        assert len(link) < 2_100
        assert unquote(link).endswith(t("reviewing.letter_cut"))
        with pytest.raises(NotYourDistrict):
            keeping.reminders(bornova, "Konak")


def test_nothing_to_remind_of(line: Line) -> None:
    with open_workplace(line.office) as office:
        add_projects(office, [replace(NO_FIELDS, title="Ofisin işi", confirmed="2020-01-01")])
        assert keeping.reminders(office, today=TODAY) == [], "the office reminds nobody of its own work"


def test_what_no_review_knew_of_waits_and_nothing_else(line: Line, tmp_path: Path) -> None:
    """Whatever came here first, also where everything is made anew, and whatever else the office writes."""
    kept, edited, other = enter(line.bornova, "kept", "edited", "other")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        for id_ in (kept, edited, other):
            review(office, id_, "onaylandı")
    edit(line.bornova, edited, purpose="Başka")
    with open_workplace(line.bornova) as bornova:
        keeping.confirm_many(bornova, [kept])
        relate(bornova, kept, other, "benzer değil")
    merge(line.office, export(line.bornova, tmp_path / "2.izsa"))
    with open_workplace(line.office) as office:
        assert whys(office) == {"edited": CHANGED}, "what is still true, and what it is to others, is no change"
        relate(office, edited, other, "ortak iş")
        assert whys(office) == {"edited": CHANGED}
        rebuilding.rebuild(office)
        assert whys(office) == {"edited": CHANGED}


def test_nothing_is_said_of_what_was_deleted(line: Line, tmp_path: Path) -> None:
    gone, there = enter(line.bornova, "gone", "there")
    with open_workplace(line.bornova) as bornova:
        delete_project(bornova, gone)
        for say in (
            lambda: keeping.confirm_many(bornova, [gone]),
            lambda: relate(bornova, gone, there, "aynı"),
            lambda: relate(bornova, there, gone, "aynı"),
        ):
            with pytest.raises(NoSuchProject):
                say()
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office, pytest.raises(NoSuchProject):
        review(office, gone, "onaylandı")
