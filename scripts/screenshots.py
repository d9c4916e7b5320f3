"""Pictures of every screen, Turkish in light and English in dark, from a demonstration made on the spot.

    python scripts/screenshots.py FOLDER

Needs no screen. Nothing waits by the clock: every picture is taken when the worker is idle and the map has drawn.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPdfWriter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import fold
from izsa_desktop.ui.dialogs.import_wizard.wizard import ImportWizard
from izsa_desktop.ui.dialogs.multi_edit import MultiEditDialog
from izsa_desktop.ui.dialogs.project_table import ProjectTable
from izsa_desktop.ui.pages.backups_card import BackupsCard
from izsa_desktop.ui.pages.receive_page import ReceivePage
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.pages.welcome_page import WelcomePage
from izsa_desktop.ui.picture import HEIGHT, WIDTH, shot, wait_for
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.printing.preview import PreviewDialog
from izsa_desktop.ui.start import Opened
from izsa_desktop.ui.widgets.row_editor import RowsField
from izsa_desktop.ui.workspace import CONFLICTS, EXCHANGE, SETTINGS, Workspace
from izsa_desktop.usecases import workplace as workplaces
from izsa_desktop.usecases.coaching import write_note
from izsa_desktop.usecases.demo import BUNDLES_FOLDER, DISTRICTS_FOLDER, OFFICE_FOLDER, make_demo
from izsa_desktop.usecases.drafts import Draft, keep_draft
from izsa_desktop.usecases.enrolment import accept_enrolment, read_request, request_enrolment
from izsa_desktop.usecases.exchange import merge_bundles
from izsa_desktop.usecases.finding import list_found
from izsa_desktop.usecases.projects import list_projects, save_project
from izsa_desktop.usecases.reviewing import review
from izsa_desktop.usecases.sending import answer, export_bundle
from izsa_desktop.usecases.trusting import pin, trust_view
from izsa_desktop.usecases.workplace import Workplace

LOOKS = (("tr", "light"), ("en", "dark"))
MESSY = (
    "İLÇEDEKİ PROJELER;;;;;",
    "Proje Adı;Amacı;Hedef Kitle;Başlama Tarihi;SKA;Bütçe (TL)",
    "Mahalle kompostu;Organik atığı azaltmak;haneler;Mart 2024;12 - Sorumlu Üretim ve Tüketim;1.250.000,50",
    "Foça bisiklet yolu;Ulaşımdan kaynaklanan salımı azaltmak;herkes;31.02.2024;SKA 11;2,5 milyon",
    "Kıyı temizliği;Denizi korumak;gençler, gönüllüler;15.06.2023;14;85000",
    "Güneşli okul;Enerji tasarrufu;öğrenciler;2025;7, 13;",
    ";Adı yazılmamış bir satır;;2022;6;",
)
"""A list as it lies in many offices."""
BORNOVA = "TUR035007"
WRITTEN = {
    "tr": (
        {
            "purpose": "Geri dönüştürülebilir atığı kaynağında ayırıp 2027 sonuna dek yılda 400 ton toplamak.",
            "status": "sürüyor",
        },
        {
            "purpose": "Geri dönüştürülebilir atığı kaynağında ayırıp 2026 sonuna dek yılda 250 ton toplamak.",
            "status": "tamamlandı",
        },
    ),
    "en": (
        {
            "purpose": "Sorting recyclable waste where it arises: 400 tonnes a year by the end of 2027.",
            "status": "sürüyor",
        },
        {
            "purpose": "Sorting recyclable waste where it arises: 250 tonnes a year by the end of 2026.",
            "status": "tamamlandı",
        },
    ),
}
"""What two PCs write of one project."""
NOTES = {
    "tr": (
        ("2026-09-14", "İlk görüşme yapıldı. Projelerin göstergeleri tamamlanacak; üç yıllık enerji verisi istenecek."),
        ("2026-11-02", "İklim kurulu kararı alındı. Sıradaki adım: sera gazı envanterinin taslağı, mart sonuna kadar."),
    ),
    "en": (
        (
            "2026-09-14",
            "First talk. The projects' indicators will be completed; three years of energy data will be asked for.",
        ),
        (
            "2026-11-02",
            "The climate council was decided on. Next step: a draft of the emissions inventory by the end of March.",
        ),
    ),
}
"""Coaching notes, by their days."""


class _Paints(QObject):
    """Calls at the second painting: Qt's PDF view asks for a page at the first, and has it at the second."""

    def __init__(self, widget: QWidget, call: Callable[[], None]) -> None:
        super().__init__(widget)
        self._call, self._left = call, 2
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Paint:
            self._left -= 1
            if self._left == 0:
                self._call()
        return super().eventFilter(watched, event)


def painted(widget: QWidget) -> None:
    """Until the widget has been painted twice."""
    wait_for(lambda call: _Paints(widget, call))


