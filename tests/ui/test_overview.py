"""The overview: lines that lead to the work, charts that say their numbers, and what is opened from there."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QPushButton

from izsa_desktop.charts.look import PAPER
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import changes
from izsa_desktop.ui.dialogs.confirm_many import ConfirmManyDialog
from izsa_desktop.ui.dialogs.reminders import RemindersDialog
from izsa_desktop.ui.dialogs.waiting_list import WaitingDialog
from izsa_desktop.ui.pages.overview_charts import RUNNING, TIMELINE, WHEEL, draw
from izsa_desktop.ui.pages.overview_page import OverviewPage
from izsa_desktop.ui.pages.own_path_page import OwnPathPage
from izsa_desktop.ui.pages.receive_page import DISTRICTS, INBOX, ReceivePage
from izsa_desktop.ui.workspace import CONFLICTS, EXCHANGE, OVERVIEW, PROJECTS
from izsa_desktop.usecases import coaching, stages
from izsa_desktop.usecases.figures import Figures, RunningTime
from izsa_desktop.usecases.freshness import reminders
from izsa_desktop.usecases.overview import overview
from izsa_desktop.usecases.overview_lines import CONFLICTS as TO_CONFLICTS
from izsa_desktop.usecases.overview_lines import EXCHANGE as TO_EXCHANGE
from izsa_desktop.usecases.overview_lines import LIST, PLACES, Line
from izsa_desktop.usecases.projects import add_projects, get_project
from izsa_desktop.usecases.reviewing import CORRECTION, review
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import REFERENCE
from tests.ui.exchange import dialog, in_sight
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line as Folders
from tests.usecases.line import enter, export, merge
from tests.usecases.mail import answer, pin, take


def shown(b: Bench) -> OverviewPage:
    """The page, read and drawn."""
    b.workspace.go_to(OVERVIEW)
    b.settle()
    return b.workspace.overview


def texts(page: OverviewPage, section: str) -> list[str]:
    """The buttons' descriptions: what each line says."""
    return [row.buttons[0].accessibleDescription() for row in page.lists[section].rows]


def press(page: OverviewPage, section: str, row: int = 0) -> QPushButton:
    button = page.lists[section].rows[row].buttons[0]
    button.click()
    return button


def test_the_offices_lines_lead_to_the_work(bench: OpenBench, line: Folders, tmp_path: Path) -> None:
    enter(line.bornova, "Kompost", "Okul")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    page = shown(b)
    assert texts(page, "arrived") == ["1 bundle came in", "2 new projects"]
    press(page, "arrived")
    b.settle()
    assert b.workspace.place == EXCHANGE
    shown(b)
    press(page, "decide")
    b.settle()
    waits = dialog(b, WaitingDialog)
    assert {one.project.fields.title for one in waits.model.rows} == {"Kompost", "Okul"}
    waits.words.setText("okul")
    assert [one.project.fields.title for one in waits.model.rows] == ["Okul"]
    waits.words.setText("nothing like it")
    assert not waits.start.isEnabled()
    assert waits.nothing.text() == b.opened.t("reviewing.none_matches")
    waits.words.clear()
    waits.table.choose(1)
    second = waits.model.rows[1].project
    waits.start.click()
    b.settle()
    assert b.workspace.place == PROJECTS
    assert b.editor.project_id == second.id
    bar = b.editor.review.bar
    assert b.opened.window.focusWidget() is bar.state, "who reviews by keyboard begins at the state"
    assert bar.place.text() == "2/2"
    assert not bar.on.isEnabled()
    bar.back.click()
    b.settle()
    assert b.editor.project_id != second.id
    assert bar.place.text() == "1/2"
    assert b.opened.window.focusWidget() is bar.state


