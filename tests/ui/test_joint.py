"""Joint work in the real window: pairs decided by keyboard, a programme made, asked for, answered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from izsa_desktop.analysis.joined import Said
from izsa_desktop.domain.joint import ACCEPT, DECLINE
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.ui import changes
from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.dialogs.programme import ProgrammeDialog
from izsa_desktop.ui.pages.joint_page import PROGRAMMES, JointPage
from izsa_desktop.ui.workspace import JOINT, PROJECTS
from izsa_desktop.usecases import joint, pairing, projects
from izsa_desktop.usecases.relating import relate
from izsa_desktop.usecases.reviewing import review
from izsa_desktop.usecases.workplace import change_language, open_workplace
from tests.ui.exchange import dialog, no_dialog
from tests.ui.window import Bench, OpenBench, type_text
from tests.usecases.line import Line, export, merge
from tests.usecases.mail import answer, pin, take

BORNOVA, KONAK = "TUR035007", "TUR035021"
OIL = "Evlerden bitkisel atık yağ toplama"
SCHOOL = "Okullarda kompost eğitimi"
SOLAR = "Belediye çatılarına güneş paneli"
LIKE = {
    OIL: "Bitkisel atık yağların evlerden alınması",
    SCHOOL: "Kompost eğitimi: okullar",
    SOLAR: "Çatıya güneş paneli",
}
"""What Konak calls its own."""


@pytest.fixture
def three(line: Line, tmp_path: Path) -> Line:
    """Three projects of Bornova and three of Konak, each like one of the other's, all at the office. In Turkish."""
    for folder in (line.office, line.bornova):
        with open_workplace(folder) as workplace:
            change_language(workplace, "tr")
    pin(line, line.bornova, line.konak)
    for folder, titles_ in ((line.bornova, LIKE), (line.konak, LIKE.values())):
        with open_workplace(folder) as workplace:
            projects.add_projects(workplace, [ProjectFields(title=title, purpose=title) for title in titles_])
    for folder in (line.bornova, line.konak):
        merge(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
    return line


def opened(b: Bench) -> JointPage:
    b.workspace.go_to(JOINT)
    b.settle()
    b.opened.window.activateWindow()  # a dialog may have shown how far it was
    b.qtbot.waitUntil(b.opened.window.isActiveWindow)
    return b.workspace.joint


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(b: Bench, keys: str) -> None:
    """As a person: whatever has the keyboard gets the keys."""
    b.qtbot.keySequence(focused(), QKeySequence(keys))
    b.settle()


def titles(page: JointPage) -> list[str]:
    return [row.first for row in page.pairs.list.model.rows]


def said(folder: Path) -> set[tuple[str, str]]:
    """What is said, by title and kind."""
    with open_workplace(folder) as workplace:
        return {(one.a.fields.title, one.kind) for one in pairing.decided(workplace)}


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


# --- deciding --------------------------------------------------------------------------------------------------------


def test_three_pairs_are_decided_by_keyboard_alone(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    b.workspace.rail.buttons[JOINT].setFocus()
    press(b, "Ctrl+5")
    page = opened(b)
    assert sorted(titles(page)) == sorted([OIL, SCHOOL, SOLAR])
    order = titles(page)
    page.pairs.list.view.setFocus()
    for key in ("2", "5", "1"):
        press(b, key)
    assert titles(page) == []
    assert page.pairs.empty.isVisible()
    assert said(three.office) == {(order[0], "ortak iş"), (order[1], "benzer değil"), (order[2], "aynı")}
    page.pairs.show_decided.click()
    b.settle()
    assert sorted(titles(page)) == sorted(order)
    assert {row.mark for row in page.pairs.list.model.rows} == {"Ortak iş", "Benzer değil", "Aynı proje"}


def test_the_last_decision_can_be_taken_back(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    before = titles(page)
    page.pairs.list.view.setFocus()
    press(b, "1")
    press(b, "3")
    assert titles(page) == before[2:]
    press(b, "Ctrl+Z")
    assert titles(page) == before[1:]
    assert page.pairs.list.current == page.pairs.list.model.rows[0].key
    press(b, "Ctrl+Z")
    assert titles(page) == before
    assert said(three.office) == set()
    press(b, "Ctrl+Z")
    assert titles(page) == before
    assert not page.pairs.undo.isEnabled()


def test_later_and_the_other_way_round(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    page.pairs.list.view.setFocus()
    first = page.pairs.list.current
    press(b, "0")
    assert page.pairs.list.current != first
    press(b, "Ctrl+Up")
    assert page.pairs.list.current == first
    shown = page.pairs.view.shown
    assert shown is not None
    press(b, "S")
    press(b, "3")
    with open_workplace(three.office) as office:
        [found] = pairing.decided(office)
        assert found.says == (Said(shown.b.id, shown.a.id, "parçası"),)


def test_a_district_decides_about_its_own_against_the_catalogue(three: Line, tmp_path: Path, bench: OpenBench) -> None:
    with open_workplace(three.office) as office:
        for one in projects.list_projects(office):
            review(office, one.id, "onaylandı")
    take(three.bornova, answer(three, three.bornova, tmp_path / "a.izsa"))
    b = bench(three.bornova, show=True)
    page = opened(b)
    assert sorted(titles(page)) == sorted([OIL, SCHOOL, SOLAR])  # its own at the left
    view = page.pairs.view
    assert all(button.isEnabled() for button in view.buttons)
    view.swap.click()
    assert [button.isEnabled() for button in view.buttons] == [True, True, False, False, True]
    press(b, "4")
    assert said(three.bornova) == set()
    press(b, "2")
    assert {kind for _, kind in said(three.bornova)} == {"ortak iş"}
    assert not any("program" in text for text in b.notices())  # the office makes programmes


def test_pairs_of_which_two_records_differ_come_first(three: Line, bench: OpenBench) -> None:
    with open_workplace(three.office) as office:
        shown = {one.fields.title: one.id for one in projects.list_projects(office)}
        relate(office, shown[SOLAR], shown[LIKE[SOLAR]], "aynı")
    take(three.bornova, answer(three, three.bornova, three.folder / "a.izsa"))
    with open_workplace(three.bornova) as bornova:
        relate(bornova, shown[SOLAR], shown[LIKE[SOLAR]], "devamı")
    merge(three.office, export(three.bornova, three.folder / "b.izsa"))
    b = bench(three.office, show=True)
    page = opened(b)
    assert (titles(page)[0], page.pairs.list.model.rows[0].mark) == (SOLAR, "görüş ayrılığı")
    assert "İki kayıt bu çift için farklı şeyler söylüyor" in page.pairs.view.said.text.text()
    page.pairs.list.view.setFocus()
    press(b, "1")
    assert len(titles(page)) == 2
    assert said(three.office) == {(SOLAR, "aynı")}


def test_a_project_is_opened_from_its_pair(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    shown = page.pairs.view.shown
    assert shown is not None
    page.pairs.view.right.open.click()
    b.settle()
    assert b.workspace.place == PROJECTS
    assert b.editor.form.field("title").value() == shown.b.fields.title


def test_what_changes_elsewhere_is_compared_again(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    b.workspace.go_to(PROJECTS)
    b.settle()
    projects.add_projects(b.workplace, [ProjectFields(title=f"{OIL} ofisi", purpose=OIL)])
    b.workspace.desk.changes.announce(changes.PROJECTS, by=b)
    assert len(titles(page)) == 3
    b.workspace.go_to(JOINT)
    b.settle()
    assert len(titles(page)) == 5


# --- joint programmes ------------------------------------------------------------------------------------------------


def test_a_pair_becomes_a_programme_by_one_click(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    first = titles(page)[0]
    page.pairs.list.view.setFocus()
    press(b, "2")
    [toast] = [one for one in b.opened.window.toasts.shown if "Ortak iş" in one.text.text()]
    assert toast.action is not None
    toast.action.click()
    b.settle()
    assert page.tabs.shown == PROGRAMMES
    [made] = joint.programmes(b.workplace)
    assert made.fields.name == first
    assert set(made.fields.asked) == {BORNOVA, KONAK}
    assert page.programmes.view.heading.text() == first
    assert page.tabs.buttons[PROGRAMMES].text() == "Ortak programlar (1 yanıt bekliyor)"


def test_the_office_writes_a_programme_and_removes_it(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    page.show_programmes()
    page.programmes.new.click()
    form = dialog(b, ProgrammeDialog)
    type_text(form.name, "Körfez <b>için</b> yağ")
    form.keep.click()
    b.settle()
    assert "Yürütücü kurum" in form.problem.text()
    form.lead.set_value(KONAK)
    form.bodies.set_value((BORNOVA,))
    form.members.add.click()
    field = form.members.fields[0]
    type_text(field, "yok")
    form.keep.click()
    b.settle()
    assert "yok" in form.problem.text()
    stored = next(one for one in b.stored() if one.fields.title == OIL)
    field.set_value(stored.id)
    form.keep.click()
    b.settle()
    assert no_dialog(b)
    [made] = joint.programmes(b.workplace)
    assert (made.fields.lead, made.fields.asked) == (KONAK, (KONAK, BORNOVA))
    view = page.programmes.view
    assert view.heading.text() == "Körfez <b>için</b> yağ"
    assert view.heading.textFormat() == Qt.TextFormat.PlainText
    view.edit.click()
    form = dialog(b, ProgrammeDialog)
    assert form.value() == made.fields
    form.made["purpose"].set_value("Körfez temiz kalsın")
    form.keep.click()
    b.settle()
    assert view.purpose.text() == "Körfez temiz kalsın"
    view.put_away.click()
    dialog(b, ConfirmDialog).go.click()
    b.settle()
    assert joint.programmes(b.workplace) == []
    assert page.programmes.empty.isVisible()


@pytest.fixture
def asked(three: Line) -> tuple[Line, str]:
    """Bornova is asked to join a programme with Konak."""
    with open_workplace(three.office) as office:
        shown = {one.fields.title: one.id for one in projects.list_projects(office)}
        id_ = joint.create(office, joint.proposed(office, [shown[OIL], shown[LIKE[OIL]]]))
    take(three.bornova, answer(three, three.bornova, three.folder / "a.izsa"))
    return three, id_


def test_a_district_answers(asked: tuple[Line, str], bench: OpenBench) -> None:
    line, id_ = asked
    b = bench(line.bornova, show=True)
    page = opened(b)
    assert page.tabs.buttons[PROGRAMMES].text() == "Ortak programlar (1 yanıt bekliyor)"
    page.tabs.buttons[PROGRAMMES].click()
    view = page.programmes.view
    assert view.ask.isVisible()
    assert not view.edit.isVisible()
    assert page.programmes.list.model.rows[0].mark == "yanıtınız bekleniyor"
    view.note.setFocus()
    type_text(focused(), "Şoförümüz var 12")  # digits and letters are text here, not keys
    view.accept.setFocus()
    b.qtbot.keyClick(view.accept, Qt.Key.Key_Space)
    b.settle()
    own = joint.programme(b.workplace, id_).answer(BORNOVA)
    assert own is not None and (own.said, own.note) == (ACCEPT, "Şoförümüz var 12")
    assert page.tabs.buttons[PROGRAMMES].text() == "Ortak programlar"
    assert view.ask.heading.text() == "Yanıtınız"
    assert "katılıyor" in texts(view.answers)
    view.decline.click()
    b.settle()
    own = joint.programme(b.workplace, id_).answer(BORNOVA)
    assert own is not None and (own.said, own.note) == (DECLINE, "Şoförümüz var 12")


def test_the_office_sees_who_has_answered(asked: tuple[Line, str], bench: OpenBench) -> None:
    line, id_ = asked
    with open_workplace(line.bornova) as bornova:
        joint.answer(bornova, id_, DECLINE, "Bütçe yok")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    b = bench(line.office, show=True)
    page = opened(b)
    page.show_programmes()
    told = texts(page.programmes.view.answers)
    for text in ("Bornova Belediyesi", "katılmıyor", "Bütçe yok", "yanıt bekleniyor"):
        assert text in told
    assert not page.programmes.view.ask.isVisible()
    assert page.programmes.list.model.rows[0].mark == "1/2 yanıt"
