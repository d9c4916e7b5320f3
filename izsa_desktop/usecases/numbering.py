"""Readable numbers: İZSA-BOR-2026-0012. A number is never given twice in a workplace.

The workplace counts per year. A backup's count is older than what was given since, and a backup of another PC brings
numbers that this PC would give next: so after going back the count goes on behind every number that is here.
"""

import re
from collections.abc import Mapping

from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import registers
from izsa_desktop.usecases.workplace import Workplace, utc_now

COUNT = "number/"
_NUMBER = re.compile(r"İZSA-[^-]+-([0-9]{4})-([0-9]{4,9})")
"""Nine digits: whoever writes more wants to spoil the count."""


def next_numbers(workplace: Workplace, writer: Writer, count: int) -> list[str]:
    """The next numbers of this year."""
    year = utc_now()[:4]
    last = int(writer.meta().get(COUNT + year, "0"))
    writer.set_meta({COUNT + year: str(last + count)})
    short = workplace.reference.district(workplace.identity.body).abbreviation
    return [f"İZSA-{short}-{year}-{n:04d}" for n in range(last + 1, last + count + 1)]


def count_on(writer: Writer, body: str, counted: Mapping[str, str] | None = None) -> None:
    """Lets the counts go on behind all numbers of this body's projects, and behind what was counted elsewhere."""
    meta = writer.meta()
    last = {name: int(value) for name, value in meta.items() if name.startswith(COUNT)}
    for name, value in (counted or {}).items():
        if re.fullmatch(rf"{COUNT}[0-9]{{4}}", name) and re.fullmatch(r"[0-9]{1,9}", value):
            last[name] = max(last.get(name, 0), int(value))
    for revision in writer.revisions():
        number = revision.registers.get(registers.NUMBER) if revision.district == body else None
        given = _NUMBER.fullmatch(number) if isinstance(number, str) else None
        if given:
            name = COUNT + given[1]
            last[name] = max(last.get(name, 0), int(given[2]))
    new = {name: str(value) for name, value in last.items() if str(value) != meta.get(name)}
    if new:
        writer.set_meta(new)
