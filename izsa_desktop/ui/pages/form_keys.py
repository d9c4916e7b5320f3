"""The keys of the form: steps back and forth, from section to section."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from izsa_desktop.ui.widgets.form_layout import SECTIONS
from izsa_desktop.ui.widgets.project_form import ProjectForm


def wire_keys(owner: QWidget, form: ProjectForm) -> None:
    """Ctrl keys are in force inside ``owner``; Alt and a number lead to the form from wherever the keyboard is."""
    for keys, act in (
        ("Ctrl+Z", form.history.undo),
        ("Ctrl+Y", form.history.redo),
        ("Ctrl+Shift+Z", form.history.redo),
        ("Ctrl+PgDown", lambda: form.step_section(1)),
        ("Ctrl+PgUp", lambda: form.step_section(-1)),
    ):
        QShortcut(QKeySequence(keys), owner, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    for n, section in enumerate(SECTIONS[:10], start=1):
        QShortcut(QKeySequence(f"Alt+{n % 10}"), owner, lambda name=section.name: form.go_to_section(name))
