"""Projects in any number, for measuring: sentences of the real ones, mixed, with values of every filter.

The same for the same number, and with a growing number of different words, as real collections have.
"""

import json
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from izsa_desktop import reference, resource_files
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.workplace import Workplace, create_workplace

_SYLLABLES = ("ka", "le", "mi", "to", "su", "re", "ba", "nı", "dö", "ge", "ti", "ra", "yo", "ce", "fa", "şü", "ğı")
_AT_ONCE = 5_000


def corpus(count: int, only: str = "") -> Iterator[ProjectFields]:
    """That many projects of the whole province, or as one district (its code) enters them: not yet looked through."""
    chance = random.Random(35)
    known = reference.load()
    lines = resource_files.path("demo/projects.jsonl").read_text(encoding="utf-8").splitlines()
    real = [json.loads(line) for line in lines]
    sentences = [s.strip() for one in real for s in str(one.get("purpose", "")).split(";") if s.strip()]
    goals = [goal.code for goal in known.goals]
    targets = [target.code for goal in known.goals for target in goal.targets]
    codes = {
        name: [term.code for term in known.vocabularies[name]] for name in ("audience", "theme", "status", "review")
    }
    districts = [district for district in known.districts if only in ("", district.code)]
    for n in range(count):
        district = chance.choice(districts)
        name = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))
        yield ProjectFields(
            title=f"{chance.choice(real)['title']} {name.capitalize()} {n}",
            purpose=". ".join(chance.choices(sentences, k=3)),
            summary=" ".join("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(4)),
            audience=tuple(chance.sample(codes["audience"], 2)),
            theme=chance.choice(codes["theme"]),
            status=chance.choice(codes["status"]),
            review="" if only else chance.choice(codes["review"]),
            start=chance.choice((f"{chance.randint(2005, 2027)}-{chance.randint(1, 12):02}", "unknown", None)),
            goals=tuple(chance.sample(goals, 3)),
            targets=tuple(chance.sample(targets, 2)),
            district=district.code,
            location=Location(district.lat + chance.gauss(0, 0.03), district.lon + chance.gauss(0, 0.03)),
            unit=f"{name.capitalize()} Müdürlüğü",
            confirmed=chance.choice((f"{chance.randint(2023, 2026)}-0{chance.randint(1, 9)}-10", None)),
        )


def enter(workplace: Workplace, projects: Iterable[ProjectFields]) -> None:
    """Adds projects, 5,000 in a transaction."""
    coming = iter(projects)
    while some := list(islice(coming, _AT_ONCE)):
        add_projects(workplace, some)


def workplace_with(count: int, folder: Path) -> Workplace:
    """An open office workplace in a new folder with that many projects."""
    workplace = create_workplace(folder, OFFICE, "Koordinatör")
    enter(workplace, corpus(count))
    return workplace
