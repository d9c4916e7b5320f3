"""Coaching in the window: the office with every district, a district with itself; what is done there is on disk."""

from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.dialogs.asking import AskDialog
from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.dialogs.document import DocumentDialog
from izsa_desktop.ui.pages import path_view as wants
from izsa_desktop.ui.pages.coaching_page import CoachingPage
from izsa_desktop.ui.pages.own_path_page import OwnPathPage
from izsa_desktop.ui.widgets.choice_line import ChoiceLine
from izsa_desktop.ui.widgets.fields import TextField
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
    assert asked.focusWidget() is asked.rows["text"].field, "what is to be written first"
    written = asked.rows["text"].field
    assert isinstance(written, TextField)
    type_text(written, "\u200b")
    assert not asked.go.isEnabled(), "nothing that anybody could see"
    written.set_value("")
    type_text(asked.rows["text"].field, "Görüşüldü")
    asked.rows["next"].field.set_value("1999-01-01")
    asked.go.setFocus()
    asked.go.click()
    b.settle()
    assert asked.focusWidget() is asked.go, "another Enter throws nothing away"
    assert asked.isVisible() and asked.problem.isVisible(), "what was typed stays, with the reason"
    assert "1999-01-01" in asked.problem.text()
    following = (date.today() + timedelta(days=30)).isoformat()
    asked.rows["next"].field.set_value(following)
    asked.go.click()
    b.settle()
    assert no_dialog(b) and t("coach.session_kept") in b.notices()
    assert page.view.sessions.rows[0].said == ("Görüşüldü", t("coach.following", day=t.date(following)))
    page.view.buttons[wants.ACTION].click()
    asked = dialog(b, AskDialog)
    assert asked.windowTitle() == t("coach.action_title", district="Bornova Municipality")
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


def test_evidence_taken_back_is_told_until_something_else_shows_it(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    pin(line, line.bornova)
    with open_workplace(line.bornova) as bornova:
        id_ = handing_in.hand_in(bornova, "0.1", "Yazı")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        handing_in.accept(office, id_)
    with open_workplace(line.bornova) as bornova:
        coaching.withdraw(bornova, id_)
    merge(line.office, export(line.bornova, tmp_path / "b2.izsa"))
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.office, show=True)
    page, t = office_page(b), b.opened.t
    today = t.date(date.today().isoformat())
    [row] = page.view.evidence.rows
    assert t("coach.taken_back", day=today) in row.said and labels(page.view.evidence) == []
    assert any(t("coach.taken_back", day=today) in said for said in page.view.steps.rows[0].said)
    with open_workplace(line.bornova) as bornova:
        found = coaching_view.path(bornova, BORNOVA)
    assert [one.state for one in found.evidence] == ["withdrawn"] and found.standing.criteria[0].withdrawn
    press(page.view.steps, t("coach.tick"))
    asked = dialog(b, AskDialog)
    type_text(asked.rows["text"].field, "Yenisi")
    asked.go.click()
    b.settle()
    assert page.view.evidence.rows == []


