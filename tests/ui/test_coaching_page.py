"""Coaching in the window: the office with every district, a district with itself; what is done there is on disk."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.dialogs.asking import AskDialog
from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.dialogs.document import DocumentDialog
from izsa_desktop.ui.pages import path_view as wants
from izsa_desktop.ui.pages.coaching_page import CoachingPage
from izsa_desktop.ui.pages.own_path_page import OwnPathPage
from izsa_desktop.ui.widgets.log_list import LogList
from izsa_desktop.ui.workspace import COACHING
from izsa_desktop.usecases import coaching, coaching_view, handing_in, stages
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.exchange import dialog, headings, no_dialog, said
from tests.ui.window import Bench, OpenBench, type_text
from tests.usecases.line import Line, enter, export, merge
from tests.usecases.mail import answer, pin, take

BORNOVA, KONAK = "TUR035007", "TUR035021"
HOSTILE = "<img src='x'>\u202e${a}"


P = TypeVar("P", CoachingPage, OwnPathPage)


def coaching_page(b: Bench, kind: type[P]) -> P:
    b.workspace.go_to(COACHING)
    b.settle()
    page = b.workspace.coaching
    assert isinstance(page, kind)
    return page


def office_page(b: Bench, district: str = BORNOVA) -> CoachingPage:
    page = coaching_page(b, CoachingPage)
    page.look_at(district)
    b.settle()
    return page


def own_page(b: Bench) -> OwnPathPage:
    return coaching_page(b, OwnPathPage)


def press(rows: LogList, label: str, row: int = 0) -> None:
    [button] = [one for one in rows.rows[row].buttons if one.text() == label]
    button.click()


def labels(rows: LogList, row: int = 0) -> list[str]:
    return [button.text() for button in rows.rows[row].buttons]


def test_the_office_sees_every_district_in_the_order_of_the_alphabet(bench: OpenBench, line: Line) -> None:
    with open_workplace(line.office) as office:
        for code in ("0.1", "0.3", "0.4", "0.5"):
            coaching.write_tick(office, "Urla", code, "Belge")
    b = bench(line.office, show=True)
    page = coaching_page(b, CoachingPage)
    model = page.list.model
    shown = [str(model.index(n).data()) for n in range(model.rowCount())]
    assert shown[:3] == ["Aliağa", "Balçova", "Bayındır"] and shown[-1] == "Urla" and len(shown) == 30
    assert page.district == "TUR035001", "the first one is looked at"
    texts = [str(model.index(n).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(30)]
    assert not any("stage" in text.lower() for text in texts), "no stage stands in the list"


def test_a_talk_and_a_task_are_written_down(bench: OpenBench, line: Line) -> None:
    b = bench(line.office, show=True)
    page, t = office_page(b), b.opened.t
    page.view.buttons[wants.SESSION].click()
    asked = dialog(b, AskDialog)
    assert not asked.go.isEnabled()
    type_text(asked.rows["text"].field, "Görüşüldü")
    asked.rows["next"].field.set_value("1999-01-01")
    asked.go.setFocus()
    asked.go.click()
    b.settle()
    assert asked.focusWidget() is asked.go, "another Enter throws nothing away"
    assert asked.isVisible() and asked.problem.isVisible(), "what was typed stays, with the reason"
    assert "1999-01-01" in asked.problem.text()
    asked.rows["next"].field.set_value("2199-01-01")
    asked.go.click()
    b.settle()
    assert no_dialog(b) and t("coach.session_kept") in b.notices()
    assert page.view.sessions.rows[0].said == ("Görüşüldü", t("coach.following", day=t.date("2199-01-01")))
    page.view.buttons[wants.ACTION].click()
    asked = dialog(b, AskDialog)
    type_text(asked.rows["text"].field, HOSTILE)
    asked.go.click()
    b.settle()
    assert no_dialog(b)
    assert headings(page.view.tasks) == [visible(HOSTILE)], "text is data"
    [row] = [one for one in page.list.model.rows if one.key == BORNOVA]
    assert (row.second.startswith("Last session"), t("coach.open_actions", count=1) in row.third) == (True, True)


def test_evidence_is_accepted_or_returned_with_a_reason(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    [project] = enter(line.bornova, "Kompost & su")
    with open_workplace(line.bornova) as bornova:
        first = handing_in.hand_in(bornova, "1.1", "Olur <b>2026</b>", day="2026-02-02", project=project)
        second = handing_in.hand_in(bornova, "1.2", "Taslak", day="2026-02-01")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    b = bench(line.office, show=True)
    page, t = office_page(b), b.opened.t
    assert [one[0] for one in said(page.view.evidence)] == ["Olur <b>2026</b>", "Taslak"]
    assert any("Kompost & su" in text for text in page.view.evidence.rows[0].said)
    press(page.view.evidence, t("coach.accept"))
    b.settle()
    press(page.view.evidence, t("coach.return"))
    asked = dialog(b, AskDialog)
    type_text(asked.rows["reason"].field, "İmza yok")
    asked.go.click()
    b.settle()
    assert page.view.evidence.rows == []
    with open_workplace(line.office) as office:
        found = coaching_view.path(office, BORNOVA)
    assert {one.evidence.id: one.state for one in found.evidence} == {first: "accepted", second: "returned"}
    page.view.ladder.show_stage(1)
    assert "1.1" in headings(page.view.ladder.criteria)[0]
    assert t("coach.met") in page.view.ladder.criteria.rows[0].said


def test_a_district_hands_in_signs_and_marks_its_own(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        stage = stages.propose(office, "Bornova", 0)
        theirs = coaching.write_action(office, "Bornova", "Liste yap", due="2026-02-10", day="2026-02-03")
        coaching.write_action(office, "Bornova", "Eğitim ver", owner="TUR035", day="2026-02-03")
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.bornova, show=True)
    page, t = own_page(b), b.opened.t
    view = page.view
    assert set(view.buttons) == {wants.TEMPLATE, wants.REPORT}, "what the office alone does is not offered"
    assert view.proposal.isVisible()
    view.proposal.action.click()
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert not view.proposal.isVisible() and "0" in view.signed.text()
    assert headings(view.tasks) == ["Liste yap", "Eğitim ver"]
    assert labels(view.tasks, 1) == [], "the office's own"
    press(view.tasks, t("coach.mark_done"))
    b.settle()
    press(view.steps, t("coach.hand_in"))
    asked = dialog(b, AskDialog)
    type_text(asked.rows["text"].field, "Başkanlık yazısı")
    asked.go.click()
    b.settle()
    assert [one[0] for one in said(view.evidence)] == ["Başkanlık yazısı"]
    with open_workplace(line.bornova) as bornova:
        found = coaching_view.path(bornova, BORNOVA)
    assert found.signed is not None and found.signed.id == stage
    assert {one.id: bool(one.done) for one in found.actions}[theirs]
    assert found.evidence[0].evidence.criterion == "0.1"
    press(view.evidence, t("coach.withdraw"))
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert view.evidence.rows == []


def test_expired_evidence_is_seen_and_named_among_the_steps(bench: OpenBench, line: Line) -> None:
    with open_workplace(line.office) as office:
        coaching.write_tick(office, "Bornova", "0.1", "Eski yazı", "2020-01-02")
    b = bench(line.office, show=True)
    page, t = office_page(b), b.opened.t
    row = page.view.steps.rows[0]
    assert "0.1" in headings(page.view.steps)[0]
    assert t("coach.expired") in row.said and t("coach.evidence_is", text="Eski yazı") in row.said
    assert any(t.date("2022-01-02") in text for text in row.said), "until when it counted"


def test_the_agenda_leads_to_the_district(bench: OpenBench, line: Line) -> None:
    with open_workplace(line.office) as office:
        coaching.write_action(office, "Konak", f"{HOSTILE[:13]} yap", due="2026-02-10", day="2026-02-03")
    b = bench(line.office, show=True)
    page = office_page(b)
    page.tabs.show_part(1)
    assert page.agenda.isVisible() and headings(page.agenda)[0] == "Konak"
    assert any(f"{HOSTILE[:13]} yap" in text for text in page.agenda.rows[0].said)
    page.agenda.rows[0].buttons[0].click()
    b.settle()
    assert (page.district, page.tabs.shown) == (KONAK, 0)


def test_what_comes_from_elsewhere_is_seen(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        coaching.write_session(office, "Bornova", "Görüşüldü")
    b = bench(line.bornova, show=True)
    page = own_page(b)
    assert page.view.sessions.rows == []
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b.opened.workspace.desk.changes.announce("bundles", by=None)  # type: ignore[union-attr]
    b.settle()
    assert len(page.view.sessions.rows) == 1


@pytest.mark.parametrize("what", [wants.PROPOSE, wants.NOTE])
def test_the_other_questions(bench: OpenBench, line: Line, what: str) -> None:
    b = bench(line.office, show=True)
    page = office_page(b)
    page.view.buttons[what].click()
    asked = dialog(b, AskDialog)
    if what == wants.NOTE:
        type_text(asked.rows["text"].field, "Not")
    asked.go.click()
    b.settle()
    assert no_dialog(b)
    with open_workplace(line.office) as office:
        found = coaching_view.path(office, BORNOVA)
    assert len(found.notes) + len(found.stages) == 1
    assert len(page.view.notes.rows) == len(found.notes)


def test_a_template_is_written(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b = bench(line.bornova, show=True)
    page = own_page(b)
    menu = page.view.buttons[wants.TEMPLATE].menu()
    assert menu is not None and len(menu.actions()) == 4
    page.work.write_template("plan", tmp_path / "plan.docx")
    b.settle()
    assert (tmp_path / "plan.docx").stat().st_size > 1000
    assert b.opened.t("coach.template_written", name="plan.docx") in b.notices()


def test_the_report_and_the_agenda_are_to_be_printed(bench: OpenBench, line: Line) -> None:
    b = bench(line.office, show=True)
    page = office_page(b)
    for button, kind, district in (
        (page.view.buttons[wants.REPORT], "coaching", BORNOVA),
        (page.printing, "agenda", ""),
    ):
        button.click()
        b.qtbot.waitUntil(lambda: not no_dialog(b))
        paper = dialog(b, DocumentDialog)
        assert (paper.order.kind, paper.order.district == district or not district) == (kind, True)
        paper.reject()
        b.settle()
        b.qtbot.waitUntil(lambda: no_dialog(b))


def test_every_button_says_what_it_is_about(bench: OpenBench, line: Line) -> None:
    b = bench(line.office, show=True)
    page = office_page(b)
    for button in page.view.ladder.criteria.findChildren(QPushButton):
        assert button.accessibleDescription()
    assert all(button.accessibleDescription() for button in page.view.ladder.steps.values())
    assert page.list.view.accessibleName()
