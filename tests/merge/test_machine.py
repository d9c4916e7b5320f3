"""Six PCs that edit, delete, settle, forget and give each other anything, as the program does it."""

import random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from izsa_desktop.domain.erasure import erasable, erase
from izsa_desktop.domain.merge import RecordState, record_state
from izsa_desktop.domain.revision import DELETED, Json, Revision, new_revision
from izsa_desktop.domain.withdrawal import is_note, note_of
from tests.merge.oracle import meaning
from tests.merge.properties import Forms, compared, merged, same, same_state
from tests.merge.worlds import DISTRICTS, REGISTERS, WALLS

RECORD = f"{DISTRICTS[0]}/{'a1' * 16}"
PCS = 6
_pcs, _walls = st.integers(0, PCS - 1), st.sampled_from(WALLS)
_writes = st.sampled_from(REGISTERS[:-1]).flatmap(
    lambda register: st.tuples(st.just(register[0]), st.sampled_from(register[1]))
)


class Municipality(RuleBasedStateMachine):
    """One record on six PCs of one municipality. Each has a store of forms and remembers whatever ever came."""

    def __init__(self) -> None:
        super().__init__()
        self.stores: list[Forms] = [{} for _ in range(PCS)]
        self.came: list[list[Revision]] = [[] for _ in range(PCS)]
        self.saves = 0

    def _take(self, pc: int, revisions: list[Revision]) -> None:
        before = self.stores[pc]
        self.stores[pc] = merged(before, revisions)
        self.came[pc] += revisions
        same("P6 nothing goes away", before.keys() - self.stores[pc].keys(), set())

    def _state(self, pc: int) -> RecordState:
        return record_state(RECORD, self.stores[pc].values())

    def _save(self, pc: int, state: RecordState, registers: dict[str, Json], wall: str) -> None:
        self.saves += 1
        revision = new_revision(
            record=RECORD,
            replica=f"{pc + 1:016x}",
            seq=self.saves,
            parents=tuple(head.id for head in state.heads),
            registers=registers,
            author="Ayşe Yılmaz",
            wall=wall,
        )
        self._take(pc, [revision])
        found = self._state(pc)
        same("P11 what was just saved is all that stands", found.conflicts.keys() & registers.keys(), set())
        same("P11 one head", [head.id for head in found.heads], [revision.id])

    @rule(pc=_pcs, writes=st.lists(_writes, min_size=1, max_size=3), wall=_walls)
    def edit(self, pc: int, writes: list[tuple[str, Json]], wall: str) -> None:
        self._save(pc, self._state(pc), dict(writes), wall)

    @rule(pc=_pcs, wall=_walls)
    def delete(self, pc: int, wall: str) -> None:
        self._save(pc, self._state(pc), {DELETED: True}, wall)

    @rule(pc=_pcs, wall=_walls)
    def restore(self, pc: int, wall: str) -> None:
        self._save(pc, self._state(pc), {DELETED: None}, wall)

    @rule(pc=_pcs, wall=_walls, choice=st.integers(0, 5))
    def settle(self, pc: int, wall: str, choice: int) -> None:
        state = self._state(pc)
        if state.conflicts:
            chosen = {name: writes[choice % len(writes)].value for name, writes in state.conflicts.items()}
            self._save(pc, state, chosen, wall)

    @rule(sender=_pcs, receiver=_pcs, mask=st.integers(0, 2**30), order=st.integers(0, 99), times=st.integers(1, 2))
    def give(self, sender: int, receiver: int, mask: int, order: int, times: int) -> None:
        """Some of what one knows, in any order, perhaps twice; one may also get what is its own."""
        some = [revision for n, revision in enumerate(self.stores[sender].values()) if mask >> n & 1] * times
        random.Random(order).shuffle(some)
        self._take(receiver, some)

    @rule(sender=_pcs, receiver=_pcs)
    def give_all(self, sender: int, receiver: int) -> None:
        self._take(receiver, list(self.stores[sender].values()))

    @rule(pc=_pcs)
    def old_mail(self, pc: int) -> None:
        """All that ever came comes again."""
        before = self._state(pc)
        self._take(pc, self.came[pc][::-1])
        same_state("P1 idempotent", self._state(pc), before)

    @precondition(lambda self: self.saves > 0)
    @rule(pc=_pcs, which=st.integers(0, 30))
    def forget(self, pc: int, which: int) -> None:
        speaking = [form for form in self.stores[pc].values() if erasable(form, form.registers)]
        if speaking:
            form = speaking[which % len(speaking)]
            names = erasable(form, form.registers)[:1]
            self._take(pc, [erase(form, names, when="2026-01-01T00:00:00Z", who="Ali Ak", why="a")])

    @precondition(lambda self: self.saves > 0)
    @rule(pc=_pcs, which=st.integers(0, 30), whole=st.booleans())
    def note(self, pc: int, which: int, whole: bool) -> None:
        """It gets the office's note of a save that is not here (any more, or yet)."""
        others = {id_: form for store in self.stores for id_, form in store.items() if id_ not in self.stores[pc]}
        absent = [form for form in others.values() if not is_note(form.registers)]
        if absent:
            gone = absent[which % len(absent)]
            self.saves += 1
            registers = note_of({gone.id: gone.parents if whole else gone.parents[:1]})
            note = new_revision(
                record=RECORD,
                replica="f" * 16,
                seq=self.saves,
                parents=(),
                registers=registers,
                author="Ofis",
                wall=WALLS[0],
            )
            self._take(pc, [note])

    def teardown(self) -> None:
        for pc in range(PCS):
            same(f"P10 PC {pc}", *compared(self._state(pc), meaning(self.came[pc])))
        everything = [revision for came in self.came for revision in came]
        for sender in range(PCS):
            for receiver in range(PCS):
                self._take(receiver, list(self.stores[sender].values()))
        for pc in range(PCS):
            same("P7 all know the same", self.stores[pc], self.stores[0])
            same_state("P7 all show the same", self._state(pc), self._state(0))
        same("P10 in the end", *compared(self._state(0), meaning(everything)))


TestMunicipality = Municipality.TestCase
TestMunicipality.settings = settings(max_examples=3 * settings().max_examples, stateful_step_count=40)