def test_a_district_hands_in_signs_and_marks_its_own(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        for code in ("0.1", "0.3", "0.4", "0.5", "1.1", "1.2", "1.3", "1.4"):
            coaching.write_tick(office, "Bornova", code, "Belge")
        stage = stages.propose(office, "Bornova", 1)
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
    assert not view.proposal.isVisible() and "1" in view.signed.text()
    assert b.opened.window.focusWidget() is view.buttons[wants.REPORT], "the keyboard did not fall out of the page"
    assert headings(view.tasks) == ["Liste yap", "Eğitim ver"]
    assert labels(view.tasks, 1) == [], "the office's own"
    press(view.tasks, t("coach.mark_done"))
    b.settle()
    press(view.steps, t("coach.hand_in"))
    b.settle()
    asked = dialog(b, AskDialog)
    type_text(asked.rows["text"].field, "Başkanlık yazısı")
    asked.go.click()
    b.settle()
    assert t("coach.handed_in") in b.notices(), "with which bundle it goes"
    assert said(view.evidence) == [("Başkanlık yazısı", t("coach.kept_mark"))]
    assert t("coach.kept_mark") in view.steps.rows[0].said, "it was in no bundle yet"
    export(line.bornova, tmp_path / "up.izsa")
    b.opened.workspace.desk.changes.announce("bundles", by=None)  # type: ignore[union-attr]
    b.settle()
    assert said(view.evidence) == [("Başkanlık yazısı", t("coach.waits_mark"))]
    with open_workplace(line.bornova) as bornova:
        found = coaching_view.path(bornova, BORNOVA)
    assert found.signed is not None and found.signed.id == stage
    assert {one.id: bool(one.done) for one in found.actions}[theirs]
    assert found.evidence[0].evidence.criterion == "2.1"
    assert t("coach.waits_mark") in view.steps.rows[0].said
    press(view.evidence, t("coach.withdraw"))
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert view.evidence.rows == []


def test_evidence_names_an_own_project_chosen_from_a_list(bench: OpenBench, line: Line) -> None:
    compost, _ = enter(line.bornova, "Çamlıkule'de kompost", "Yağmur suyu")
    b = bench(line.bornova, show=True)
    page, t = own_page(b), b.opened.t
    press(page.view.steps, t("coach.hand_in"))
    b.settle()
    asked = dialog(b, AskDialog)
    choice = asked.rows["project"].field
    assert isinstance(choice, ChoiceLine)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    offered = choice.offers.completionModel()
    assert [str(offered.index(n, 0).data()).partition(" · ")[0] for n in range(offered.rowCount())] == [
        "Çamlıkule'de kompost",
        "Yağmur suyu",
    ], "all of them, before anything is typed"
    choice.offers.close()
    type_text(choice, "çamlı")
    assert offered.rowCount() == 1
    popup = choice.offers.popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert (choice.value(), asked.isVisible()) == (compost, True), "Enter chose, and did not save yet"
    type_text(asked.rows["text"].field, "Foto")
    [buttons] = asked.findChildren(QDialogButtonBox)
    assert buttons.y() - asked.rows["date"].geometry().bottom() < 3 * asked.column.spacing(), "no empty band"
    asked.go.click()
    b.settle()
    with open_workplace(line.bornova) as bornova:
        [handed] = coaching_view.path(bornova, BORNOVA).evidence
    assert handed.evidence.project == compost


def test_a_choice_is_also_meant_by_its_whole_name(qtbot: QtBot) -> None:
    line = ChoiceLine([("1", "İlk iş"), ("2", "Aynı"), ("3", "Aynı")])
    qtbot.addWidget(line)
    for text, value in (("ilk iş ", "1"), ("Aynı", "Aynı"), ("İl", "İl"), ("", "")):
        line.setText(text)
        assert line.value() == value
    line.set_value("3")
    assert (line.text(), line.value()) == ("Aynı", "3")
    line.end(False)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.value() == "Ayn", "what is typed afterwards is not what was chosen"


@pytest.mark.parametrize("called_off", [False, True])
def test_the_next_talk_stands_in_the_dialog_and_is_called_off_there(
    bench: OpenBench, line: Line, called_off: bool
) -> None:
    following = (date.today() + timedelta(days=20)).isoformat()
    with open_workplace(line.office) as office:
        coaching.write_session(office, "Bornova", "İlk", "2026-02-02", following=following)
    b = bench(line.office, show=True)
    page, t = office_page(b), b.opened.t
    page.view.buttons[wants.SESSION].click()
    asked = dialog(b, AskDialog)
    assert asked.windowTitle() == t("coach.session_title", district="Bornova Municipality")
    assert asked.rows["next"].field.value() == following
    type_text(asked.rows["text"].field, "Kısa")
    if called_off:
        asked.rows["next"].field.set_value("")
    asked.go.click()
    b.settle()
    with open_workplace(line.office) as office:
        assert coaching_view.path(office, BORNOVA).next_session == ("" if called_off else following)


def test_only_stages_that_are_not_signed_are_offered(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        for code in ("0.1", "0.3", "0.4", "0.5", "1.1", "1.2", "1.3", "1.4"):
            coaching.write_tick(office, "Bornova", code, "Belge")
        stages.propose(office, "Bornova", 1)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        stages.confirm(bornova)
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    b = bench(line.office, show=True)
    page = office_page(b)
    page.view.buttons[wants.PROPOSE].click()
    asked = dialog(b, AskDialog)
    field = asked.rows["stage"].field
    assert [field.itemData(n) for n in range(field.count())] == ["2", "3", "4", "5"]
    assert field.value() == "2"


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
    assert page.agenda.isVisible() and headings(page.agenda.dated) == ["Konak"]
    assert any(f"{HOSTILE[:13]} yap" in text for text in page.agenda.dated.rows[0].said)
    assert page.agenda.fold.isVisible() and "30" in page.agenda.fold.text() and not page.agenda.undated.isVisible()
    page.agenda.fold.click()
    assert page.agenda.undated.isVisible() and len(page.agenda.undated.rows) == 30
    page.agenda.dated.rows[0].buttons[0].click()
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
    with open_workplace(line.office) as office:
        for code in ("0.1", "0.3", "0.4", "0.5", "1.1", "1.2", "1.3", "1.4"):
            coaching.write_tick(office, "Bornova", code, "Belge")
    b = bench(line.office, show=True)
    page = office_page(b)
    page.view.buttons[what].click()
    asked = dialog(b, AskDialog)
    assert "Bornova" in asked.windowTitle() and "…" not in asked.windowTitle(), "of whom it is, and no button's name"
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


def test_the_keyboard_stays_where_something_was_written(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as bornova:
        for code in ("1.1", "1.2", "1.3"):
            handing_in.hand_in(bornova, code, f"Belge {code}", day="2026-02-02")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    b = bench(line.office, show=True)
    page, t = office_page(b), b.opened.t
    first, second, third = page.view.evidence.rows
    for row, then in ((second, third), (third, first)):
        [button] = [one for one in row.buttons if one.text() == t("coach.accept")]
        button.setFocus()
        button.click()
        b.settle()
        [following] = [one for one in then.buttons if one.text() == t("coach.accept")]
        assert b.opened.window.focusWidget() is following, (
            "the next one to look at, and the rows that stayed are the same"
        )
    page.view.ladder.show_stage(2)
    [tick] = page.view.ladder.criteria.rows[0].buttons
    tick.setFocus()
    tick.click()
    asked = dialog(b, AskDialog)
    type_text(asked.rows["text"].field, "Tutanak")
    asked.go.click()
    b.settle()
    assert b.opened.window.focusWidget() is page.view.ladder.criteria.rows[0].buttons[0]
    assert t("coach.met") in page.view.ladder.criteria.rows[0].said
    press(page.view.evidence, t("coach.accept"))
    page.view.evidence.rows[0].buttons[0].setFocus()
    b.settle()
    assert page.view.evidence.rows == [] and page.view.evidence.isAncestorOf(b.opened.window.focusWidget())


def test_tab_goes_down_the_page(bench: OpenBench, line: Line) -> None:
    """Rows that were read later than the page was made do not come last of all."""
    with open_workplace(line.office) as office:
        coaching.write_session(office, "Bornova", "Görüşüldü")
        coaching.write_action(office, "Bornova", "Liste")
    b = bench(line.office, show=True)
    page = office_page(b)
    view, stops = page.view, []
    stop: QWidget | None = view.buttons[wants.TEMPLATE]
    while (stop := stop.nextInFocusChain() if stop else None) is not None and view.isAncestorOf(stop):
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisible():
            stops.append(stop)
    rows = [view.steps, view.ladder.criteria, view.tasks, view.sessions]
    steps, criteria, tasks, sessions = ([button for row in one.rows for button in row.buttons] for one in rows)
    assert stops == [*steps, *view.ladder.steps.values(), *criteria, *tasks, *sessions]


def test_every_button_says_what_it_is_about(bench: OpenBench, line: Line) -> None:
    b = bench(line.office, show=True)
    page = office_page(b)
    for button in page.view.ladder.criteria.findChildren(QPushButton):
        assert button.accessibleDescription()
    assert all(button.accessibleDescription() for button in page.view.ladder.steps.values())
    assert page.list.view.accessibleName()


def test_by_keyboard_alone(bench: OpenBench, line: Line) -> None:
    """From the list of districts to a tick that is written, and on from there."""
    b = bench(line.office, show=True)
    page = office_page(b)
    window = b.opened.window
    for _ in range(40):
        focus = window.focusWidget()
        assert focus is not None
        if isinstance(focus, QPushButton) and page.view.ladder.criteria.isAncestorOf(focus):
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    QTest.keyClick(focus, Qt.Key.Key_Space)
    asked = dialog(b, AskDialog)
    for what, keys in (("Belge", Qt.Key.Key_Tab), ("", Qt.Key.Key_Return)):
        inside = asked.focusWidget()
        QTest.keyClicks(inside, what)
        QTest.keyClick(inside, keys)
    b.settle()
    assert no_dialog(b)
    with open_workplace(line.office) as office:
        [tick] = coaching_view.path(office, BORNOVA).ticks
    assert (tick.criterion, tick.text) == ("0.1", "Belge")
    assert window.focusWidget() is page.view.ladder.criteria.rows[0].buttons[0]
