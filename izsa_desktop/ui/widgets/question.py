"""A question across the window it is about: what is done, and a way out. Never a box on top of everything."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.text import plain_label


class Question(QFrame):
    """Hidden until it is asked; the harmless answer has the focus."""

    def __init__(self, yes: str, no: str) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("kind", "warn")
        self.text = plain_label(wrap=True)
        self.yes, self.no = QPushButton(yes), QPushButton(no)
        self._run: Callable[[], object] | None = None
        for button in (self.yes, self.no):
            button.setAutoDefault(False)
        self.yes.setProperty("role", "primary")
        self.yes.clicked.connect(self._answer)
        self.no.clicked.connect(self.leave)
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 9, 18, 9)
        line.setSpacing(10)
        line.addWidget(icons.label("circle-alert", "warn", 18))
        line.addWidget(self.text, 1)
        line.addWidget(self.no)
        line.addWidget(self.yes)
        self.hide()

    def ask(self, text: str, run: Callable[[], object]) -> None:
        """``run`` is called when the answer is yes."""
        self.text.setText(visible(text))
        self._run = run
        self.show()
        self.no.setFocus()

    def leave(self) -> None:
        """The answer is no."""
        self._run = None
        self.hide()

    def _answer(self) -> None:
        run = self._run
        self.leave()
        if run is not None:
            run()
