"""Bundles of every released format are read by this version, with the same content."""

import json

import pytest

from izsa_desktop.bundle import enrolment, file, trust
from izsa_desktop.bundle.manifest import Ack
from izsa_desktop.domain.erasure import joined
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.registers import from_state
from izsa_desktop.domain.revision import parse_revision
from tests.bundle.make_golden import GOLDEN, PHOTO, SECOND, key, told
from tests.support import BORNOVA, FIELDS, RECORD

NAMES = {"v1": ("bornova.izsa",), "v2": ("bornova.izsa", "office.izsa")}
VERSIONS = sorted(NAMES)


def _trusted(version: str) -> trust.TrustList:
    folder = GOLDEN / version
    roots = (key("office", folder).public.text,)
    return trust.read((folder / "trust.json").read_bytes(), (folder / "trust.json.minisig").read_bytes(), roots)


def _read(version: str = "v1") -> file.VerifiedBundle:
    data = (GOLDEN / version / "bornova.izsa").read_bytes()
    return file.verify(data, file.Reading(body=OFFICE, trust=_trusted(version)))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_released_format_is_read_with_its_content(version: str) -> None:
    expected = json.loads((GOLDEN / version / "expected.json").read_text(encoding="utf-8"))
    request = enrolment.read((GOLDEN / version / "bornova.enrol").read_bytes())
    assert told(_read(version), request) == expected
    assert len(expected["revisions"]) == 4


def test_format_2_says_where_it_stands_and_what_it_brings() -> None:
    read = _read("v2")
    assert read.manifest.place == (2, "delta", 1)
    assert read.manifest.acks == {key("office", GOLDEN / "v2").key_id: Ack(7, "cd" * 32)}
    assert {bytes(content) for content in read.contents.objects.values()} == {PHOTO}


def test_an_answer_of_format_2_brings_the_list_the_catalogue_and_the_goals() -> None:
    anchor = _trusted("v2").fingerprint
    nobody = trust.TrustList(version=0, issued="", roots=(), members={})
    reading = file.Reading(body=BORNOVA, trust=nobody, anchor=anchor)
    read = file.verify((GOLDEN / "v2" / "office.izsa").read_bytes(), reading)
    assert [one.version for one in read.news] == [1, 2]
    assert [json.loads(line)["title"] for line in read.contents.catalogue or ()] == ["Kompost"]
    assert (read.contents.goals, read.count, read.signer.person) == (b"[]", 4, "Koordinatör")


def test_format_1_shows_what_it_always_showed() -> None:
    revisions = _read().revisions
    project = from_state(record_state(RECORD, [r for r in revisions if r.record == RECORD]))
    assert project.fields.title == "Yağmur"
    assert project.fields.location == FIELDS.location
    assert project.fields.goals == FIELDS.goals
    assert project.conflicts == ("_deleted",)
    assert not project.deleted
    second = [r for r in revisions if r.record == SECOND]
    assert from_state(record_state(SECOND, second)).fields.title == "Kompost"
    assert b'"gelecek":{"a":1}' in second[0].body
    assert second[0].registers["yeni/1"] == ["ş", None]


def test_an_erased_save_is_read_with_its_content() -> None:
    original, erased = (
        parse_revision((GOLDEN / "erased" / f"{name}.json").read_bytes()) for name in ("original", "erased")
    )
    assert original.id == erased.id == "42e3026c5f51682393de75ab4ef2dedb69286b8b93f89f59f8612ccfa79535a1"
    assert erased.registers == {**original.registers, "contact": None}
    assert erased.erased is not None
    assert (erased.erased.registers, erased.erased.who, erased.erased.when) == (
        ("contact",),
        "Ayşe Yılmaz",
        "2026-11-23T08:00:00Z",
    )
    assert joined(original, erased) == joined(erased, original) == erased
