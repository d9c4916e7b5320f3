"""The office's review: written below a district's project, read by the district."""

import shutil
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QToolButton

from izsa_desktop.domain.errors import BadField
from izsa_desktop.ui.dialogs.unfinished import UnfinishedDialog
from izsa_desktop.ui.pages.draft_keeper import DraftKeeper
from izsa_desktop.usecases.drafts import Draft, drafts, keep_draft, unfinished
from izsa_desktop.usecases.projects import get_project, save_project
from izsa_desktop.usecases.reviewing import MOST, Remarks, remarks, review
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.exchange import dialog
from tests.ui.window import Bench, OpenBench, type_text
from tests.usecases.line import Line, enter, export, merge
from tests.usecases.mail import answer, pin, take
from tests.usecases.test_office_pcs import colleague, to_office


def test_a_review_is_written_at_the_office_and_read_at_the_district(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Çınar")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    b.open("Çınar")
    bar = b.editor.review.bar
    assert not bar.isHidden()
    assert not bar.save.isEnabled()
    bar.note.setFocus()
    type_text(bar.note, "Tarihi de")
    assert bar.said == ("incelemede", "Tarihi de"), "whoever writes a note is reviewing"
    bar.state.set_value("düzeltme istendi")
    bar.state.edited.emit()
    bar.save.click()
    type_text(bar.note, " yazın")  # before it is stored
    b.settle()
    assert b.notices() == [b.opened.t("review.saved")]
    assert bar.said == ("düzeltme istendi", "Tarihi de yazın")
    assert not bar.save.isEnabled()
    fields = get_project(b.workplace, id_).fields
    assert (fields.review, fields.review_note) == ("düzeltme istendi", "Tarihi de yazın")
    assert b.editor.form.field("review_note").value() == "Tarihi de yazın"
    assert b.editor.read_only
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    with open_workplace(line.bornova) as bornova:
        assert get_project(bornova, id_).fields.review_note == "Tarihi de yazın"


def test_a_district_reads_the_note_and_cannot_write_it(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    ids = enter(line.bornova, "Kısa", "Uzun", "Notsuz")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        review(office, ids[0], "onaylandı", "Teşekkürler <b>&")
        review(office, ids[1], "düzeltme istendi", "Kaynak eksik. " * 20)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.bornova, show=True)
    b.open("Kısa")
    work, t = b.editor.review, b.opened.t
    assert work.bar.isHidden()
    assert work.banner.text.text() == t("review.banner", state="Approved", note="Teşekkürler <b>&")
    assert work.banner.property("kind") == "good"
    assert work.banner.action.isHidden()
    field = b.editor.form.field("review_note")
    assert field.isReadOnly()
    assert field.value() == "Teşekkürler <b>&"
    b.open("Uzun")
    assert work.banner.property("kind") == "warn"
    assert work.banner.text.text().endswith("…")
    work.banner.action.click()
    b.qtbot.waitUntil(field.hasFocus)
    b.open("Notsuz")
    assert work.banner.isHidden()
    assert not b.editor.dirty


def test_a_review_that_was_typed_is_saved_before_another_project_is_shown(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    ids = enter(line.bornova, "Çınar", "Zeytin")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    b.open("Çınar")
    bar = b.editor.review.bar
    bar.state.set_value("onaylandı")
    bar.state.edited.emit()
    b.page.reload()  # what else happens does not write over it
    b.workspace.desk.changes.announce("projects", by=None)
    b.settle()
    assert bar.said == ("onaylandı", "")
    b.open("Zeytin")
    b.settle()
    assert b.editor.project_id == ids[1]
    assert bar.said == ("", "")
    assert get_project(b.workplace, ids[0]).fields.review == "onaylandı"
    assert get_project(b.workplace, ids[1]).fields.review == ""


def test_a_review_that_cannot_be_saved_stays(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    ids = enter(line.bornova, "Çınar", "Zeytin")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    b.open("Çınar")
    bar = b.editor.review.bar
    bar.state.set_value("onaylandı")
    bar.note.set_value("x" * (MOST + 1))
    bar.note.edited.emit()
    b.open("Zeytin")
    b.settle()
    assert b.editor.project_id == ids[0]
    assert len(bar.said[1]) == MOST + 1
    assert b.notices() == [b.opened.t.error(BadField("review_note", "too_long", "x" * 60, MOST))]
    bar.note.set_value("")
    bar.state.set_value("")
    bar.state.edited.emit()


def test_the_offices_own_projects_have_no_review_bar(bench: OpenBench, line: Line) -> None:
    enter(line.office, "Büyükşehrin kendi projesi")
    b = bench(line.office)
    b.open("Büyükşehrin kendi projesi")
    assert b.editor.review.bar.isHidden()
    b.page.new()
    assert b.editor.review.bar.isHidden()


# --- what is typed and not saved -------------------------------------------------------------------------------------


def _one(line: Line, tmp_path: Path) -> str:
    [id_] = enter(line.bornova, "Çınar")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    return id_


def _keeper(b: Bench) -> DraftKeeper:
    found = b.editor.review.findChild(DraftKeeper)
    assert found is not None
    return found


def _take_back(b: Bench) -> None:
    """The button of the notice that stands."""
    button = b.opened.window.toasts.shown[-1].action
    assert button is not None
    button.click()
    b.settle()


def _type_note(b: Bench, text: str) -> None:
    bar = b.editor.review.bar
    bar.note.setFocus()
    type_text(bar.note, text)


def test_a_note_that_was_typed_is_on_disk_within_a_second_and_comes_back(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    id_ = _one(line, tmp_path)
    b = bench(line.office, show=True)
    b.open("Çınar")
    _type_note(b, "Bütçeyi")
    with b.qtbot.waitSignal(_keeper(b).timer.timeout):
        pass
    b.settle()
    [draft] = drafts(b.workplace)
    assert (draft.record, draft.values) == (id_, {"review": "incelemede", "review_note": "Bütçeyi"})
    assert get_project(b.workplace, id_).fields.review_note == "", "nobody has saved it"
    copied = tmp_path / "after-the-kill"
    shutil.copytree(line.office, copied)
    after = bench(copied, show=True)
    asked = dialog(after, UnfinishedDialog)
    assert set(asked.ticks) == {(id_, "review"), (id_, "review_note")}
    asked.keep.click()
    after.settle()
    bar, work = after.editor.review.bar, after.editor.review
    assert bar.said == ("incelemede", "Bütçeyi")
    assert work.banner.text.text() == after.opened.t("form.resumed")
    bar.save.click()
    after.settle()
    assert get_project(after.workplace, id_).fields.review_note == "Bütçeyi"
    assert drafts(after.workplace) == []
    assert work.banner.isHidden()


def test_a_note_that_nobody_wants_is_gone_with_a_way_back(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    id_ = _one(line, tmp_path)
    with open_workplace(line.office) as office:
        seen = get_project(office, id_).heads
        keep_draft(office, Draft(id_, seen, {"review": "onaylandı", "review_note": "Güzel", "title": "Başka"}))
    b = bench(line.office, show=True)
    dialog(b, UnfinishedDialog).keep.click()
    b.settle()
    work = b.editor.review
    assert work.bar.said == ("onaylandı", "Güzel")
    assert b.editor.heading.text() == "Çınar", "a review is all that can be typed here"
    work.banner.action.click()
    b.settle()
    assert work.bar.said == ("", "")
    assert drafts(b.workplace) == []
    _take_back(b)
    assert work.bar.said == ("onaylandı", "Güzel")


def test_a_note_that_is_rubbed_out_again_leaves_nothing(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    id_ = _one(line, tmp_path)
    with open_workplace(line.office) as office:
        review(office, id_, "incelemede", None)
    b = bench(line.office, show=True)
    b.open("Çınar")
    keeper = _keeper(b)
    _type_note(b, "x")
    keeper.keep()
    b.settle()
    assert len(drafts(b.workplace)) == 1
    b.editor.review.bar.note.set_value("")
    b.editor.review.bar.note.edited.emit()
    keeper.keep()
    b.settle()
    assert drafts(b.workplace) == []


def test_one_who_may_not_review_can_leave_all_the_same(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    reading = colleague(line, "read")
    _one(line, tmp_path)
    take(reading, to_office(line.office, tmp_path / "a.izsa"))
    b = bench(reading, show=True)
    b.open("Çınar")
    _type_note(b, "Olmaz")
    b.editor.review.bar.save.click()
    b.settle()
    assert "may not write" in b.notices()[-1]
    _take_back(b)
    assert b.editor.review.bar.said == ("", "")


# --- single fields and the checklist ---------------------------------------------------------------------------------


def reviewing(bench: OpenBench, line: Line, tmp_path: Path, *titles: str) -> tuple[Bench, list[str]]:
    ids = enter(line.bornova, *titles)
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    b.open(titles[0])
    b.settle()
    return b, ids


def test_comments_and_ticks_are_saved_and_read_again(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b, [first, _second] = reviewing(bench, line, tmp_path, "Bir", "İki")
    bar = b.editor.review.bar
    panel = bar.panel
    assert panel.isHidden()
    bar.fold.click()
    panel.ticks["title"].click()
    assert bar.said == ("incelemede", ""), "whoever ticks something is reviewing"
    assert bar.save.isEnabled()
    panel.comment_on("start")
    type_text(panel.comments["start"], "Hangi ay?")
    assert b.editor.typed
    bar.save.click()
    b.settle()
    assert not bar.dirty
    assert b.editor.form.rows["purpose"].remark.isHidden()
    assert remarks(b.workplace, first) == Remarks({"start": "Hangi ay?"}, frozenset({"title"}))
    b.open("İki")
    b.settle()
    assert panel.said == Remarks({}, frozenset())
    assert not bar.dirty
    b.open("Bir")
    b.settle()
    assert panel.said == Remarks({"start": "Hangi ay?"}, frozenset({"title"}))
    assert bar.fold.text() == b.opened.t("reviewing.checked", done=1, count=len(panel.ticks))
    panel._clear("start")
    b.open("İki")
    b.settle()
    assert remarks(b.workplace, first) == Remarks({}, frozenset({"title"})), "leaving saves"


def test_a_field_is_chosen_to_say_something_of_it(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b, _ids = reviewing(bench, line, tmp_path, "Bir")
    panel = b.editor.review.bar.panel
    b.editor.review.bar.fold.click()
    at = panel.add.findData("funding")
    panel.add.setCurrentIndex(at)
    panel.add.activated.emit(at)
    assert [*panel.comments] == ["funding"]
    assert not panel.dirty, "nothing is said yet"
    assert panel.add.currentIndex() == 0
    assert panel.add.findData("review_note") < 0


def test_what_is_typed_of_a_field_outlives_a_crash(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b, [id_] = reviewing(bench, line, tmp_path, "Bir")
    panel = b.editor.review.bar.panel
    b.editor.review.bar.fold.click()
    panel.comment_on("purpose")
    type_text(panel.comments["purpose"], "Neden?")
    panel.ticks["goals"].click()
    b.qtbot.waitUntil(lambda: bool(drafts(b.workplace)))
    [draft] = drafts(b.workplace)
    assert draft.values["comments/purpose"] == "Neden?"
    assert draft.values["checks/goals"] is True
    folder = Path(shutil.copytree(line.office, tmp_path / "copy"))
    after = bench(folder, show=True)
    after.settle()
    after.page.unfinished.go_on.emit(unfinished(after.workplace)[0])
    after.settle()
    assert after.editor.review.bar.panel.said == Remarks({"purpose": "Neden?"}, frozenset({"goals"}))
    after.editor.review.bar.save.click()
    after.settle()
    assert remarks(after.workplace, id_).comments == {"purpose": "Neden?"}
    assert drafts(after.workplace) == []


def test_the_office_chooses_among_its_own_states_alone(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    ids = enter(line.bornova, "Bir", "İki")
    with open_workplace(line.bornova) as bornova:
        project = get_project(bornova, ids[0])
        save_project(bornova, ids[0], replace(project.fields, review="gönderildi"), project.heads)
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    b = bench(line.office, show=True)
    state = b.editor.review.bar.state

    def offered() -> list[str]:
        return [state.itemText(n) for n in range(1, state.count())]

    own = ["Under review", "Correction asked", "Approved", "Archived"]
    b.open("Bir")
    b.settle()
    assert (state.currentText(), state.value(), offered()) == ("Sent", "", own)
    assert not b.editor.review.bar.dirty
    b.open("İki")
    b.settle()
    assert (state.currentText(), offered()) == (b.opened.t("form.not_chosen"), own)


def test_what_is_said_of_a_field_stands_at_that_field(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    b, [id_] = reviewing(bench, line, tmp_path, "Bir")
    form, panel = b.editor.form, b.editor.review.bar.panel
    row = form.rows["title"]
    button = next(one for one in row.findChildren(QToolButton) if one.isVisible())
    assert button.accessibleName() == b.opened.t("reviewing.comment_about", field=b.opened.t.field("title"))
    assert panel.isHidden(), "no panel has to be opened for it"
    button.click()
    said = panel.comments["title"]
    b.qtbot.waitUntil(said.hasFocus)
    assert row.isAncestorOf(said)
    assert not button.isVisible()
    type_text(said, "Hangi okul?")
    panel.comment_on("neighbourhood")
    empty = form.rows["neighbourhood"]
    b.qtbot.waitUntil(panel.comments["neighbourhood"].hasFocus)
    assert empty.isVisible(), "a reader sees an empty field of which something is said"
    assert empty.isAncestorOf(panel.comments["neighbourhood"])
    type_text(panel.comments["neighbourhood"], "Seçin")
    b.editor.review.bar.save.click()
    b.settle()
    assert empty.isVisible()
    assert remarks(b.workplace, id_).comments == {"title": "Hangi okul?", "neighbourhood": "Seçin"}
    panel._clear("neighbourhood")
    assert not empty.isVisible()
    panel._clear("title")
    assert button.isVisible()


def test_a_district_reads_comments_and_cannot_write_them(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Bir")
    merge(line.office, export(line.bornova, tmp_path / "1.izsa"))
    with open_workplace(line.office) as office:
        review(office, id_, "düzeltme istendi", comments={"start": "Hangi ay?"})
    pin(line, line.bornova)
    take(line.bornova, answer(line, line.bornova, tmp_path / "a.izsa"))
    b = bench(line.bornova, show=True)
    b.open("Bir")
    b.settle()
    row = b.editor.form.rows["start"]
    assert row.remark.text() == b.opened.t("reviewing.said", text="Hangi ay?")
    assert b.editor.review.bar.panel.comments == {}
    about = b.opened.t("reviewing.comment_about", field=b.opened.t.field("start"))
    assert about not in [one.accessibleName() for one in row.findChildren(QToolButton)]
