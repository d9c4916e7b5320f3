"""Makes the files that every version must judge alike: ``python -m tests.conformance.make_hostile FOLDER``.

Beside them is ``table.json``: of each file where it is judged, after which others, with what exit code and why.
Nothing in them is drawn at random, so the same program makes the same bytes. Whoever writes a reader can use them as
they are; the keys are those of ``tests/bundle/golden/v2`` and of ``world.py``.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conformance.making import (
    authority_cases,
    container_cases,
    content_cases,
    honest,
    manifest_cases,
    revision_cases,
    signature_cases,
    trust_cases,
)
from tests.conformance.world import Case

HERE = Path(__file__).parent
TABLE = "table.json"


def hostile() -> Iterator[Case]:
    """Files that must be refused."""
    yield from container_cases.cases()
    yield from signature_cases.cases()
    yield from trust_cases.cases()
    yield from manifest_cases.cases()
    yield from revision_cases.cases()
    yield from authority_cases.cases()
    yield from content_cases.cases()


def table(cases: list[Case]) -> str:
    """What is expected of each file, as it stands in ``table.json``."""
    rows = {
        case.name: {"at": case.at, "after": list(case.after), "code": case.code, "reason": case.reason}
        for case in sorted(cases, key=lambda case: case.name)
    }
    lines = [f" {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def files(cases: list[Case]) -> dict[str, bytes]:
    """All files of a folder by name."""
    made = {f"{case.name}.izsa": case.data for case in cases}
    assert len(made) == len(cases), "a name twice"
    return {**made, TABLE: table(cases).encode()}


def main(folder: Path) -> None:
    """Writes the folders ``hostile`` and ``honest``."""
    for name, cases in (("hostile", list(hostile())), ("honest", honest.cases())):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, content in files(cases).items():
            (folder / name / file).write_bytes(content)
        print(f"{name}: {len(cases)} files, {sum(len(case.data) for case in cases):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
