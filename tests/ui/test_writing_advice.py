"""What the form proposes while somebody writes: projects that look alike, and goals."""

from pathlib import Path

import pytest

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.ui.pages.writing_advice import WritingAdvice
from izsa_desktop.ui.widgets.form_row import FormRow
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.window import Bench, OpenBench

TYPED = "Mahallede atık yağ toplama"


@pytest.fixture
def writing(bench: OpenBench, district: Path) -> Bench:
    """A new project in a form, beside one about the same and one with a hostile title."""
    with open_workplace(district) as workplace:
        purpose = "Evlerden bitkisel atık yağ toplamak"
        titles = "Atık yağ toplama", "Atık <b>yağ</b> toplama \u202etxt"
        add_projects(workplace, [ProjectFields(title=title, purpose=purpose, goals=("12",)) for title in titles])
    b = bench(district, show=True)
    b.settle()
    b.editor.start_new()
    return b


def write(b: Bench, title: str) -> tuple[FormRow, FormRow]:
    """Somebody types a title and pauses; the lines of title and goals."""
    b.type_into("title", title)
    advice: WritingAdvice = b.page.writing
    assert advice.timer.isActive()
    advice.timer.stop()
    advice.timer.timeout.emit()
    b.settle()
    return b.editor.form.rows["title"], b.editor.form.rows["goals"]


def test_it_says_what_the_project_looks_like(writing: Bench) -> None:
    title, _ = write(writing, TYPED)
    assert "Buna benziyor: " in title.note.text()
    assert "“Atık yağ toplama” (Bornova)" in title.note.text()
    assert "\u202e" not in title.note.text()
    title, _ = write(writing, "Zürafa evi")
    assert title.note.isHidden()


def test_a_goal_is_proposed_and_taken_by_a_click_alone(writing: Bench) -> None:
    _, goals = write(writing, TYPED)
    assert "12 Sorumlu Üretim ve Tüketim" in goals.note.text()
    assert "atık" in goals.note.text()
    assert writing.editor.form.field("goals").value() == ()
    goals.action.click()
    assert writing.editor.form.field("goals").value() == ("12",)
    assert "12 Sorumlu" not in goals.note.text()


def test_what_comes_late_is_not_said(writing: Bench) -> None:
    writing.type_into("title", TYPED)
    writing.page.writing.timer.timeout.emit()
    writing.type_into("title", "Zürafa evi")
    writing.settle()
    assert "12" not in writing.editor.form.rows["goals"].note.text()


def test_something_wrong_is_not_hidden_by_a_proposal(writing: Bench) -> None:
    row = writing.editor.form.rows["goals"]
    row.say("Önce bu", "warn")
    _, goals = write(writing, TYPED)
    assert goals.note.text() == "Önce bu"


def test_what_was_saved_meanwhile_is_known(writing: Bench) -> None:
    write(writing, TYPED)
    writing.editor.save()
    writing.settle()
    writing.editor.start_new()
    title, _ = write(writing, TYPED)
    assert f"“{TYPED}”" in title.note.text()
