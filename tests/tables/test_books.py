"""Workbooks of several sheets and guarded CSV: other libraries see types and lists, and texts that are only texts."""

import csv
import io

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from izsa_desktop.domain.errors import Cancelled
from izsa_desktop.tables.books import BookColumn, BookSheet, book_bytes
from izsa_desktop.tables.reading import read_table
from izsa_desktop.tables.table import FORMULA_STARTS, guarded, without_guard
from izsa_desktop.tables.writing import csv_bytes
from tests.support import turkish_text

STARTS = st.text(st.sampled_from([*sorted(FORMULA_STARTS - {"\r"}), "'", "1", "x"]), max_size=4)
texts = st.builds(lambda start, rest: start + rest, STARTS, turkish_text)


def no_step() -> None:
    """Nobody watches."""


@given(text=texts)
@example("'=1+1")
@example("''=1")
@example("=")
@example("'")
def test_a_guard_is_taken_off_again(text: str) -> None:
    assert without_guard(guarded(text)) == text
    assert guarded(text)[:1] not in FORMULA_STARTS or len(text) == 1


@given(text=texts)
def test_texts_come_back_from_csv(text: str) -> None:
    data = csv_bytes([["Başlık", "İkinci"], ["x", text]])
    [_, row] = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert without_guard(row[1]) == text
    if len(text) > 1:
        assert row[1][:1] not in FORMULA_STARTS


@given(text=texts.filter(lambda text: bool(text.strip())))
def test_texts_come_back_from_a_workbook(text: str) -> None:
    data = book_bytes([BookSheet("A", (BookColumn("B"),), [[text]])], "Listeler", no_step)
    cell = openpyxl.load_workbook(io.BytesIO(data))["A"]["A2"]
    assert cell.data_type == "s"
    assert read_table(data, "x").sheets[0].rows[1].cells[0].value == text


def test_lists_are_offered_once_and_below_the_last_row_too() -> None:
    choices = ("bir", "iki")
    columns = (BookColumn("A", choices=choices), BookColumn("B", choices=choices), BookColumn("C", choices=("üç",)))
    data = book_bytes([BookSheet("O'Neil", columns, [["bir", 1, None]], above=("Başlık", "Not"))], "Liste'ler", no_step)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["O'Neil"]
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules == {
        "A4:A1004": "'Liste''ler'!$A$1:$A$2",
        "B4:B1004": "'Liste''ler'!$A$1:$A$2",
        "C4:C1004": "'Liste''ler'!$B$1:$B$1",
    }
    assert book["Liste'ler"].sheet_state == "hidden"
    assert (page["A1"].value, page["A3"].value, page["B4"].value, page.freeze_panes) == ("Başlık", "A", 1, "A4")


def test_on_paper_every_page_has_the_heads() -> None:
    columns = (BookColumn("A"), BookColumn("B"), BookColumn("C"))
    data = book_bytes([BookSheet("Projeler", columns, [["bir", 1, None]], above=("Başlık",), fixed=2)], "L", no_step)
    page = openpyxl.load_workbook(io.BytesIO(data))["Projeler"]
    assert (page.print_title_rows, page.print_title_cols) == ("$2:$2", "$A:$B")
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)


def test_no_lists_no_sheet_of_lists() -> None:
    data = book_bytes([BookSheet("A", (BookColumn("B"),), [])], "Listeler", no_step)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["A"]


def test_a_step_may_stop_it() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        book_bytes([BookSheet("A", (BookColumn("B"),), [["x"]])], "Listeler", stop)
