"""What every page works with. Pages get this, never the window."""

from dataclasses import dataclass
from datetime import datetime

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.changes import Changes
from izsa_desktop.ui.notify import Notifier
from izsa_desktop.ui.settings import Settings
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.theme import Theme
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True)
class Desk:
    """An open workplace in one language, and the services of the window around it."""

    workplace: Workplace
    t: Translator
    tasks: Tasks
    notify: Notifier
    changes: Changes
    settings: Settings
    theme: Theme

    @property
    def office(self) -> bool:
        """True at the metropolitan office."""
        return self.workplace.identity.office

    @property
    def body_name(self) -> str:
        """The municipality that works here."""
        return body_name(self, self.workplace.identity.body)


def body_name(desk: Desk, code: str) -> str:
    """A reporting body as people say it: "Bornova Belediyesi", "İzmir Büyükşehir Belediyesi"."""
    reference, t = desk.workplace.reference, desk.t
    if code == reference.province.code:
        return t("sheet.body_office")
    return t("sheet.body_district", name=reference.district_name(code))


def local_day(t: Translator, utc: str) -> str:
    """The day of a record's time in this PC's zone; nothing where there is none."""
    try:
        return t.date(f"{datetime.fromisoformat(utc).astimezone():%Y-%m-%d}")
    except (ValueError, OverflowError):
        return ""


def local_time(t: Translator, utc: str) -> str:
    """A record's time as people here read it: date and time of this PC's zone."""
    try:
        here = datetime.fromisoformat(utc).astimezone()
    except (ValueError, OverflowError):
        return utc
    return f"{t.date(f'{here:%Y-%m-%d}')} {here:%H:%M}"