def test_the_keyboard_alone_goes_from_line_to_line(bench: OpenBench, line: Folders, tmp_path: Path) -> None:
    enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    b.workspace.go_to(OVERVIEW)
    b.settle()
    page = b.workspace.overview
    first, second = (page.lists["arrived"].rows[n].buttons[0] for n in (0, 1))
    b.qtbot.waitUntil(first.hasFocus)
    b.qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    b.workspace.desk.changes.announce(changes.PROJECTS, by=None)
    b.settle()
    again = page.lists["arrived"].rows[1].buttons[0]
    assert again is not second
    assert again.hasFocus(), "lines that are read again keep the keyboard where it was"
    for widget in page.lists["call"].rows:
        if "no enrolled PC" in widget.buttons[0].accessibleDescription():
            widget.buttons[0].setFocus()
            b.qtbot.keyClick(widget.buttons[0], Qt.Key.Key_Return)
            break
    b.settle()
    assert b.workspace.place == EXCHANGE
    exchange = b.workspace.exchange
    assert isinstance(exchange, ReceivePage)
    assert exchange.tabs.shown == DISTRICTS
    b.workspace.go_to(OVERVIEW)
    b.settle()
    press(page, "arrived")
    b.settle()
    assert exchange.tabs.shown == INBOX


def test_every_place_that_a_line_names_is_led_to(bench: OpenBench, line: Folders) -> None:
    b = bench(line.office, show=True)
    page = shown(b)
    for place, there in ((TO_EXCHANGE, EXCHANGE), (TO_CONFLICTS, CONFLICTS), (LIST, PROJECTS)):
        page.follow(Line(kind="x", text="x", place=place))
        b.settle()
        assert b.workspace.place == there
    for name in {*PLACES} - {"project", "list", "review", "remind", "confirm"}:
        page.follow(Line(kind="x", text="x", place=name))
        b.settle()
        assert b.workspace.place != OVERVIEW
        shown(b)


