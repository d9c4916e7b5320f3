"""What many tests need: revisions made in one line, and Hypothesis strategies for what people and PCs do."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from izsa_desktop import reference
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.revision import DELETED, MAX_SAFE_INTEGER, Json, Revision, new_revision

REFERENCE = reference.load()
BORNOVA, KONAK = "TUR035007", "TUR035018"
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
    status="sürüyor",
    scope="mahalle",
    unit="İklim Değişikliği Müdürlüğü",
    owner="Bornova Belediyesi",
    source="https://example.org/yağmur?a=1&b=ş",
)
"""A project with every field filled."""


def make_revision(
    registers: Mapping[str, Json] | None = None,
    *parents: Revision,
    record: str = RECORD,
    replica: str = PC,
    seq: int = 1,
    author: str = "Ayşe Yılmaz",
    wall: str = NOON,
    type_: str = "project",
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
    )


# --- what people enter -----------------------------------------------------------------------------------------------

_CODES = {name: [term.code for term in terms] for name, terms in REFERENCE.vocabularies.items()}
turkish_text = st.text("abcçğıIİiöşüÖ %_'\"\\\n\t–“😀\u00a0\u0301\u2028", max_size=20) | st.text(
    st.characters(exclude_categories=("Cs", "Cc")), max_size=12
)
"""What may stand in a field: Turkish, quotes, wildcards, emoji, and whatever else Unicode has but controls."""

locations = st.builds(
    lambda lat, lon, approximate: Location(lat / 1e7, lon / 1e7, approximate),
    st.integers(-900_000_000, 900_000_000),
    st.integers(-1_800_000_000, 1_800_000_000),
    st.booleans(),
)


def _some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=5).map(tuple)


project_fields = st.builds(
    ProjectFields,
    title=turkish_text,
    purpose=turkish_text,
    audience=_some(_CODES["audience"]),
    audience_note=turkish_text | st.lists(turkish_text.filter(bool), min_size=1, max_size=3).map(tuple),
    start=st.none() | st.sampled_from(["unknown", "2024", "2024-05", "2024-02-29"]),
    goals=_some([goal.code for goal in REFERENCE.goals]),
    district=st.just("") | st.sampled_from([district.code for district in REFERENCE.districts]),
    neighbourhood=turkish_text,
    place=turkish_text,
    location=st.none() | locations,
    status=st.sampled_from(["", *_CODES["status"]]),
    scope=st.sampled_from(["", *_CODES["scope"]]),
    unit=turkish_text,
    owner=turkish_text,
    source=turkish_text,
)


@st.composite
def changed_fields(draw: st.DrawFn, before: ProjectFields) -> tuple[str, ProjectFields]:
    """The name of one field, and the fields with only that one entered anew."""
    name = draw(st.sampled_from(ProjectFields.__slots__))
    return name, replace(before, **{name: getattr(draw(project_fields), name)})


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
