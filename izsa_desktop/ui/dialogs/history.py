"""The history of a project: its versions at the left, at the right what one changed, and the way back to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListView, QPushButton, QSplitter, QVBoxLayout, QWidget

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.domain.project import Project
from izsa_desktop.ui import changes, error_text, icons
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.dialogs.erase import EraseDialog
from izsa_desktop.ui.models.version_delegate import MARK, WHAT, WHEN, WHO, VersionDelegate
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.difference_view import DifferenceView
from izsa_desktop.ui.widgets.fields import QuietCombo
from izsa_desktop.ui.widgets.question import Question
from izsa_desktop.ui.widgets.text import plain_label, surface
from izsa_desktop.usecases import erasure, history
from izsa_desktop.usecases.erasure import Erased, Forget
from izsa_desktop.usecases.history import Comparison, Version
from izsa_desktop.usecases.projects import get_project, may_edit

_VERSION = Qt.ItemDataRole.UserRole


class HistoryDialog(QDialog):
    """Reads on the worker. Whoever goes back to a version, does it here, and can undo it here."""

    def __init__(self, project: Project, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._project = desk, project
        self._versions: list[Version] = []
        self._comparing: Task[Comparison] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        t = desk.t
        self.setWindowTitle(t("history.title"))
        self._letter = self.fontMetrics().averageCharWidth()
        self.resize(
            min(max(1040, 130 * self._letter), parent.width()), min(max(660, 80 * self._letter), parent.height())
        )
        self.list = QListView()
        self.list.setObjectName("versions")
        self.list.setAccessibleName(t("history.versions"))
        self.list.setItemDelegate(VersionDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setModel(QStandardItemModel(self.list))
        self.other = QuietCombo()
        self.erased = plain_label(role="warn", wrap=True)
        self.view = DifferenceView(t)
        self.said = Banner()
        self.question = Question(t("history.do"), t("history.leave"))
        self.back = QPushButton(t("history.back"))
        icons.put(self.back, "history", "text", 16)
        self.forget = QPushButton(t("kvkk.offer"))
        icons.put(self.forget, "trash-2", "text", 16)
        self._own = may_edit(desk.workplace, project)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.other.activated.connect(lambda _index: self._compare())
        self.back.clicked.connect(self._ask)
        self.forget.clicked.connect(self._offer_erasing)
        desk.theme.changed.connect(self.view.draw)
        self._read()

    # --- reading -----------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Version | None:
        """The version that is looked at."""
        found: Version | None = self.list.currentIndex().data(_VERSION)
        return found

    def _read(self) -> None:
        workplace, id_ = self._desk.workplace, self._project.id
        self._desk.tasks.run(self, lambda: history.versions(workplace, id_), self._show)

    def _show(self, versions: list[Version]) -> None:
        self._versions = versions
        model = self.list.model()
        assert isinstance(model, QStandardItemModel)
        model.clear()
        for version in reversed(versions):
            model.appendRow(self._item(version))
        self.other.clear()
        self.other.addItem(self._desk.t("history.with_before"), "")
        for version in reversed(versions):
            self.other.addItem(f"{self._name(version)} · {local_time(self._desk.t, version.wall)}", version.id)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(model.index(0, 0), flags)

    def _item(self, version: Version) -> QStandardItem:
        t = self._desk.t
        pc = t("history.own_pc") if version.own else t("history.other_pc", pc=version.pc)
        texts = {
            WHEN: local_time(t, version.wall),
            WHO: t("history.by", person=version.author, pc=pc),
            WHAT: self._summary(version),
            MARK: self._mark(version),
        }
        item = QStandardItem()
        for role, text in texts.items():
            item.setData(text, role)
        item.setData(version, _VERSION)
        spoken = ". ".join(filter(None, (self._name(version), *texts.values())))
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def _name(self, version: Version) -> str:
        return self._desk.t("history.number", number=version.number)

    def _mark(self, version: Version) -> str:
        t = self._desk.t
        if version.parked:
            return t("history.parked")
        return t("history.now") if version.now else t("history.first") if version.number == 1 else ""

    def _summary(self, version: Version) -> str:
        t = self._desk.t
        fields = ", ".join(t.field(name) for name in version.fields)
        sentences = []
        if version.binned is not None:
            sentences.append(t("history.put_away") if version.binned else t("history.brought_back"))
        if fields:
            first = version.number == 1
            sentences.append(t("history.created", fields=fields) if first else t("history.changed", fields=fields))
        return " ".join(sentences) or t("history.settled")

    # --- comparing ----------------------------------------------------------------------------------------------------

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.question.hide()
            self._compare()

    def _compare(self) -> None:
        """What the chosen version changed, or how it differs from the one chosen above."""
        version, other = self.chosen, str(self.other.currentData() or "")
        if version is None:
            return
        if self._comparing is not None:
            self._comparing.cancel()
        workplace, id_ = self._desk.workplace, self._project.id
        compare: Callable[[], Comparison] = partial(history.changed_by, workplace, id_, version.id)
        if other:
            first, second = sorted((self._version(other), version), key=lambda v: v.number)
            compare = partial(history.compare, workplace, id_, first.id, second.id)
        self._comparing = self._desk.tasks.run(self, compare, self._compared)

    def _version(self, id_: str) -> Version:
        return next(version for version in self._versions if version.id == id_)

    def _compared(self, found: Comparison) -> None:
        t, version = self._desk.t, self.chosen
        self.view.show_told(found.told, t("history.none") if self.other.currentData() else t("history.none_here"))
        erased = ", ".join(t.field(name) for name in version.erased) if version else ""
        self.erased.setText(t("history.erased", fields=erased) if erased else "")
        self.erased.setVisible(bool(erased))
        self.back.setEnabled(self._own and version is not None and not version.parked)

    # --- going back ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        version = self.chosen
        if version is not None:
            date = local_time(self._desk.t, version.wall)
            self.question.ask(self._desk.t("history.ask", date=date), lambda: self.restore(version))

    def restore(self, version: Version) -> None:
        """Writes the project as it was."""
        workplace, id_ = self._desk.workplace, self._project.id
        heads = [one.id for one in self._versions if one.now]

        def done(project: Project) -> None:
            t = self._desk.t
            if set(project.heads) == set(heads):
                self.said.say("info", t("history.nothing_new"))
                return
            date = local_time(t, version.wall)
            undo = partial(self._undo, heads)
            self.said.say("circle-check", t("history.restored", date=date), "good", t("history.undo"), undo)
            self._changed(project)

        self._desk.tasks.run(self, lambda: history.restore_version(workplace, id_, version.id), done, self._failed)

    def _undo(self, heads: list[str]) -> None:
        workplace, id_ = self._desk.workplace, self._project.id

        def done(project: Project) -> None:
            self.said.say("circle-check", self._desk.t("history.undone"), "good")
            self._changed(project)

        self._desk.tasks.run(self, lambda: history.undo_restore(workplace, id_, heads), done, self._failed)

    def _failed(self, error: Exception) -> None:
        """Said here: a notice of the window would stand behind this one."""
        if isinstance(error, KnownError):
            self.said.say("circle-alert", error_text.sentence(self._desk.t, error), "bad")
        else:
            self._desk.notify.failed(error)

    def _changed(self, project: Project) -> None:
        self._project = project
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self._read()

    # --- forgetting ---------------------------------------------------------------------------------------------------

    def _offer_erasing(self) -> None:
        workplace, project = self._desk.workplace, self._project

        def show(found: dict[str, tuple[str, ...]]) -> None:
            dialog = EraseDialog(project, found, self._desk.t, self)
            dialog.wanted.connect(self.erase)
            dialog.open()

        self._desk.tasks.run(self, lambda: erasure.erasable_fields(workplace, project.id), show)

    def erase(self, wanted: Forget) -> None:
        """Forgets it, and says what is left to do."""
        workplace, id_ = self._desk.workplace, self._project.id

        def forget() -> tuple[Erased, Project]:
            return erasure.erase(workplace, id_, wanted), get_project(workplace, id_)

        def done(found: tuple[Erased, Project]) -> None:
            erased, project = found
            self.said.say(
                "circle-check", " ".join(erasure.told(erased, self._desk.t, office=self._desk.office)), "good"
            )
            self._changed(project)

        self.said.say("info", self._desk.t("kvkk.erasing"))
        self._desk.tasks.run(self, forget, done, self._failed)

    def reject(self) -> None:
        """Escape leaves the question before it leaves the window."""
        if self.question.isVisible():
            self.question.leave()
            self.back.setFocus()
        else:
            super().reject()

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(self._right())
        parts.setStretchFactor(1, 1)
        self.list.setMinimumWidth(24 * self._letter)
        left = min(42 * self._letter, self.width() * 2 // 5)
        parts.setSizes([left, self.width() - left])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        for part in (self.said, self.question):
            layout.addWidget(part)
        layout.addWidget(parts, 1)
        layout.addWidget(self._foot())
        self.list.setFocus()

    def _head(self) -> QVBoxLayout:
        t = self._desk.t
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 12)
        head.setSpacing(3)
        head.addWidget(plain_label(self._project.fields.title or t("list.untitled"), role="title", wrap=True))
        head.addWidget(plain_label(t("history.intro"), role="soft", wrap=True))
        return head

    def _right(self) -> QWidget:
        t = self._desk.t
        label = plain_label(t("history.with"), role="field")
        label.setBuddy(self.other)
        self.other.setAccessibleName(t("history.with"))
        above = QHBoxLayout()
        above.setContentsMargins(18, 10, 18, 8)
        above.setSpacing(8)
        self.other.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToContents)
        above.addWidget(label)
        above.addWidget(self.other)
        above.addStretch(1)
        legend = plain_label(t("history.legend"), role="soft", wrap=True)
        legend.setContentsMargins(18, 6, 18, 10)
        self.erased.setContentsMargins(18, 0, 18, 6)
        self.erased.hide()
        right = QWidget()
        surface(right, "form")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.erased)
        column.addWidget(self.view, 1)
        column.addWidget(legend)
        return right

    def _foot(self) -> QFrame:
        t = self._desk.t
        foot = QFrame()
        foot.setObjectName("foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(18, 10, 18, 12)
        line.setSpacing(8)
        self.forget.setVisible(self._own or self._desk.office)
        line.addWidget(self.forget)
        if not self._own:
            line.addWidget(plain_label(t("history.read_only"), role="soft", wrap=True), 1)
        line.addStretch(1)
        close = QPushButton(t("history.close"))
        close.clicked.connect(self.reject)
        self.back.setVisible(self._own)
        for button in (self.forget, self.back, close):
            button.setAutoDefault(False)
        line.addWidget(self.back)
        line.addWidget(close)
        return foot
