"""Joint work: pairs of projects that look alike, to be answered, and the programmes that come of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from izsa_desktop.domain.joint import ProgrammeFields
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.pairs_pane import PairsPane
from izsa_desktop.ui.pages.programmes_pane import ProgrammesPane
from izsa_desktop.ui.widgets.tabs import Tabs
from izsa_desktop.ui.widgets.text import for_button, plain_label, surface

PAIRS, PROGRAMMES = 0, 1


class JointPage(QWidget):
    """Two parts. ``open_wanted(id)``: a person wants to see a project in the form."""

    open_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        surface(self, "page")
        self.pairs = PairsPane(desk)
        self.programmes = ProgrammesPane(desk)
        self.tabs = Tabs(full=True)
        self.tabs.add("search", t("joint.pairs"), self.pairs)
        self.tabs.add("handshake", t("joint.programmes"), self.programmes)
        for part in (self.pairs, self.programmes):
            part.open_wanted.connect(self.open_wanted)
        self.pairs.programme_wanted.connect(self._write)
        self.programmes.counted.connect(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 0)
        head.addWidget(plain_label(t("joint.title"), role="page"))
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)

    def show_programmes(self) -> None:
        """Goes to the programmes, the keyboard with it."""
        self.tabs.show_part(PROGRAMMES)
        self.programmes.list.view.setFocus()

    def _write(self, fields: ProgrammeFields) -> None:
        """Shows what a programme would be; the part of the programmes comes into sight when it is stored."""
        self.programmes.write("", fields, then=self.show_programmes)

    def _count(self, waiting: int) -> None:
        t = self._desk.t
        name = t("joint.programmes_waiting", count=waiting) if waiting else t("joint.programmes")
        self.tabs.buttons[PROGRAMMES].setText(for_button(name))
