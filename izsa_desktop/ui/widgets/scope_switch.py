"""Whose projects are listed: the workplace's own, or those of the whole network."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.flow_layout import FlowLayout


class ScopeSwitch(QWidget):
    """Two names beside each other of which one is chosen."""

    changed = Signal(bool)
    """A person wants the whole network, or not any more."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self.setAccessibleName(t("network.scope"))
        self.own = _choice(t("network.own"), t("network.own_tip"))
        self.network = _choice(t("network.all"), t("network.all_tip"))
        self.own.setChecked(True)
        self._group = QButtonGroup(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self)  # in large text there is no room beside each other
        for button in (self.own, self.network):
            self._group.addButton(button)
            flow.addWidget(button)
        self.network.toggled.connect(self.changed)

    def show_scope(self, network: bool) -> None:
        """Marks what is wanted now, without telling anybody."""
        with QSignalBlocker(self.network):
            (self.network if network else self.own).setChecked(True)


def _choice(name: str, tip: str) -> QPushButton:
    button = QPushButton(name)
    button.setCheckable(True)
    button.setProperty("role", "tab")
    button.setToolTip(tip)
    return button
