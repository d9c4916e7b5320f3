"""What is done while the power may go: one thing a person does after the other, each noted when it is acknowledged.

``python -m tests.faults.verbs VERB FOLDER NOTES SEED``. A note tells what the workplace and the files outside of it
hold from now on, as hashes. ``--synchronous`` weakens SQLite for the tests which show that weakness is found.
"""

import argparse
import hashlib
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec.structs import replace

from izsa_desktop.bundle import signing
from izsa_desktop.db import dialect
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.drafts import Draft, drop_draft, keep_draft
from izsa_desktop.usecases.enrolment import accept_enrolment, read_request, request_enrolment
from izsa_desktop.usecases.evidence import attach
from izsa_desktop.usecases.exchange import merge_bundles
from izsa_desktop.usecases.importing.files import open_pasted
from izsa_desktop.usecases.importing.mapping import choose_sheet, propose
from izsa_desktop.usecases.importing.taking import take_in, undo_import
from izsa_desktop.usecases.importing.trial import dry_run
from izsa_desktop.usecases.keys import set_passphrase
from izsa_desktop.usecases.renewing import renew_key
from izsa_desktop.usecases.sending import answer, export_bundle
from izsa_desktop.usecases.trusting import pin, rotate, trust_view
from izsa_desktop.usecases.upkeep import backup
from izsa_desktop.usecases.workplace import DATABASE, Workplace, create_workplace, make_folders, open_workplace
from tests.faults.judge import Content

BODY, OFFICE = "TUR035007", "TUR035"
WORKPLACE, OUTSIDE, BUNDLES = "workplace", "usb", "bundles"
"""Folders below the one that is recorded; what is in the last was there before."""


@dataclass(frozen=True, slots=True)
class Note:
    """What there is after something was acknowledged: the workplace's content, and complete files by their path."""

    content: str
    files: dict[str, str] = field(default_factory=dict)


def content_hash(workplace: Workplace | None) -> str:
    """Projects and drafts, all that a person sees of them; empty when there is no workplace yet."""
    if workplace is None:
        return ""
    content = Content.of(workplace)
    seen = (sorted(content.stored.items()), sorted(content.drafts.items()))
    return hashlib.sha256(msgspec.json.encode(seen, order="deterministic")).hexdigest()


def files(folder: Path) -> dict[str, str]:
    """Every file with its final name outside of the workplace, and of its archive, evidence and keys, by its hash."""
    inside = folder / WORKPLACE
    keys = [path for ending in ("key", "pub") for path in (inside / "keys").glob(f"*.{ending}")]
    kept = [*(inside / "bundles").glob("*/*"), *(inside / "attachments").glob("*/*")]
    found = [*(folder / OUTSIDE).iterdir(), *kept, *keys]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if not path.name.startswith(".")
    }


Doing = Callable[[Path, Workplace, random.Random], Iterator[None]]


def save(_folder: Path, workplace: Workplace, random_: random.Random) -> Iterator[None]:
    """Saves of new projects and changes, now and then a deletion or its taking back."""
    ids: list[str] = []
    while True:
        what = random_.random()
        if what < 0.4 or not ids:
            ids.append(projects.save_project(workplace, None, entered(random_)).id)
        elif what < 0.85:
            projects.save_project(workplace, random_.choice(ids), entered(random_))
        elif what < 0.95:
            projects.delete_project(workplace, random_.choice(ids))
        else:
            projects.restore_project(workplace, random_.choice(ids))
        yield


def draft(_folder: Path, workplace: Workplace, random_: random.Random) -> Iterator[None]:
    """Drafts, kept, replaced, dropped and saved."""
    while True:
        for _time in range(random_.randrange(1, 4)):
            keep_draft(workplace, Draft("", (), {"title": f"Taslak {random_.random()}", "purpose": "ş" * 900}))
            yield
        if random_.random() < 0.5:
            drop_draft(workplace, "")
        else:
            projects.save_project(workplace, None, entered(random_))
        yield


