"""What many tests need: revisions made in one line, and Hypothesis strategies for what people and PCs do."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from izsa_desktop import reference
from izsa_desktop.domain.fields import FIELDS as ALL_FIELDS
from izsa_desktop.domain.fields import FieldSpec, Kind, RowSpec, says_something
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.revision import DELETED, MAX_SAFE_INTEGER, Json, Revision, new_revision
from izsa_desktop.domain.rows import (
    Actual,
    Evidence,
    Funding,
    GoalDetail,
    Indicator,
    Partner,
    PlanLink,
    Relation,
    Share,
    Site,
)
from izsa_desktop.domain.shape import AREA, LINE, Shape, area_km2

REFERENCE = reference.load()
BORNOVA, KEMALPASA = "TUR035007", "TUR035018"
RECORD = f"{BORNOVA}/{'a1' * 16}"
PC = "00000000000000a1"
NOON = "2025-03-14T12:00:00Z"

FIELDS = ProjectFields(
    title="Yağmur hasadı “İzmir”",
    purpose="Çatı suyunu toplamak.\nİkinci satır.",
    audience=("kadınlar", "çocuklar"),
    audience_note="Okullar",
    start="2024-05",
    goals=("6", "13", "11"),
    district=BORNOVA,
    neighbourhood="Kazımdirik",
    place="Büyükpark",
    location=Location(38.4622071, 27.2176312, True),
    shape=Shape(LINE, (((27.21, 38.46), (27.2176312, 38.4622071), (27.22, 38.47)),)),
    status="sürüyor",
    scope="mahalle",
    unit="İklim Değişikliği Müdürlüğü",
    owner="Bornova Belediyesi",
    source="https://example.org/yağmur?a=1&b=ş",
    title_en="Rain harvest",
    purpose_en="To collect water from roofs.",
    summary="Depo, oluk ve süzgeç.",
    kind="yatırım",
    periodic="süren",
    theme="yağmur suyu",
    audience_number=1200,
    start_planned="2024-04",
    end_planned="2026",
    end="unknown",
    goal_details=(GoalDetail(code="6", strength="güçlü", why="Su tasarrufu"),),
    targets=("6.4", "13.1"),
    dimensions=(Share(code="sosyal", percent=40), Share(code="çevresel", percent=60)),
    served=(BORNOVA, KEMALPASA),
    sites=(Site(key="s1", name="Âşık Veysel Parkı", neighbourhood="Erzene", lat=Decimal("38.46"), lon=Decimal(27)),),
    contact="iklim@example.org",
    partners=(Partner(key="p1", name="Ege Üniversitesi", type="üniversite", role="ortak"),),
    funding=(
        Funding(key="f1", source="öz kaynak", note="2024", amount=Decimal("1250000.5"), currency="TRY", year=2024),
    ),
    plans=(PlanLink(key="l1", plan="stratejik plan", level="hedef", code="A1.H2", text="Suyu korumak"),),
    indicators=(
        Indicator(
            key="i1",
            name="Toplanan su",
            unit="m³",
            direction="artış",
            baseline=Decimal(0),
            baseline_year=2023,
            target=Decimal("1500.25"),
            target_year=2026,
            sdg="6.4.1",
            actuals=(Actual(key="a1", value=Decimal(400), date="2024-12", source="Sayaç"),),
        ),
    ),
    climate_effect="uyum",
    climate_sector="su",
    hazards=("kuraklık",),
    co2e=Decimal("12.5"),
    energy_saved=Decimal(3),
    energy_produced=Decimal(0),
    relations=(Relation(other=f"{KEMALPASA}/{'b2' * 16}", kind="devamı", note="İkinci aşama"),),
    evidence=(
        Evidence(
            key="c3" * 32,
            name="depo fotoğrafı.jpg",
            media_type="image/jpeg",
            size=345678,
            caption="İlk depo",
            licence="CC BY 4.0",
            people=True,
            consent="Yazılı onam, 2024-05-02, birim dosyası",
        ),
        Evidence(key="k1", link="https://example.org/belge", caption="Haber"),
    ),
    review="taslak",
    confirmed="2025-01-31",
)
"""A project with every field filled."""

FIELDS_OF_V1 = ProjectFields(
    **{
        name: getattr(FIELDS, name)
        for name in (
            *("title", "purpose", "audience", "audience_note", "start", "goals", "district", "neighbourhood", "place"),
            *("location", "status", "scope", "unit", "owner", "source"),
        )
    }
)
"""The fields that there were when the golden files of version 1 were made."""


def make_revision(
    registers: Mapping[str, Json] | None = None,
    *parents: Revision,
    record: str = RECORD,
    replica: str = PC,
    seq: int = 1,
    author: str = "Ayşe Yılmaz",
    wall: str = NOON,
    type_: str = "project",
    settles: Iterable[str] = (),
) -> Revision:
    """A revision of which most tests only care about registers and parents."""
    return new_revision(
        record=record,
        replica=replica,
        seq=seq,
        parents=tuple(parent.id for parent in parents),
        registers={"title": "Deneme"} if registers is None else registers,
        author=author,
        wall=wall,
        type_=type_,
        settles=settles,
    )


# --- what people enter -----------------------------------------------------------------------------------------------

_CODES = {name: [term.code for term in terms] for name, terms in REFERENCE.vocabularies.items()}
turkish_text = st.text("abcçğıIİiöşüÖ %_'\"\\\n\t–“😀\u00a0\u0301\u2028", max_size=20) | st.text(
    st.characters(exclude_categories=("Cs", "Cc")), max_size=12
)
"""What may stand in a field: Turkish, quotes, wildcards, emoji, and whatever else Unicode has but controls."""

_VERTICES = st.tuples(st.integers(26, 28), st.integers(37, 39), st.integers(0, 9_999_999), st.integers(0, 9_999_999))
_vertices = _VERTICES.map(lambda v: (round(v[0] + v[2] / 1e7, 7), round(v[1] + v[3] / 1e7, 7)))
_lines = st.lists(_vertices, min_size=2, max_size=6, unique=True).map(lambda path: Shape(LINE, (tuple(path),)))
_areas = st.lists(_vertices, min_size=3, max_size=6, unique=True).map(lambda ring: Shape(AREA, ((*ring, ring[0]),)))
shapes = _lines | _areas.filter(lambda area: area_km2(area) > 1e-6)
locations = st.builds(
    lambda lat, lon, approximate: Location(lat / 1e7, lon / 1e7, approximate),
    st.integers(-900_000_000, 900_000_000),
    st.integers(-1_800_000_000, 1_800_000_000),
    st.booleans(),
)


_numbers = st.decimals(-999, 999, places=2) | st.sampled_from([Decimal(0), Decimal("0.000001"), Decimal(10**12)])
_dates = st.sampled_from(["unknown", "2024", "2024-05", "2024-02-29"])
_goal_codes = [goal.code for goal in REFERENCE.goals]
_district_codes = [district.code for district in REFERENCE.districts]
_other_ids = st.integers(0, 5).map(lambda n: f"{KEMALPASA}/{n:032x}")


def _some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=5).map(tuple)


def _shares(codes: list[str]) -> st.SearchStrategy[tuple[Share, ...]]:
    chosen = st.dictionaries(st.sampled_from(codes), st.integers(1, 100), max_size=3)
    return chosen.map(lambda found: tuple(Share(code=code, percent=found[code]) for code in sorted(found)))


def _value(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Whatever a person may enter into a field."""
    if spec.row is not None:
        return _rows(spec.name, spec.row)
    if spec.vocabulary and spec.kind is not Kind.SHARES:
        codes = _CODES[spec.vocabulary]
        return _some(codes) if spec.kind is Kind.CODES else st.sampled_from(["", *codes])
    return {
        Kind.TEXT: turkish_text.map(lambda text: text[: spec.max_length]),
        Kind.NOTES: turkish_text | st.lists(turkish_text.filter(bool), min_size=1, max_size=3).map(tuple),
        Kind.DATE: st.none() | _dates,
        Kind.DAY: st.none() | st.just("2024-02-29"),
        Kind.GOALS: _some(_goal_codes),
        Kind.TARGETS: _some(sorted(REFERENCE.targets_by_code)),
        Kind.DISTRICT: st.just("") | st.sampled_from(_district_codes),
        Kind.DISTRICTS: _some(_district_codes),
        Kind.COUNT: st.none() | st.integers(spec.least, spec.most),
        Kind.NUMBER: st.none() | _numbers.filter(lambda number: spec.least <= number <= spec.most),
        Kind.FLAG: st.booleans(),
        Kind.POINT: st.none() | locations,
        Kind.SHAPE: st.none() | shapes,
        Kind.SHARES: _shares(_CODES.get(spec.vocabulary, [])),
    }[spec.kind]


