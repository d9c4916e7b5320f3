"""The list of projects: quick with very many rows, and painted whatever they hold."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from izsa_desktop.db.finding import Found
from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.models.lazy_rows import LazyRows
from izsa_desktop.ui.models.project_delegate import ProjectDelegate
from izsa_desktop.ui.models.project_list_model import PROJECT, ProjectListModel
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.theme import Theme
from izsa_desktop.ui.widgets.list_view import ListView
from izsa_desktop.usecases.finding import Answer, Row
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import FIELDS, REFERENCE


@pytest.fixture
def model(tmp_path: Path, qtbot: QtBot) -> Iterator[ProjectListModel]:
    """An empty list of a workplace without projects."""
    with create_workplace(tmp_path / "w", "TUR035007", "Ayşe") as workplace:
        tasks = Tasks()
        yield ProjectListModel(LazyRows(workplace, tasks), "Adsız")
        tasks.close()


def project(n: int, fields: ProjectFields = FIELDS) -> Project:
    return Project(id=f"TUR035007/{n:032x}", fields=fields, heads=("ab" * 32,))


def answer(count: int, *projects: Project, marked: tuple[str, ...] = ()) -> Answer:
    """An answer of so many rows, of which the first ones came with it."""
    rows = {n: Row(one, "", marked) for n, one in enumerate(projects, start=1)}
    return Answer(ProjectFilter(), Found(np.arange(1, count + 1), count, marks=marked), rows)


def test_a_hundred_thousand_rows(model: ProjectListModel, qtbot: QtBot) -> None:
    view = ListView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(ProjectDelegate(REFERENCE, Translator("tr"), view))
    view.fit_rows()
    view.show()
    model.show(answer(100_000, *(project(n) for n in range(40))))
    assert model.rowCount() == 100_000
    assert model.index(39).data(PROJECT) == project(39)
    assert model.index_of(project(39).id).row() == 39
    assert model.project("TUR035007/nobody") is None
    assert not model.index_of(None).isValid()
    assert model.rowCount(model.index(0)) == 0
    asked: list[int] = []
    rows = model.rowCount
    model.rowCount = lambda *of: asked.append(1) or rows(*of)  # type: ignore[method-assign, func-returns-value]
    model.show(answer(100_000))
    QApplication.processEvents()
    assert len(asked) < 1000  # a view that asks for each row stops the window


def test_a_row_that_is_not_there_is_asked_for_once(model: ProjectListModel, qtbot: QtBot) -> None:
    model.show(answer(3))
    with qtbot.waitSignal(model.dataChanged):
        assert model.index(1).data() == "…"
    with qtbot.assertNotEmitted(model.dataChanged, wait=50):
        assert model.index(1).data() == "…"
    assert model.index(1).data(PROJECT) is None


def test_a_row_without_a_title_is_named(model: ProjectListModel) -> None:
    model.show(answer(1, project(1, ProjectFields())))
    assert model.index(0).data() == "Adsız"
    assert model.data(QModelIndex()) is None


def painted(delegate: ProjectDelegate, index: QModelIndex) -> QImage:
    image = QImage(320, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 320, 90)
    painter = QPainter(image)
    delegate.paint(painter, option, index)
    painter.end()
    return image


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_rows_are_painted_whatever_they_hold(model: ProjectListModel, qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp, "light")
    view = ListView()
    qtbot.addWidget(view)
    delegate = ProjectDelegate(REFERENCE, Translator("tr"), view)
    strange = ProjectFields(title="<b>x</b>\n\u202e" * 40, goals=("99", *map(str, range(1, 18))), status="yeni kod")
    model.show(answer(5, project(1), project(2, strange), project(3, ProjectFields()), project(4, FIELDS)))
    images = [painted(delegate, model.index(row)) for row in range(5)]  # kept: their bits go with them
    pictures = [bytes(image.constBits()) for image in images]
    assert len(set(pictures)) == 4
    assert pictures[0] == pictures[3]


def test_what_was_sought_is_marked(model: ProjectListModel, qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp, "light")
    view = ListView()
    qtbot.addWidget(view)
    delegate = ProjectDelegate(REFERENCE, Translator("tr"), view)
    model.show(answer(1, project(1)))
    plain = colors(painted(delegate, model.index(0)))
    model.show(answer(1, project(1), marked=("yagmur",)))
    assert "#ffe9a8" in colors(painted(delegate, model.index(0))) - plain


def test_the_second_line_says_what_is_unknown(qtbot: QtBot) -> None:
    view = ListView()
    qtbot.addWidget(view)
    delegate = ProjectDelegate(REFERENCE, Translator("tr"), view)
    assert delegate.below_title(project(1)) == "Bornova · Kazımdirik · Mayıs 2024"
    unknown = ProjectFields(district="TUR035007", start=UNKNOWN)
    wrong = structs.replace(FIELDS, review="düzeltme istendi")
    assert delegate.below_title(project(1, wrong)).startswith("Düzeltme istendi · Bornova"), "fresh is not right"
    assert delegate.below_title(project(1, unknown)) == "Bornova · başlangıç bilinmiyor"
