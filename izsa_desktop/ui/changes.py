"""After something was changed, everybody who shows that kind of thing hears of it; the initiator is named."""

from PySide6.QtCore import QObject, Signal

PROJECTS, BUNDLES, TRUST, SETTINGS, COACHING = "projects", "bundles", "trust", "settings", "coaching"


class Changes(QObject):
    """``changed(kinds, initiator)``: an initiator that shows the news already need not reload."""

    changed = Signal(frozenset, object)

    def announce(self, *kinds: str, by: object) -> None:
        """Things of these kinds are not as they were."""
        self.changed.emit(frozenset(kinds), by)
