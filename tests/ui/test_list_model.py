"""The list of projects: quick with very many rows, and painted whatever they hold."""

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.models.project_delegate import ProjectDelegate
from izsa_desktop.ui.models.project_list_model import PROJECT, ProjectListModel
from izsa_desktop.ui.theme import Theme
from tests.support import FIELDS, REFERENCE


def project(n: int, fields: ProjectFields = FIELDS) -> Project:
    return Project(id=f"TUR035007/{n:032x}", fields=fields)


def test_a_hundred_thousand_rows(qtbot: QtBot) -> None:
    model = ProjectListModel("Adsız")
    rows = [project(n) for n in range(100_000)]
    model.set_rows(rows)
    view = QListView()
    qtbot.addWidget(view)
    view.setUniformItemSizes(True)
    view.setModel(model)
    view.show()
    assert model.rowCount() == 100_000
    assert model.index_of(rows[77_777].id).row() == 77_777
    assert model.index(99_999).data(PROJECT) is rows[99_999]
    assert model.project("TUR035007/nobody") is None
    assert not model.index_of(None).isValid()
    assert model.rowCount(model.index(0)) == 0


def test_a_row_without_a_title_is_named() -> None:
    model = ProjectListModel("Adsız")
    model.set_rows([project(1, ProjectFields())])
    assert model.index(0).data() == "Adsız"
    assert model.data(QModelIndex()) is None


def test_rows_are_painted_whatever_they_hold(qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp, "light")
    view = QListView()
    qtbot.addWidget(view)
    delegate = ProjectDelegate(REFERENCE, Translator("tr"), view)
    model = ProjectListModel("Adsız")
    strange = ProjectFields(title="<b>x</b>\n\u202e" * 40, goals=("99", *map(str, range(1, 18))), status="yeni kod")
    model.set_rows([project(1), project(2, strange), project(3, ProjectFields()), project(4, FIELDS)])
    pictures = set()
    for row in range(4):
        image = QImage(320, 90, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 320, 90)
        painter = QPainter(image)
        delegate.paint(painter, option, model.index(row))
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == 3


def test_the_second_line_says_what_is_unknown(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    delegate = ProjectDelegate(REFERENCE, Translator("tr"), view)
    assert delegate.below_title(project(1)) == "Bornova · Kazımdirik · Mayıs 2024"
    unknown = ProjectFields(district="TUR035007", start=UNKNOWN)
    assert delegate.below_title(project(1, unknown)) == "Bornova · başlangıç bilinmiyor"
