"""The way in: an action for whichever menu or bar wants it."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.import_wizard.wizard import ImportWizard


def import_action(desk: Desk, owner: QWidget) -> QAction:
    """Opens the wizard over the owner's window; Ctrl+I wherever the owner is shown."""
    action = QAction(f"{desk.t('import.open_action')}\tCtrl+I", owner)  # Qt's own Turkish would say "Kontrol"
    action.setShortcut(QKeySequence("Ctrl+I"))
    action.triggered.connect(lambda: ImportWizard(desk, owner.window()).open())
    owner.addAction(action)
    return action
