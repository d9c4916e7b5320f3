"""The demo: real projects go the whole line, from a clerk's keyboard to the coordinator's map.

Every district with a project gets a workplace of its own, is enrolled, enters its projects and sends a bundle; the
office enters the province-wide ones itself and merges the bundles. Nothing is short-cut.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


def make_demo(folder: Path, language: str = "tr", progress: Progress = no_progress) -> Demo:
    """Runs the line in an empty or new folder.

    Raises FileTaken when the folder holds a demo already, FolderNotWritable.
    """
    if exists(folder / OFFICE_FOLDER):
        raise FileTaken(str(folder / OFFICE_FOLDER))
    known = reference.load()
    taken, left_out = _sorted_out(known)
    try:
        (folder / BUNDLES_FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise FolderNotWritable(str(folder), os_problem(e)) from e
    t = Translator(language)
    office = create_workplace(folder / OFFICE_FOLDER, OFFICE, t("demo.coordinator"), language)
    steps = len(taken) + 1
    total = sum(map(len, taken.values()))
    with office:
        add_projects(office, taken.pop(OFFICE, []))
        bundles = []
        for n, (code, projects) in enumerate(sorted(taken.items())):
            progress(n, steps)
            district = known.district(code)
            bundle, request = _district(folder, district, projects, t)
            enrolment.accept_enrolment(office, enrolment.read_request(office, request))
            bundles.append(bundle)
        progress(steps - 1, steps)
        received = exchange.merge_bundles(office, bundles)
    progress(steps, steps)
    return Demo(folder / OFFICE_FOLDER, tuple(bundles), tuple(received), tuple(left_out), total)


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


def _district(folder: Path, district: District, projects: Sequence[ProjectFields], t: Translator) -> tuple[Path, Path]:
    """One district's part: its workplace, request and bundle."""
    home = folder / DISTRICTS_FOLDER / district.short_code
    with create_workplace(home, district.code, t("demo.clerk", district=district.name), t.language) as workplace:
        request = folder / BUNDLES_FOLDER / f"{district.short_code}.enrol"
        enrolment.request_enrolment(workplace, request)
        add_projects(workplace, projects)
        [exported] = sending.export_bundle(workplace, folder / BUNDLES_FOLDER / bundle_name(workplace, 1))
    return exported.path, request
