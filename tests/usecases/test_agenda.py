"""The agenda: what is to be done, by whom it is seen, and when it is late."""

from datetime import date
from pathlib import Path

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.usecases import coaching, coaching_view, handing_in, projects, stages
from izsa_desktop.usecases.coaching_view import agenda
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, export, merge
from tests.usecases.mail import answer, pin, take

BORNOVA, KONAK = "TUR035007", "TUR035021"
JUNE = date(2026, 6, 1)


def about(folder: Path, district: str, today: date = JUNE) -> list[tuple[str, str, bool]]:
    with open_workplace(folder) as workplace:
        return [(one.kind, one.day, one.late) for one in agenda(workplace, today) if one.district == district]


def test_what_a_coach_is_to_do(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        waiting = handing_in.hand_in(bornova, "1.1", "Olur", day="2026-05-20")
        sent_back = handing_in.hand_in(bornova, "1.2", "Taslak", day="2026-05-20")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        coaching.write_session(office, "Bornova", "Eski", "2026-01-02", following="2026-02-02")
        coaching.write_session(office, "Bornova", "Yeni", "2026-04-02", following="2026-05-30")
        coaching.write_action(office, "Bornova", "Bizim", owner="TUR035", due="2026-08-29", day="2026-04-02")
        coaching.write_action(office, "Bornova", "Çok sonra", due="2026-08-31", day="2026-04-02")
        coaching.write_action(office, "Bornova", "Günsüz", day="2026-04-02")
        finished = coaching.write_action(office, "Bornova", "Bitti", due="2026-05-01", day="2026-04-02")
        coaching.mark_done(office, finished, day="2026-04-30")
        coaching.write_action(office, "Bornova", "Geç", due="2026-05-31", day="2026-04-02")
        coaching.write_tick(office, "Bornova", "0.3", "Tutanak", "2025-05-31")  # a year: expired yesterday
        coaching.write_tick(office, "Bornova", "0.5", "Not", "2025-06-01")  # today is its last day
        coaching.write_tick(office, "Bornova", "1.5", "Çizelge", "2024-08-30")  # two years: in 90 days
        coaching.write_tick(office, "Bornova", "0.4", "Form", "2024-08-31")  # in 91
        handing_in.give_back(office, sent_back, "İmza yok", "2026-05-25")
        for code in ("0.1", "1.1", "1.3", "1.4"):
            coaching.write_tick(office, "Bornova", code, "Belge", "2026-05-20")
        stages.propose(office, "Bornova", 1, today=date(2026, 5, 26))
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    both = [
        ("evidence_waiting", "2026-05-20", False),
        ("stage_proposed", "2026-05-26", False),
        ("session_due", "2026-05-30", True),
        ("action_theirs", "2026-05-31", True),
        ("evidence_expired", "2026-05-31", True),
        ("evidence_expires", "2026-06-01", False),
        ("action_ours", "2026-08-29", False),
        ("evidence_expires", "2026-08-30", False),
        ("action_theirs", "", False),
    ]
    assert about(line.office, BORNOVA) == both
    returned = ("evidence_returned", "2026-05-25", False)
    assert about(line.bornova, BORNOVA) == [both[0], returned, *both[1:]]
    assert about(line.bornova, KONAK) == []
    with open_workplace(line.office) as office:
        items = agenda(office, JUNE)
        [item] = [one for one in items if one.kind == "evidence_waiting"]
        assert (item.record, item.code, item.text) == (waiting, "1.1", "Olur")
        for language in LANGUAGES:
            assert all(coaching_view.sentence(one, Translator(language)) for one in items)
        handing_in.accept(office, waiting)
        assert ("evidence_waiting", "2026-05-20", False) not in [(i.kind, i.day, i.late) for i in agenda(office, JUNE)]


def test_nobody_talked_for_three_months(line: Line) -> None:
    with open_workplace(line.office) as office:
        coaching.write_session(office, "Bornova", "Görüşme", "2026-02-28")
    assert about(line.office, BORNOVA, date(2026, 5, 28)) == []
    assert about(line.office, BORNOVA, date(2026, 5, 29)) == [("silent", "2026-02-28", False)]
    assert about(line.office, KONAK, date(2026, 5, 28)) == [("silent", "", False)], "there was no talk at all"


def test_who_agreed_on_a_next_talk_is_not_silent(line: Line) -> None:
    with open_workplace(line.office) as office:
        coaching.write_session(office, "Bornova", "Görüşme", "2026-01-02", following="2026-12-01")
    assert about(line.office, BORNOVA) == []


def test_what_the_records_show_needs_no_new_evidence(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.office) as office:
        coaching.write_tick(office, "Bornova", "0.2", "Liste", "2025-01-02")
        coaching.write_session(office, "Bornova", "Görüşme", "2026-05-30")
    assert about(line.office, BORNOVA) == [("evidence_expired", "2026-01-02", True)]
    with open_workplace(line.bornova) as bornova:
        projects.add_projects(
            bornova, [ProjectFields(title=f"İş {n}", purpose="x", status="sürüyor") for n in range(5)]
        )
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    assert about(line.office, BORNOVA) == []
