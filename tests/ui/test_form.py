"""The whole record in the form: entered, shown, checked while it is typed, undone, reached by keyboard."""

from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.fields import FIELDS as SPECS
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.rows import Funding, Partner, Relation
from izsa_desktop.domain.validation import RECOMMENDED, REQUIRED_TO_SEND
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui.widgets.form_layout import SECTION_OF, SECTIONS, TOLD
from izsa_desktop.ui.widgets.project_form import ProjectForm
from izsa_desktop.ui.widgets.row_editor import RowCard
from izsa_desktop.ui.widgets.tab_order import controls
from izsa_desktop.usecases.drafts import drafts
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import FIELDS, REFERENCE, project_fields
from tests.ui.window import Bench, OpenBench, type_text

T = Translator("tr")
FULL = structs.replace(FIELDS, review_note="Kaynağı da yazın.")
"""Everything: also what a district only reads."""


@pytest.fixture
def form(qtbot: QtBot) -> ProjectForm:
    """A form on a screen."""
    made = ProjectForm(REFERENCE, T, district_fixed=False)
    qtbot.addWidget(made)
    made.resize(480, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture(scope="module")
def hidden_form(qapp: QApplication) -> ProjectForm:
    """A form for many tries."""
    return ProjectForm(REFERENCE, T, district_fixed=False)


def focused() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def enter(form: ProjectForm, name: str, value: Any) -> None:
    """A person changes a field, then pauses."""
    form.put({name: value})
    form.history.end_step()


# --- every field -----------------------------------------------------------------------------------------------------


def test_every_field_has_a_place_and_a_section_a_name() -> None:
    assert sorted(SECTION_OF) == sorted(spec.name for spec in SPECS)
    for language in LANGUAGES:
        assert all(Translator(language)(f"form_section.{section.name}") for section in SECTIONS)


def test_each_field_is_entered_stored_and_shown(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    alone = {"goal_details": {"goals": FIELDS.goals}}  # what is said of goals needs goals
    for name in SECTION_OF.keys() - TOLD:
        b.page.new()
        entered = {"title": "Ad"} | alone.get(name, {}) | {name: getattr(FIELDS, name)}
        b.editor.form.put(entered)
        b.editor.save()
        b.settle()
        id_ = b.editor.project_id
        stored = next(project for project in b.stored() if project.id == id_)
        assert stored.fields == structs.replace(ProjectFields(district="TUR035007"), **entered), name
        assert b.editor.form.fields() == stored.fields
        assert not b.editor.dirty
        assert not b.editor.form.rows[name].isHidden()
    assert drafts(b.workplace) == []


def test_a_full_record_opens_with_everything_in_sight_and_nothing_changed(form: ProjectForm) -> None:
    form.show_fields(FULL, read_only=False)
    assert form.changed() == ()
    assert form.fields() == FULL
    assert [name for name in SECTION_OF if form.rows[name].isHidden()] == []


def test_a_reader_sees_what_is_filled_and_nothing_to_press(form: ProjectForm) -> None:
    form.show_fields(FULL, read_only=True)
    assert [name for name in SECTION_OF if form.rows[name].isHidden()] == []
    few = ProjectFields(title="Ad", funding=(Funding(key="k", amount=Decimal("1250.5")),))
    form.show_fields(few, read_only=True)
    assert [name for name in SECTION_OF if not form.rows[name].isHidden()] == ["title", "funding"]
    card = form.field("funding").cards[0]
    assert [name for name, part in card.parts.items() if part.isVisible()] == ["amount"]
    assert not card.remove.isVisible()
    assert not any(section.more.isVisible() for section in form.sections.values())
    form.show_fields(few, read_only=False)
    assert card.remove.isVisible()
    assert all(part.isVisible() for part in card.parts.values())


def height_needed(row: QWidget) -> int:
    """What a row needs at its width."""
    layout = row.layout()
    assert layout is not None
    if layout.hasHeightForWidth():
        return layout.totalMinimumHeightForWidth(row.width())
    return layout.totalMinimumSize().height()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("fields", [FIELDS, ProjectFields(title="Ad", unit="Birim")], ids=["full", "short"])
def test_no_row_is_pressed_together_and_nothing_is_left_empty_below(
    form: ProjectForm, qtbot: QtBot, read_only: bool, fields: ProjectFields
) -> None:
    form.resize(form.minimumWidth(), 500)
    form.show_fields(fields, read_only)
    inside = form.widget()
    assert inside is not None
    shown = [row for row in form.rows.values() if row.isVisible()]
    assert shown
    qtbot.waitUntil(lambda: all(row.height() >= height_needed(row) for row in shown))
    sections = form.sections.values()

    def empty_below() -> int:
        return inside.height() - max(section.geometry().bottom() for section in sections if section.isVisible())

    qtbot.waitUntil(lambda: empty_below() < 60 or inside.height() <= form.height())


# --- sections --------------------------------------------------------------------------------------------------------


def test_a_new_form_shows_the_required_fields_and_folds_the_rest(form: ProjectForm) -> None:
    form.show_fields(ProjectFields(), read_only=False)
    shown = [name for name, row in form.rows.items() if row.isVisible()]
    assert set(REQUIRED_TO_SEND) <= set(shown)
    assert len(shown) < 15
    assert "funding" not in form.rows  # not even made
    money = form.sections["money"]
    assert money.more.isVisible()
    money.more.click()
    assert form.rows["funding"].isVisible()
    assert not money.more.isVisible()


def test_what_the_office_says_is_there_to_read_and_only_where_there_is_something(form: ProjectForm) -> None:
    form.show_fields(FULL, read_only=False)
    assert form.field("review_note").isReadOnly()
    assert form.field("review_note").value() == FULL.review_note
    form.show_fields(FIELDS, read_only=False)
    form.show_everything(True)
    assert form.rows["review_note"].isHidden()
    assert not form.sections["record"].more.isVisible()


def test_everything_can_be_shown_and_folded_again(form: ProjectForm) -> None:
    form.show_fields(ProjectFields(summary="Özet"), read_only=False)
    form.show_everything(True)
    assert all(form.rows[name].isVisible() for name in SECTION_OF.keys() - TOLD)
    form.show_everything(False)
    shown = [name for name, row in form.rows.items() if row.isVisible()]
    assert "summary" in shown
    assert "funding" not in shown


def test_the_bar_marks_what_is_missing_filled_and_wrong(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    t = b.opened.t

    def said(section: str) -> str:
        return b.editor.bar.buttons[section].accessibleName().rpartition(", ")[2]

    assert said("what") == t("section_state.missing")
    assert said("goals") == t("section_state.filled")
    assert said("money") == t("section_state.empty")
    b.type_into("purpose", "Amaç")
    assert said("what") == t("section_state.filled")
    b.type_into("title", "x" * 301)
    b.editor.form.check()
    assert said("what") == t("section_state.bad")
    b.type_into("title", "Ad")
    assert said("what") == t("section_state.filled")


def test_a_number_that_is_none_yet_makes_nothing_else_missing(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.page.new()
    b.type_into("audience_note", "Çiftçiler")
    bar, filled = b.editor.bar.buttons["whom"], b.opened.t("section_state.filled")
    assert bar.accessibleName().endswith(filled)
    rows = b.editor.form.field("funding")
    rows.add()
    type_text(rows.cards[0].parts["amount"].field.line, "12.50abc")
    b.type_into("title", "Soğuk hava deposu")
    assert bar.accessibleName().endswith(filled)
    assert b.editor.form.readable() == structs.replace(
        b.editor.form.readable(), title="Soğuk hava deposu", audience_note="Çiftçiler", funding=()
    )
    b.editor.save()
    b.settle()
    assert focused() is b.editor.form.field("funding").cards[0].parts["amount"].field.line


def test_a_section_that_is_unfolded_stands_at_the_top(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.page.new()
    form = b.editor.form
    for name in ("plans", "climate", "indicators", "evidence"):
        form.go_to_section(name)
        section = form.sections[name]
        qtbot.waitUntil(partial(_at_the_top, section, form.viewport()))


def _at_the_top(section: QWidget, viewport: QWidget) -> bool:
    return abs(section.mapTo(viewport, QPoint()).y() - 8) <= 1


def test_a_row_made_in_advance_is_not_shown_before_it_is_wanted(form: ProjectForm, qtbot: QtBot) -> None:
    form.show_fields(ProjectFields(title="Ad"), read_only=False)
    form.prepare()
    qtbot.waitUntil(lambda: len(form.rows) == len(SECTION_OF))
    for section in form.sections.values():
        section.open()
    form.order()
    shown = [card for card in form.findChildren(RowCard) if card.isVisible()]
    assert shown == []
    form.field("partners").add()
    assert [card for card in form.findChildren(RowCard) if card.isVisible()] == form.field("partners").cards


def test_sections_are_reached_by_click_by_number_and_one_after_the_other(
    bench: OpenBench, district: Path, qtbot: QtBot
) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    form = b.editor.form
    b.editor.bar.buttons["money"].click()
    assert form.sections["money"].isAncestorOf(focused())
    assert b.editor.bar.buttons["money"].property("here")
    qtbot.keySequence(b.opened.window, QKeySequence("Alt+5"))
    assert form.field("neighbourhood") is focused()
    qtbot.keySequence(b.opened.window, QKeySequence("Ctrl+PgDown"))
    assert form.field("unit") is focused()
    qtbot.keySequence(b.opened.window, QKeySequence("Ctrl+PgUp"))
    qtbot.keySequence(b.opened.window, QKeySequence("Ctrl+PgUp"))
    assert form.field("goals").isAncestorOf(focused())
    form.verticalScrollBar().setValue(0)
    assert b.editor.bar.buttons["what"].property("here")


def test_arrow_keys_move_along_the_bar(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    buttons = b.editor.bar.buttons
    buttons["what"].setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Right)
    assert buttons["whom"].hasFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Left)
    qtbot.keyClick(focused(), Qt.Key.Key_Left)
    assert buttons["record"].hasFocus()


# --- Tab -------------------------------------------------------------------------------------------------------------


def reached(form: ProjectForm) -> list[QWidget]:
    """What Tab comes to in the form, round the whole window once."""
    inside, first = form.widget(), form.field("title")
    assert inside is not None
    stops: list[QWidget] = []
    widget: QWidget | None = first
    while widget is not None and (widget is not first or not stops):
        if inside.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and widget in controls(widget):
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


@pytest.mark.parametrize("prepared", [False, True])
def test_tab_reaches_every_control_once_and_in_the_order_of_reading(
    form: ProjectForm, qtbot: QtBot, prepared: bool
) -> None:
    if prepared:
        form.prepare()
        qtbot.waitUntil(lambda: len(form.rows) == len(SECTION_OF))
    form.show_fields(FULL, read_only=False)
    form.field("partners").add()
    form.field("indicators").cards[0].parts["actuals"].field.add()
    form.order()
    seen = reached(form)
    every = [w for w in controls(form) if w.isVisible() and w.isEnabled() and w is not form]
    assert len(seen) == len(set(seen))
    assert set(seen) == set(every)
    rows = [next(name for name, row in form.rows.items() if row.isAncestorOf(w)) for w in seen]
    assert list(dict.fromkeys(rows)) == list(SECTION_OF)
    assert rows == sorted(rows, key=list(SECTION_OF).index)


def test_every_control_has_a_name(form: ProjectForm) -> None:
    form.show_fields(FIELDS, read_only=False)
    for widget in controls(form):
        if widget.isVisible() and widget is not form:
            text = getattr(widget, "text", str)()
            assert widget.accessibleName() or text, widget


# --- rows ------------------------------------------------------------------------------------------------------------


def test_partners_by_keyboard_alone(form: ProjectForm, qtbot: QtBot) -> None:
    form.show_fields(ProjectFields(), read_only=False)
    form.go_to("partners")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    type_text(focused(), "Ege Üniversitesi")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_text(focused(), "İZSU")
    qtbot.keyClick(focused(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.name for row in form.fields().partners] == ["İZSU", "Ege Üniversitesi"]
    assert len({row.key for row in form.fields().partners}) == 2
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(focused(), Qt.Key.Key_Delete, held)
    assert [row.name for row in form.fields().partners] == ["Ege Üniversitesi"]
    assert form.field("partners").cards[0].isAncestorOf(focused())


def test_a_row_in_which_nothing_is_entered_is_no_row(form: ProjectForm) -> None:
    form.show_fields(ProjectFields(), read_only=False)
    for name in ("funding", "relations", "indicators"):
        form.field(name).add()
    assert form.changed() == ()


def test_a_new_row_keeps_its_key_and_the_cursor_through_saving(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    rows = b.editor.form.field("funding")
    rows.add()
    card = rows.cards[0]
    amount = card.parts["amount"].field
    amount.setFocus()
    type_text(focused(), "1.250,5")
    key = rows.value()[0].key
    qtbot.keySequence(b.opened.window, QKeySequence(QKeySequence.StandardKey.Save))
    b.settle()
    stored = next(p for p in b.stored() if p.fields.title == "Çatı güneşi")
    assert stored.fields.funding == (Funding(key=key, amount=Decimal("1250.5"), currency="TRY"),)
    assert rows.cards == [card]
    assert card.isAncestorOf(focused())
    type_text(focused(), "7")
    assert rows.value()[0].amount == Decimal("1250.57")
    assert rows.value()[0].key == key


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("tr", "1.250,5", Decimal("1250.5")),
        ("tr", "0,125", Decimal("0.125")),
        ("tr", "1250000", Decimal(1250000)),
        ("en", "1,250.5", Decimal("1250.5")),
    ],
)
def test_numbers_are_typed_as_people_write_them(qtbot: QtBot, language: str, typed: str, number: Decimal) -> None:
    form = ProjectForm(REFERENCE, Translator(language), district_fixed=False)
    qtbot.addWidget(form)
    form.show_fields(ProjectFields(), read_only=False)
    type_text(form.field("co2e").line, typed)
    assert form.fields().co2e == number


def test_another_project_is_found_by_typing_and_kept_by_its_id(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    other = next(p for p in b.stored() if p.fields.title == FIELDS.title)
    b.open("Çatı güneşi")
    rows = b.editor.form.field("relations")
    rows.add()
    field = rows.cards[0].parts["other"].field
    assert field.hasFocus()
    type_text(field, "yagmur")
    assert field.value() == "yagmur"
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(popup, key)
    assert rows.value() == (Relation(other=other.id, kind="ortak iş"),)
    assert FIELDS.title in field.text()
    b.editor.save()
    b.settle()
    b.open(FIELDS.title)
    b.open("Çatı güneşi")
    qtbot.waitUntil(lambda: FIELDS.title in field.text())
    assert b.editor.form.fields().relations == (Relation(other=other.id, kind="ortak iş"),)


# --- while it is typed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", "x" * 301, ("bad", "300")),
        ("unit", "a\u202eb", ("bad", "görünmeyen")),
        ("start", "1234", ("bad", "1234")),
        ("location", "38,5 ve biraz", ("bad", "38,5 ve biraz")),
        ("co2e", "12 ton", ("bad", "12 ton")),
        ("partners", (Partner(key="k", name="x" * 400),), ("bad", "300")),
        ("contact", "ayse.yilmaz@bornova.bel.tr", ("warn", "birimin")),
        ("status", "tamamlandı", ("warn", "bitiş")),
        ("end", "1999", ("warn", "önce")),
    ],
)
def test_what_is_wrong_is_said_below_the_field_after_a_pause(
    form: ProjectForm, qtbot: QtBot, name: str, value: Any, said: tuple[str, str]
) -> None:
    role, words = said
    form.show_fields(ProjectFields(start="2024"), read_only=False)
    with qtbot.waitSignal(form.checked, timeout=2000):
        form.put({name: value})
        assert form.rows[name].note.property("role") != role  # nobody is interrupted
    note = form.rows[name].note
    assert note.isVisible()
    assert note.property("role") == role
    assert words in note.text()
    form.put({name: getattr(FIELDS, name)} if name != "status" else {"end": "2025"})
    form.check()
    assert note.property("role") == "soft"


def test_a_warning_goes_where_its_cause_goes(form: ProjectForm) -> None:
    form.show_fields(ProjectFields(start="2024", end="2020"), read_only=False)
    assert form.rows["end"].note.property("role") == "warn"
    form.put({"start": "2019"})
    form.check()
    assert form.rows["end"].note.property("role") == "soft"
    form.show_fields(ProjectFields(start="2024", end="2020"), read_only=True)
    assert form.rows["end"].note.property("role") == "soft"


# --- undo ------------------------------------------------------------------------------------------------------------

_edits = st.lists(
    st.tuples(st.sampled_from([n for n in SECTION_OF if n not in ("goals", "goal_details")]), project_fields),
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(start=project_fields, edits=_edits)
def test_undo_and_redo_go_through_the_same_states(
    hidden_form: ProjectForm, start: ProjectFields, edits: list[tuple[str, ProjectFields]]
) -> None:
    form = hidden_form
    form.show_fields(start, read_only=False)
    states = [form.fields()]
    for name, source in edits:
        enter(form, name, getattr(source, name))
        if form.fields() != states[-1]:
            states.append(form.fields())
    for state in reversed(states[:-1]):
        form.history.undo()
        assert form.fields() == state
    assert not form.history.can_undo
    assert form.changed() == ()
    for state in states[1:]:
        form.history.redo()
        assert form.fields() == state
    assert not form.history.can_redo


def test_typing_is_one_step_until_a_pause_or_another_field(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.page.new()
    form, window = b.editor.form, b.opened.window
    undo, redo = QKeySequence("Ctrl+Z"), QKeySequence("Ctrl+Y")
    type_text(focused(), "Kompost")
    form.history.end_step()  # what a pause does
    type_text(focused(), " ağı")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "Amaç")
    for purpose, title in (("", "Kompost ağı"), ("", "Kompost"), ("", "")):
        qtbot.keySequence(window, undo)
        assert (form.field("purpose").value(), form.field("title").value()) == (purpose, title)
    assert form.field("title").hasFocus()
    assert not b.editor.foot.undo.isVisible()
    qtbot.keySequence(window, undo)
    for keys in (redo, QKeySequence("Ctrl+Shift+Z"), redo):
        qtbot.keySequence(window, keys)
    assert (form.field("title").value(), form.field("purpose").value()) == ("Kompost ağı", "Amaç")
    type_text(focused(), "!")
    assert not form.history.can_redo


def test_a_pause_ends_a_step_by_itself(form: ProjectForm, qtbot: QtBot) -> None:
    form.show_fields(ProjectFields(), read_only=False)
    with qtbot.waitSignal(form.history.pause.timeout, timeout=2000):
        type_text(form.field("title"), "ab")
    type_text(form.field("title"), "c")
    form.history.undo()
    assert form.fields().title == "ab"


def test_each_chip_is_a_step_of_its_own(form: ProjectForm) -> None:
    form.show_fields(ProjectFields(), read_only=False)
    for code in ("kadınlar", "çocuklar"):
        form.field("audience").chips[code].click()
    form.history.undo()
    assert form.fields().audience == ("kadınlar",)


@pytest.mark.parametrize("name", ["title", "purpose", "neighbourhood", "contact"])
def test_a_text_does_not_undo_by_itself(form: ProjectForm, qtbot: QtBot, name: str) -> None:
    """Ctrl+Z in a text is not the text's: it would put what the form does not know."""
    form.show_fields(ProjectFields(), read_only=False)
    form.go_to(name)
    type_text(focused(), "abc")
    qtbot.keySequence(form, QKeySequence("Ctrl+Z"))
    assert form.field(name).value() == "abc"


def test_undo_works_on_after_a_draft_and_after_saving(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    enter(b.editor.form, "unit", "Park ")
    qtbot.waitUntil(lambda: not b.editor.draft_timer.isActive())
    b.settle()
    b.editor.form.history.undo()
    assert b.editor.form.fields().unit == ""
    b.editor.form.history.redo()
    b.editor.save()
    b.settle()
    assert b.editor.form.fields().unit == "Park"
    b.editor.foot.undo.click()
    assert b.editor.dirty
    b.editor.save()
    b.settle()
    assert next(p for p in b.stored() if p.fields.title == "Çatı güneşi").fields.unit == ""


def test_another_project_has_steps_of_its_own(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open("Çatı güneşi")
    enter(b.editor.form, "unit", "Park")
    b.open(FIELDS.title)
    b.editor.form.history.undo()
    assert b.editor.form.fields() == FIELDS


# --- around the form -------------------------------------------------------------------------------------------------


def test_the_meter_says_what_would_help_next_and_leads_there(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    whole = {name: getattr(FIELDS, name) for name in REQUIRED_TO_SEND}
    with open_workplace(district) as workplace:
        add_projects(workplace, [structs.replace(ProjectFields(status="sürüyor"), **whole)])
    b = bench(district, show=True)
    page_titles = [p for p in b.stored() if p.fields.status == "sürüyor" and not p.fields.unit]
    b.page.open(page_titles[0].id)
    b.settle()
    meter, t = b.editor.meter, b.opened.t
    name = RECOMMENDED[1]
    assert not any(button.isVisible() for button in meter.buttons.values())
    assert meter.next.text() == t.field(name)
    assert meter.why.text() == t(f"helps.{name}")
    before = meter.bar.value()
    qtbot.mouseClick(meter.next, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert b.editor.form.field(name) is focused()
    b.type_into(name, FIELDS.theme)
    assert meter.bar.value() > before
    assert meter.next.text() == t.field(RECOMMENDED[2])


def test_still_true_is_a_save_of_today(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    head, t = b.editor.head, b.opened.t
    assert head.confirm.text() == t("form.confirm")
    head.confirm.setFocus()
    head.confirm.click()
    b.settle()
    assert b.notices()[-1] == t("form.confirmed_now", title="Çatı güneşi")
    assert head.light.accessibleName().startswith(t("reviewing.fresh"))
    stored = next(p for p in b.stored() if p.fields.title == "Çatı güneşi")
    assert stored.fields.confirmed is not None
    assert stored.fields.confirmed == b.editor.form.field("confirmed").value()
    assert head.confirm.text() == t("form.confirmed_today")
    assert head.confirm.hasFocus(), "it is found where it was"
    heads = stored.heads
    head.confirm.click()
    b.settle()
    assert b.notices()[-1] == t("form.confirmed_before")
    assert next(p for p in b.stored() if p.fields.title == "Çatı güneşi").heads == heads
    b.page.new()
    assert not b.editor.head.confirm.isVisible()


def test_the_readable_number_stands_over_the_form(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open(FIELDS.title)
    assert project.number
    assert f" · {project.number} · " in b.editor.head.about.text()


def test_what_stands_wrong_is_shown_where_saving_fails(bench: OpenBench, district: Path) -> None:
    b: Bench = bench(district, show=True)
    b.open("Çatı güneşi")
    b.editor.form.put({"co2e": "12 ton"})
    b.editor.form.go_to("title")
    b.editor.save()
    b.settle()
    row = b.editor.form.rows["co2e"]
    assert row.isAncestorOf(focused())
    assert row.note.property("role") == "bad"
    assert b.editor.dirty
