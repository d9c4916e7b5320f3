"""Who may send, and the answers, through the window of the office."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.models.enrolled_model import ANSWERED, BODY, COLUMNS, LAST, PERSON, STATE
from izsa_desktop.ui.pages.districts_pane import DistrictsPane
from izsa_desktop.ui.pages.receive_page import DISTRICTS
from izsa_desktop.usecases import trusting
from izsa_desktop.usecases.workplace import open_workplace, utc_now
from tests.ui.exchange import dialog, receiving
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line, enter, export, merge
from tests.usecases.mail import pin, replica, take


def pane(b: Bench) -> DistrictsPane:
    page = receiving(b)
    page.tabs.buttons[DISTRICTS].click()
    return page.districts


def column(shown: DistrictsPane, name: str) -> list[str]:
    model = shown.model
    return [str(model.index(row, COLUMNS.index(name)).data()) for row in range(model.rowCount())]


def choose(shown: DistrictsPane, folder: Path) -> None:
    wanted = replica(folder)
    shown.table.choose([one.replica for one in shown.model.rows].index(wanted))


def test_a_coordinator_sees_who_is_in_and_who_is_silent(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.konak, "Konak'ta")
    merge(line.office, export(line.konak, tmp_path / "k.izsa"))
    b = bench(line.office, show=True)
    shown, t = pane(b), b.opened.t
    bodies = ["Bayraklı Municipality", "Bornova Municipality", t("sheet.body_office"), "Konak Municipality"]
    assert column(shown, BODY) == bodies
    assert column(shown, PERSON) == ["Çağla Öğüt", "Ayşe Yılmaz", "Koordinatör", "İlker Işık"]
    silent = t("enrolled.silent")
    assert column(shown, STATE) == [silent, silent, t("enrolled.own"), t("enrolled.complete")]
    assert column(shown, LAST)[3].startswith("Bundle 1 · ")
    assert column(shown, ANSWERED) == ["", "", "", t("enrolled.answer_waits")]
    with open_workplace(line.office) as office:
        assert shown.fingerprint.text() == trusting.trust_view(office).trust.fingerprint
    assert "Aliağa" in shown.without.text()
    assert "Konak" not in shown.without.text()
    assert shown.isVisible()


def test_nothing_can_be_done_to_this_very_pc(bench: OpenBench, line: Line) -> None:
    b = bench(line.office)
    shown = pane(b)
    assert not shown.answer_button.isEnabled()
    choose(shown, line.office)
    assert not shown.answer_button.isEnabled()
    assert not shown.shut_out_button.isEnabled()
    choose(shown, line.bornova)
    assert shown.answer_button.isEnabled()
    assert shown.shut_out_button.isEnabled()


def test_a_pc_is_shut_out_after_a_person_has_read_what_that_means(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    shown, t = pane(b), b.opened.t
    choose(shown, line.bornova)
    shown.shut_out_button.click()
    asked = dialog(b, ConfirmDialog)
    assert not asked.go.isDefault()
    assert t("exchange.shut_out_up_to", seq=1) in [
        label.text() for label in asked.findChildren(type(shown.without)) if label.isVisible()
    ]
    asked.reject()
    b.settle()
    assert t("enrolled.shut_out", seq=1) not in column(shown, STATE)
    shown.shut_out_button.click()
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert column(shown, STATE)[1] == t("enrolled.shut_out", seq=1)
    assert shown.chosen is not None
    assert shown.chosen.replica == replica(line.bornova), "the row stays chosen"
    assert not shown.shut_out_button.isEnabled()
    assert b.shown_titles() == ["Bir"], "what was received stays"
    assert "Bornova" in shown.without.text()
    enter(line.bornova, "İki")
    assert [one.code for one in take(line.office, export(line.bornova, tmp_path / "2.izsa"))] == [11]


def test_an_answer_is_written_for_a_district(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    enter(line.bornova, "Bir")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office)
    shown, t = pane(b), b.opened.t
    assert column(shown, ANSWERED)[1] == t("enrolled.answer_waits")
    shown.write_answer("TUR035007", tmp_path / "a.izsa")
    b.settle()
    assert "a.izsa" in shown.done.text.text()
    assert column(shown, ANSWERED)[1] != t("enrolled.answer_waits")
    assert [one.code for one in take(line.bornova, tmp_path / "a.izsa")] == [0]


def test_all_districts_are_answered_into_a_folder(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    folders = (line.bornova, line.konak, line.bayrakli)
    pin(line, *folders)
    for n, folder in enumerate(folders):
        enter(folder, "Bir")
        merge(line.office, export(folder, tmp_path / f"{n}.izsa"))
    b = bench(line.office)
    shown = pane(b)
    target = tmp_path / "answers"
    target.mkdir()
    shown.write_all(target)
    b.settle()
    names = sorted(path.name for path in target.iterdir())
    assert names == ["35-04_bayrakli_0001.izsa", "35-07_bornova_0002.izsa", "35-21_konak_0003.izsa"]
    for folder, name in zip((line.bayrakli, line.bornova, line.konak), names, strict=True):
        assert [one.code for one in take(folder, target / name)] == [0]
    assert b.opened.t("exchange.answer_files", count=3) in shown.done.text.text()


def test_the_list_is_to_be_looked_through_once_its_day_has_passed(bench: OpenBench, line: Line) -> None:
    """A11: a list that nobody has looked through for a year is told, and nothing else happens."""
    today = date.today()
    b = bench(line.office)
    shown, t = pane(b), b.opened.t
    due = trusting.trust_view(b.workplace).trust.review_by
    assert due == (datetime.now(UTC).date() + timedelta(days=365)).isoformat(), "a year after its last change"
    assert shown.due.isHidden()
    past = (today - timedelta(days=1)).isoformat()
    with b.workplace.store.writing() as writer:
        following = b.workplace.trust(writer).next(utc_now(), review_by=past)
        trusting.issue(b.workplace, writer, following)
    shown.reload()
    b.settle()
    assert shown.due.text.text() == t("exchange.review_due", day=t.date(past))
    assert shown.all_button.isEnabled(), "it is a notice and no lock"
    shown.due.action.click()
    b.settle()
    assert shown.due.isHidden()
    assert trusting.trust_view(b.workplace).trust.review_by == due


def test_a_change_of_the_list_counts_as_looking_through_it(bench: OpenBench, line: Line) -> None:
    with open_workplace(line.office) as office, office.store.writing() as writer:
        trusting.issue(office, writer, office.trust(writer).next(utc_now(), review_by="2025-01-01"))
    b = bench(line.office)
    shown = pane(b)
    assert not shown.due.isHidden()
    [konak] = [one for one in shown.model.rows if one.replica == replica(line.konak)]
    shown.shut_out(konak)
    b.settle()
    assert shown.due.isHidden()
