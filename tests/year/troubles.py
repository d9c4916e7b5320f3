"""What goes wrong once in a year: thefts, a disk that is set back, new keys of the office, its database lost.

``DANGERS`` are turns that may be taken or not; each once ended badly (``test_repaired``).
"""

import shutil

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.revision import Revision
from izsa_desktop.usecases import (
    enrolment,
    exchange,
    projects,
    rebuilding,
    renewing,
    restoring,
    sending,
    trusting,
    upkeep,
)
from izsa_desktop.usecases.sent import SET_BACK
from izsa_desktop.usecases.workplace import DATABASE
from tests.usecases.line import crafted
from tests.usecases.mail import take
from tests.year.judge import THIEF, saves
from tests.year.office import Office
from tests.year.world import Pc, World

HANDED_ON = "handed-on"
"""The office hands the thief's saves on to the district's other PC before it learns of the theft."""
UPON = "upon"
"""The thief changes the municipality's projects, and the office writes upon that."""
EARLY = "early"
"""Whoever works on a disk that was set back sends before the office has answered."""
OLD_BACKUP = "old-backup"
"""The office's backup is some weeks old when its database is lost."""
DELTAS = "deltas"
"""After a rebuild the office goes on with deltas."""
ERASING = "erasing"
"""Something is erased also where the district has another PC."""
ANSWERS_GONE = "answers-gone"
"""The backup of a district's PC whose database is lost is older than the first answer that it got."""
DANGERS = frozenset({HANDED_ON, UPON, EARLY, OLD_BACKUP, DELTAS, ERASING, ANSWERS_GONE})


class Theft:
    """A PC is stolen in a week. ``late``: its last honest bundle comes after it was shut out, else before."""

    def __init__(self, office: Office, pc: Pc, week: int, dangers: frozenset[str], *, late: bool) -> None:
        self._world, self._office, self._pc, self._week = office.world, office, pc, week
        self._dangers, self._late = dangers, late
        self._last = 0
        self._replica = ""

    def happen(self) -> None:
        since = self._world.week - self._week
        if since == 0:
            self._steal()
        elif 1 <= since <= 4:
            self._thief()
            if since == 2 and not self._late:
                self._nobody_knows_yet()
            if since == (1 if self._late else 2):
                self._shut_out()
        if since == 5:
            old = self._pc
            self._office.new_pc(Pc(old.folder.with_name(f"{old.folder.name}-new"), old.body, f"{old.person}, yeniden"))

    def _steal(self) -> None:
        world, pc = self._world, self._pc
        with world.at(pc) as workplace:
            self._replica = workplace.identity.replica
            made = sending.export_bundle(workplace, world.file(pc))
        for one in made:
            world.post.send(one.path, "office", world.week, after=3 if self._late else 0)
        self._last = made[-1].seq
        pc.stolen = True
        if HANDED_ON not in self._dangers:
            self._office.silent_to.add(pc.body)

    def _thief(self) -> None:
        world, pc = self._world, self._pc
        with world.at(pc) as workplace:
            projects.add_projects(workplace, [ProjectFields(title=f"{THIEF} {world.week}")])
            own = [one for one in projects.list_projects(workplace) if projects.may_edit(workplace, one)]
            if UPON in self._dangers:
                for one in own:
                    projects.save_project(workplace, one.id, ProjectFields(title=f"{THIEF} {one.fields.title}"))
            made = sending.export_bundle(workplace, world.file(pc), full=world.random.random() < 0.5)
            own_saves = [one for one in saves(workplace) if one.replica == self._replica]
            world.thiefs |= {one.id for one in own_saves if str(one.registers.get("title", "")).startswith(THIEF)}
        files = [one.path for one in made]
        if not self._late:  # the number of one that the office has, for other content
            files.append(crafted(pc.folder, world.file(pc), own_saves, seq=self._last))
        for path in files:
            world.counts["forged"] += 1
            world.post.send(path, "office", world.week, after=0)

    def _nobody_knows_yet(self) -> None:
        """The office reviews what the thief has sent, and answers the municipality."""
        world = self._world
        with world.at(world.office) as office:
            listed = [one for one in projects.list_projects(office) if one.body == self._pc.body]
            his = [one for one in listed if one.fields.title.startswith(THIEF)]
        for project in world.random.sample(his, min(3, len(his))) if UPON in self._dangers else ():
            self._office.review(project)
            world.counts["reviews of a thief's"] += 1
        if HANDED_ON in self._dangers:
            for path in self._office.answer(self._pc.body):
                for pc in world.of(self._pc.body):
                    world.post.send(path, pc.folder.name, world.week, after=0)

    def _shut_out(self) -> None:
        self._world.counts["shut out"] += 1
        with self._world.at(self._world.office) as office:
            enrolment.revoke(office, self._replica, self._last)
        self._office.silent_to.discard(self._pc.body)


