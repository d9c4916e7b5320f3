"""The table of fields is the record: nothing in one that is not in the other, and what is personal stays inside."""

from dataclasses import fields, replace
from typing import Any

from msgspec import structs

from izsa_desktop.domain.fields import BY_NAME, FIELDS, FieldSpec, Kind, public, texts
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.validation import completeness, warnings
from tests.support import FIELDS as FULL
from tests.support import REFERENCE


def test_the_table_has_every_field_in_order() -> None:
    assert [spec.name for spec in FIELDS] == [*ProjectFields.__struct_fields__]
    for spec in FIELDS:
        if spec.row is not None:
            named = {attribute.name for attribute in spec.row.attributes} | {spec.row.key}
            assert named == {field.name for field in fields(spec.row.type)}


def _specs(specs: tuple[FieldSpec, ...] = FIELDS) -> list[FieldSpec]:
    return [*specs, *(inner for spec in specs if spec.row for inner in _specs(spec.row.attributes))]


def test_every_vocabulary_is_there_and_every_text_has_a_limit() -> None:
    for spec in _specs():
        if spec.kind in (Kind.CODE, Kind.CODES, Kind.SHARES):
            assert REFERENCE.vocabularies[spec.vocabulary]
        if spec.kind in (Kind.TEXT, Kind.NOTES, Kind.ROWS):
            assert spec.max_length > 0


def test_every_text_can_be_searched() -> None:
    found = list(texts(FULL))
    for words in (FULL.title, FULL.purpose_en, "Okullar", "Ege Üniversitesi", "Sayaç", "İlk depo", "A1.H2", "kuraklık"):
        assert words in found


def test_what_is_personal_stays_inside() -> None:
    seen = repr(public(FULL))
    assert FULL.contact in repr(FULL)
    assert FULL.contact not in seen
    assert FULL.evidence[0].consent not in seen
    back = structs.replace(public(FULL), contact=FULL.contact, evidence=FULL.evidence)
    assert back == FULL


def _warned(**changes: Any) -> dict[str, str]:
    return warnings(structs.replace(FULL, **changes))


def test_what_should_be_looked_at_again() -> None:
    assert _warned() == {}
    assert _warned(start="2025", end="2024") == {"end": "end_before_start"}
    assert _warned(start="2025-03", end="2025") == {}
    assert _warned(start="2025-03-02", end="2025-03-01") == {"end": "end_before_start"}
    assert _warned(dimensions=FULL.dimensions[:1]) == {"dimensions": "not_100"}
    assert _warned(contact="ayse.yilmaz@bornova.bel.tr") == {"contact": "looks_personal"}
    assert _warned(contact="sıfır.atık@bornova.bel.tr") == {"contact": "looks_personal"}  # cannot be told apart
    assert _warned(contact="iklim@bornova.bel.tr") == {}
    assert _warned(evidence=(replace(FULL.evidence[0], consent=""),)) == {"evidence": "no_consent"}
    assert _warned(status="tamamlandı", end=None) == {"status": "ended_without_end"}


def test_how_complete_a_record_is() -> None:
    assert completeness(ProjectFields()).percent == 0
    assert completeness(FULL).percent == 100
    assert completeness(FULL).recommended == ()
    nearly = completeness(structs.replace(FULL, evidence=(), title=""))
    assert (nearly.required, nearly.recommended) == (("title",), ("evidence",))
    assert 80 < nearly.percent < 100
    assert {*completeness(ProjectFields()).recommended} <= BY_NAME.keys()