def test_charts_say_their_numbers_and_follow_the_theme(bench: OpenBench, line: Folders) -> None:
    with open_workplace(line.office) as office:
        fields = ProjectFields(
            title="Kompost", purpose="Amaç", goals=("12", "13"), start="2024", status="sürüyor", district="TUR035007"
        )
        add_projects(office, [fields])
    b = bench(line.office, show=True)
    charts = shown(b).charts
    assert charts.about.text() == b.opened.t("overview.charts_text_one", running=1)
    wheel = charts.charts["wheel"]
    assert "13 Climate Action: 1" in wheel.accessibleDescription()
    assert f"{date.today().year}: 1" in charts.charts["timeline"].accessibleDescription()
    light = wheel.grab().toImage()
    b.opened.theme.choose("dark")
    b.settle()
    assert wheel.grab().toImage() != light
    assert wheel.heightForWidth(wheel.sizeHint().width()) == wheel.sizeHint().height()
    assert wheel.heightForWidth(wheel.sizeHint().width() // 2) * 2 <= wheel.sizeHint().height() + 2


def test_large_numbers_are_written_as_in_the_language() -> None:
    span = RunningTime("Kompost", 2019, 2021, "unclear")
    figures = Figures(12345, 6789, 1234, {"13": 2345}, {}, {2025: 3456, 2026: 4567}, 1000, (span,))
    tr = draw(figures, REFERENCE, Translator("tr"), PAPER, 2026)
    en = draw(figures, REFERENCE, Translator("en"), PAPER, 2026)
    assert "13 İklim Eylemi: 2.345" in tr[WHEEL].words
    assert (">12.345<" in tr[WHEEL].svg, ">2.345<" in tr[WHEEL].svg) == (True, True)
    assert (">12,345<" in en[WHEEL].svg, ">2,345<" in en[WHEEL].svg) == (True, True)
    assert "2025: 3.456" in tr[TIMELINE].words
    assert ">4.567<" in tr[TIMELINE].svg
    assert "Kompost 2019–2021, sonrası bilinmiyor" in tr[RUNNING].words


def test_an_empty_workplace_has_nothing_to_draw(bench: OpenBench, line: Folders) -> None:
    b = bench(line.bornova, show=True)
    page = shown(b)
    assert page.charts.about.text() == b.opened.t("overview.charts_none")
    assert all(chart.isHidden() for chart in page.charts.charts.values())
    assert texts(page, "asked") == []


def test_what_changes_is_shown_without_being_asked(bench: OpenBench, line: Folders) -> None:
    b = bench(line.bornova, show=True)
    page = shown(b)
    assert texts(page, "unsent") == []
    b.workspace.go_to(PROJECTS)
    b.page.new()
    b.editor.form.field("title").setPlainText("Kompost")
    b.editor.save()
    b.settle()
    assert texts(shown(b), "unsent")[:1] == ["1 project has changes that were not sent"]


def test_in_a_narrow_window_the_charts_stand_below(bench: OpenBench, line: Folders) -> None:
    b = bench(line.bornova, show=True)
    page = shown(b)
    assert page._sides.direction() == QBoxLayout.Direction.LeftToRight
    page.resize(700, 600)
    assert page._sides.direction() == QBoxLayout.Direction.TopToBottom


def test_confirming_what_is_still_true(bench: OpenBench, line: Folders) -> None:
    day = (date.today() - timedelta(days=800)).isoformat()
    with open_workplace(line.bornova) as bornova:
        fields = [ProjectFields(title=title, purpose="Amaç", confirmed=day) for title in ("Bir <b>", "İki")]
        ids = add_projects(bornova, fields)
    b = bench(line.bornova, show=True)
    page = shown(b)
    assert texts(page, "stale") == [
        "2 records were not confirmed for two years",
        "Confirm together what is still true",
    ]
    press(page, "stale", 1)
    b.settle()
    asked = dialog(b, ConfirmManyDialog)
    assert not asked.go.isEnabled()
    assert asked.list.count() == 2
    first = asked.list.item(0)
    assert "Older than two years" in first.text()
    first.setCheckState(Qt.CheckState.Checked)
    asked.go.click()
    b.settle()
    confirmed = {get_project(b.workplace, id_).fields.confirmed for id_ in ids}
    assert confirmed == {day, date.today().isoformat()}
    assert texts(page, "stale")[0] == "1 record was not confirmed for two years"
    press(page, "stale", 1)
    b.settle()
    again = dialog(b, ConfirmManyDialog)
    again.look.click()
    b.settle()
    assert b.editor.project_id in ids
    assert b.editor.head.about.text().startswith("Older than two years · ")
    b.editor.confirm()
    b.settle()
    assert b.editor.head.about.text().startswith("Up to date · ")
    assert "last confirmed" in b.editor.head.light.accessibleName()


def test_reminders_are_copied_and_mailed(bench: OpenBench, line: Folders, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        review(office, id_, CORRECTION, "Kaynak?")
    b = bench(line.office, show=True)
    page = shown(b)
    row = texts(page, "call").index("1 district can be reminded")
    press(page, "call", row)
    b.settle()
    shown_letters = dialog(b, RemindersDialog)
    assert "Kaynak?" in shown_letters.text.toPlainText()
    shown_letters.copy.click()
    assert QGuiApplication.clipboard().text().startswith("İZSA: a reminder for Bornova\n\n")
    shown_letters.reject()
    opened: list[str] = []
    letters = RemindersDialog(
        reminders(b.workplace), b.workspace.desk, b.workspace, lambda url: opened.append(url.toString())
    )
    letters.mail.click()
    letters.close()
    assert "Kaynak?" in unquote(opened[0])
    empty = RemindersDialog([], b.workspace.desk, b.workspace)
    assert not empty.save.isEnabled()
    empty.close()


def test_what_a_district_is_asked(bench: OpenBench, line: Folders, tmp_path: Path) -> None:
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        review(office, id_, CORRECTION, "Bakın", comments={"start": "Tarih <b>", "title_en": "İngilizcesi?"})
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.bornova, show=True)
    page = shown(b)
    assert texts(page, "asked")[0] == "Kompost"
    press(page, "asked")
    b.settle()
    rows = b.editor.form.rows
    assert rows["start"].remark.text() == b.opened.t("reviewing.said", text="Tarih <b>")
    assert rows["start"].remark.isVisible()
    assert "Tarih <b>" in rows["start"].field.accessibleDescription()
    assert rows["title_en"].isVisible(), "a field that waits folded is unfolded"
    b.page.new()
    b.settle()
    assert rows["start"].remark.isHidden()
    assert "Tarih" not in rows["start"].field.accessibleDescription()


def test_a_correction_opens_at_what_is_to_be_corrected(bench: OpenBench, line: Folders, tmp_path: Path) -> None:
    pin(line, line.bornova)
    ids = enter(line.bornova, "Okul", "Park")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        review(office, ids[0], CORRECTION, "Eksik var", comments={"start": "Ne zaman?", "partners": "Kim?"})
        review(office, ids[1], CORRECTION)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.bornova, show=True)
    page, t = shown(b), b.opened.t
    rows = texts(page, "asked")
    press(page, "asked", rows.index("Okul"))
    b.settle()
    work, form = b.editor.review, b.editor.form
    assert b.editor.project_id == ids[0]
    assert work.banner.text.text() == (
        t("review.banner", state="Correction asked", note="Eksik var") + ". " + t("review.comments", count=2)
    )
    assert b.editor.head.about.text().startswith("Up to date · Correction asked · ")
    first = next(name for name in form.rows if name in ("start", "partners"))
    row = form.rows[first]
    b.qtbot.waitUntil(lambda: row.isAncestorOf(b.opened.window.focusWidget()))
    b.qtbot.waitUntil(lambda: not row.visibleRegion().isEmpty())
    form.go_to("title")
    work.banner.action.click()
    b.qtbot.waitUntil(lambda: row.isAncestorOf(b.opened.window.focusWidget()))
    shown(b)
    press(page, "asked", rows.index("Okul"))
    b.settle()
    b.qtbot.waitUntil(lambda: row.isAncestorOf(b.opened.window.focusWidget()))
    shown(b)
    press(page, "asked", rows.index("Park"))
    b.settle()
    assert work.banner.text.text() == t("review.banner_state", state="Correction asked"), "said without a note too"