class Image:
    """A disk goes back to what it was weeks ago; the PC goes on, is told by the office, and gets a new key."""

    def __init__(self, office: Office, pc: Pc, taken: int, back: int, dangers: frozenset[str]) -> None:
        self._world, self._office, self._pc = office.world, office, pc
        self._taken, self._back, self._dangers = taken, back, dangers
        self._image = office.world.folder / "image"

    def happen(self) -> None:
        if self._world.week == self._taken:
            shutil.copytree(self._pc.folder, self._image)
        if self._world.week == self._back - 1:
            self._send_for_certain()
        if self._world.week == self._back:
            self._set_back()
        self.renew_when_told()

    def must_wait(self, pc: Pc) -> bool:
        """True while this PC must not send yet."""
        gone_back = self._image.exists() and self._world.week >= self._back
        return EARLY not in self._dangers and pc is self._pc and gone_back and not self._told()

    def _send_for_certain(self) -> None:
        """What the disk loses is known at the office: or nobody there could notice anything."""
        world = self._world
        with world.at(self._pc) as workplace:
            projects.add_projects(workplace, [ProjectFields(title="Diskle giden")])
            for one in sending.export_bundle(workplace, world.file(self._pc)):
                world.post.send(one.path, "office", world.week, after=0)

    def _set_back(self) -> None:
        shutil.rmtree(self._pc.folder)
        shutil.copytree(self._image, self._pc.folder)
        self._pc.forms.clear()
        self._office.pin(self._pc)
        with self._world.at(self._world.office) as office:
            self._world.oracle.forgive(self._pc.folder.name, self._taken, saves(office))

    def _told(self) -> bool:
        with self._world.at(self._pc) as workplace, workplace.store.reading() as reader:
            return reader.kept(SET_BACK).get(SET_BACK) == workplace.identity.replica

    def renew_when_told(self) -> None:
        """A new key; the office gets what lies in the outbox, shuts the old key out, and admits the new one."""
        pc, world = self._pc, self._world
        if world.week < self._back or not self._image.exists() or not self._told():
            return
        with world.at(pc) as workplace:
            former = workplace.identity.replica
            renewing.renew_key(workplace).workplace.close()
        take(world.office.folder, *sorted((pc.folder / "bundles" / "out").glob("*.izsa")))
        with world.at(world.office) as office:
            enrolment.revoke(office, former)
        self._office.enrol(pc)
        world.counts["set back"] += 1
        shutil.rmtree(self._image)


class Disaster:
    """The office's database is gone; a backup and the archive bring it back, but for what was nowhere else."""

    def __init__(self, office: Office, week: int, dangers: frozenset[str]) -> None:
        self._world, self._office, self._week = office.world, office, week
        self._made = week - 4 if OLD_BACKUP in dangers else week
        self._backup = office.world.folder / "backup.sqlite3"

    def happen(self) -> None:
        world = self._world
        if world.week == self._made:
            with world.at(world.office) as office:
                upkeep.backup(office, self._backup)
        if world.week != self._week:
            return
        self._office.take_in()
        with world.at(world.office) as office:
            before, hash_ = {one.id for one in saves(office)}, upkeep.state_hash(office)
        (world.office.folder / DATABASE).unlink()
        world.tick(world.office)
        restoring.restore(world.office.folder, self._backup)
        with world.at(world.office) as office:
            rebuilding.rebuild(office)
            if self._made == self._week and upkeep.state_hash(office) != hash_:
                world.wrongs.append("the office's database is not what it was before it was lost")
            self._forgive(before, saves(office))
        world.asked += world.forgotten
        self._enrol_again()
        world.counts["databases lost"] += 1

    def _forgive(self, before: set[str], now: list[Revision]) -> None:
        """What the office had written since the backup and told nobody can come back from nowhere."""
        world = self._world
        world.lost |= before - {one.id for one in now}
        for pc in world.pcs:
            with world.at(pc) as workplace:
                if any(one.id in world.lost for one in saves(workplace)):
                    world.wrongs.append(f"the office has lost what {pc.folder.name} has")
        world.oracle.forgive(world.office.folder.name, self._made, now)

    def _enrol_again(self) -> None:
        """Those whom a list admitted that nobody got."""
        with self._world.at(self._world.office) as office:
            known = dict(enrolment.enrolled(office))
        for pc in [one for one in self._world.pcs if not one.stolen]:
            with self._world.at(pc) as workplace:
                replica = workplace.identity.replica
            if replica not in known:
                self._office.enrol(pc)


class Crash:
    """The database of a district's PC is gone; a backup and the archive bring it back, under the same key."""

    def __init__(self, office: Office, pc: Pc, week: int, dangers: frozenset[str]) -> None:
        self._world, self._office, self._pc, self._week = office.world, office, pc, week
        self._first = ANSWERS_GONE in dangers
        self._made = 1 if self._first else week - 3
        self._backup = office.world.folder / "district.sqlite3"

    def happen(self) -> None:
        world, pc = self._world, self._pc
        if world.week == self._made:
            if not self._first:
                self._answered()
            with world.at(pc) as workplace:
                upkeep.backup(workplace, self._backup)
        if world.week == self._week:
            (pc.folder / DATABASE).unlink()
            world.tick(pc)
            if restoring.restore(pc.folder, self._backup).enrol_again:
                world.wrongs.append(f"{pc.folder.name} needs a new key, though its archive is whole")
            pc.forms.clear()
            self._office.pin(pc)
            with world.at(pc) as workplace:
                world.oracle.forgive(pc.folder.name, self._made, saves(workplace))
            world.counts["databases lost"] += 1

    def _answered(self) -> None:
        world, pc = self._world, self._pc
        self._office.pin(pc)
        with world.at(world.office) as office:
            made = sending.answer(office, pc.body, world.file(world.office))
        with world.at(pc) as workplace:
            exchange.merge_bundles(workplace, [one.path for one in made])


class Rotation:
    """The office takes a new root key."""

    def __init__(self, world: World, week: int) -> None:
        self._world, self._week = world, week

    def happen(self) -> None:
        if self._world.week == self._week:
            with self._world.at(self._world.office) as office:
                trusting.rotate(office)
            self._world.counts["root keys changed"] += 1