def add(_folder: Path, workplace: Workplace, random_: random.Random) -> Iterator[None]:
    """Many projects in one transaction."""
    while True:
        projects.add_projects(workplace, [entered(random_) for _ in range(random_.randrange(20, 200))])
        yield


def export(folder: Path, workplace: Workplace, random_: random.Random) -> Iterator[None]:
    """Bundles with evidence for the office, sometimes over an older one."""
    for n in range(1000):
        enter_with_evidence(folder, workplace, random_)
        yield
        export_bundle(workplace, folder / OUTSIDE / f"paket{random_.choice((n, 0))}.izsa")
        yield


def back_up(folder: Path, workplace: Workplace, random_: random.Random) -> Iterator[None]:
    """Backups, sometimes over an older one."""
    for n in range(1000):
        projects.add_projects(workplace, [entered(random_)])
        yield
        backup(workplace, folder / OUTSIDE / f"yedek{random_.choice((n, 0))}.sqlite3")
        yield


def merge(folder: Path, workplace: Workplace, _random: random.Random) -> Iterator[None]:
    """The office takes bundles in, or a district answers, one after the other."""
    for path in sorted((folder / BUNDLES).glob("*.izsa")):
        assert merge_bundles(workplace, [path])[0].code == 0
        yield


def enter_with_evidence(folder: Path, workplace: Workplace, random_: random.Random) -> None:
    """A project with a document that nobody else has."""
    paper = folder / "belge.pdf"
    paper.write_bytes(b"%%PDF-1.4\n%%%d\ntrailer<</Root 1 0 R>>\n%%%%EOF\n" % random_.randrange(10**9))
    attached = attach(workplace, paper).evidence
    projects.add_projects(workplace, [replace(entered(random_), evidence=(attached,))])


def import_(_folder: Path, workplace: Workplace, random_: random.Random) -> Iterator[None]:
    """Pasted tables are taken in, and now and then taken back."""
    for n in range(1000):
        take_in_pasted(workplace, [f"Aktarım {n}.{row}" for row in range(random_.randrange(5, 80))])
        yield
        if random_.random() < 0.4:
            undo_import(workplace)
            yield


def take_in_pasted(workplace: Workplace, titles: Sequence[str]) -> tuple[str, ...]:
    """The ids of the projects that were pasted as a table with these titles."""
    lines = ["Proje adı\tAmaç", *(f"{title}\tAğaç dallarını toprağa çevirmek" for title in titles)]
    table = open_pasted("\n".join(lines), "yapıştırılan")
    return take_in(workplace, dry_run(workplace, table, propose(workplace, table, choose_sheet(table)), "")).ids


def lock(_folder: Path, workplace: Workplace, random_: random.Random) -> Iterator[None]:
    """The key's passphrase is set, changed and removed; now and then it is forgotten and the PC gets a new key."""
    signing.WORK, signing.MEMORY = 1 << 20, 1 << 25  # a tenth of the work
    passphrase = None
    while True:
        if random_.random() < 0.3:
            projects.add_projects(workplace, [entered(random_)])
            yield
            workplace, passphrase = renew_key(workplace).workplace, None
        else:
            new = random_.choice((None, "Bornova'da 3 çınar", "Kordon’da 4 palmiye"))
            set_passphrase(workplace, passphrase, new)
            passphrase = new
        yield


VERBS: dict[str, Doing] = {
    "save": save,
    "draft": draft,
    "add": add,
    "import": import_,
    "export": export,
    "backup": back_up,
    "merge": merge,
    "receive": merge,
    "key": lock,
}
CREATE, MIGRATE = "create", "migrate"
GOLDEN = Path(__file__).parents[1] / "db" / "golden"


def create(folder: Path, random_: random.Random) -> Iterator[Workplace | None]:
    """The first start, and the first saves."""
    yield None
    with create_workplace(folder / WORKPLACE, BODY, "Ayşe Yılmaz") as workplace:
        yield workplace
        for _done in save(folder, workplace, random_):
            yield workplace


def work(verb: str, folder: Path, random_: random.Random) -> Iterator[Workplace | None]:
    """The workplace, before and after each step."""
    if verb == CREATE:
        yield from create(folder, random_)
        return
    if verb == MIGRATE:
        yield None
    with open_workplace(folder / WORKPLACE) as workplace:
        yield workplace
        for _done in VERBS.get(verb, save)(folder, workplace, random_):
            yield workplace


