"""The office's review: written below a district's project, read by the district."""

from pathlib import Path

from izsa_desktop.domain.errors import BadField
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.reviewing import MOST, review
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line, enter, export, merge
from tests.usecases.mail import answer, pin, take


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
    assert field.hasFocus()
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
