"""Bundles that come and go, to be stopped at any moment: how each begins, what may be there after, how each ends.

``python -m tests.faults.letters VERB FOLDER`` does one in a scene of ``prepare``, so that ``strace`` can stop it.
"""

import hashlib
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from izsa_desktop.app import OffscreenPictures
from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import Reading, VerifiedBundle
from izsa_desktop.cli import main
from izsa_desktop.domain.errors import WrongAddressee
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.usecases import erasure, evidence, exchange, projects, reviewing, sending, trusting, upkeep
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.attachments import samples
from tests.support import FIELDS
from tests.usecases.line import Line, enter, export, make_line
from tests.usecases.mail import answer, pin, second_pc, take

EXPORT, ANSWER, MERGE, RECEIVE = "export", "answer", "merge", "receive"
VERBS = (EXPORT, ANSWER, MERGE, RECEIVE)
"""A district's bundle, the office's answer; the office takes bundles in, a district an answer."""
BORNOVA = "TUR035007"
STOPS = 3
"""How often an export is stopped in a row, at most."""
_GONE = b"%PDF-1.4\n%gone\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class State:
    """What a workplace holds; a verb that was stopped leaves what there was before, or what there is after."""

    saves: str
    received: frozenset[str]
    sent: tuple[int, ...]
    catalogue: int
    kept: Mapping[str, str]


class Scene:
    """A folder made by ``prepare``, or a copy of one."""

    def __init__(self, verb: str, folder: Path) -> None:
        self.verb, self.folder = verb, folder
        self.workplace = folder / ("office" if verb in (ANSWER, MERGE) else BORNOVA)
        self.usb = folder / "usb"
        self.letters = sorted((folder / "letters").glob("*.izsa"))
        self.writes = verb in (EXPORT, ANSWER)

    def arguments(self, n: int = 0) -> list[object]:
        """Of ``izsa``; ``n`` names the file that is written."""
        do = ["merge", *self.letters] if not self.writes else ["export", "-o", self.usb / f"{n}.izsa"]
        return ["--data", self.workplace, *do, *(["--to", BORNOVA] if self.verb == ANSWER else [])]

    def again(self) -> None:
        """The next try, which nobody stops. Fails when it does not end well."""
        with open_workplace(self.workplace) as workplace:
            if self.verb == EXPORT:
                sending.export_bundle(workplace, self.usb / "again.izsa")
            elif self.verb == ANSWER:
                sending.answer(workplace, BORNOVA, self.usb / "again.izsa")
            else:
                codes = {one.code for one in exchange.merge_bundles(workplace, self.letters)}
                assert codes <= {0, 11}, codes

    def state(self) -> State:
        with open_workplace(self.workplace) as workplace, workplace.store.reading() as reader:
            meta = {name: value for name, value in reader.meta().items() if name != "checked"}
            return State(
                saves=upkeep.state_hash(workplace),
                received=frozenset(entry.sha256 for entry in reader.bundles("in")),
                sent=tuple(sorted(entry.seq for entry in reader.bundles("out"))),
                catalogue=len(reader.catalogue()),
                kept=meta,
            )

    def evidence(self) -> set[str]:
        """The files of evidence that lie in the workplace."""
        return {path.name for path in (self.workplace / "attachments").glob("??/*") if not path.name.startswith(".")}

    def copy(self, folder: Path) -> "Scene":
        shutil.copytree(self.folder, folder)
        return Scene(self.verb, folder)


