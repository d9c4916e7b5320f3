"""What stands in the window when the workplace could not be opened: why, and the way out or another try."""

from collections.abc import Callable
from dataclasses import dataclass

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import error_text
from izsa_desktop.ui.widgets.empty_state import EmptyState


@dataclass(frozen=True, slots=True)
class WayOut:
    """What the button says, what is said of it before, and what it does."""

    label: str
    explained: str
    act: Callable[[], None]


class TroublePage(EmptyState):
    """One sentence, one button."""

    def __init__(self, t: Translator, error: Exception, way: WayOut) -> None:
        super().__init__()
        text = "\n\n".join(filter(None, (error_text.sentence(t, error), way.explained)))
        self.say("circle-alert", t("window.cannot_open"), text, way.label)
        self.wanted.connect(way.act)
