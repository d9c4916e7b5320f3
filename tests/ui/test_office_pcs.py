"""A further PC of the office, through the windows of both."""

from pathlib import Path

from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.ui.dialogs.accept_pc import AcceptDialog
from izsa_desktop.ui.dialogs.pin_office import PinDialog
from izsa_desktop.ui.models.enrolled_model import STATE
from izsa_desktop.ui.pages.welcome_page import WelcomePage
from izsa_desktop.usecases import enrolment, trusting, upkeep
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.ui.exchange import dialog, receiving
from tests.ui.test_districts_pane import choose, column, pane
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line, enter, export, merge
from tests.usecases.test_office_pcs import colleague, to_office


def test_a_further_pc_of_the_office_is_made_at_the_first_start(bench: OpenBench, tmp_path: Path) -> None:
    b = bench(tmp_path / "new", show=True)
    page = b.opened.window.findChild(WelcomePage)
    assert isinstance(page, WelcomePage)
    assert not page.joins.isVisible(), "a district is not asked"
    page.body.setCurrentIndex(page.body.findData(OFFICE))
    page.body.activated.emit(page.body.currentIndex())
    page.person.set_value("Meslektaş")
    page.person.edited.emit()
    assert page.joins.isVisible()
    page.joins.click()
    page.start.click()
    page.accept.click()
    b.settle()
    assert trusting.trust_view(b.workplace).trust.version == 0
    shown = receiving(b)
    assert shown.enrol.isVisible()
    shown.enrol.write_request(tmp_path / "2.enrol")
    b.settle()
    assert shown.enrol.fingerprint.text() == enrolment.own_fingerprint(b.workplace)
    assert (tmp_path / "2.enrol").exists()


def test_whoever_decides_sees_what_it_would_be_and_chooses_its_role(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    with create_workplace(tmp_path / "second", OFFICE, "Meslektaş", "en", joins=True) as second:
        fingerprint = enrolment.request_enrolment(second, tmp_path / "2.enrol")
    b = bench(line.office, show=True)
    page, t = receiving(b), b.opened.t
    assert page.enrol.isHidden(), "the office's first PC is in from the beginning"
    page.inbox.receive([tmp_path / "2.enrol"])
    b.settle()
    asked = dialog(b, AcceptDialog)
    assert asked.warning.text.text() == t("exchange.accept_office", person="Meslektaş")
    assert asked.digits.text() == fingerprint
    assert [button.isChecked() for button in asked.roles.values()] == [False, False]
    assert not asked.go.isEnabled()
    asked.roles["coordinate"].click()
    asked.go.click()
    b.settle()
    assert t("exchange.accepted_office", person="Meslektaş") in b.notices()
    [one] = [one for one in page.districts.model.rows if one.member.person == "Meslektaş"]
    assert one.member.roles == ("coordinate",)


def test_the_answer_reaches_it_and_it_says_what_it_cannot_do(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with create_workplace(tmp_path / "second", OFFICE, "Meslektaş", "en", joins=True) as second:
        enrolment.request_enrolment(second, tmp_path / "2.enrol")
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, tmp_path / "2.enrol")
        enrolment.accept_enrolment(office, request, "coordinate")
        digits, state = trusting.trust_view(office).trust.fingerprint, upkeep.state_hash(office)
    answer = to_office(line.office, tmp_path / "a.izsa")
    b = bench(tmp_path / "second", show=True)
    page, t = receiving(b), b.opened.t
    page.inbox.receive([answer])
    b.settle()
    asked = dialog(b, PinDialog)
    type_text(asked.field, digits.replace(" ", ""))
    asked.go.click()
    b.settle()
    page.inbox.merge_button.click()
    b.settle()
    assert upkeep.state_hash(b.workplace) == state
    assert page.enrol.isHidden()
    assert b.shown_titles() == ["Bir"]
    shown = pane(b)
    choose(shown, line.bornova)
    assert shown.chosen is not None
    shown.shut_out(shown.chosen)
    b.settle()
    assert "cannot sign the list" in b.notices()[-1]
    shown.write_answer(OFFICE, tmp_path / "back.izsa")
    b.settle()
    assert "back.izsa" in shown.done.text.text()
    assert t("exchange.own_reads") != page.reads.text.text()


def test_one_that_reads_says_so(bench: OpenBench, line: Line) -> None:
    reading = colleague(line, "read")
    b = bench(reading, show=True)
    page, t = receiving(b), b.opened.t
    assert page.reads.isVisible()
    assert page.reads.text.text() == t("exchange.own_reads")
    assert t("enrolled.own") in column(pane(b), STATE)


def test_the_office_sees_who_only_reads(bench: OpenBench, line: Line) -> None:
    colleague(line, "read")
    b = bench(line.office)
    assert b.opened.t("enrolled.reads") in column(pane(b), STATE)
