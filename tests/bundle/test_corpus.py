"""The files that every reader must judge alike, judged by ``verify`` alone: what is refused needs no store for it.

What is known before or behind it (envelopes, numbers that stand for two bundles, what lists of the office hold) is
judged by the command line in ``tests/conformance``.
"""

import json
from typing import Any

import pytest

from izsa_desktop.bundle import file
from izsa_desktop.bundle.file import Reading
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.domain.errors import Refused
from izsa_desktop.domain.reference import OFFICE
from tests.conformance.make_hostile import HERE, TABLE
from tests.conformance.world import LIST_3, TRUST
from tests.support import BORNOVA

NOBODY = TrustList(version=0, issued="", roots=(), members={})
READINGS = {
    "office": Reading(body=OFFICE, trust=TRUST, kept=LIST_3.body),
    "bornova": Reading(body=BORNOVA, trust=TRUST, kept=LIST_3.body),
    "bornova-pinned": Reading(body=BORNOVA, trust=NOBODY, anchor=TRUST.fingerprint),
    "bornova-new": Reading(body=BORNOVA, trust=NOBODY),
}


def _table(folder: str) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads((HERE / folder / TABLE).read_bytes())
    return rows


ELSEWHERE = ("age_damaged", "catalogue", "goals", "ladder", "outlines", "vocabularies")
HOSTILE = {name: row for name, row in _table("hostile").items() if not row["after"] and row["reason"] not in ELSEWHERE}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    row = HOSTILE[name]
    with pytest.raises(Refused) as caught:
        file.verify((HERE / "hostile" / f"{name}.izsa").read_bytes(), READINGS[row["at"]])
    assert (caught.value.exit_code, caught.value.reason) == (row["code"], row["reason"])


@pytest.mark.parametrize(("name", "row"), _table("honest").items())
def test_honest(name: str, row: dict[str, Any]) -> None:
    read = file.verify((HERE / "honest" / f"{name}.izsa").read_bytes(), READINGS[row["at"]])
    assert read.count == len(read.revisions)
