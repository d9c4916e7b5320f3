"""A project as JSON: what ``add`` takes, ``list --json`` gives back."""

import json
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from izsa_desktop import resource_files
from izsa_desktop.domain.errors import BadField, NotAProject, UnknownDistrict
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.record import fields_from_record, record_from_project
from izsa_desktop.domain.registers import from_state, to_registers
from tests.support import BORNOVA, FIELDS, RECORD, REFERENCE, make_revision, project_fields


def test_a_record_has_the_names_and_forms_that_are_promised() -> None:
    project = Project(
        id=RECORD, number="İZSA-BOR-2025-0001", fields=FIELDS, heads=("b", "a"), conflicts=("title",), updated="u"
    )
    record = record_from_project(project, REFERENCE)
    assert {name: record[name] for name in _PROMISED} == _PROMISED
    assert record.keys() == {*_PROMISED, *_TEXTS}
    assert [record[name] for name in _TEXTS] == [getattr(FIELDS, name) for name in _TEXTS]


_TEXTS = ("title", "title_en", "purpose", "purpose_en", "summary", "unit", "contact", "owner", "source", "review_note")
_PROMISED = {
    "id": RECORD,
    "number": "İZSA-BOR-2025-0001",
    "kind": "yatırım",
    "periodic": "süren",
    "theme": "yağmur suyu",
    "audience": ["kadınlar", "çocuklar", "Okullar"],
    "audience_number": 1200,
    "start": "2024-05",
    "start_planned": "2024-04",
    "end_planned": "2026",
    "end": None,
    "goals": [6, 13, 11],
    "goal_details": [{"code": 6, "strength": "güçlü", "why": "Su tasarrufu"}],
    "targets": ["6.4", "13.1"],
    "dimensions": {"sosyal": 40, "çevresel": 60},
    "district": "Bornova",
    "district_code": BORNOVA,
    "served": ["Bornova", "Kemalpaşa"],
    "neighbourhood": "Kazımdirik",
    "place": "Büyükpark",
    "lat": 38.4622071,
    "lon": 27.2176312,
    "approximate": True,
    "shape": {"type": "LineString", "coordinates": [[27.21, 38.46], [27.2176312, 38.4622071], [27.22, 38.47]]},
    "sites": [{"key": "s1", "name": "Âşık Veysel Parkı", "neighbourhood": "Erzene", "lat": 38.46, "lon": 27}],
    "status": "sürüyor",
    "scope": "mahalle",
    "partners": [{"key": "p1", "name": "Ege Üniversitesi", "type": "üniversite", "role": "ortak"}],
    "funding": [
        {"key": "f1", "source": "öz kaynak", "note": "2024", "amount": 1250000.5, "currency": "TRY", "year": 2024}
    ],
    "plans": [{"key": "l1", "plan": "stratejik plan", "level": "hedef", "code": "A1.H2", "text": "Suyu korumak"}],
    "indicators": [
        {
            "key": "i1",
            "name": "Toplanan su",
            "unit": "m³",
            "direction": "artış",
            "baseline": 0,
            "baseline_year": 2023,
            "target": 1500.25,
            "target_year": 2026,
            "sdg": "6.4.1",
            "actuals": [{"key": "a1", "value": 400, "date": "2024-12", "source": "Sayaç"}],
        }
    ],
    "climate_effect": "uyum",
    "climate_sector": "su",
    "hazards": ["kuraklık"],
    "co2e": 12.5,
    "energy_saved": 3,
    "energy_produced": 0,
    "relations": [{"other": FIELDS.relations[0].other, "kind": "devamı", "note": "İkinci aşama"}],
    "evidence": [
        {
            "key": "c3" * 32,
            "name": "depo fotoğrafı.jpg",
            "media_type": "image/jpeg",
            "size": 345678,
            "caption": "İlk depo",
            "licence": "CC BY 4.0",
            "people": True,
            "consent": "Yazılı onam, 2024-05-02, birim dosyası",
            "link": "",
        },
        {
            "key": "k1",
            "name": "",
            "media_type": "",
            "size": None,
            "caption": "Haber",
            "licence": "",
            "people": False,
            "consent": "",
            "link": "https://example.org/belge",
        },
    ],
    "review": "taslak",
    "confirmed": "2025-01-31",
    "body": BORNOVA,
    "updated": "u",
    "updated_by": "",
    "revision": "b",
    "conflicts": ["title"],
    "deleted": False,
}


@given(project_fields)
def test_reading_a_written_record_gives_the_same_fields(fields: ProjectFields) -> None:
    record = json.loads(json.dumps(record_from_project(Project(id=RECORD, fields=fields), REFERENCE)))
    assert fields_from_record(record, REFERENCE) == _as_one_reads(fields)


