"""Views: filters with a name, to be kept, renamed and forgotten."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.text import normal
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.finding import View, drop_view, keep_view, rename_view

_LONGEST = 60


class ViewsDialog(QDialog):
    """Takes the views and the filter of now; every change is kept at once and told by ``changed``."""

    changed = Signal(list)

    def __init__(self, views: Sequence[View], wanted: ProjectFilter, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.t("views.title"))
        self.resize(420, 380)
        self._desk, self._wanted = desk, wanted
        t = desk.t
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.name.setPlaceholderText(t("views.name"))
        self.name.setAccessibleName(t("views.name"))
        self.keep = QPushButton(t("views.keep"))
        self.keep.setProperty("role", "primary")
        self.keep.setEnabled(False)
        self.keep.setAutoDefault(True)
        self.list = QListWidget()
        self.list.setAccessibleName(t("views.title"))
        self.rename = QPushButton(t("views.rename"))
        self.drop = QPushButton(t("views.drop"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(plain_label(t("views.help"), role="soft", wrap=True))
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.keep)
        layout.addLayout(first)
        layout.addWidget(self.list, 1)
        last = QHBoxLayout()
        last.addWidget(self.rename)
        last.addWidget(self.drop)
        last.addStretch(1)
        last.addWidget(buttons)
        layout.addLayout(last)
        self.name.textChanged.connect(lambda text: self.keep.setEnabled(bool(normal(text))))
        self.name.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.rename.clicked.connect(lambda: self.list.editItem(self.list.currentItem()))
        self.drop.clicked.connect(self._drop)
        QShortcut(QKeySequence.StandardKey.Delete, self.list, self._drop, context=Qt.ShortcutContext.WidgetShortcut)
        self.list.itemChanged.connect(self._renamed)
        self.list.currentRowChanged.connect(lambda _row: self._offer())
        buttons.rejected.connect(self.reject)
        self._show(views)

    def _show(self, views: Sequence[View]) -> None:
        at = max(0, self.list.currentRow())
        with QSignalBlocker(self.list):
            self.list.clear()
            for view in views:
                item = QListWidgetItem(view.name)
                item.setData(Qt.ItemDataRole.UserRole, view.name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(item)
            self.list.setCurrentRow(min(at, self.list.count() - 1))
        self._offer()

    def _offer(self) -> None:
        for button in (self.rename, self.drop):
            button.setEnabled(self.list.currentItem() is not None)

    def _kept(self, views: list[View]) -> None:
        self._show(views)
        self.changed.emit(views)

    def _keep(self) -> None:
        name, workplace = normal(self.name.text()), self._desk.workplace
        if not name:
            return
        view = View(name, self._wanted)
        self.name.clear()
        self._desk.tasks.run(self, lambda: keep_view(workplace, view), self._kept)

    def _renamed(self, item: QListWidgetItem) -> None:
        old, new, workplace = item.data(Qt.ItemDataRole.UserRole), normal(item.text())[:_LONGEST], self._desk.workplace
        self._desk.tasks.run(self, lambda: rename_view(workplace, old, new or old), self._kept)

    def _drop(self) -> None:
        item, workplace = self.list.currentItem(), self._desk.workplace
        if item is not None:
            name = item.data(Qt.ItemDataRole.UserRole)
            self._desk.tasks.run(self, lambda: drop_view(workplace, name), self._kept)