def test_what_coaching_asks_for_is_led_to(bench: OpenBench, line: Folders, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        for code in ("0.1", "0.3", "0.4", "0.5", "1.1", "1.2", "1.3", "1.4"):
            coaching.write_tick(office, "Bornova", code, "Belge")
        coaching.write_action(office, "Bornova", "Başka iş", due=f"{date.today() + timedelta(days=2)}")
        action = coaching.write_action(office, "Bornova", "Yazıyı gönder", due=f"{date.today() + timedelta(days=3)}")
        stages.propose(office, "Bornova", 1)
    enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        call = next(one for one in overview(office, Translator("tr")).sections if one.name == "call")
        assert "1 basamak önerisi ilçenin imzasını bekliyor" in [one.text for one in call.lines]
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.bornova, show=True)
    page, t = shown(b), b.opened.t
    rows = texts(page, "asked")
    for _again in (1, 2):
        press(page, "asked", rows.index(t("agenda.stage_own", code=1)))
        b.settle()
        own = b.workspace.coaching
        assert isinstance(own, OwnPathPage)
        b.qtbot.waitUntil(own.view.proposal.action.hasFocus)
        shown(b)
        press(page, "asked", rows.index(t("agenda.action_own", text="Yazıyı gönder")))
        b.settle()
        row = next(one for one in own.view.tasks.rows if one.key == action)
        b.qtbot.waitUntil(row.buttons[0].hasFocus)
        b.qtbot.waitUntil(partial(in_sight, row))
        shown(b)
