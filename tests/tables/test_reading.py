"""Workbooks are read as another reader reads them, and no file takes more memory or time than was agreed."""

import contextlib
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.errors import (
    Cancelled,
    KnownError,
    TableDamaged,
    TableEmpty,
    TableEncrypted,
    TableNotRecognised,
    TableTooBig,
)
from izsa_desktop.tables import table as tables
from izsa_desktop.tables.reading import read_pasted, read_table
from izsa_desktop.tables.table import CUT, FORMULA, MERGED, Table, address, column_letters, column_of
from izsa_desktop.tables.writing import csv_bytes, workbook_bytes
from tests.tables.workbooks import SHEET, ods, with_parts, with_rows, workbook

XLSX_CELLS = st.none() | st.text("abçğİı \n\"'<&>😀_x0041_", max_size=8) | st.integers(-(10**9), 10**9) | st.booleans()


GOOD = workbook([["Proje Adı", "Amaç"], ["Kompost", 12.5]])


def values(table: Table, sheet: int = 0) -> dict[int, list[Any]]:
    return {row.number: [cell.value for cell in row.cells] for row in table.sheets[sheet].rows}


@given(st.lists(st.lists(XLSX_CELLS, max_size=5), max_size=6))
def test_a_workbook_reads_as_another_reader_reads_it(rows: list[list[Any]]) -> None:
    data = workbook_bytes(rows, "Sayfa")
    theirs = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    wanted = {}
    for number, row in enumerate(theirs, start=1):
        plain = [None if isinstance(value, str) and (not value or value.isspace()) else value for value in row]
        while plain and plain[-1] is None:
            plain.pop()
        if plain:
            wanted[number] = plain
    if wanted:
        assert values(read_table(data, "x")) == wanted
    else:
        with pytest.raises(TableEmpty):
            read_table(data, "x")


def test_dates_formulas_errors_merged_and_hidden() -> None:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page, hidden = book.add_worksheet("A"), book.add_worksheet("B")
        hidden.hide()
        hidden.write(0, 0, "x")
        dates = book.add_format({"num_format": 'dd" gün "mm.yyyy'})
        page.write_datetime(0, 0, datetime(2024, 3, 15), dates)
        page.write_datetime(0, 1, datetime(2024, 3, 15, 13, 30), dates)
        page.write_formula(0, 2, "=1+1", None, 2)
        page.write_formula(0, 3, "=A9", None, "")
        page.write_formula(0, 4, "=1/0", None, "#DIV/0!")
        page.merge_range(1, 0, 2, 1, "Bornova")
        page.write(2, 2, "x")
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(3, 3, None, None, {"hidden": True})
    table = read_table(target.getvalue(), "x")
    first, second, third = table.sheets[0].rows
    assert [c.value for c in first.cells] == [date(2024, 3, 15), datetime(2024, 3, 15, 13, 30), 2, None, "#DIV/0!"]
    assert [FORMULA in c.notes for c in first.cells] == [False, False, True, True, True]
    assert [(c.value, MERGED in c.notes) for c in third.cells[:2]] == [("Bornova", True)] * 2
    assert MERGED not in second.cells[0].notes
    assert (third.hidden, second.hidden, table.sheets[0].hidden_columns) == (True, False, frozenset({3}))
    assert [sheet.hidden for sheet in table.sheets] == [False, True]


def test_a_workbook_that_counts_from_1904() -> None:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(0, 0, datetime(2024, 3, 15), book.add_format({"num_format": 14}))
    assert values(read_table(target.getvalue(), "x")) == {1: [date(2024, 3, 15)]}


def test_ods() -> None:
    data = ods(
        '<table:table table:name="Projeler"><table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        '</table:table-row><table:table-row table:visibility="collapse">'
        '<table:table-cell office:value-type="string"><text:p>bir<text:s text:c="2"/>iki</text:p><text:p>üç</text:p>'
        "<office:annotation><text:p>not</text:p></office:annotation></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="2.5" table:formula="of:=1"><text:p>2,5</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="date" '
        'office:date-value="2024-03-15"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
    )
    table = read_table(data, "x.xls")
    assert (table.format, table.sheets[0].name) == ("ods", "Projeler")
    assert values(table) == {3: ["bir  iki\nüç", 2.5, date(2024, 3, 15), date(2024, 3, 15)]}
    assert table.sheets[0].rows[0].hidden
    assert table.sheets[0].rows[0].cells[1].notes == (FORMULA,)


def test_a_million_formatted_rows_hold_nothing() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    rows += "".join(f'<row r="{n}" s="3" customFormat="1"><c r="C{n}" s="3"/></row>' for n in range(2, 200_000))
    assert values(read_table(with_rows(rows), "x")) == {1: ["x"]}


@pytest.mark.parametrize(
    ("rows", "over"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "columns"),
        ("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 50_010)), "rows"),
    ],
)
def test_a_sheet_beyond_the_limits_is_named_and_not_kept(rows: str, over: str) -> None:
    sheet = read_table(with_rows(rows), "x").sheets[0]
    assert (sheet.over, sheet.rows) == (over, ())