class Camera:
    """Takes the pictures of one language and look."""

    def __init__(self, application: QApplication, target: Path, language: str, look: str) -> None:
        self._application, self._target = application, target
        self.language, self.look = language, look

    def open(self, folder: Path) -> Opened:
        """The window on a folder."""
        opened = Opened(self._application, folder, self.language, self.look)
        opened.window.show()
        opened.open()
        self.settle(opened)
        opened.window.resize(WIDTH, HEIGHT)
        return opened

    @staticmethod
    def settle(opened: Opened) -> None:
        """Until the worker has nothing more to do."""
        if opened.tasks.busy:
            wait_for(opened.tasks.idle.connect)

    def take(self, opened: Opened, name: str) -> None:
        """The whole window."""
        self.settle(opened)
        shot(opened, self._file(name))

    def take_dialog(self, opened: Opened, name: str) -> None:
        """The dialog over the window."""
        self.settle(opened)
        dialog = [one for one in opened.window.findChildren(QDialog) if one.isVisible()][-1]  # one may stand on another
        if isinstance(dialog, PreviewDialog) and not dialog.view.pages.pageCount():
            wait_for(dialog.view.pages.pageCountChanged.connect)
            painted(dialog.view.viewport())
        self._grab(dialog, name)
        dialog.close()

    def take_step(self, opened: Opened, dialog: QDialog, name: str) -> None:
        """A dialog that goes on."""
        self.settle(opened)
        self._grab(dialog, name)

    def _grab(self, dialog: QDialog, name: str) -> None:
        wait_for(lambda call: QTimer.singleShot(0, call))  # what came last has its place
        dialog.grab().save(str(self._file(name)))

    def _file(self, name: str) -> Path:
        return self._target / f"{name}-{self.language}-{self.look}.png"


def inside(opened: Opened) -> Workspace:
    """What stands in the window once the workplace is open."""
    assert opened.workspace is not None
    return opened.workspace


def first_start(camera: Camera, folder: Path) -> None:
    opened = camera.open(folder / f"new-{camera.language}")
    camera.take(opened, "welcome")
    page = opened.window.findChild(WelcomePage)
    assert page is not None
    page.body.setCurrentIndex(page.body.findData("TUR035012"))
    page.person.set_value("Deniz Kaya")
    page.person.edited.emit()
    page.start.click()
    camera.take(opened, "notice")
    opened.close()


def empty_workplace(camera: Camera, folder: Path) -> None:
    home = folder / f"empty-{camera.language}"
    workplaces.create_workplace(home, "TUR035012", "Deniz Kaya", camera.language).close()
    opened = camera.open(home)
    camera.take(opened, "empty")
    inside(opened).projects.new()
    camera.take(opened, "new-project")
    opened.close()


def office(camera: Camera, demo: Path) -> None:
    opened = camera.open(demo / OFFICE_FOLDER)
    page = inside(opened).projects
    camera.take(opened, "office")
    choose(inside(opened).desk.workplace, "Bahçe", page.open)
    camera.take(opened, "office-reads-district")
    page.list.search.setText("bisiklet")
    camera.take(opened, "office-search")
    page.list.search.setText("hiçbir yerde olmayan")
    camera.take(opened, "none-found")
    page.list.clear_filters()
    page.close_project()
    camera.settle(opened)
    finding(camera, opened)
    receive(camera, opened, demo)
    inside(opened).go_to(SETTINGS)
    camera.take(opened, "settings")
    camera.settle(opened)  # the list of backups is read when it is shown
    settings = inside(opened).settings
    scroll, backups = settings.findChild(QScrollArea), settings.findChild(BackupsCard)
    assert scroll is not None and backups is not None
    scroll.verticalScrollBar().setValue(backups.y() - 8)
    camera.take(opened, "backups")
    opened.close()


def finding(camera: Camera, opened: Opened) -> None:
    """The filters with their counts, the table, and one change to what is marked in it."""
    page = inside(opened).projects
    page.list.filters.click()
    page.list.choose("goal", ("12", "13"))
    camera.take(opened, "filters")
    page.list.filters.click()
    camera.take(opened, "filtered")
    page.show_table()
    camera.settle(opened)
    table = opened.window.findChild(ProjectTable)
    assert table is not None
    table.view.selectAll()
    table.edit.click()
    edit = opened.window.findChild(MultiEditDialog)
    assert edit is not None
    edit.field.setCurrentIndex(edit.field.findData("status"))
    edit.choice.setCurrentIndex(edit.choice.findData("tamamlandı"))
    camera.take_dialog(opened, "multi-edit")
    camera.take_dialog(opened, "table")
    page.list.clear_filters()
    camera.settle(opened)


