"""What the evidence field asks for: files are read, judged and stored on the worker, previews come from there.

A file that arrives after another project was opened (``leave``) belongs to nobody: it is not put into that one.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap

from izsa_desktop.attachments.kinds import EXTENSIONS
from izsa_desktop.domain.errors import AttachmentDamaged, AttachmentMissing, BadLink, KnownError
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_open
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.widgets.evidence_field import EvidenceField
from izsa_desktop.ui.widgets.evidence_item import DAMAGED, WAITING
from izsa_desktop.usecases.evidence import Attached, attach, export_copy, link, thumbnail
from izsa_desktop.usecases.progress import Progress
from izsa_desktop.usecases.workplace import Workplace

Outcome = Attached | KnownError
_CACHED = 80
"""Previews that are kept in memory, each at most 256 × 256 pixels."""


class EvidenceWork(QObject):
    """Serves one field. ``open_url`` hands an address to the system."""

    def __init__(
        self, desk: Desk, field: EvidenceField, open_url: Callable[[QUrl], object] = QDesktopServices.openUrl
    ) -> None:
        super().__init__(field)
        self._desk, self._field, self._open_url = desk, field, open_url
        self._previews: OrderedDict[str, QPixmap] = OrderedDict()
        self._under_way: set[Task[list[Outcome]]] = set()
        field.files_wanted.connect(self.attach)
        field.choose_wanted.connect(self._choose)
        field.open_wanted.connect(self.open)
        field.preview_wanted.connect(self._preview)
        for item in field.items:
            if not item.value().link:
                self._preview(item.value())

    def leave(self) -> None:
        """Another project is shown from here on; what is still under way was not meant for it."""
        if any(not task.cancelled for task in self._under_way):
            self._desk.notify.problem(self._desk.t("evidence.left"))
        for task in self._under_way:
            task.cancel()
        self._under_way.clear()

    def attach(self, paths: list[Path]) -> None:
        """Stores files and puts those that may be attached into the field; says of every other one why not."""
        workplace = self._desk.workplace
        task = self._desk.tasks.watch(
            self._field,
            self._desk.t("evidence.working"),
            lambda progress: _attach_all(workplace, paths, progress),
            lambda outcomes: self._attached(task, outcomes),
            lambda error: self._not_attached(task, error),
        )
        self._under_way.add(task)

    def open(self, evidence: Evidence) -> None:
        """Shows a copy of the file, or the link, in the program that the system has for it."""
        workplace, folder = self._desk.workplace, _copies()
        if evidence.link:
            self._open_link(evidence.link)
            return
        self._desk.tasks.run(
            self._field,
            lambda: export_copy(workplace, evidence, folder),
            self._hand_over,
        )

    def _open_link(self, address: str) -> None:
        """A received record may name a program or a file where a link belongs; the system would start it."""
        try:
            self._open_url(QUrl(link(address).link))
        except BadLink as e:
            self._desk.notify.failed(e)

    def _hand_over(self, copy: Path) -> None:
        self._open_url(QUrl.fromLocalFile(str(copy)))

    def _choose(self) -> None:
        t = self._desk.t
        kinds = t("evidence.kinds", extensions=" ".join(f"*.{extension}" for extension in EXTENSIONS))
        ask_open(self._field, self._desk.settings, t("evidence.choose_title"), kinds, self.attach)

    def _attached(self, task: Task[list[Outcome]], outcomes: list[Outcome]) -> None:
        self._under_way.discard(task)
        for outcome in outcomes:
            if isinstance(outcome, Attached):
                self._take(outcome)
            else:
                self._desk.notify.failed(outcome)

    def _not_attached(self, task: Task[list[Outcome]], error: Exception) -> None:
        self._under_way.discard(task)
        self._desk.notify.failed(error)

    def _take(self, attached: Attached) -> None:
        t, evidence = self._desk.t, attached.evidence
        if not self._field.add(evidence):
            self._field.set_state(evidence.key, "")  # it may have been missing or damaged until now
            self._preview(evidence)
            self._desk.notify.good(t("evidence.already", name=evidence.name))
        elif attached.shrunk:
            before, after = t.size(attached.original_size), t.size(evidence.size or 0)
            self._desk.notify.good(t("evidence.shrunk", name=evidence.name, before=before, after=after))
        elif attached.cleaned:
            self._desk.notify.good(t("evidence.cleaned", name=evidence.name))

    def _preview(self, evidence: Evidence) -> None:
        if evidence.key in self._previews:
            self._field.set_preview(evidence.key, self._previews[evidence.key])
            return
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self._field,
            lambda: thumbnail(workplace, evidence),
            lambda data: self._show_preview(evidence, data),
            lambda error: self._no_preview(evidence, error),
        )

    def _show_preview(self, evidence: Evidence, data: bytes | None) -> None:
        picture = QPixmap()
        if data is not None and picture.loadFromData(data):
            self._previews[evidence.key] = picture
            while len(self._previews) > _CACHED:
                self._previews.popitem(last=False)
            self._field.set_preview(evidence.key, picture)

    def _no_preview(self, evidence: Evidence, error: Exception) -> None:
        """What a record says of a file may be anything; that the file cannot be shown is no failure of the program."""
        if isinstance(error, AttachmentMissing):
            self._field.set_state(evidence.key, WAITING)
        elif isinstance(error, AttachmentDamaged):
            self._field.set_state(evidence.key, DAMAGED)
        elif not isinstance(error, KnownError):
            self._desk.notify.failed(error)


def _attach_all(workplace: Workplace, paths: list[Path], progress: Progress) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for n, path in enumerate(paths):
        progress(n, len(paths))
        try:
            outcomes.append(attach(workplace, path))
        except KnownError as e:
            outcomes.append(e)
    return outcomes


@cache
def _temporary() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="izsa-", ignore_cleanup_errors=True)


def _copies() -> Path:
    """Where copies for other programs go; removed when the program ends."""
    return Path(_temporary().name)