def test_an_ods_that_repeats_a_filled_row_a_million_times() -> None:
    cell = '<table:table-cell table:number-columns-repeated="150" office:value-type="string">'
    cell += "<text:p>x</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    sheet = read_table(ods(f'<table:table table:name="A">{row}</table:table>'), "x").sheets[0]
    assert sheet.over in ("rows", "cells")
    assert sheet.rows == ()


def test_what_merges_the_whole_sheet_fills_only_rows_that_are_there() -> None:
    data = with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>')
    part = zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    merged = part.replace(b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')
    table = read_table(with_parts(data, {SHEET: merged}), "x")
    assert sorted(values(table)) == [1, 3]
    assert len(table.sheets[0].rows[0].cells) == tables.MAX_COLUMNS


def test_thousands_of_areas_that_merge_everything_take_no_time() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2_000))
    areas = '<mergeCell ref="A1:GR1048576"/>' * 20_000
    sheet = zipfile.ZipFile(io.BytesIO(with_rows(rows))).read(SHEET)
    merged = sheet.replace(b"</worksheet>", f"<mergeCells>{areas}</mergeCells></worksheet>".encode())
    assert len(read_table(with_parts(GOOD, {SHEET: merged}), "x").sheets[0].rows) == 1_999


def test_entities_and_document_types_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(TableDamaged):
        read_table(with_parts(workbook([["x"]]), {SHEET: bomb}), "x")
    with pytest.raises(TableDamaged):
        read_table(with_parts(workbook([["x"]]), {"xl/workbook.xml": bomb}), "x")


def test_a_part_that_says_it_is_huge_is_refused_before_it_is_unpacked() -> None:
    data = with_parts(workbook([["x"]]), {SHEET: b"<worksheet>" + b" " * 5_000_000})
    size = (5_000_011).to_bytes(4, "little")
    assert data.count(size) >= 2
    with pytest.raises(TableTooBig):
        read_table(data.replace(size, (tables.MAX_UNPACKED + 1).to_bytes(4, "little")), "x")


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = with_parts(workbook([["x"]]), {SHEET: b"<worksheet>" + b" " * 5_000_000})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo(SHEET)
    size = info.file_size.to_bytes(4, "little")
    small = data.replace(size, (100).to_bytes(4, "little"))
    with pytest.raises(TableDamaged):
        read_table(small, "x")


def test_a_directory_of_a_million_parts_is_refused_before_it_is_read() -> None:
    end = GOOD[-22:-10] + (5 << 20).to_bytes(4, "little") + GOOD[-6:]
    assert len(end) == 22
    for data in (GOOD[:-22] + end, GOOD[:-22] + b"PK\x06\x07" + b"\0" * 16 + GOOD[-22:]):
        with pytest.raises(TableTooBig):
            read_table(data, "x")


def test_an_ods_of_blanks_and_filled_cells_without_end() -> None:
    blanks = '<text:s text:c="99999999"/>' * 5_000
    text = f'<table:table-cell office:value-type="string"><text:p>a{blanks}b</text:p></table:table-cell>'
    hidden = '<table:table-row table:visibility="collapse" table:number-rows-repeated="1000000"/>' * 5_000
    table = read_table(
        ods(f'<table:table table:name="A">{hidden}<table:table-row>{text}</table:table-row></table:table>'), "x"
    )
    [row] = table.sheets[0].rows
    assert row.cells[0].notes == (CUT,)
    wide = f"<table:table-row>{text * 300}</table:table-row>"
    assert read_table(ods(f'<table:table table:name="A">{wide}</table:table>'), "x").sheets[0].over == "columns"


def test_a_field_longer_than_pythons_own_limit_is_cut_and_said() -> None:
    for quote in ("", '"'):
        long = f"Ad;Amaç\nP;{quote}{'x' * 200_000}\n"
        [sheet] = read_table(long.encode(), "x.csv").sheets
        assert sheet.rows[1].cells[1].notes == (CUT,)


def test_external_targets_are_passed_over() -> None:
    relations = (
        '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://example.org/s.xml" '
        'Type="http://x/worksheet"/></Relationships>'
    )
    with pytest.raises(TableDamaged):
        read_table(with_parts(workbook([["x"]]), {"xl/_rels/workbook.xml.rels": relations}), "x")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", TableEmpty),
        (b"  \n ", TableEmpty),
        (b";;;\n;;", TableEmpty),
        (b"%PDF-1.7 x", TableNotRecognised),
        (b"<html><table>", TableNotRecognised),
        (bytes(range(256)) * 20, TableNotRecognised),
        (b"PK\x03\x04 no zip at all", TableDamaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, TableDamaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), TableEncrypted),
        (workbook([]), TableEmpty),
        (ods("", "<manifest:encryption-data/>"), TableEncrypted),
        (ods(""), TableDamaged),
        (with_parts(ods(""), {"mimetype": "application/epub+zip"}), TableNotRecognised),
        (with_parts(workbook([["x"]]), {SHEET: "<worksheet><sheetData>"}), TableDamaged),
    ],
)
def test_what_is_no_table_is_said(data: bytes, error: type[KnownError]) -> None:
    with pytest.raises(error):
        read_table(data, "x.xlsx")


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    good = bytearray(GOOD)
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=5)):
        good[place] = data.draw(st.integers(0, 255))
    try:
        read_table(bytes(good), "x")
    except KnownError as e:
        assert isinstance(e, TableDamaged | TableEmpty | TableEncrypted | TableNotRecognised | TableTooBig)


