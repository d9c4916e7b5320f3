"""Projects for the tests of what is printed."""

import json
from decimal import Decimal

from msgspec.structs import replace

from izsa_desktop import reference, resource_files
from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
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
)
from izsa_desktop.domain.text import visible

REFERENCE = reference.load()
BORNOVA = "TUR035007"

FULL = Project(
    id=f"{BORNOVA}/{'1a2b3c4d' * 4}",
    heads=("9f8e7d6c" * 8,),
    updated="2026-03-14T10:00:00Z",
    updated_by="Ayşe Yıldız",
    fields=ProjectFields(
        title="Çiğli’den Güzelbahçe’ye ışıklı gölgelik",
        purpose="Öğrenci ve üreticilerin ŞĞÜİÖÇ ile ığşçöü harflerini doğru okuması.\nİkinci satır da yerinde durur.",
        audience=("kadınlar", "çiftçiler"),
        audience_note=("Kooperatif ortakları", "Muhtarlıklar"),
        start="2025-03-14",
        goals=("7", "13", "11"),
        district=BORNOVA,
        neighbourhood="Kazımdirik",
        place="Büyükpark, Atatürk Kültür Merkezi",
        location=Location(38.46221, 27.21763),
        status="sürüyor",
        scope="mahalle",
        unit="İklim Değişikliği ve Sıfır Atık Müdürlüğü",
        owner="Bornova Belediyesi",
        source="https://example.org/yağmur?a=1&b=ş",
    ),
)
"""Every field is filled, with all Turkish letters."""

EMPTY = Project(id=f"{BORNOVA}/{'0' * 32}", fields=ProjectFields())

_HOSTILE = "<script>document.title='x'</script></style>{{ 7*7 }}\"'><img src=x onerror=alert(1)>&lt;\u202eters"
HOSTILE = Project(
    id=f"{BORNOVA}/{'bad0' * 8}",
    heads=("c" * 64,),
    conflicts=("purpose", "<i>alan</i>"),
    updated="<b>dün</b>",
    updated_by=_HOSTILE,
    fields=ProjectFields(
        title=f"T{_HOSTILE}",
        purpose=f"A{_HOSTILE}",
        audience=("<u>",),
        audience_note=f"N{_HOSTILE}",
        start="<s>",
        goals=("5", "<em>"),
        district="<TUR>",
        neighbourhood=f"M{_HOSTILE}",
        place=f"Y{_HOSTILE}",
        status="<q>",
        scope="<w>",
        unit=f"B{_HOSTILE}",
        owner=f"S{_HOSTILE}",
        source=f"K{_HOSTILE}",
    ),
)
"""Markup, template language and hidden characters wherever text can stand."""

LONG_PURPOSE = "".join(f"{n}. cümle kıyıdaki çöğürlerin öğütülüp gübre olmasını anlatır. " for n in range(200))[:5000]
LONG = replace(FULL, id=f"{BORNOVA}/{'5' * 32}", fields=replace(FULL.fields, purpose=LONG_PURPOSE))


def demo_projects(count: int) -> list[Project]:
    """Real projects of the demonstration data, repeated as often as needed, each under an id of its own."""
    lines = resource_files.path("demo/projects.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if "alt_of" not in row and _is_ours(row["district"])]
    return [_demo_project(n, rows[n % len(rows)]) for n in range(count)]


def texts_of(project: Project) -> list[str]:
    """All that people wrote in the project, as it may be shown."""
    f = project.fields
    notes = (f.audience_note,) if isinstance(f.audience_note, str) else f.audience_note
    texts = (f.title, f.purpose, *notes, f.neighbourhood, f.place, f.unit, f.owner, f.source)
    return [visible(text) for text in texts if text]


def squeezed(text: str) -> str:
    """Text without blanks and line ends: what is left when lines were broken anew."""
    return "".join(text.split())


def _is_ours(district: str) -> bool:
    return district == REFERENCE.province.name or any(district == d.name for d in REFERENCE.districts)


def _demo_project(number: int, row: dict[str, object]) -> Project:
    district = REFERENCE.district(str(row["district"]))
    location = Location(district.lat, district.lon, approximate=True) if district.code != OFFICE else None
    goals = row["sdgs"]
    assert isinstance(goals, list)
    fields = ProjectFields(
        title=str(row["title"]),
        purpose=str(row["purpose"]),
        audience_note=str(row["audience"]),
        start=str(row["start"] or "unknown"),
        goals=tuple(map(str, goals)),
        district=district.code,
        place=str(row["place"]),
        location=location,
        status="sürüyor",
        owner=str(row["owner"]),
        source=str(row["source"]),
    )
    return Project(id=f"{district.code}/{number:032x}", fields=fields, heads=(f"{number:064x}",))


RICH = replace(
    FULL,
    id=f"{BORNOVA}/{'7' * 32}",
    number="İZSA-BOR-2026-0007",
    fields=replace(
        FULL.fields,
        title_en="Shades of light from Çiğli",
        purpose_en="Reading the letters right.",
        summary="Önce kutular dağıtılır.\nSonra toplanır.",
        audience_number=12_500,
        start_planned="2025-01",
        end_planned="2027-12",
        kind="hizmet",
        theme="kompost",
        served=(BORNOVA, "TUR035008"),
        goal_details=(GoalDetail(code="7", strength="güçlü", why="Enerji tüketimini azaltır."),),
        targets=("7.2", "13.1"),
        dimensions=(Share(code="çevresel", percent=70), Share(code="sosyal", percent=30)),
        partners=(Partner(name="Ege Üniversitesi", type="üniversite", role="ortak"),),
        funding=(Funding(source="öz kaynak", amount=Decimal("1250000.5"), currency="TRY", year=2025),),
        plans=(PlanLink(plan="stratejik plan", level="hedef", code="A1.H2", text="Atığın azaltılması"),),
        indicators=(
            Indicator(
                name="Toplanan atık",
                unit="ton",
                direction="artış",
                baseline=Decimal(120),
                baseline_year=2023,
                target=Decimal(600),
                target_year=2027,
                actuals=(Actual(value=Decimal("355.5"), date="2025-06"), Actual(value=Decimal(210), date="2024")),
            ),
        ),
        climate_effect="azaltım",
        co2e=Decimal("45.5"),
        contact="iklim@bornova.bel.tr",
        relations=(Relation(other=f"{BORNOVA}/{'1' * 32}", kind="devamı", note="İkinci aşama"),),
        evidence=(
            Evidence(key="link", link="https://example.org/rapor", caption="Rapor"),
            Evidence(key="foto", name="a.jpg", media_type="image/jpeg", consent="Ali Veli izin verdi"),
        ),
        review="onaylandı",
        review_note="Gerekçeyi uzatın.",
        confirmed="2026-06-01",
    ),
)
"""What the form can hold, all of it."""
