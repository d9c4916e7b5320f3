"""The workbook comes back without loss: whatever stands in the records, in both languages, also when worked on."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from izsa_desktop.domain.errors import KnownError, TableNewer
from izsa_desktop.domain.fields import public
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Partner
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.tables.reading import read_table
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.importing import mapping, taking, trial
from izsa_desktop.usecases.importing.trial import KNOWN, LEFT, NEW, UPDATE, Trial
from izsa_desktop.usecases.outputs import layout
from izsa_desktop.usecases.outputs.export import TableOrder, export_table
from izsa_desktop.usecases.outputs.whole import flat, workbook
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace
from tests.support import BORNOVA, FIELDS, REFERENCE, project_fields
from tests.usecases.line import Line, enter, export, merge

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "|x",
    "＝1",
    "'=1",
    "''=x",
    "'",
    "_x0041_",
    "\u202eabc",
    "İıIi\nş",
    "yok",
    "x" * 9000,
]


def no_step() -> None:
    """Nobody watches."""


@pytest.fixture
def bornova(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path / "bornova", BORNOVA, "Ayşe") as workplace:
        yield workplace


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """The office may write of every district."""
    with create_workplace(tmp_path_factory.mktemp("empty") / "office", OFFICE, "Koordinatör") as workplace:
        yield workplace


def as_project(n: int, fields: ProjectFields, body: str = OFFICE) -> Project:
    return Project(id=f"{body}/{n:032x}", fields=fields, number=f"İZSA-{n}")


def made(found: list[Project], language: str = "tr", *, personal: bool = True) -> bytes:
    return workbook(found, REFERENCE, Translator(language), no_step, personal=personal)


def tried(workplace: Workplace, data: bytes, **options: Any) -> Trial:
    table = read_table(data, "t.xlsx")
    chosen = mapping.propose(workplace, table, mapping.choose_sheet(table))
    assert chosen.exact
    return trial.dry_run(workplace, table, chosen, "t.xlsx", **options)


def worked_on(data: bytes, change: Any) -> bytes:
    """The workbook after another program has changed it: its hidden sheets and formats went through that program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_comes_back(empty: Workplace, language: str) -> None:
    full = replace(FIELDS, review="onaylandı", review_note="Söz", audience_note=("Okullar", "Siteler; bloklar"))
    found = tried(empty, made([as_project(1, full)], language))
    [row] = found.rows
    assert (row.state, row.messages) == (NEW, ())
    assert row.fields == full


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(entered=st.lists(project_fields, min_size=1, max_size=3), language=st.sampled_from(LANGUAGES))
def test_whatever_can_be_stored_comes_back(empty: Workplace, entered: list[ProjectFields], language: str) -> None:
    try:
        stored = [projects.checked(empty, fields) for fields in entered]
    except KnownError:
        assume(False)
    found = tried(empty, made([as_project(n, fields) for n, fields in enumerate(stored)], language))
    assert [read.fields for read in found.reads.values()] == stored


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_and_are_never_computed(empty: Workplace, text: str) -> None:
    in_a_line = text[:9].replace("\n", " ").replace("\u202e", "")
    partners = (Partner(key="p", name=in_a_line),)
    stored = projects.checked(empty, replace(FIELDS, title=f"{text[:200]} x", purpose=text, partners=partners))
    data = made([as_project(1, stored)])
    assert tried(empty, data).rows[0].fields == stored
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets/sheet" in name)


def test_an_export_is_taken_in_elsewhere_as_the_same_records(bornova: Workplace, tmp_path: Path) -> None:
    twice = ProjectFields(title="Örnek: aynı", district=BORNOVA)  # to other tables an example, and once is enough
    entered = [replace(FIELDS, review="gönderildi"), twice, twice, ProjectFields(title="TOPLAM", district=BORNOVA)]
    projects.add_projects(bornova, entered)
    export_table(bornova, TableOrder("xlsx", EVERYTHING, internal=True), tmp_path / "t.xlsx")
    data = (tmp_path / "t.xlsx").read_bytes()
    with create_workplace(tmp_path / "other", BORNOVA, "Ali") as other:
        assert len(taking.take_in(other, tried(other, data)).ids) == 4
        there = [project.fields for project in projects.list_projects(other)]
        assert there == [project.fields for project in projects.list_projects(bornova)]
        assert {row.state for row in tried(other, data).rows} == {KNOWN}  # taken in already


def test_projects_without_a_name_come_back_too(bornova: Workplace, tmp_path: Path) -> None:
    nameless = [ProjectFields(district=BORNOVA, purpose=text) for text in ("Bir", "İki", "")]
    projects.add_projects(bornova, nameless)
    export_table(bornova, TableOrder("xlsx", EVERYTHING), tmp_path / "t.xlsx")
    data = (tmp_path / "t.xlsx").read_bytes()
    assert {row.state for row in tried(bornova, data).rows} == {KNOWN}
    with create_workplace(tmp_path / "other", BORNOVA, "Ali") as other:
        projects.add_projects(other, nameless[:1] * 2)  # they are not taken for these because all have no name
        assert len(taking.take_in(other, tried(other, data)).ids) == 3
        purposes = [project.fields.purpose for project in projects.list_projects(other)]
        assert sorted(purposes) == ["", "Bir", "Bir", "Bir", "İki"]


