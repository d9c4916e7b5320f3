"""The one door for messages: a quiet notice inside the window. Good news goes by itself, problems stay until closed."""

from collections.abc import Callable
from dataclasses import dataclass

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import error_text
from izsa_desktop.ui.dialogs.report import ReportDialog
from izsa_desktop.ui.widgets.toasts import Toasts


@dataclass(frozen=True, slots=True)
class Action:
    """What a notice offers to do."""

    label: str
    run: Callable[[], None]


class Notifier:
    """Says things in one language in one window."""

    def __init__(self, toasts: Toasts, t: Translator) -> None:
        self._toasts = toasts
        self._t = t

    def good(self, text: str, action: Action | None = None, about: str = "") -> None:
        """Something went well; it takes the place of what was said ``about`` the same."""
        self._toasts.show_notice(text, "good", self._t("notify.close"), *_spread(action), about=about)

    def problem(self, text: str, action: Action | None = None, about: str = "") -> None:
        """Something did not; it stays until a person closes it, or until what it is ``about`` is settled."""
        self._toasts.show_notice(text, "bad", self._t("notify.close"), *_spread(action), about=about)

    def settled(self, about: str) -> None:
        """A problem is one no longer."""
        self._toasts.settle(about)

    def failed(self, error: Exception, action: Action | None = None, about: str = "") -> None:
        """An operation failed: a known failure with what to do about it, a bug with its report."""
        if not isinstance(error, KnownError):
            action = Action(self._t("notify.report"), lambda: self._report(error))
        self.problem(error_text.sentence(self._t, error), action, about)

    def _report(self, error: Exception) -> None:
        ReportDialog(error_text.report(error), self._t, self._toasts.window()).open()


def _spread(action: Action | None) -> tuple[str, Callable[[], None] | None]:
    return (action.label, action.run) if action else ("", None)
