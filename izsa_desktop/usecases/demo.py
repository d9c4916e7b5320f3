"""The demo: real projects go the whole line, from a clerk's keyboard to the coordinator's map.

Every district with a project gets a workplace of its own, is enrolled, enters its projects and sends a bundle; the
office enters the province-wide ones itself and merges the bundles. Nothing is short-cut. What comes of it between the
office and the districts is in ``demo_story``: invented, and marked as such.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from izsa_desktop import reference, resource_files
from izsa_desktop.domain.errors import FileTaken, FolderNotWritable, UnknownDistrict
from izsa_desktop.domain.placing import Placing
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.record import fields_from_record
from izsa_desktop.domain.reference import OFFICE, District, Reference
from izsa_desktop.durable import os_problem
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import enrolment, exchange, sending
from izsa_desktop.usecases.demo_story import Story, assumed, examples, hand_in_first
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import bundle_name, create_workplace, exists

OFFICE_FOLDER, DISTRICTS_FOLDER, BUNDLES_FOLDER = "office", "districts", "bundles"


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made. ``left_out``: titles of lines that do not belong on İzmir's map, and why (``demo.<reason>``)."""

    office: Path
    bundles: tuple[Path, ...]
    received: tuple[Received, ...]
    left_out: tuple[tuple[str, str], ...]
    projects: int
    """The real ones."""
    examples: int = 0
    """Invented projects at the office."""
    waiting: tuple[Path, ...] = ()
    """Bundles of districts that the office has not taken in."""


def make_demo(folder: Path, language: str = "tr", progress: Progress = no_progress, *, story: bool = True) -> Demo:
    """Runs the line in an empty or new folder. Without ``story`` with the real projects alone, as they were collected.

    Raises FileTaken when the folder holds a demo already, FolderNotWritable.
    """
    if exists(folder / OFFICE_FOLDER):
        raise FileTaken(str(folder / OFFICE_FOLDER))
    known, t, today = reference.load(), Translator(language), date.today()
    taken, left_out = _sorted_out(known)
    total, invented = sum(map(len, taken.values())), 0
    if story:
        numbers = iter(range(total))
        taken = {code: [assumed(one, next(numbers), t, today) for one in some] for code, some in taken.items()}
        for code, some in _examples(known, later=False).items():
            taken[code] += some
            invented += len(some)
    try:
        (folder / BUNDLES_FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise FolderNotWritable(str(folder), os_problem(e)) from e
    office = create_workplace(folder / OFFICE_FOLDER, OFFICE, t("demo.coordinator"), language)
    steps = len(taken) + 1
    with office:
        add_projects(office, taken.pop(OFFICE, []))
        bundles = []
        for n, (code, projects) in enumerate(sorted(taken.items())):
            progress(n, steps)
            district = known.district(code)
            bundle, request = _district(folder, district, projects, t, today if story else None)
            enrolment.accept_enrolment(office, enrolment.read_request(office, request))
            bundles.append(bundle)
        progress(steps - 1, steps)
        received = exchange.merge_bundles(office, bundles)
        homes = {code: _home(folder, known.district(code)) for code in taken}
        mail = folder / BUNDLES_FOLDER
        waiting = Story(office, homes, mail, t, today, _examples(known, later=True)).tell() if story else []
    progress(steps, steps)
    return Demo(
        folder / OFFICE_FOLDER, tuple(bundles), tuple(received), tuple(left_out), total, invented, tuple(waiting)
    )


def demo_lines() -> Iterator[dict[str, Any]]:
    """The collected real projects, as they are."""
    text = resource_files.path("demo/projects.jsonl").read_text(encoding="utf-8")
    return map(json.loads, text.splitlines())


def demo_record(line: dict[str, Any]) -> dict[str, Any]:
    """A collected line under the names that ``add`` takes."""
    return {"goals": line["sdgs"], **{name: line[name] for name in line if name not in ("sdgs", "alt_of")}}


def _sorted_out(known: Reference) -> tuple[dict[str, list[ProjectFields]], list[tuple[str, str]]]:
    """İzmir's projects by the body that enters them, and what is left out with the reason."""
    placing = Placing(known)
    taken: dict[str, list[ProjectFields]] = {}
    left_out = []
    for line in demo_lines():
        if "alt_of" in line:
            left_out.append((line["title"], "second_description"))
            continue
        try:
            code = known.district(line["district"]).code
        except UnknownDistrict:
            left_out.append((line["title"], "other_city"))
            continue
        taken.setdefault(code, []).append(_placed(fields_from_record(demo_record(line), known), placing))
    return taken, left_out


def _placed(fields: ProjectFields, placing: Placing) -> ProjectFields:
    """No source gives coordinates: an approximate place stands in, marked as such; province-wide work has none."""
    if fields.district == OFFICE:
        return replace(fields, scope="il")
    return replace(fields, location=placing.of(fields))


def _examples(known: Reference, *, later: bool) -> dict[str, list[ProjectFields]]:
    placing = Placing(known)
    found: dict[str, list[ProjectFields]] = {}
    for record in examples(later=later):
        fields = _placed(fields_from_record(record, known), placing)
        found.setdefault(fields.district, []).append(fields)
    return found


def _home(folder: Path, district: District) -> Path:
    return folder / DISTRICTS_FOLDER / district.short_code


def _district(
    folder: Path, district: District, projects: Sequence[ProjectFields], t: Translator, told: date | None
) -> tuple[Path, Path]:
    """One district's part: its workplace, request and bundle. ``told``: the day of the story, where one is told."""
    home = _home(folder, district)
    with create_workplace(home, district.code, t("demo.clerk", district=district.name), t.language) as workplace:
        request = folder / BUNDLES_FOLDER / f"{district.short_code}.enrol"
        enrolment.request_enrolment(workplace, request)
        add_projects(workplace, projects)
        if told:
            hand_in_first(workplace, t, told)
        [exported] = sending.export_bundle(workplace, folder / BUNDLES_FOLDER / bundle_name(workplace, 1))
    return exported.path, request
