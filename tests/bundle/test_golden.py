"""Bundles of every released format are read by this version, with the same content."""

import json

from izsa_desktop.bundle import enrolment, file, trust
from izsa_desktop.domain.erasure import joined
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.registers import from_state
from izsa_desktop.domain.revision import parse_revision
from tests.bundle.make_golden import GOLDEN, SECOND, key, make, told
from tests.support import FIELDS, RECORD

FILES = {name: (GOLDEN / name).read_bytes() for name in make(GOLDEN)}


def _read() -> file.VerifiedBundle:
    roots = (key("office").public.text,)
    trusted = trust.read(FILES["trust.json"], FILES["trust.json.minisig"], roots)
    return file.verify(FILES["bornova.izsa"], trusted, OFFICE)


def test_format_1_is_read_with_its_content() -> None:
    expected = json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))
    assert told(_read(), enrolment.read(FILES["bornova.enrol"])) == expected
    assert len(expected["revisions"]) == 4


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
        parse_revision((GOLDEN.parent / "erased" / f"{name}.json").read_bytes()) for name in ("original", "erased")
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


def test_the_writer_still_writes_format_1_byte_for_byte() -> None:
    assert make(GOLDEN) == FILES