def test_at_home_rows_are_known_by_their_ids(bornova: Workplace) -> None:
    [id_] = projects.add_projects(bornova, [FIELDS])
    before = projects.get_project(bornova, id_)

    def change(book: Any) -> None:
        main = book["Projeler"]
        headers = {cell.value: cell.column for cell in main[1]}
        main.cell(2, headers["Proje adı"]).value = "Yeni ad"
        main.cell(2, headers["Durum"]).value = "tamamlandi"  # in other words than ours
        main.cell(2, headers["Küresel Amaçlar"]).value = 13
        book["Ortaklar"].cell(2, 3).value = "Yaşar Üniversitesi"

    data = worked_on(made([before]), change)
    [row] = tried(bornova, data).rows
    assert (row.state, row.record) == (KNOWN, id_)
    found = tried(bornova, data, update=True)
    assert [row.state for row in found.rows] == [UPDATE]
    taking.take_in(bornova, found)
    after = projects.get_project(bornova, id_).fields
    partners = (Partner(key="p1", name="Yaşar Üniversitesi", type="üniversite", role="ortak"),)
    changed = {"title": "Yeni ad", "status": "tamamlandı", "goals": ("13",), "partners": partners}
    assert after == replace(before.fields, **changed)


def test_another_bodys_record_is_not_taken_for_a_new_one(line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        [theirs] = projects.list_projects(office)
        [row] = tried(office, made([theirs]), update=True).rows
    assert (row.state, [message.key for message in row.messages]) == (KNOWN, ["own_not_yours"])


def test_columns_may_stand_in_any_order_and_some_may_be_gone(empty: Workplace) -> None:
    def change(book: Any) -> None:
        main = book["Projeler"]
        main.move_range("C1:C2", cols=80)  # the title
        main.insert_rows(1)
        book["Ortaklar"].delete_cols(4)  # what kind of organisation
        del book["Finansman"]

    [row] = tried(empty, worked_on(made([as_project(1, FIELDS)]), change)).rows
    partners = (Partner(key="p1", name="Ege Üniversitesi", role="ortak"),)
    assert row.fields == replace(FIELDS, partners=partners, funding=())


def test_a_copied_row_is_asked_about_and_a_copied_part_is_a_new_one(empty: Workplace) -> None:
    def change(book: Any) -> None:
        main, partners = book["Projeler"], book["Ortaklar"]
        main.append([cell.value for cell in main[2]])
        main.append([None, None, "Numarasız"])
        partners.append([cell.value for cell in partners[2]])
        partners["C3"].value = "İkinci ortak"

    first, copied, new = tried(empty, worked_on(made([as_project(1, FIELDS)]), change)).rows
    assert first.fields is not None
    assert [(partner.key, partner.name) for partner in first.fields.partners] == [
        ("p1", "Ege Üniversitesi"),
        ("", "İkinci ortak"),
    ]
    assert (copied.state, [message.key for message in copied.messages]) == (LEFT, ["own_record_above"])
    assert (new.state, new.fields) == (NEW, ProjectFields(title="Numarasız"))


def test_what_cannot_be_understood_is_said_with_its_place(empty: Workplace) -> None:
    def change(book: Any) -> None:
        book["Finansman"]["E2"].value = "çok"
        book["Çizgi ve alanlar"]["C2"].value = "{}"
        main = book["Projeler"]
        headers = {cell.value: cell.column for cell in main[1]}
        main.cell(2, headers["Yaklaşık mı"]).value = "belki"
        main.cell(2, headers["Enlem"]).value = None
        main.cell(2, headers["Başlangıç"]).value = "31.02.2024"

    [row] = tried(empty, worked_on(made([as_project(1, FIELDS)]), change)).rows
    said = {(message.key, message.value) for message in row.messages}
    assert ("own_part", "Finansman, E2: çok") in said
    assert ("own_part", "Çizgi ve alanlar, A2: …") in said
    assert ("own_part", "belki") in said
    assert ("not_a_date", "31.02.2024") in said
    assert "half_a_point" in {key for key, _ in said}
    assert row.state == LEFT
    assert row.fields is not None
    assert (row.fields.funding[0].amount, row.fields.shape, row.fields.start) == (None, None, None)


def test_a_district_does_not_say_how_it_was_reviewed(bornova: Workplace) -> None:
    [id_] = projects.add_projects(bornova, [FIELDS])
    approved = replace(FIELDS, review="onaylandı", review_note="Söz")
    stored = projects.get_project(bornova, id_)
    found = tried(bornova, made([as_project(1, approved, BORNOVA)]))
    assert [message.key for message in found.rows[0].messages if message.column] == ["own_office_decides"] * 2
    assert found.rows[0].fields == replace(FIELDS, review="", review_note="")
    assert taking.take_in(bornova, tried(bornova, made([stored]), update=True)).updated == 1
    assert projects.get_project(bornova, id_).heads == stored.heads  # nothing had changed


def test_a_mapping_that_somebody_changes_is_read_as_every_other(empty: Workplace) -> None:
    table = read_table(made([as_project(1, FIELDS)]), "t.xlsx")
    chosen = mapping.propose(empty, table, 0)
    given_back = mapping.from_json(mapping.to_json(chosen, table), table, "m.json")
    assert given_back == chosen
    assert not chosen.with_column(0, ("title",)).exact
    assert not mapping.propose(
        empty, table, table.sheets.index(next(s for s in table.sheets if s.name == "Ortaklar"))
    ).exact


def test_a_table_of_a_newer_program_is_refused(empty: Workplace) -> None:
    def change(book: Any) -> None:
        book[layout.MARK_SHEET]["B2"].value = 2

    table = read_table(worked_on(made([as_project(1, FIELDS)]), change), "t.xlsx")
    with pytest.raises(TableNewer):
        mapping.choose_sheet(table)


# --- how it looks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_are_told_apart_and_every_field_has_a_column(language: str) -> None:
    t = Translator(language)
    said = set()
    for sheet in layout.sheets(personal=True):
        labels = [layout.label(t, sheet, column.path) for column in sheet.columns]
        assert len(set(labels)) == len(labels), sheet.name
        said |= {layout.field_of(column.path) for column in sheet.columns} | {sheet.name}
        assert len(t(f"outputs_sheet.{sheet.name.replace('.', '_')}")) <= 31
    assert said >= {*ProjectFields.__struct_fields__}


def test_cells_have_types_lists_and_a_header_that_stays(empty: Workplace) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made([as_project(1, FIELDS)])))
    main = book["Projeler"]
    row = dict(zip([cell.value for cell in main[1]], main[2], strict=True))
    assert (main.freeze_panes, main.auto_filter.ref is not None) == ("D2", True)
    assert row["Son doğrulama"].is_date
    assert (row["Enlem"].value, row["Ulaşılan kişi sayısı"].value, row["Planlanan bitiş"].value) == (
        38.4622071,
        1200,
        2026,
    )
    offered = {str(rule.sqref).partition("2")[0]: rule.formula1 for rule in main.data_validations.dataValidation}
    assert row["Durum"].column_letter in offered
    hidden = {sheet.title for sheet in book if sheet.sheet_state == "hidden"}
    assert hidden == {layout.MARK_SHEET, "Listeler"}
    lists = book["Listeler"]
    columns = [[cell.value for cell in column if cell.value] for column in lists.iter_cols()]
    assert [term.label["tr"] for term in REFERENCE.vocabularies["status"]] in columns