def receive(camera: Camera, opened: Opened, demo: Path) -> None:
    """A new bundle, one that is here already, one that was changed on the way, and a request."""
    page = inside(opened).exchange
    assert isinstance(page, ReceivePage)
    inside(opened).go_to(EXCHANGE)
    camera.take(opened, "receive")
    known = sorted((demo / BUNDLES_FOLDER).glob("*.izsa"))[0]
    changed = demo / "35-07_changed_0002.izsa"
    data = bytearray(known.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(bytes(data))
    page.inbox.receive([next(demo.glob("35-07_*-new.izsa")), known, changed])
    camera.take(opened, "receive-preview")
    page.tabs.show_part(1)
    camera.take(opened, "districts")
    page.tabs.show_part(0)
    with workplaces.create_workplace(demo / "new", "TUR035020", "Elif Kaya") as new:
        request_enrolment(new, demo / "new.enrol")
    page.inbox.receive([demo / "new.enrol"])
    camera.take_dialog(opened, "accept-computer")


def district(camera: Camera, demo: Path) -> None:
    opened = camera.open(demo / DISTRICTS_FOLDER / "35-07")
    page = inside(opened).projects
    opened.change_language(camera.language)
    camera.settle(opened)
    page = inside(opened).projects
    page.open(page.list.model.index(0).data(0x0100).id)
    camera.take(opened, "district")
    page.editor.form.ensureWidgetVisible(page.editor.form.rows["goals"], 0, 300)
    camera.take(opened, "district-goals")
    page.editor.form.go_to("location")
    page.editor.form.location.pick.setChecked(True)
    page.map.place_picked.emit(38.62, 27.05)
    camera.take(opened, "district-picking")
    page.editor.form.location.pick.setChecked(False)
    page.editor.form.field("unit").setFocus()
    page.editor.save()
    camera.take(opened, "district-saved")
    shown = page.editor.project_id
    assert shown is not None
    page.show_history(shown)
    camera.take_dialog(opened, "history")
    page.print_sheet(shown)
    camera.take_dialog(opened, "sheet")
    send = inside(opened).exchange
    assert isinstance(send, SendPage)
    inside(opened).go_to(EXCHANGE)
    camera.take(opened, "send")
    send.enrol.write_request(demo / "35-07.enrol")
    name = send.send.name.text().replace(".izsa", "-new.izsa")
    send.send.write_bundle(demo / name)
    camera.take(opened, "send-done")
    opened.close()


def form(camera: Camera, demo: Path) -> None:
    """The sections of the form, and what was left unfinished."""
    home = demo / DISTRICTS_FOLDER / "35-07"
    with workplaces.open_workplace(home) as workplace:
        first, second = list_projects(workplace)[:2]
        keep_draft(
            workplace, Draft(first.id, first.heads, {"unit": "Park ve Bahçeler Müdürlüğü", "status": "durduruldu"})
        )
        keep_draft(workplace, Draft(second.id, second.heads, {"title": second.fields.title + " 2"}))
    opened = camera.open(home)
    page, editor = inside(opened).projects, inside(opened).projects.editor
    camera.take_dialog(opened, "unfinished")
    page.open(first.id)
    camera.take(opened, "form-resumed")
    for section in ("goals", "money", "indicators", "evidence", "record"):
        editor.form.go_to_section(section)
        for name in editor.form.sections[section].spec.names:
            if isinstance(rows := editor.form.field(name), RowsField) and not rows.cards:
                rows.add()
        if section == "evidence":
            editor.form.field("evidence").files_wanted.emit(samples(demo))
            camera.settle(opened)
            editor.form.go_to_section(section)
        camera.take(opened, f"form-{section}")
    editor.discard()
    opened.close()


def samples(folder: Path) -> list[Path]:
    """A photo and a document that may be attached, and a file that may not."""
    photo, paper, other = folder / "atik-merkezi.jpg", folder / "protokol.pdf", folder / "program.exe"
    picture = QPixmap(1200, 900)
    sky = QLinearGradient(0, 0, 0, 900)
    for at, colour in ((0.0, "#8ec5e8"), (0.6, "#dcecf4"), (0.61, "#6f9e5a"), (1.0, "#3d6b35")):
        sky.setColorAt(at, QColor(colour))
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), sky)
    painter.end()
    picture.save(str(photo))
    writer = QPdfWriter(str(paper))
    painter = QPainter(writer)
    painter.drawText(400, 400, "Protokol")
    painter.end()
    other.write_bytes(b"MZ\x90\x00")
    return [photo, paper, other]


