"""Mapping, dry run, taking in, recognising, taking back."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.domain.errors import (
    BadMapping,
    Cancelled,
    ImportGone,
    ImportOutdated,
    NoColumnsKnown,
    NoSuchSheet,
    SheetTooLarge,
)
from izsa_desktop.domain.project import Location
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.tables.reading import read_table
from izsa_desktop.tables.table import Table
from izsa_desktop.usecases.importing import files, mapping, taking, template, trial
from izsa_desktop.usecases.importing.headers import target_label
from izsa_desktop.usecases.importing.messages import sentence
from izsa_desktop.usecases.importing.targets import targets
from izsa_desktop.usecases.importing.trial import KNOWN, LEFT, NEW, SKIPPED, UPDATE, Trial
from izsa_desktop.usecases.projects import get_project, history, list_projects, save_project
from izsa_desktop.usecases.upkeep import state_hash
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace
from tests.support import BORNOVA, REFERENCE
from tests.tables.workbooks import workbook
from tests.usecases.line import enter, export, make_line, merge

KEMALPASA = REFERENCE.district("Konak").code
HEAD = ("Proje Adı", "Amaç", "Hedef Kitle", "Başlangıç", "SKA")


@pytest.fixture
def bornova(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        yield workplace


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path / "o", OFFICE, "Koordinatör") as workplace:
        yield workplace


def table_of(*rows: tuple[Any, ...]) -> Table:
    return read_table(workbook(rows), "t.xlsx")


def tried(workplace: Workplace, *rows: tuple[Any, ...], **options: Any) -> Trial:
    table = table_of(*rows)
    return trial.dry_run(workplace, table, mapping.propose(workplace, table, 0), "t.xlsx", **options)


def row(title: str, start: str = "2024", goals: str = "12") -> tuple[str, ...]:
    return (title, "Atığı azaltmak", "haneler", start, goals)


def codes(found: Trial, number: int = 2) -> list[str]:
    return [m.key for r in found.rows if r.number == number for m in r.messages]


# --- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_understood_as_its_own_field(language: str) -> None:
    t = Translator(language)
    from izsa_desktop.usecases.importing.headers import meant_by

    for name in targets():
        assert meant_by(target_label(t, name))[0][1] == 1.0
        assert name in [found for found, _ in meant_by(target_label(t, name))], name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("PROJE ADI", "title"),
        ("Projenin  Adı", "title"),
        ("Proje Adi", "title"),
        ("Projenin Amacı / Gerekçesi", "purpose"),
        ("Hedef Kitlesi", "audience"),
        ("hedef kitel", "audience"),
        ("Başlama Tarihi (gün.ay.yıl)", "start"),
        ("İlgili SKA'lar", "goals"),
        ("Sürdürülebilir Kalkınma Amaçları", "goals"),
        ("Bütçe (Bin TL)", "funding_amount"),
        ("Ortak 2", "partners_name"),
        ("Enerji Tasarrufu (kWh/yıl)", "energy_saved"),
        ("Start date", "start"),
        ("Beneficiaries", "audience"),
        ("Sıra No", "#"),
    ],
)
def test_headers_as_they_are_met(header: str, name: str) -> None:
    from izsa_desktop.usecases.importing.headers import meant_by

    assert meant_by(header)[0][0] == name


def test_headers_of_two_rows(bornova: Workplace) -> None:
    import io

    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write(0, 0, "2024 yılı çalışmaları")
        page.merge_range(2, 0, 3, 0, "Proje Adı")
        page.merge_range(2, 1, 2, 2, "Tarih")
        page.write_row(3, 1, ["Başlangıç", "Bitiş"])
        page.write_row(4, 0, ["Kompost", "2023", "2024"])
    table = read_table(target.getvalue(), "x")
    found = mapping.propose(bornova, table, 0)
    assert (found.headers.row, found.headers.last) == (3, 4)
    assert found.columns == {0: ("title",), 1: ("start",), 2: ("end",)}
    [only] = trial.dry_run(bornova, table, found, "x").rows
    assert only.fields is not None
    assert (only.fields.title, only.fields.start, only.fields.end) == ("Kompost", "2023", "2024")


def test_units_and_lists(bornova: Workplace) -> None:
    found = tried(
        bornova,
        ("Proje Adı", "Bütçe (Bin TL)", "Fon Kaynağı", "Ortak 1", "Ortak 2", "Enerji tasarrufu (kWh)", "Çevresel (%)"),
        ("Kompost", "1.250,5", "Öz kaynak", "Ege Üniversitesi; Kent Konseyi", "TEMA", 2500, 0.4),
    )
    fields = found.rows[0].fields
    assert fields is not None
    [money] = fields.funding
    assert (money.amount, money.currency, money.source) == (Decimal(1250500), "TRY", "öz kaynak")
    assert [p.name for p in fields.partners] == ["Ege Üniversitesi", "Kent Konseyi", "TEMA"]
    assert fields.energy_saved == 2.5
    assert [(s.code, s.percent) for s in fields.dimensions] == [("çevresel", 40)]


@pytest.mark.parametrize(
    ("cell", "known", "own"),
    [
        ("Kadınlar, gençler", ("kadınlar", "gençler"), ""),
        ("Çiftçiler, üreticiler", ("çiftçiler",), ""),
        ("- Çocuklar\n- Yaşlılar", ("çocuklar", "yaşlılar"), ""),
        ("Kadınlar ve muhtarlar", ("kadınlar",), "muhtarlar"),
        ("Pilot mahallelerdeki haneler ve esnaf", ("esnaf",), "Pilot mahallelerdeki haneler ve esnaf"),
        ("Tüm vatandaşlar", ("herkes",), ""),
        ("Balıkçı barınağı kullanıcıları", (), "Balıkçı barınağı kullanıcıları"),
    ],
)
def test_audiences_as_people_write_them(bornova: Workplace, cell: str, known: tuple[str, ...], own: str) -> None:
    fields = tried(bornova, ("Proje Adı", "Hedef Kitle"), ("Kompost", cell)).rows[0].fields
    assert fields is not None
    assert (fields.audience, fields.audience_note) == (known, own)


@pytest.mark.parametrize(
    ("cell", "goals", "aims"),
    [
        ("SKA 11", ("11",), ()),
        ("11, 12", ("11", "12"), ()),
        ("SDG 11.5", ("11",), ("11.5",)),
        ("11.b ve 12.5", ("11", "12"), ("11.b", "12.5")),
        ("Amaç 13: İklim Eylemi", ("13",), ()),
        ("Barış, Adalet ve Güçlü Kurumlar; Karasal Yaşam", ("16", "15"), ()),
        ("6-Temiz Su ve Sanitasyon", ("6",), ()),
        ("Climate action", ("13",), ()),
        ("iklim eylmi", ("13",), ()),
        (11.5, ("11",), ("11.5",)),
    ],
)
def test_goals_as_people_write_them(
    bornova: Workplace, cell: object, goals: tuple[str, ...], aims: tuple[str, ...]
) -> None:
    fields = tried(bornova, ("Proje Adı", "SKA"), ("Kompost", cell)).rows[0].fields
    assert fields is not None
    assert (fields.goals, fields.targets) == (goals, aims)


def test_a_column_of_points_and_one_of_periods(bornova: Workplace) -> None:
    found = tried(bornova, ("Proje Adı", "Süre", "Koordinatlar"), ("Kompost", "2021 - 2023", "38,4622 27,2176"))
    fields = found.rows[0].fields
    assert fields is not None
    assert (fields.start, fields.end, fields.location) == ("2021", "2023", Location(38.4622, 27.2176))


def test_the_office_takes_every_district_in(office: Workplace) -> None:
    found = tried(
        office, ("Proje Adı", "İlçe"), ("A", "Konak Belediyesi"), ("B", "İzmir geneli"), ("C", "Bornova, Konak")
    )
    fields = [r.fields for r in found.rows if r.fields]
    assert [f.district for f in fields] == [KEMALPASA, OFFICE, BORNOVA]
    assert fields[2].served == (BORNOVA, KEMALPASA)
    assert codes(found, 4) == ["several_districts"]


# --- mapping ---------------------------------------------------------------------------------------------------------


def test_a_choice_is_remembered_for_the_same_headers(bornova: Workplace) -> None:
    table = table_of(("Başlık X", "Proje Adı"), ("Kompost", "eski ad"))
    chosen = mapping.propose(bornova, table, 0).with_column(0, ("title",)).with_column(1, ())
    taking.take_in(bornova, trial.dry_run(bornova, table, chosen, "x"))
    again = mapping.propose(bornova, table_of(("BAŞLIK X", "proje adı"), ("y", "z")), 0)
    assert (again.remembered, dict(again.columns)) == (True, {0: ("title",)})


def test_a_mapping_goes_through_its_file(bornova: Workplace) -> None:
    table = table_of(("Ne", "Proje Adı", "Süre"), ("x", "Kompost", "2021-2023"))
    found = mapping.propose(bornova, table, 0)
    assert mapping.from_json(mapping.to_json(found, table), table, "m.json").columns == found.columns
    moved = table_of(("Proje Adı", "Süre", "Ne"), ("Kompost", "2021-2023", "x"))
    assert mapping.from_json(mapping.to_json(found, table), moved, "m.json").columns == {0: ("title",), 1: ("period",)}


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"version": 2, "columns": []},
        {"version": 1, "columns": [1]},
        {"version": 1, "columns": [{"column": "A", "fields": ["nothing"]}]},
        {"version": 1, "columns": [{"column": "1", "fields": ["title"]}]},
        {"version": 1, "columns": [{"column": "A"}]},
    ],
)
def test_a_mapping_that_is_none_is_refused(data: Any) -> None:
    with pytest.raises(BadMapping):
        mapping.from_json(data, table_of(("a",)), "m.json")


def test_sheets_are_chosen_by_name_or_number() -> None:
    table = table_of(("Proje Adı",), ("x",))
    assert mapping.choose_sheet(table, "sayfa1") == mapping.choose_sheet(table, "1") == 0
    with pytest.raises(NoSuchSheet):
        mapping.choose_sheet(table, "Yok")


def test_no_column_known(bornova: Workplace) -> None:
    with pytest.raises(NoColumnsKnown):
        tried(bornova, ("abc", "def"), ("1", "2"))


def test_a_sheet_that_is_too_large_is_said(bornova: Workplace) -> None:
    table = table_of(("Proje Adı", *["x"] * 250), ("y",))
    with pytest.raises(SheetTooLarge):
        mapping.choose_sheet(table)


# --- in and back -----------------------------------------------------------------------------------------------------


def test_rows_are_recognised_however_they_come_again(bornova: Workplace) -> None:
    first = tried(bornova, HEAD, row("Kompost", "03.2024"), row("Bisiklet"))
    taken = taking.take_in(bornova, first)
    assert (taken.added, first.counts[NEW]) == (2, 2)
    again = tried(bornova, HEAD, row("Kompost", "Mart 2024", "SKA 12"), row("Bisiklet"), row("Yeni"))
    assert [r.state for r in again.rows] == [KNOWN, KNOWN, NEW]
    assert again.rows[0].record == taken.ids[0]


def test_a_title_that_is_here_is_passed_over_or_updated(bornova: Workplace) -> None:
    [id_] = taking.take_in(bornova, tried(bornova, HEAD, row("Kompost"))).ids
    before = get_project(bornova, id_)
    changed = ("kompost", "Başka amaç", None, None, "11")
    passed = tried(bornova, HEAD, changed)
    assert (passed.rows[0].state, codes(passed)) == (KNOWN, ["same_title"])
    wanted = tried(bornova, HEAD, changed, update=True)
    assert wanted.rows[0].state == UPDATE
    taken = taking.take_in(bornova, wanted)
    after = get_project(bornova, id_).fields
    assert (after.purpose, after.goals, after.start) == ("Başka amaç", ("11",), "2024")
    assert taking.undo_import(bornova, taken.batch).undone == 1
    assert get_project(bornova, id_).fields == before.fields


def test_two_rows_cannot_update_one_project(bornova: Workplace) -> None:
    taking.take_in(bornova, tried(bornova, HEAD, row("Kompost")))
    found = tried(bornova, HEAD, row("Kompost", "2022"), row("KOMPOST", "2023"), update=True)
    assert [r.state for r in found.rows] == [UPDATE, LEFT]


def test_what_says_the_same_is_updated_without_a_save(bornova: Workplace) -> None:
    [id_] = taking.take_in(bornova, tried(bornova, HEAD, row("Kompost"))).ids
    taken = taking.take_in(bornova, tried(bornova, HEAD, row("Kompost"), update=True))
    assert len(history(bornova, id_)) == 1
    assert taking.undo_import(bornova, taken.batch).undone == 1
    assert len(history(bornova, id_)) == 1


@pytest.mark.parametrize(
    ("first", "skip"),
    [
        ("Toplam", "total"),
        ("GENEL TOPLAM:", "total"),
        ("ÖRNEK – Kompost", "example"),
        ("Örnek Köy projesi", ""),
        ("Örnekköy bisiklet yolu", ""),
    ],
)
def test_what_is_no_project_is_passed_over(bornova: Workplace, first: str, skip: str) -> None:
    found = tried(bornova, ("Proje Adı", "Kişi Sayısı"), (first, 300))
    assert (found.rows[0].skip, found.rows[0].state) == (skip, SKIPPED if skip else NEW)


def test_a_row_of_totals_in_a_text_table(bornova: Workplace) -> None:
    table = read_table("Proje Adı;Amaç;Kişi Sayısı\nKompost;x;5\nGenel toplam;;5\n".encode(), "t.csv")
    found = trial.dry_run(bornova, table, mapping.propose(bornova, table, 0), "t.csv")
    assert [r.skip for r in found.rows] == ["", "total"]


def test_a_project_may_be_about_totals(bornova: Workplace) -> None:
    assert tried(bornova, HEAD, row("Toplam kalite yönetimi")).rows[0].state == NEW


def test_what_looks_like_another_is_taken_with_a_warning(bornova: Workplace) -> None:
    taking.take_in(bornova, tried(bornova, HEAD, row("Parklarda kompost üretimi projesi")))
    found = tried(bornova, HEAD, row("Parklarda kompost üretimi projesi 2"))
    assert (found.rows[0].state, codes(found)) == (NEW, ["looks_like"])


def test_at_the_office_a_districts_project_is_compared_with_and_not_touched(tmp_path: Path) -> None:
    line = make_line(tmp_path)
    enter(line.bornova, "Kompost")
    merge(line.office, export(line.bornova, tmp_path / "b.izsa"))
    with open_workplace(line.office) as office:
        found = tried(office, ("Proje Adı", "İlçe"), ("KOMPOST", "Bornova"), update=True)
        assert (found.rows[0].state, codes(found)) == (NEW, ["looks_like"])


def test_an_import_is_taken_back_in_one_step_but_for_what_was_edited(bornova: Workplace) -> None:
    taken = taking.take_in(bornova, tried(bornova, HEAD, row("Bir"), row("İki"), row("Üç")))
    edited = get_project(bornova, taken.ids[1])
    from msgspec.structs import replace

    save_project(bornova, edited.id, replace(edited.fields, unit="Ar-Ge"))
    undone = taking.undo_import(bornova)
    assert (undone.undone, undone.kept) == (2, 1)
    assert [p.fields.title for p in list_projects(bornova)] == ["İki"]
    assert len(history(bornova, taken.ids[0])) == 2  # nothing was erased
    fresh = tried(bornova, HEAD, row("Bir"), row("İki"), row("Üç"))
    assert [r.state for r in fresh.rows] == [NEW, KNOWN, NEW]


def test_there_is_nothing_to_take_back(bornova: Workplace) -> None:
    with pytest.raises(ImportGone):
        taking.undo_import(bornova)
    taken = taking.take_in(bornova, tried(bornova, HEAD, row("Bir")))
    taking.undo_import(bornova, taken.batch)
    with pytest.raises(ImportGone):
        taking.undo_import(bornova, taken.batch)


def test_a_dry_run_changes_nothing_and_neither_does_a_cancelled_import(bornova: Workplace) -> None:
    before = state_hash(bornova)
    found = tried(bornova, HEAD, *(row(f"Proje {n}") for n in range(1200)))
    calls = 0

    def stop(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        taking.take_in(bornova, found, stop)
    assert (state_hash(bornova), list_projects(bornova), taking.imports(bornova)) == (before, [], [])
    assert [(r.number, r.state) for r in tried(bornova, HEAD, row("Proje 1")).rows] == [(2, NEW)]


def test_what_was_checked_before_something_was_saved_is_not_taken_in(bornova: Workplace) -> None:
    found = tried(bornova, HEAD, row("Bir"))
    taking.take_in(bornova, found)
    with pytest.raises(ImportOutdated):
        taking.take_in(bornova, found)
    assert len(list_projects(bornova)) == 1


def test_only_what_was_written_over_is_read_again(bornova: Workplace) -> None:
    found = tried(bornova, HEAD, row("Bir"), row("İki", "31.02.2024"))
    again = trial.dry_run(bornova, found.table, found.mapping, "x", corrections={(3, 3): "2024"}, before=found)
    assert [r.state for r in again.rows] == [NEW, NEW]
    assert again.reads[2] is found.reads[2]
    back = trial.dry_run(bornova, found.table, found.mapping, "x", before=again)
    assert [r.state for r in back.rows] == [NEW, LEFT]


def test_a_backup_is_made_first(bornova: Workplace) -> None:
    taking.take_in(bornova, tried(bornova, HEAD, row("Bir")))
    assert len(list((bornova.folder / "backups").glob("izsa-import-*"))) == 1


# --- what is left ----------------------------------------------------------------------------------------------------


def test_a_cell_is_corrected_on_the_spot(bornova: Workplace) -> None:
    found = tried(bornova, HEAD, row("Kompost", "31.02.2024"))
    assert (found.rows[0].state, codes(found)) == (LEFT, ["not_a_date"])
    again = trial.dry_run(bornova, found.table, found.mapping, "x", corrections={(2, 3): "28.02.2024"})
    assert again.rows[0].state == NEW
    assert again.rows[0].fields is not None
    assert again.rows[0].fields.start == "2024-02-28"


def test_the_apostrophe_that_keeps_a_text_from_being_computed_is_not_taken_in(bornova: Workplace) -> None:
    found = tried(bornova, HEAD, row("'=A1 toplamı"), row("'Tırnaklı' ad"))
    assert [r.fields.title for r in found.rows if r.fields] == ["=A1 toplamı", "'Tırnaklı' ad"]


@pytest.mark.parametrize("name", ["kalan.xlsx", "kalan.csv"])
def test_what_was_left_can_be_saved_and_imported(bornova: Workplace, tmp_path: Path, name: str) -> None:
    found = tried(bornova, HEAD, row("=A1 toplamı", "31.02.2024"), row("İyi"), row("Şirince", "2024", "SKA 18"))
    assert files.save_rest(found, tmp_path / name, Translator("tr")) == 2
    table = files.open_table(tmp_path / name)
    assert [cell.value for cell in table.sheets[0].rows[0].cells] == [*HEAD, "İçe aktarma notları"]
    again = trial.dry_run(bornova, table, mapping.propose(bornova, table, 0), name)
    assert [[m.key for m in r.messages] for r in again.rows] == [["not_a_date"], ["unknown_goal"]]
    assert again.mapping.columns == found.mapping.columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_can_be_filled_in_and_imported(bornova: Workplace, tmp_path: Path, language: str) -> None:
    template.write_template(tmp_path / "t.xlsx", language)
    table = files.open_table(tmp_path / "t.xlsx")
    assert mapping.choose_sheet(table) == 0
    found = mapping.propose(bornova, table, 0)
    width = len(found.headers.texts)
    assert (found.headers.row, sorted(found.columns)) == (3, list(range(width)))
    t = Translator(language)
    assert all(target_label(t, names[0]) == found.header(c) for c, names in found.columns.items())
    [example] = trial.dry_run(bornova, table, found, "t").rows
    assert (example.state, example.skip) == (SKIPPED, "example")


def test_every_choice_that_the_template_offers_is_understood(bornova: Workplace) -> None:
    from izsa_desktop import reference
    from izsa_desktop.usecases.importing.template import _choices

    for language in LANGUAGES:
        t = Translator(language)
        for name in targets():
            for choice in _choices(targets()[name], t, reference.load()):
                if name in ("district", "unit"):
                    continue
                found = tried(bornova, ("Proje Adı", target_label(t, name)), ("Kompost", choice))
                assert (name, choice, codes(found)) == (name, choice, [])
                fields = found.rows[0].fields
                assert fields is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_sentences(bornova: Workplace, language: str) -> None:
    t = Translator(language)
    found = tried(bornova, HEAD, row("x" * 400, "31.02.2024", "18"), ("", "a", "b", "14.03.25", "7"))
    said = [sentence(t, message) for r in found.rows for message in r.messages]
    assert len(said) >= 4
    assert all("{" not in text and text[-1] != ":" for text in said)