class Judgement:
    """By the states that there are on the way from before to after."""

    def __init__(self, scene: Scene, calm: Path) -> None:
        """``calm``: a folder to try it in without a stop."""
        self._reading = _reading_of(scene.folder)
        self._letters = {hashlib.sha256(path.read_bytes()).hexdigest() for path in scene.letters}
        self._states = [scene.state()]
        tried = scene.copy(calm)
        if scene.writes:
            tried.again()
            self._states.append(tried.state())
        for letter in tried.letters if not scene.writes else ():
            take(tried.workplace, letter)
            self._states.append(tried.state())
        if not scene.writes:
            tried.again()
        self._last, self._evidence = tried.state(), tried.evidence()
        self._states.append(self._last)

    def wrongs(self, scene: Scene) -> Iterator[str]:
        """What is wrong after a stop, and after the next try."""
        yield from self._files(scene)
        with open_workplace(scene.workplace) as workplace:
            yield from upkeep.check(workplace)
        there = scene.state()
        if not self._allowed(there):
            yield f"neither before nor after: {there}"
        scene.again()
        yield from (f"next time: {wrong}" for wrong in self._files(scene))
        with open_workplace(scene.workplace) as workplace:
            yield from (f"next time: {problem}" for problem in upkeep.check(workplace))
        if not scene.writes and scene.state() != self._last:
            yield "next time it did not come to its end"
        if scene.evidence() != self._evidence:
            yield f"evidence: {sorted(scene.evidence() ^ self._evidence)}"

    def _verified(self, data: bytes) -> VerifiedBundle:
        try:
            return bundle_file.verify(data, self._reading)
        except WrongAddressee:
            return bundle_file.verify(data, replace(self._reading, body=BORNOVA))

    def _allowed(self, there: State) -> bool:
        """A stopped export has used a number up, or has not; nothing else that counts may be different."""
        before = len(self._states[0].sent)
        in_a_row = there.sent == tuple(range(1, len(there.sent) + 1))
        known = replace(there, sent=()) in [replace(one, sent=()) for one in self._states]
        return known and in_a_row and before <= len(there.sent) <= before + STOPS

    def _files(self, scene: Scene) -> Iterator[str]:
        """Every file with its final name is whole, and no number stands for two contents."""
        contents: dict[tuple[str, int], str] = {}
        bundles = scene.workplace / "bundles"
        for path in (*scene.usb.glob("*.izsa"), *(bundles / "out").glob("*.izsa"), *(bundles / "in").glob("*.izsa")):
            data = path.read_bytes()
            try:
                bundle = self._verified(data)
            except Exception as e:  # whatever it is, the name stands for no whole bundle
                yield f"{path}: {type(e).__name__} {e}"
                continue
            number = bundle.manifest.sender.replica, bundle.manifest.seq
            if contents.setdefault(number, bundle.sha256) != bundle.sha256:
                yield f"{path}: {number} stands for two contents"
        for path in (bundles / "refused").glob("*.izsa"):
            if path.stem not in self._letters or hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
                yield f"{path} is not what was refused"
        for path in (scene.workplace / "attachments").glob("??/*"):
            if not path.name.startswith(".") and hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
                yield f"{path} is not what was attached"


def _reading_of(folder: Path) -> Reading:
    with open_workplace(folder / "office") as office, office.store.reading() as reader:
        return trusting.reading_of(office, reader)


# --- how they begin --------------------------------------------------------------------------------------------------


def prepare(folder: Path, verb: str) -> Scene:
    """An office, a district with two PCs, another district: with evidence, something erased, lists of PCs, answers."""
    line = make_line(folder)
    (folder / "usb").mkdir()
    (folder / "letters").mkdir()
    other = second_pc(line)
    pin(line, line.bornova, other)
    record = _enter(line.bornova, "Bir")
    first = answer_of(line, line.bornova, "first")
    for n, pc in enumerate((line.bornova, other)):
        take(pc, first)
        take(line.office, export(pc, folder / f"ack{n}.izsa"))
    for pc in (line.bornova, other, line.konak):
        _enter(pc, f"İki {pc.name}")
    _forget(line.bornova, record)
    if verb == MERGE:
        for n, pc in enumerate((line.bornova, other, _stranger(folder), line.konak)):
            export(pc, folder / "letters" / f"{n}.izsa")
    if verb in (ANSWER, RECEIVE):
        for n, pc in enumerate((other, line.konak)):
            take(line.office, export(pc, folder / f"more{n}.izsa"))
        with open_workplace(line.office) as office:
            for project in projects.list_projects(office):
                reviewing.review(office, project.id, "onaylandı", "Örnek")
            trusting.rotate(office)
    if verb == RECEIVE:
        answer(line, line.bornova, folder / "letters" / "0.izsa")
        answer(line, line.bornova, folder / "letters" / "1.izsa", full=True)
    return Scene(verb, folder)


def answer_of(line: Line, pc: Path, name: str) -> Path:
    return answer(line, pc, line.folder / f"{name}.izsa")


def _enter(pc: Path, title: str) -> str:
    """A project with everything, a photo and a document; and some more."""
    photo, paper = pc.with_name("photo.jpg"), pc.with_name("paper.pdf")
    photo.write_bytes(samples.noise((200, 150)))
    paper.write_bytes(_GONE)
    with open_workplace(pc) as workplace:
        body = workplace.identity.body
        fields = structs.replace(FIELDS, title=title, district=body, review="", review_note="", served=(), evidence=())
        project = projects.save_project(workplace, None, fields)
        evidence.attach_to(workplace, project, [photo, paper], Evidence(caption="Ek"))
    enter(pc, *(f"{title} {n}" for n in range(20)))
    return project.id


def _forget(pc: Path, record: str) -> None:
    with open_workplace(pc) as workplace:
        project = projects.get_project(workplace, record)
        erasure.erase(workplace, record, Forget(field="contact", reason="İstendi"))
        photo = next(one.key for one in project.fields.evidence if one.media_type == "image/jpeg")
        erasure.erase(workplace, record, Forget(field="evidence", key=photo, reason="İstendi"))


def _stranger(folder: Path) -> Path:
    with create_workplace(folder / "stranger", BORNOVA, "Yabancı", "en"):
        pass
    enter(folder / "stranger", "Yabancı")
    return folder / "stranger"


def run(argv: Sequence[str]) -> int:
    verb, folder = argv
    return main([str(one) for one in Scene(verb, Path(folder)).arguments()], OffscreenPictures())


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
