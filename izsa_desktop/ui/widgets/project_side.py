"""A project to be compared with another one: whose it is, what it is for, when, which goals it serves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.widgets.text import plain_label

_MOST_PURPOSE = 1200
"""Characters of the purpose; the form has all of it."""


class ProjectSide(QFrame):
    """``open_wanted(id)``: a person wants to see the record in the form."""

    open_wanted = Signal(str)

    def __init__(self, side: str, desk: Desk) -> None:
        """``side``: what people call this side."""
        super().__init__()
        self.setObjectName("card")
        self._desk, self._id, self._side = desk, "", side
        self.title = plain_label(role="heading", wrap=True)
        self.about = plain_label(role="soft", wrap=True)
        self.facts = plain_label(wrap=True)
        self.purpose = plain_label(wrap=True, selectable=True)
        self.open = QPushButton(desk.t("joint.open"))
        self.open.setProperty("role", "link")
        icons.put(self.open, "pencil", "accent", 14)
        self.open.clicked.connect(lambda: self.open_wanted.emit(self._id))
        head = QHBoxLayout()
        head.addWidget(plain_label(side, role="note"), 0, Qt.AlignmentFlag.AlignLeft)
        head.addStretch(1)
        head.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(8)
        column.addLayout(head)
        for label in (self.title, self.about, self.facts, self.purpose):
            column.addWidget(label)
        column.addStretch(1)

    def show_project(self, project: Project) -> None:
        """Shows this project."""
        t = self._desk.t
        self._id = project.id
        title = " ".join(visible(project.fields.title).split()) or t("list.untitled")
        self.title.setText(title)
        self.open.setAccessibleName(t("joint.open_named", title=title))
        shared = t("joint.of_catalogue") if project.shared else ""
        about = body_name(self._desk, project.body), project.number, shared
        self.about.setText(" · ".join(filter(None, map(visible, about))))
        self.facts.setText("\n".join(self._facts(project)))
        purpose = visible(project.fields.purpose)
        cut = purpose if len(purpose) <= _MOST_PURPOSE else f"{purpose[:_MOST_PURPOSE]}…"
        self.purpose.setText(cut or t("joint.no_purpose"))

    def _facts(self, project: Project) -> list[str]:
        t, known, f = self._desk.t, self._desk.workplace.reference, project.fields
        first, last = t.date(f.start or f.start_planned), t.date(f.end or f.end_planned)
        dates = t("joint.dates", first=first or "…", last=last or "…") if first or last else ""
        goals = ", ".join(f"{code} {known.goal_name(code, t.language)}" for code in f.goals)
        facts = (
            ("start", dates),
            ("status", known.vocabularies["status"].label(f.status, t.language) if f.status else ""),
            ("goals", goals),
            ("theme", known.vocabularies["theme"].label(f.theme, t.language) if f.theme else ""),
            ("place", ", ".join(filter(None, (f.neighbourhood, f.place)))),
        )
        return [
            t("joint.fact", name=t(f"joint_fact.{name}"), value=" ".join(visible(value).split()))
            for name, value in facts
            if value
        ]
