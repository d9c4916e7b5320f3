"""Joint work in the real window: pairs decided by keyboard, a programme made, asked for, answered."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from izsa_desktop.analysis.joined import Said
from izsa_desktop.domain.joint import ACCEPT, DECLINE, Member
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.ui import changes
from izsa_desktop.ui.dialogs.confirm import ConfirmDialog
from izsa_desktop.ui.dialogs.programme import ProgrammeDialog
from izsa_desktop.ui.pages.joint_page import PAIRS, PROGRAMMES, JointPage
from izsa_desktop.ui.pages.taken_text import taken_text
from izsa_desktop.ui.widgets.received_row import received_row
from izsa_desktop.ui.widgets.toasts import Toast
from izsa_desktop.ui.workspace import JOINT, PROJECTS
from izsa_desktop.usecases import exchange, handing_in, joining, joint, overview_lines, pairing, projects, taking
from izsa_desktop.usecases.relating import relate
from izsa_desktop.usecases.reviewing import review
from izsa_desktop.usecases.workplace import change_language, open_workplace
from tests.ui.exchange import dialog, no_dialog
from tests.ui.window import Bench, OpenBench, type_text
from tests.usecases.line import Line, export, merge
from tests.usecases.mail import answer, pin, second_pc, take

BORNOVA, KONAK, OFFICE = "TUR035007", "TUR035021", "TUR035"
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


def toast(b: Bench, word: str) -> Toast:
    [found] = [one for one in b.opened.window.toasts.shown if word in one.text.text()]
    return found


def test_a_pair_becomes_a_programme_once_it_was_looked_at_and_that_can_be_undone(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    first = titles(page)[0]
    page.pairs.list.view.setFocus()
    press(b, "2")
    offer = toast(b, "Ortak iş").action
    assert offer is not None
    assert offer.text() == "Ortak program oluştur"
    offer.click()
    b.settle()
    form = dialog(b, ProgrammeDialog)
    assert form.windowTitle() == "Yeni ortak program"
    assert form.lead.itemText(form.lead.findData(OFFICE)) == "İzmir Büyükşehir Belediyesi"
    assert (form.name.value(), form.name.selectedText()) == (first, first)
    assert len(form.members.value()) == 2
    assert joint.programmes(b.workplace) == []
    form.reject()
    b.settle()
    assert joint.programmes(b.workplace) == []
    opened(b).pairs.list.view.setFocus()
    press(b, "P")  # of the pair that is shown
    form = dialog(b, ProgrammeDialog)
    assert form.name.value() == titles(page)[0] != first
    form.reject()
    b.settle()
    page.pairs.show_decided.click()
    b.settle()
    page.pairs.view.make.click()
    b.settle()
    form = dialog(b, ProgrammeDialog)
    type_text(form.name, "Körfez için yağ")
    form.keep.click()
    b.settle()
    assert page.tabs.shown == PROGRAMMES
    [made] = joint.programmes(b.workplace)
    assert made.fields.name == "Körfez için yağ"
    assert set(made.fields.asked) == {BORNOVA, KONAK}
    assert page.programmes.view.heading.text() == "Körfez için yağ"
    assert page.tabs.buttons[PROGRAMMES].text() == "Ortak programlar (1 yanıt bekliyor)"
    undo = toast(b, "Ortak program kaydedildi").action
    assert undo is not None
    undo.click()
    b.settle()
    assert joint.programmes(b.workplace) == []
    assert toast(b, "Ortak program kaldırıldı")
    assert not any("kaydedildi" in text for text in b.notices())


def test_a_programme_is_offered_where_the_pair_is_of_two_bodies_and_nobody_says_otherwise(
    three: Line, bench: OpenBench
) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    view = page.pairs.view
    assert view.make.isVisible()
    assert view.make.isEnabled()
    assert any("P ortak program" in text for text in texts(view))
    page.pairs.list.view.setFocus()
    press(b, "5")
    page.pairs.show_decided.click()
    b.settle()
    assert view.said.isVisible()
    assert not view.make.isEnabled()
    assert not any("P ortak program" in text for text in texts(view))
    press(b, "P")
    assert no_dialog(b)


def test_pairs_of_one_programme_are_decided_and_a_second_programme_is_warned_of(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    before = titles(page)
    page.pairs.list.view.setFocus()
    press(b, "P")
    form = dialog(b, ProgrammeDialog)
    assert not form.twice.isVisible()
    [first, second] = [one.project for one in form.members.value()]
    type_text(form.name, "Körfez")
    form.keep.click()
    b.settle()
    page.tabs.show_part(PAIRS)
    b.settle()
    assert titles(page) == before[1:]
    page.pairs.view.make.click()  # the mouse alone
    b.settle()
    form = dialog(b, ProgrammeDialog)
    assert not form.twice.isVisible()
    form.members.set_value((Member(first, "Yağ"),))
    form.members.edited.emit()
    assert form.twice.isVisible()
    assert "Körfez" in form.twice.text.text()
    form.reject()
    [made] = joint.programmes(b.workplace)
    page.show_programmes()
    b.settle()
    page.programmes.view.edit.click()
    assert not dialog(b, ProgrammeDialog).twice.isVisible()  # it is not another programme of its own
    assert second in [one.project for one in made.fields.members]


def test_the_first_and_the_last_pair_are_ends_but_later_begins_anew(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    page.pairs.list.view.setFocus()
    press(b, "Ctrl+Up")
    assert page.pairs.list.place == 0
    for _ in range(3):
        press(b, "Ctrl+Down")
    assert page.pairs.list.place == 2
    press(b, "0")
    assert page.pairs.list.place == 0


def test_where_the_overview_leads_to_programmes_the_keyboard_goes_too(
    asked: tuple[Line, str], bench: OpenBench
) -> None:
    line, _id = asked
    b = bench(line.office, show=True)
    page = opened(b)
    page.pairs.list.view.setFocus()
    b.workspace.overview.place_wanted.emit(overview_lines.JOINT, "")
    b.settle()
    assert page.tabs.shown == PROGRAMMES
    assert focused() is page.programmes.list.view


def test_joint_work_within_one_body_is_offered_as_no_programme(three: Line, bench: OpenBench) -> None:
    with open_workplace(three.bornova) as bornova:
        projects.add_projects(bornova, [ProjectFields(title=f"{OIL} (ikinci)", purpose=OIL)])
    merge(three.office, export(three.bornova, three.folder / "more.izsa"))
    b = bench(three.office, show=True)
    page = opened(b)
    row = next(row for row in page.pairs.list.model.rows if row.third == "Bornova – Bornova")
    page.pairs.list.go_to(page.pairs.list.model.place(row.key))
    page.pairs.list.view.setFocus()
    press(b, "2")
    offer = toast(b, "Ortak iş").action
    assert offer is not None
    assert offer.text() == "Geri al"


def test_a_change_of_a_programme_can_be_undone(asked: tuple[Line, str], bench: OpenBench) -> None:
    line, id_ = asked
    b = bench(line.office, show=True)
    page = opened(b)
    page.show_programmes()
    before = joint.programme(b.workplace, id_).fields
    page.programmes.view.edit.click()
    form = dialog(b, ProgrammeDialog)
    assert form.windowTitle() == "Ortak programı düzenle"
    form.made["purpose"].set_value("Başka amaç")
    form.keep.click()
    b.settle()
    undo = toast(b, "kaydedildi").action
    assert undo is not None
    undo.click()
    b.settle()
    assert joint.programme(b.workplace, id_).fields == before


def test_each_decision_and_each_undo_is_told_and_the_last_one_alone(three: Line, bench: OpenBench) -> None:
    b = bench(three.office, show=True)
    page = opened(b)
    names = {row.key: f"“{row.first}”" for row in page.pairs.list.model.rows}
    page.pairs.list.view.setFocus()
    told = []
    for key in ("1", "5", "3"):
        told.append(names[page.pairs.list.current])
        press(b, key)
        [text] = b.notices()
        assert told[-1] in text
    undo = toast(b, told[-1]).action
    assert undo is not None
    undo.click()
    b.settle()
    assert [text.startswith("Karar geri alındı") for text in b.notices()] == [True]
    assert len(said(three.office)) == 2
    press(b, "Ctrl+Z")
    assert len(said(three.office)) == 1
    [text] = b.notices()
    assert told[1] in text
    place = b.opened.window.toasts.geometry()
    for button in page.pairs.view.buttons:
        assert not place.intersects(QRect(button.mapTo(b.opened.window, QPoint()), button.size()))


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
        id_ = joining.create(office, joining.proposed(office, [shown[OIL], shown[LIKE[OIL]]]))
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
    assert view.given.text().startswith("Verdiğiniz yanıt: Katılıyoruz · ")
    assert [button.property("role") for button in (view.accept, view.decline)] == ["primary", "tonal"]
    assert (view.accept.text(), view.decline.text()) == ("Katılıyoruz (yanıtınız)", "Katılmıyoruz")
    view.decline.click()
    b.settle()
    assert [button.property("role") for button in (view.accept, view.decline)] == ["tonal", "primary"]
    assert view.given.text().startswith("Verdiğiniz yanıt: Katılmıyoruz · ")
    own = joint.programme(b.workplace, id_).answer(BORNOVA)
    assert own is not None and (own.said, own.note) == (DECLINE, "Şoförümüz var 12")


def test_what_came_is_told_where_it_is_received(asked: tuple[Line, str], bench: OpenBench) -> None:
    line, id_ = asked
    with open_workplace(line.bornova) as bornova:
        joint.answer(bornova, id_, ACCEPT)
        handing_in.hand_in(bornova, "1.1", "Görev yazısı")
    sent = export(line.bornova, line.folder / "b.izsa")
    b = bench(line.office)
    [looked_at] = exchange.preview_bundles(b.workplace, [sent])
    row = received_row(looked_at, b.workspace.desk)
    b.qtbot.addWidget(row)
    assert {"1 ortak programa yanıt", "1 koçluk kanıtı"} <= set(texts(row))
    text, _ = taken_text(taking.take(b.workplace, [sent]), b.workspace.desk.t)
    assert "Ayrıca geldi: 1 ortak programa yanıt, 1 koçluk kanıtı." in text


def test_two_pcs_that_answered_differently_are_seen_on_both_sides_and_answering_again_settles_it(
    asked: tuple[Line, str], bench: OpenBench
) -> None:
    line, id_ = asked
    other = second_pc(line, BORNOVA)
    pin(line, other)
    take(other, answer(line, other, line.folder / "second.izsa"))
    for folder, word in ((line.bornova, ACCEPT), (other, DECLINE)):
        with open_workplace(folder) as workplace:
            joint.answer(workplace, id_, word)
        merge(line.office, export(folder, line.folder / f"{folder.name}.izsa"))
    take(line.bornova, answer(line, line.bornova, line.folder / "both.izsa"))
    office = bench(line.office, show=True)
    page = opened(office)
    page.show_programmes()
    assert any("iki bilgisayarı farklı" in text for text in texts(page.programmes.view.answers))
    assert page.programmes.list.model.rows[0].mark == "iki farklı yanıt"
    b = bench(line.bornova, show=True)
    page = opened(b)
    page.show_programmes()
    view = page.programmes.view
    assert page.tabs.buttons[PROGRAMMES].text() == "Ortak programlar (1 yanıt bekliyor)"
    assert view.ask.heading.text() == "Yeniden yanıtlamanız gerekiyor"
    assert "iki bilgisayarı farklı" in view.given.text()
    assert {view.accept.property("role"), view.decline.property("role")} == {"tonal"}
    view.accept.click()
    b.settle()
    assert view.given.text().startswith("Verdiğiniz yanıt: Katılıyoruz")
    assert page.programmes.list.model.rows[0].mark == "katılıyor"


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
