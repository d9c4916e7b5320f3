"""What the coordinators do: take in what came, review, decide, answer; and what a district does with an answer."""

from collections.abc import Sequence
from pathlib import Path

from izsa_desktop.domain.errors import TooMuchAtOnce
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import conflicts, enrolment, erasure, exchange, projects, reviewing, sending, trusting
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.year.people import People
from tests.year.world import Pc, World

_STATES = ("incelemede", "düzeltme istendi", "onaylandı")


class Office:
    def __init__(self, world: World, people: People) -> None:
        self.world, self._random, self._people = world, world.random, people
        self.fingerprint = ""
        self.silent_to: set[str] = set()
        """Bodies that get no answer at the moment."""
        world.tick(world.office)
        with create_workplace(world.office.folder, OFFICE, world.office.person) as office:
            self.fingerprint = trusting.trust_view(office).trust.fingerprint

    # --- who belongs to it -------------------------------------------------------------------------------------------

    def new_pc(self, pc: Pc) -> None:
        """A PC is set up and enrolled."""
        self.world.tick(pc)
        create_workplace(pc.folder, pc.body, pc.person).close()
        self.world.pcs.append(pc)
        self.enrol(pc)
        if not pc.pins_in:
            self.pin(pc)

    def enrol(self, pc: Pc) -> None:
        request = self.world.folder / "request.enrol"
        with self.world.at(pc) as workplace:
            enrolment.request_enrolment(workplace, request)
        with self.world.at(self.world.office) as office:
            enrolment.accept_enrolment(office, enrolment.read_request(office, request))

    def pin(self, pc: Pc) -> None:
        with self.world.at(pc) as workplace:
            trusting.pin(workplace, self.fingerprint)

    # --- a week ------------------------------------------------------------------------------------------------------

    def take_in(self) -> None:
        """What came, one by one, all at once, or in any groups."""
        files = self.world.post.arrived("office", self.world.week)
        while files:
            count = self._random.choice((1, 1, 3, len(files)))
            batch, files = files[:count], files[count:]
            with self.world.at(self.world.office) as office:
                merge(self.world, office, batch)

    def erase(self) -> None:
        """What a municipality asked for by telephone: saves of another PC, of which its bundles cannot tell."""
        world = self.world
        with world.at(world.office) as office:
            for record in world.asked:
                if "contact" in erasure.erasable_fields(office, record):
                    erasure.erase(office, record, Forget(field="contact", reason="Belediye istedi"))
                    world.counts["erased at the office"] += 1
        world.forgotten += world.asked
        world.asked = []

    def review_and_decide(self) -> None:
        world = self.world
        with world.at(world.office) as office:
            listed = [one for one in projects.list_projects(office) if one.body != OFFICE]
            for project in self._random.sample(listed, min(2, len(listed))):
                self._review(office, project)
            for disputed in conflicts.overview(office)[:2]:
                if self._random.random() < 0.3:
                    world.tick(world.office)
                    self._people.settle(world.office, office, disputed.id)

    def review(self, project: Project) -> None:
        with self.world.at(self.world.office) as office:
            self._review(office, project)

    def _review(self, office: Workplace, project: Project) -> None:
        world = self.world
        world.tick(world.office)
        note, state = f"not ş{world.week}", self._random.choice(_STATES)
        reviewing.review(office, project.id, state, note)
        values = {"review": state, "review_note": note}
        world.oracle.note("office", world.week, project.id, values, by=(world.office.person, world.wall))

    def answer(self, body: str, *, full: bool = False) -> list[Path]:
        """One bundle for a district; each of its PCs gets a copy, or does not. The files."""
        world = self.world
        if body in self.silent_to:
            return []
        with world.at(world.office) as office:
            made = sending.answer(office, body, world.file(world.office), full=full)
        world.counts["answers"] += len(made)
        for one in made:
            for pc in world.of(body):
                wrong = self._random.random() < 0.01 and not world.post.calm
                to = self._random.choice(world.pcs) if wrong else pc
                world.post.send(one.path, to.folder.name, world.week)
        return [one.path for one in made]


def receive(world: World, pc: Pc) -> None:
    """A district takes in the answers that came."""
    if files := world.post.arrived(pc.folder.name, world.week):
        with world.at(pc) as workplace:
            merge(world, workplace, files)


def merge(world: World, workplace: Workplace, files: Sequence[Path]) -> None:
    """As the window does it: looked at first, then taken in; what is too much at once is confirmed by a person."""
    looked = exchange.preview_bundles(workplace, files) if world.random.random() < 0.1 else None
    outcomes = exchange.merge_bundles(workplace, files)
    if looked is not None:
        told = [(one.code, one.new, one.changed, one.conflicts) for one in looked]
        assert told == [(one.code, one.new, one.changed, one.conflicts) for one in outcomes], "another preview"
    if large := [one.path for one in outcomes if isinstance(one.refusal, TooMuchAtOnce)]:
        outcomes += exchange.merge_bundles(workplace, large, confirmed=True)
    for one in outcomes:
        world.counts[f"code {one.code}" if one.code else "taken in" if not one.known else "known already"] += 1