def test_what_is_personal_is_only_in_tables_for_ones_own_use(empty: Workplace) -> None:
    project = as_project(1, replace(FIELDS, review="onaylandı", review_note="Söz"))
    shown = replace(project, fields=replace(public(project.fields), review_note=""))
    [row] = tried(empty, made([shown], personal=False)).rows
    assert row.fields == shown.fields
    book = openpyxl.load_workbook(io.BytesIO(made([shown], personal=False)))
    t = Translator("tr")
    headers = {cell.value for sheet in book for cell in sheet[1]}
    assert not headers & {t.field("contact"), t.field("review_note"), t("part.evidence_consent")}


def test_the_flat_table_is_understood_by_its_headers(empty: Workplace) -> None:
    second = replace(
        FIELDS, title="=2 depo", partners=(*FIELDS.partners, Partner(key="q", name="Yaşar Üniversitesi", role="fon"))
    )
    both = [as_project(1, FIELDS), as_project(2, second)]
    data, _cut = flat(both, REFERENCE, Translator("tr"), no_step, personal=True)
    assert data.startswith(b"\xef\xbb\xbf")
    table = read_table(data, "t.csv")
    chosen = mapping.propose(empty, table, 0)
    found = trial.dry_run(empty, table, chosen, "t.csv")
    assert [row.state for row in found.rows] == [NEW, NEW]
    fields = found.rows[1].fields
    assert fields is not None
    assert (fields.title, fields.goals, fields.status) == ("=2 depo", FIELDS.goals, FIELDS.status)
    assert [(p.name, p.role) for p in fields.partners] == [("Ege Üniversitesi", "ortak"), ("Yaşar Üniversitesi", "fon")]
    assert fields.location is not None
    assert (fields.location.lat, fields.location.lon) == (38.4622071, 27.2176312)
    assert (fields.funding[0].amount, fields.indicators[0].target) == (
        FIELDS.funding[0].amount,
        FIELDS.indicators[0].target,
    )