def _rows(name: str, row: RowSpec) -> st.SearchStrategy[tuple[Any, ...]]:
    keys = {"goal_details": st.sampled_from(_goal_codes), "relations": _other_ids}
    attributes = {spec.name: _in_row(spec) for spec in row.attributes}
    made = st.builds(row.type, **attributes, **{row.key: keys.get(name, st.sampled_from("abcdefgh"))})
    said = made.filter(lambda value: any(says_something(getattr(value, spec.name)) for spec in row.attributes))
    return st.lists(said, unique_by=lambda value: getattr(value, row.key), max_size=3).map(tuple)


def _in_row(spec: FieldSpec) -> st.SearchStrategy[Any]:
    return st.just("") | _dates if spec.kind is Kind.DATE else _value(spec)


FIELD_VALUES = {spec.name: _value(spec) for spec in ALL_FIELDS}
project_fields = st.fixed_dictionaries({}, optional=FIELD_VALUES).map(lambda found: ProjectFields(**found))


@st.composite
def changed_fields(draw: st.DrawFn, before: ProjectFields) -> tuple[str, ProjectFields]:
    """The name of one field, and the fields with only that one entered anew."""
    name = draw(st.sampled_from(ProjectFields.__struct_fields__))
    return name, replace(before, **{name: draw(FIELD_VALUES[name])})


