"""Photos, documents and links of a project: dropped, chosen or typed, each with its words.

The field knows neither disk nor worker: it asks (``files_wanted``, ``choose_wanted``, ``open_wanted``,
``preview_wanted``), and ``pages.evidence_work`` does it.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.errors import BadLink
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.drop_zone import DropZone
from izsa_desktop.ui.widgets.evidence_item import EvidenceItem
from izsa_desktop.ui.widgets.fields import LineField
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.evidence import link


class EvidenceField(QWidget):
    """The evidence of a project as a tuple of ``Evidence``, in the order in which it was added."""

    edited = Signal()
    controls_changed = Signal()
    files_wanted = Signal(list)
    """Paths to attach."""
    choose_wanted = Signal()
    """Somebody wants to be asked for files."""
    open_wanted = Signal(Evidence)
    preview_wanted = Signal(Evidence)

    def __init__(self, reference: Reference, t: Translator) -> None:
        super().__init__()
        self._licences, self._t = reference.vocabularies["licence"], t
        self._read_only = False
        self._count = 0
        self._pool: list[EvidenceItem] = []
        self.zone = DropZone(t("evidence.drop_here"), t("evidence.add_files"))
        self.zone.button.setProperty("role", "")
        icons.put(self.zone.button, "folder-open", "text", 16)
        self.address = LineField(t("evidence.link_hint"), 500)
        self.address.setAccessibleName(t("evidence.link_label"))
        self.add_link = QPushButton(t("evidence.add_link"))
        icons.put(self.add_link, "link", "text", 16)
        self.problem = plain_label(role="bad", wrap=True)
        self.problem.hide()
        self._items = QVBoxLayout()
        self._items.setSpacing(8)
        self._lay_out()
        self.zone.dropped.connect(self.files_wanted)
        self.zone.choose.connect(self.choose_wanted)
        self.add_link.clicked.connect(self._add_link)
        self.address.returnPressed.connect(self._add_link)
        self.address.edited.connect(self.problem.hide)
        hand_on(self, self.zone.button)

    @property
    def items(self) -> list[EvidenceItem]:
        """The items that are shown."""
        return self._pool[: self._count]

    def value(self) -> tuple[Evidence, ...]:
        return tuple(item.value() for item in self.items)

    def set_value(self, value: tuple[Evidence, ...]) -> None:
        before = tuple(item.key for item in self.items)
        while len(self._pool) < len(value):
            self._pool.append(self._new_item())
        self._count = len(value)
        for n, item in enumerate(self._pool):
            item.setVisible(n < self._count)
        for n, evidence in enumerate(value):
            self._pool[n].show_evidence(evidence)
            if not evidence.link and before[n : n + 1] != (evidence.key,):
                self.preview_wanted.emit(evidence)
        if before != tuple(evidence.key for evidence in value):
            self.controls_changed.emit()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for part in (self.zone, self.address, self.add_link):
            part.setVisible(not read_only)
        self.problem.hide()
        for item in self._pool:
            item.set_read_only(read_only)

    def add(self, evidence: Evidence) -> bool:
        """Puts one behind the others, as a change of the person who asked for it; False where it is already."""
        if any(item.key == evidence.key for item in self.items):
            return False
        self.set_value((*self.value(), evidence))
        self.edited.emit()
        return True

    def set_preview(self, key: str, picture: QPixmap) -> None:
        """The small picture of a file that is shown, as long as it is."""
        for item in self.items:
            if item.key == key:
                item.set_preview(picture)

    def set_state(self, key: str, state: str) -> None:
        """What is wrong with a stored file: ``evidence_item.WAITING`` or ``DAMAGED``."""
        for item in self.items:
            if item.key == key:
                item.set_state(state)

    def _new_item(self) -> EvidenceItem:
        item = EvidenceItem(self._licences, self._t)
        item.set_read_only(self._read_only)
        item.edited.connect(self.edited)
        item.open_wanted.connect(lambda: self.open_wanted.emit(item.value()))
        item.remove_wanted.connect(lambda: self._remove(item))
        self._items.addWidget(item)
        return item

    def _remove(self, item: EvidenceItem) -> None:
        """The focus goes to the next one's button, so that several can be removed by the keyboard."""
        at = self.items.index(item)
        self.set_value(tuple(other.value() for other in self.items if other is not item))
        left = self.items
        (left[min(at, len(left) - 1)].remove if left else self.zone.button).setFocus()
        self.edited.emit()

    def _add_link(self) -> None:
        if not self.address.value().strip():
            self.address.setFocus()
            return
        try:
            self.add(link(self.address.value()))
        except BadLink as e:
            self.problem.setText(self._t.error(e))
            self.problem.show()
        else:
            self.address.set_value("")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.address, 1)
        line.addWidget(self.add_link)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._items)
        layout.addWidget(self.zone)
        layout.addLayout(line)
        layout.addWidget(self.problem)