def test_reading_can_be_cancelled() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_table(workbook([["x"]] * 2_000), "x", stop)


def test_a_workbook_of_excel_97() -> None:
    """``golden/projeler.xls`` was written by another program."""
    table = read_table((Path(__file__).parent / "golden" / "projeler.xls").read_bytes(), "projeler.xlsx")
    assert (table.format, [(sheet.name, sheet.hidden) for sheet in table.sheets]) == (
        "xls",
        [("Projeler", False), ("Gizli", True)],
    )
    assert values(table) == {
        1: ["Proje Adı", "Amaç", "İlçe", "Başlangıç", "SKA", "Bütçe"],
        2: ["Şirince ısırgan", "İlk satır\nikinci", "Bornova", date(2024, 3, 15), 12, 1250.5],
        3: ["Gizli satır", None, "Bornova"],
        4: ["Formül", None, None, None, True],
    }
    assert [row.hidden for row in table.sheets[0].rows] == [False, False, True, False]
    assert MERGED in table.sheets[0].rows[2].cells[2].notes


@given(st.data())
def test_a_damaged_old_workbook_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    good = bytearray((Path(__file__).parent / "golden" / "projeler.xls").read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=8)):
        good[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(TableDamaged, TableEmpty, TableEncrypted, TableNotRecognised):
        read_table(bytes(good), "x")


# --- text tables -----------------------------------------------------------------------------------------------------

FIELDS = st.text("abcçşİı 1,;\t\"'\n", max_size=6).map(lambda text: text if text.strip() else "x")


@given(st.lists(st.lists(FIELDS, min_size=3, max_size=3), min_size=2, max_size=6), st.sampled_from([";", ",", "\t"]))
def test_every_delimiter_and_encoding_comes_back(rows: list[list[str]], delimiter: str) -> None:
    import csv

    rows = [["Proje", "Amaç", "İlçe"], *rows, ["son", "ışık", "Çiğli"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    wanted = {n: [_lines(v) for v in row] for n, row in enumerate(rows, start=1)}
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "windows-1254"):
        table = read_table(text.getvalue().encode(encoding), "x.csv")
        assert {n: [_lines(v) for v in row] for n, row in values(table).items()} == wanted
        assert table.delimiter == delimiter


def _lines(text: Any) -> str:
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1254", "cp857"])
def test_turkish_letters_in_every_code_page(encoding: str) -> None:
    table = read_table("Proje;İlçe\nÇağdaş ışık şenliği öğrenci üzüm;Ödemiş\n".encode(encoding), "x.csv")
    assert values(table)[2] == ["Çağdaş ışık şenliği öğrenci üzüm", "Ödemiş"]


def test_the_line_that_names_the_delimiter() -> None:
    assert values(read_table(b"sep=,\r\na,b;c\r\n1,2;3\r\n", "x")) == {1: ["a", "b;c"], 2: ["1", "2;3"]}


def test_decimal_commas_do_not_make_columns() -> None:
    text = "Ad;Tutar;Oran\na;1,5;2,5\nb;2,5;3,5\nc;3,5;4,5\n"
    assert read_table(text.encode(), "x").delimiter == ";"


def test_an_open_quotation_mark_does_not_swallow_the_rest() -> None:
    text = "Ad;Amaç\n" + 'a;"açık\n' + "b;c\n" * 20_000
    table = read_table(text.encode(), "x")
    assert table.broken_quotes
    assert len(table.sheets[0].rows) == 20_002


def test_cells_from_the_clipboard() -> None:
    table = read_pasted('Ad\tAmaç\nKompost\t"iki\nsatır"\n', "x")
    assert values(table) == {1: ["Ad", "Amaç"], 2: ["Kompost", "iki\nsatır"]}


def test_what_is_written_can_be_read_and_computes_nothing() -> None:
    rows: list[list[Any]] = [["Ad", "Gün", "Sayı"], ["=1+1", date(2024, 3, 15), 2.5], ["@x", None, True]]
    assert values(read_table(workbook_bytes(rows, "S"), "x"))[2] == ["=1+1", date(2024, 3, 15), 2.5]
    text = csv_bytes(rows).decode("utf-8-sig")
    assert text.splitlines()[1] == "'=1+1;15.03.2024;2,5"


@given(st.integers(0, 20_000))
def test_columns_are_named_as_spreadsheets_name_them(column: int) -> None:
    assert column_of(column_letters(column)) == column
    assert address(17, 2) == "C17"