# --- what PCs write --------------------------------------------------------------------------------------------------

bmp_text = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=("Cs", "Cc")), max_size=6)
json_values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER) | turkish_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(bmp_text, inner, max_size=3),
    max_leaves=6,
)
"""Whatever a revision may hold as a value."""

_writes: st.SearchStrategy[dict[str, Json]] = st.one_of(
    st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2) | st.none(), max_size=2),
    st.sampled_from([{DELETED: True}, {DELETED: True, "x": 1}, {DELETED: None}]),
)
_events = st.tuples(st.integers(0, 2), st.integers(0, 2), _writes, st.integers(0, 9))


@st.composite
def worlds(draw: st.DrawFn, record: str = RECORD) -> list[Revision]:
    """One record's revisions by three PCs that each know only what has reached them, parents before children.

    An event ``(n, m, …)`` with n = m is an edit on PC n by a clock that nobody set; otherwise m gets all that n knows.
    """
    known: list[dict[str, Revision]] = [{}, {}, {}]
    made: dict[str, Revision] = {}
    for n, m, writes, second in [(0, 0, {"x": 0}, 0), *draw(st.lists(_events, max_size=14))]:
        if n != m:
            known[m] |= known[n]
            continue
        seen = {parent for revision in known[n].values() for parent in revision.parents}
        revision = make_revision(
            writes,
            *(known[n][id_] for id_ in known[n].keys() - seen),
            record=record,
            replica=f"{n:016x}",
            seq=1 + sum(other.replica == f"{n:016x}" for other in made.values()),
            wall=f"2025-03-14T12:00:0{second}Z",
        )
        known[n][revision.id] = made[revision.id] = revision
    return list(made.values())