def _as_one_reads(fields: ProjectFields) -> ProjectFields:
    """Words of one's own that are spelled as a code are the code; one note beside codes is a text."""
    given = (fields.audience_note,) if isinstance(fields.audience_note, str) else fields.audience_note
    vocabulary = REFERENCE.vocabularies["audience"]
    codes = tuple(dict.fromkeys([*fields.audience, *(note for note in given if vocabulary.get(note))]))
    notes: Any = tuple(note for note in given if note and not vocabulary.get(note))
    if len(notes) < 2 and (codes or not notes or isinstance(fields.audience_note, str)):
        notes = "".join(notes)
    return replace(fields, audience=codes, audience_note=notes)


def _demo_lines() -> list[dict[str, Any]]:
    lines = resource_files.path("demo/projects.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_all_collected_projects_come_out_field_by_field_as_they_went_in() -> None:
    lines = _demo_lines()
    read = 0
    for line in lines:
        taken = {"goals": line["sdgs"], **{k: v for k, v in line.items() if k not in ("sdgs", "alt_of")}}
        try:
            fields = fields_from_record(taken, REFERENCE)
        except UnknownDistrict:
            taken["district"] = "Bornova"  # another city's project, as if it were here
            fields = fields_from_record(taken, REFERENCE)
        shown = from_state(record_state(RECORD, [make_revision(to_registers(fields, {}))]))
        assert shown.fields == fields
        given_back = record_from_project(shown, REFERENCE)
        assert {name: given_back[name] or None for name in taken} == {name: v or None for name, v in taken.items()}
        assert fields_from_record(given_back, REFERENCE) == fields
        read += 1
    assert read == len(lines) == 85


def test_start_is_unknown_only_when_somebody_said_so() -> None:
    for start, written in ((None, ""), ("unknown", None), ("2025", "2025")):
        record = record_from_project(Project(id=RECORD, fields=ProjectFields(start=start)), REFERENCE)
        assert record["start"] == written
        assert fields_from_record(record, REFERENCE).start == start
    assert fields_from_record({}, REFERENCE).start is None


def test_goals_that_this_version_does_not_know_are_shown_as_they_are() -> None:
    fields = ProjectFields(goals=("²", "İ3", "9" * 5000, "12", "٣"))
    record = record_from_project(Project(id=RECORD, fields=fields), REFERENCE)
    assert record["goals"] == ["²", "İ3", "9" * 5000, 12, "٣"]


@pytest.mark.parametrize("name", ["Bornova", "bornova", "BORNOVA", "TUR035007", "35-07", " Bornova "])
def test_a_district_may_be_named_in_many_ways(name: str) -> None:
    assert fields_from_record({"district": name}, REFERENCE).district == BORNOVA


def test_vocabulary_terms_may_be_given_by_label() -> None:
    assert fields_from_record({"status": "SÜRÜYOR", "scope": "Mahalle"}, REFERENCE).status == "sürüyor"


@pytest.mark.parametrize(
    ("record", "field", "problem"),
    [
        ({"titel": "x"}, "", "unknown_name"),
        ({"title": 5}, "title", "not_text"),
        ({"purpose": ["x"]}, "purpose", "not_text"),
        ({"audience": 5}, "audience", "not_text"),
        ({"audience": ["herkes", None]}, "audience", "not_text"),
        ({"start": 2025}, "start", "not_a_date"),
        ({"goals": 6}, "goals", "unknown_goal"),
        ({"goals": [6.0]}, "goals", "unknown_goal"),
        ({"goals": [True]}, "goals", "unknown_goal"),
        ({"lat": "38.4", "lon": 27}, "lat", "not_a_number"),
        ({"lat": 38.4}, "lon", "not_a_number"),
        ({"lat": True, "lon": 27}, "lat", "not_a_number"),
        ({"lat": 91, "lon": 27}, "location", "not_on_earth"),
        ({"lat": 38, "lon": float("nan")}, "location", "not_on_earth"),
        ({"lat": 38, "lon": 10**400}, "location", "not_on_earth"),
        ({"status": "belki"}, "status", "unknown_code"),
        ({"scope": {}}, "scope", "not_text"),
        ({"district": ["Bornova"]}, "district", "not_text"),
        ({"co2e": "1_000"}, "co2e", "not_a_plain_number"),
        ({"co2e": "١٢"}, "co2e", "not_a_plain_number"),
        ({"co2e": "1,5"}, "co2e", "not_a_plain_number"),
    ],
)
def test_a_wrong_record_is_refused_with_the_field_named(record: dict[str, Any], field: str, problem: str) -> None:
    with pytest.raises(BadField) as caught:
        fields_from_record(record, REFERENCE)
    assert (caught.value.field, caught.value.problem) == (field, problem)


@pytest.mark.parametrize("record", [None, [], "x", 5])
def test_a_record_is_an_object(record: Any) -> None:
    with pytest.raises(NotAProject):
        fields_from_record(record, REFERENCE)


def test_whole_degrees_are_a_place() -> None:
    assert fields_from_record({"lat": 38, "lon": 27}, REFERENCE).location == Location(38.0, 27.0)
