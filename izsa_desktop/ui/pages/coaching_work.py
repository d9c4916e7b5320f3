"""What a person does about coaching: asks what has to be asked, writes it, and says that it was written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.dialogs.asking import DAY, FIND, TEXT, AskDialog, Asked
from izsa_desktop.ui.dialogs.confirm import Words, confirm
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.folders import open_folder
from izsa_desktop.ui.notify import Action as NoticeAction
from izsa_desktop.ui.pages import path_view as wants
from izsa_desktop.ui.pages.paper_work import with_documents
from izsa_desktop.usecases import coaching, handing_in, papers, stages
from izsa_desktop.usecases.coaching_view import DistrictPath

if TYPE_CHECKING:
    from izsa_desktop.ui.dialogs.document import DocumentDialog

Act = Callable[[Mapping[str, str]], object]


class CoachingWork(QObject):
    """``written`` after something was; ``do`` what a path's view wants."""

    written = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._t, self._page = desk, desk.t, page
        self._path: DistrictPath | None = None

    def about(self, path: DistrictPath) -> None:
        """This district is looked at."""
        self._path = path

    def do(self, what: str, about: str) -> None:
        """``what`` of ``path_view``'s names; ``about``: an id, a code or a name."""
        if self._path is not None:
            self._acts[what](self, about)

    # --- the office ---------------------------------------------------------------------------------------------------

    def _session(self, district: str) -> None:
        t, w, path = self._t, self._desk.workplace, self._path
        assert path is not None
        agreed = path.next_session if path.next_session > _today() else ""
        self._ask(
            t("coach.session_title", district=body_name(self._desk, district)),
            [
                Asked("text", t("field.session_text"), TEXT, required=True),
                Asked("date", t("field.coaching_date"), DAY, _today(), required=True),
                Asked("participants", t("field.participants"), help=t("coach.participants_help")),
                Asked("next", t("field.next_session"), DAY, agreed, help=t("coach.agreed_help") if agreed else ""),
            ],
            lambda a: coaching.write_session(
                w, district, a["text"], a["date"], participants=a["participants"], following=a["next"]
            ),
            t("coach.session_kept"),
        )

    def _action(self, district: str) -> None:
        t, w = self._t, self._desk.workplace
        owners = [(code, body_name(self._desk, code)) for code in (district, OFFICE)]
        self._ask(
            t("coach.action_title", district=body_name(self._desk, district)),
            [
                Asked("text", t("field.action_text"), TEXT, required=True),
                Asked("owner", t("field.action_owner"), value=district, choices=owners),
                Asked("person", t("field.action_person"), help=t("coach.person_help")),
                Asked("due", t("field.action_due"), DAY),
            ],
            lambda a: coaching.write_action(w, district, a["text"], owner=a["owner"], person=a["person"], due=a["due"]),
            t("coach.action_kept"),
        )

    def _propose(self, district: str) -> None:
        t, w, path = self._t, self._desk.workplace, self._path
        assert path is not None
        above = stages.proposable(path.ladder, path.standing, path.signed)
        if not above:
            self._desk.notify.good(t("coach.all_signed"))
            return
        choices = [(str(one.number), f"{one.number}. {one.name[t.language]}") for one in above]
        self._ask(
            t("coach.propose_title", district=body_name(self._desk, district)),
            [
                Asked("stage", t("field.stage"), value=str(path.standing.stage.number), choices=choices),
                Asked("text", t("field.stage_text")),
            ],
            lambda a: stages.propose(w, district, int(a["stage"]), a["text"]),
            t("coach.proposed"),
            t("coach.propose_text"),
        )

    def _note(self, district: str) -> None:
        t, w = self._t, self._desk.workplace
        self._ask(
            t("coach.note_title", district=body_name(self._desk, district)),
            [Asked("text", t("field.coaching"), TEXT, required=True)],
            lambda a: coaching.write_note(w, district, a["text"]),
            t("coach.note_kept"),
        )

    def _tick(self, code: str) -> None:
        t, w, district = self._t, self._desk.workplace, self._district
        self._ask(
            t("coach.tick_title", code=code),
            [
                Asked("text", t("field.ladder_evidence"), TEXT, required=True, help=t("coach.evidence_help")),
                Asked("date", t("field.coaching_date"), DAY, _today(), required=True),
            ],
            lambda a: coaching.write_tick(w, district, code, a["text"], a["date"]),
            t("coach.ticked"),
            f"{body_name(self._desk, district)} · {self._name(code)}",
        )

    def _accept(self, id_: str) -> None:
        workplace = self._desk.workplace
        self._write(lambda: handing_in.accept(workplace, id_), self._t("coach.ticked"))

    def _return(self, id_: str) -> None:
        t, w = self._t, self._desk.workplace
        self._ask(
            t("coach.return_title"),
            [Asked("reason", t("field.return_reason"), TEXT, required=True)],
            lambda a: handing_in.give_back(w, id_, a["reason"]),
            t("coach.returned"),
            body_name(self._desk, self._district),
        )

    # --- the district -------------------------------------------------------------------------------------------------

    def _hand_in(self, code: str) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self._page, lambda: handing_in.own_projects(workplace), lambda found: self._ask_evidence(code, found)
        )

    def _ask_evidence(self, code: str, projects: Sequence[Project]) -> None:
        t, w = self._t, self._desk.workplace
        own = [(one.id, " · ".join(filter(None, (one.fields.title, one.number)))) for one in projects]
        self._ask(
            t("coach.hand_in_title", code=code),
            [
                Asked("text", t("field.ladder_evidence"), TEXT, required=True, help=t("coach.evidence_help")),
                Asked("link", t("field.evidence_link")),
                Asked(
                    "project",
                    t("coach.own_project"),
                    FIND,
                    help=t("coach.project_help"),
                    choices=own,
                    hint=t("coach.project_hint"),
                ),
                Asked("date", t("field.coaching_date"), DAY, _today(), required=True),
            ],
            lambda a: handing_in.hand_in(w, code, a["text"], link=a["link"], project=a["project"], day=a["date"]),
            t("coach.handed_in"),
            self._name(code),
        )

    def _confirm(self, id_: str) -> None:
        t, workplace = self._t, self._desk.workplace
        said = t("coach.confirmed")
        words = Words(t("coach.confirm_title"), (t("coach.confirm_text"),), t("coach.confirm"), t("coach.leave"))
        confirm(words, self._page.window(), lambda: self._write(lambda: stages.confirm(workplace, id_), said))

    # --- both ---------------------------------------------------------------------------------------------------------

    def _done(self, id_: str) -> None:
        workplace = self._desk.workplace
        self._write(lambda: coaching.mark_done(workplace, id_), self._t("coach.marked_done"))

    def _undone(self, id_: str) -> None:
        workplace = self._desk.workplace
        self._write(lambda: coaching.mark_done(workplace, id_, done=False), self._t("coach.marked_undone"))

    def _withdraw(self, id_: str) -> None:
        t, workplace = self._t, self._desk.workplace
        said = t("coach.withdrawn")
        words = Words(t("coach.withdraw_title"), (t("coach.withdraw_text"),), t("coach.withdraw"), t("coach.leave"))
        confirm(words, self._page.window(), lambda: self._write(lambda: coaching.withdraw(workplace, id_), said))

    def _template(self, name: str) -> None:
        t = self._t
        ask_save(
            self._page,
            self._desk.settings,
            t("coach.templates"),
            name=papers.template_target(name, t),
            kind=t("coach.docx_kind"),
            chosen=partial(self.write_template, name),
        )

    def _report(self, district: str) -> None:
        self._print("coaching", district)

    def print_agenda(self) -> None:
        """The agenda of all districts on paper."""
        self._print("agenda")

    def _print(self, kind: str, district: str = "") -> None:
        def show(make: type["DocumentDialog"]) -> None:
            dialog = make(ProjectFilter(), (), self._desk, self._page.window())
            dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
            if district:
                dialog.district.setCurrentIndex(dialog.district.findData(district))
            dialog.open()

        with_documents(self._desk, self._page, show)

    def write_template(self, name: str, target: Path) -> None:
        """Writes a document to fill in for the district that is looked at."""
        t, workplace, district = self._t, self._desk.workplace, self._district
        show = NoticeAction(t("exchange.open_folder"), lambda: open_folder(target.parent))
        self._desk.tasks.run(
            self._page,
            lambda: papers.write_template(workplace, name, target, t, district),
            lambda _none: self._desk.notify.good(t("coach.template_written", name=target.name), show),
        )

    @property
    def _district(self) -> str:
        assert self._path is not None
        return self._path.district

    def _name(self, code: str) -> str:
        """A criterion with its name."""
        criterion = self._path.ladder.criterion(code) if self._path else None
        return f"{code}  {criterion.name[self._t.language]}" if criterion else code

    def _ask(self, title: str, asked: list[Asked], act: Act, said: str, text: str = "") -> None:
        t = self._t
        dialog = AskDialog(title, asked, t, t("coach.keep"), self._page.window(), text=text)

        def failed(error: Exception) -> None:
            if isinstance(error, KnownError):
                dialog.refuse(t.error(error))
            else:
                self._desk.tasks.failed(error)

        def done(_value: Any) -> None:
            dialog.accept()
            self._said(said)

        dialog.answered.connect(lambda answers: self._desk.tasks.run(dialog, lambda: act(answers), done, failed))
        dialog.open()

    def _write(self, act: Callable[[], object], said: str) -> None:
        self._desk.tasks.run(self._page, act, lambda _value: self._said(said))

    def _said(self, said: str) -> None:
        self._desk.notify.good(said)
        self.written.emit()
        self._desk.changes.announce(changes.COACHING, by=self._page)

    _acts: Mapping[str, Callable[["CoachingWork", str], None]] = {
        wants.SESSION: _session,
        wants.ACTION: _action,
        wants.PROPOSE: _propose,
        wants.NOTE: _note,
        wants.TICK: _tick,
        wants.ACCEPT: _accept,
        wants.RETURN: _return,
        wants.HAND_IN: _hand_in,
        wants.CONFIRM: _confirm,
        wants.DONE: _done,
        wants.UNDONE: _undone,
        wants.WITHDRAW: _withdraw,
        wants.TEMPLATE: _template,
        wants.REPORT: _report,
    }


def _today() -> str:
    return date.today().isoformat()