def importing(camera: Camera, folder: Path) -> None:
    """A messy table on its way in, step by step."""
    home = folder / f"import-{camera.language}"
    workplaces.create_workplace(home, "TUR035012", "Deniz Kaya", camera.language).close()
    opened = camera.open(home)
    wizard = ImportWizard(inside(opened).desk, opened.window)
    wizard.open()
    wizard.resize(1040, 680)  # as on the screens of the offices
    camera.take_step(opened, wizard, "import-1-file")
    table = folder / "projeler.csv"
    table.write_bytes("\r\n".join(MESSY).encode("windows-1254"))
    wizard.read_file(table)
    camera.take_step(opened, wizard, "import-2-columns")
    wizard.next.click()
    camera.take_step(opened, wizard, "import-3-check")
    wizard.next.click()
    camera.take_step(opened, wizard, "import-4-done")
    wizard.accept()
    camera.take(opened, "imported")
    opened.close()


def way_back(camera: Camera, demo: Path) -> None:
    """What two PCs of a district wrote of one project, and what the office's answer brings."""
    home, other = demo / DISTRICTS_FOLDER / "35-07", demo / "second"
    at_odds(demo, home, other, camera.language)
    opened = camera.open(demo / OFFICE_FOLDER)
    inside(opened).go_to(CONFLICTS)
    camera.take(opened, "conflicts")
    inside(opened).go_to(EXCHANGE)
    page = inside(opened).exchange
    assert isinstance(page, ReceivePage)
    page.tabs.show_part(1)
    camera.settle(opened)
    rows = [row for row, one in enumerate(page.districts.model.rows) if one.member.district == BORNOVA]
    page.districts.table.choose(rows[0])
    page.districts.ask_notes()
    camera.take_dialog(opened, "coaching")
    inside(opened).go_to(SETTINGS)
    camera.settle(opened)
    layers = inside(opened).settings.layers
    assert layers is not None
    scroll_to(inside(opened).settings, layers)
    camera.take(opened, "layers")
    opened.close()
    opened = camera.open(home)
    projects = inside(opened).projects
    projects.unfinished.banner.hide()  # of the pictures before
    projects.list.scope.network.click()
    camera.take(opened, "network")
    choose(inside(opened).desk.workplace, "Bahçe", projects.open, network=True)
    camera.take(opened, "network-reads")
    inside(opened).go_to(EXCHANGE)
    send = inside(opened).exchange
    assert isinstance(send, SendPage)
    camera.settle(opened)
    scroll_to(send, send.coaching)
    camera.take(opened, "coaching-notes")
    opened.close()


def at_odds(demo: Path, home: Path, other: Path, language: str) -> None:
    """Enrols a second PC of Bornova; both change the same project, and both send. The office answers in between."""
    answer_file = demo / "answer.izsa"
    with workplaces.open_workplace(demo / OFFICE_FOLDER) as office:
        with workplaces.create_workplace(other, BORNOVA, "Mert Aydın", language) as second:
            request_enrolment(second, demo / "second.enrol")
        accept_enrolment(office, read_request(office, demo / "second.enrol"))
        for project in list_projects(office):
            if project.body not in (BORNOVA, OFFICE):
                review(office, project.id, APPROVED, "")
        for day, text in NOTES[language]:
            write_note(office, BORNOVA, text, day)
        answer(office, BORNOVA, answer_file)
        fingerprint = trust_view(office).trust.fingerprint
    sent = []
    for n, folder in enumerate((home, other)):
        with workplaces.open_workplace(folder) as workplace:
            pin(workplace, fingerprint)
            merge_bundles(workplace, [answer_file])
            project = list_projects(workplace)[0]
            save_project(workplace, project.id, replace(project.fields, **WRITTEN[language][n]))
            sent.append(demo / f"odds-{n}.izsa")
            export_bundle(workplace, sent[-1])
    with workplaces.open_workplace(demo / OFFICE_FOLDER) as office:
        merge_bundles(office, sent)


def scroll_to(page: QWidget, card: QWidget) -> None:
    """Brings a card of a page to the top."""
    scroll = page.findChild(QScrollArea)
    assert scroll is not None
    scroll.verticalScrollBar().setValue(card.y() - 8)


def choose(workplace: Workplace, beginning: str, open_: Callable[[str], None], *, network: bool = False) -> None:
    """Opens the first project whose title begins like this."""
    listed = list_found(workplace, ProjectFilter(network=network))
    open_(next(p.id for p in listed if fold(p.fields.title).startswith(fold(beginning))))


def main() -> None:
    """Makes the demonstration and takes all pictures."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    application = ensure_application()
    for language, look in LOOKS:
        with tempfile.TemporaryDirectory() as folder:
            demo = Path(folder) / "demo"
            make_demo(demo, language)
            camera = Camera(application, target, language, look)
            first_start(camera, Path(folder))
            empty_workplace(camera, Path(folder))
            district(camera, demo)
            form(camera, demo)
            importing(camera, Path(folder))
            office(camera, demo)
            way_back(camera, demo)
    print(f"{len(list(target.glob('*.png')))} pictures in {target}")


if __name__ == "__main__":
    main()
