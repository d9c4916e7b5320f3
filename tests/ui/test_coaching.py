"""Coaching notes: written at the office, read at the district."""

from pathlib import Path

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.dialogs.coaching import CoachingDialog
from izsa_desktop.usecases import coaching
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.exchange import dialog, sending
from tests.ui.test_districts_pane import choose, pane
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line
from tests.usecases.mail import answer, pin, take

HOSTILE = "<a href='https://x'>tıkla</a>\u202e"


def test_the_office_reads_what_it_wrote_and_writes_more(bench: OpenBench, line: Line) -> None:
    b = bench(line.office, show=True)
    shown, t = pane(b), b.opened.t
    assert not shown.coach_button.isEnabled()
    choose(shown, line.office)
    assert not shown.coach_button.isEnabled(), "the office coaches districts"
    choose(shown, line.bornova)
    shown.coach_button.click()
    b.settle()
    first = dialog(b, CoachingDialog)
    assert not first.keep.isEnabled()
    type_text(first.text, "Görüşüldü; adım: enerji izleme")
    first.keep.click()
    b.settle()
    assert t("coaching.written", district="Bornova") in b.notices()
    shown.coach_button.click()
    b.settle()
    again = dialog(b, CoachingDialog)
    assert again.notes.texts == ["Görüşüldü; adım: enerji izleme"]
    again.reject()
    with open_workplace(line.office) as office:
        assert [note.district for note in coaching.notes(office)] == ["TUR035007"]


def test_the_district_reads_it_after_the_answer(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        coaching.write_note(office, "TUR035007", "Eski", "2026-01-05")
        coaching.write_note(office, "TUR035007", HOSTILE, "2026-02-05")
        coaching.write_note(office, "TUR035021", "Konak'a")
    b = bench(line.bornova, show=True)
    page = sending(b)
    assert not page.coaching.isVisible()
    bundle = answer(line, line.bornova, tmp_path / "a.izsa")
    page.inbox.receive([bundle])
    b.settle()
    page.inbox.merge()
    b.settle()
    assert page.coaching.isVisible()
    assert page.coaching.notes.texts == [visible(HOSTILE), "Eski"]
    assert b.shown_titles() == []


def test_nothing_new_comes_of_a_bundle_that_is_here(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        coaching.write_note(office, "TUR035007", "Not")
    bundle = answer(line, line.bornova, tmp_path / "a.izsa")
    take(line.bornova, bundle, bundle)
    b = bench(line.bornova, show=True)
    assert sending(b).coaching.notes.texts == ["Not"]