def entered(random_: random.Random) -> ProjectFields:
    return ProjectFields(
        title=f"Kompost ağı {random_.randrange(10**6)}",
        purpose="Ağaç dallarını toprağa çevirmek. " * random_.choice((1, 4, 90)),
        goals=tuple(random_.sample([str(goal) for goal in range(1, 18)], 3)),
    )


def prepare(folder: Path, verb: str) -> None:
    """What there is before: a workplace with some projects, or a database of the first release.

    For merging an office and bundles of a district, or a district and the office's answers.
    """
    (folder / OUTSIDE).mkdir(parents=True)
    random_ = random.Random(verb)
    if verb == "merge":
        _prepare_office(folder, random_)
    elif verb == "receive":
        _prepare_district(folder, random_)
    elif verb == MIGRATE:
        make_folders(folder / WORKPLACE)
        shutil.copy(min(GOLDEN.glob("*.sqlite3")), folder / WORKPLACE / DATABASE)
        with closing(sqlite3.connect(folder / WORKPLACE / DATABASE)) as connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'body'", (BODY,))  # its list of PCs is no list
            connection.commit()
    elif verb != CREATE:
        with create_workplace(folder / WORKPLACE, BODY, "Ayşe Yılmaz") as workplace:
            projects.add_projects(workplace, [entered(random_) for _ in range(10)])


def _prepare_office(folder: Path, random_: random.Random) -> None:
    (folder / BUNDLES).mkdir()
    with (
        create_workplace(folder / WORKPLACE, OFFICE, "Koordinatör") as office,
        create_workplace(folder / "district", BODY, "Ayşe Yılmaz") as district,
    ):
        request_enrolment(district, folder / "request")
        accept_enrolment(office, read_request(office, folder / "request"))
        for n in range(8):
            projects.add_projects(district, [entered(random_) for _ in range(15)])
            enter_with_evidence(folder, district, random_)
            export_bundle(district, folder / BUNDLES / f"{n}.izsa")


def _prepare_district(folder: Path, random_: random.Random) -> None:
    """The answers bring what the municipality's other PC entered, with evidence; and each a new list of PCs."""
    (folder / BUNDLES).mkdir()
    with (
        create_workplace(folder / "office", OFFICE, "Koordinatör") as office,
        create_workplace(folder / WORKPLACE, BODY, "Ayşe Yılmaz") as district,
        create_workplace(folder / "other", BODY, "Veli Demir") as other,
    ):
        for pc in (district, other):
            request_enrolment(pc, folder / "request")
            accept_enrolment(office, read_request(office, folder / "request"))
        pin(district, trust_view(office).trust.fingerprint)
        for n in range(8):
            enter_with_evidence(folder, other, random_)
            export_bundle(other, folder / "bundle.izsa")
            merge_bundles(office, [folder / "bundle.izsa"])
            rotate(office)
            answer(office, BODY, folder / BUNDLES / f"{n}.izsa")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.verbs", description=__doc__)
    parser.add_argument("verb", choices=[*VERBS, CREATE, MIGRATE])
    parser.add_argument("folder", type=Path)
    parser.add_argument("notes", type=Path)
    parser.add_argument("seed")
    parser.add_argument("steps", type=int)
    parser.add_argument("--synchronous", default="")
    wanted = parser.parse_args(argv)
    if wanted.synchronous:
        weaker = [pragma for pragma in dialect._PRAGMAS if not pragma.startswith("synchronous")]
        dialect._PRAGMAS = (*weaker, f"synchronous={wanted.synchronous}")  # type: ignore[assignment]  # as many
    notes = os.open(wanted.notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    steps = work(wanted.verb, wanted.folder, random.Random(wanted.seed))
    for _step, workplace in zip(range(wanted.steps + 1), steps, strict=False):
        line = msgspec.json.encode(Note(content_hash(workplace), files(wanted.folder)))
        os.write(notes, line + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
