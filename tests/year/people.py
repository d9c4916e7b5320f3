"""What people do at the PCs of the districts in a week."""

import io

from msgspec.structs import replace
from PIL import Image

from izsa_desktop.domain.errors import SetBack
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.usecases import conflicts, erasure, evidence, projects, sending
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import Workplace
from tests.year.oracle import ANY
from tests.year.world import Pc, World

_FIELDS = ("title", "purpose", "contact", "summary", "owner")


class People:
    """``erasers``: bodies in which somebody now and then erases."""

    def __init__(self, world: World, erasers: set[str]) -> None:
        self._world, self._random = world, world.random
        self._erasers = erasers
        self._acts = {
            self._enter: 3.0,
            self._edit: 6.0,
            self._open: 1.5,
            self._save_old_form: 1.0,
            self._delete: 0.5,
            self._restore: 0.4,
            self._settle: 2.0,
            self._attach: 0.5,
            self._erase: 0.2,
        }

    def work(self, pc: Pc, most: int = 3) -> None:
        """A few things, one after the other."""
        for _ in range(self._random.randint(0, most)):
            [act] = self._random.choices(list(self._acts), list(self._acts.values()))
            with self._world.at(pc) as workplace:
                act(pc, workplace)

    def send(self, pc: Pc) -> None:
        """The next bundle goes out by mail; not from a PC that knows of being set back."""
        full = self._random.random() < 0.03 and not self._world.post.calm  # it would heal what deltas leave out
        complete_only = self._random.random() < 0.1 and not self._world.post.calm
        with self._world.at(pc) as workplace:
            try:
                made = sending.export_bundle(
                    workplace, self._world.file(pc), full=full and not complete_only, complete_only=complete_only
                )
            except SetBack:
                pc.set_back = True
                return
        for one in made:
            self._world.counts["saves mailed"] += one.revisions
            self._world.post.send(one.path, "office", self._world.week)

    def _note(self, pc: Pc, record: str, **values: object) -> None:
        self._world.counts["saves"] += 1
        by = pc.person, self._world.wall
        self._world.oracle.note(pc.folder.name, self._world.week, record, values, by=by)

    def _word(self, field: str) -> str:
        self._world.counts["words"] += 1
        return f"{field} ş{self._world.counts['words']}"

    def _some(self, workplace: Workplace) -> Project | None:
        own = [one for one in projects.list_projects(workplace, EVERYTHING) if projects.may_edit(workplace, one)]
        return self._random.choice(own) if own else None

    def _enter(self, pc: Pc, workplace: Workplace) -> None:
        values = {name: self._word(name) for name in _FIELDS[: self._random.randint(1, 5)]}
        fields = ProjectFields(**values)  # type: ignore[arg-type]  # all of them are texts
        self._note(pc, projects.save_project(workplace, None, fields).id, **values)

    def _edit(self, pc: Pc, workplace: Workplace) -> None:
        if (project := self._some(workplace)) is not None:
            name = self._random.choice(_FIELDS)
            word = self._word(name)
            fields = replace(project.fields, **{name: word})
            projects.save_project(workplace, project.id, fields, project.heads)
            self._note(pc, project.id, **{name: word})

    def _open(self, pc: Pc, workplace: Workplace) -> None:
        if (project := self._some(workplace)) is not None:
            pc.forms.append(project)

    def _save_old_form(self, pc: Pc, workplace: Workplace) -> None:
        """What was opened weeks ago is saved now: what came in between stands beside it."""
        if pc.forms:
            seen = pc.forms.pop(self._random.randrange(len(pc.forms)))
            with workplace.store.reading() as reader:
                if reader.known(seen.heads) != {*seen.heads}:  # the disk was set back meanwhile
                    return
            word = self._word("title")
            projects.save_project(workplace, seen.id, replace(seen.fields, title=word), seen.heads)
            self._note(pc, seen.id, title=word)

    def _delete(self, pc: Pc, workplace: Workplace) -> None:
        if (project := self._some(workplace)) is not None:
            projects.delete_project(workplace, project.id)
            pc.bin.append(project.id)
            self._note(pc, project.id, _deleted=True)

    def _restore(self, pc: Pc, workplace: Workplace) -> None:
        if pc.bin:
            record = pc.bin.pop()
            with workplace.store.reading() as reader:
                if (project := reader.project(record)) is None or not project.deleted:
                    return
            projects.restore_project(workplace, record)
            self._note(pc, record, _deleted=None)

    def _settle(self, pc: Pc, workplace: Workplace) -> None:
        if open_ := conflicts.overview(workplace):
            self.settle(pc, workplace, self._random.choice(open_).id)

    def settle(self, pc: Pc, workplace: Workplace, record: str) -> None:
        """One question of a record is decided for one of its values."""
        asked = [one for one in conflicts.conflicts_of(workplace, record).conflicts if not one.settled]
        question = self._random.choice(asked)
        choice = self._random.choice([one for one in question.choices if one.allowed])
        conflicts.settle(workplace, record, dict.fromkeys(question.registers, choice.revision))
        self._world.counts["decisions"] += 1
        self._note(pc, record, **dict(choice.values))

    def _attach(self, pc: Pc, workplace: Workplace) -> None:
        if (project := self._some(workplace)) is not None and not project.fields.evidence:
            photo = self._world.folder / "photo.png"
            target = io.BytesIO()
            colour = tuple(self._random.randbytes(3))
            Image.new("RGB", (8, 8), colour).save(target, "PNG")
            photo.write_bytes(target.getvalue())
            [attached] = evidence.attach_to(workplace, project, [photo], Evidence(caption=self._word("foto")))
            self._world.counts["files attached"] += 1
            self._note(pc, project.id, **{f"evidence/{attached.evidence.key}": ANY})

    def _erase(self, pc: Pc, workplace: Workplace) -> None:
        if (project := self._some(workplace)) is not None and pc.body in self._erasers:
            if "contact" not in erasure.erasable_fields(workplace, project.id):
                return
            done = erasure.erase(workplace, project.id, Forget(field="contact", reason="Kişi istedi"))
            if done.elsewhere:  # as the program says then, the office is called
                self._world.asked.append(project.id)
            self._world.oracle.erased.add((project.id, "contact"))
            self._world.counts["erasures"] += 1
