"""A workbook as it comes from an office, with 40 kinds of dirt, and what must become of each row.

Every row is the same clean project with a name of its own, then one kind spoils it. Kinds 1-34 spoil cells, 35-40 the
sheet and the file around them.
"""

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from izsa_desktop.usecases.importing.trial import KNOWN, LEFT, NEW

COLUMNS = (
    *(
        "Sıra No",
        "Proje Adı",
        "Projenin Amacı",
        "Hedef Kitle",
        "Başlama Tarihi",
        "Bitiş Tarihi",
        "İlgili SKA",
        "İlçesi",
    ),
    *("Mahalle", "Durumu", "Bütçe (Bin TL)", "Koordinat", "Ortak 1", "Ortak 2", "Sorumlu Müdürlük", "Kişi Sayısı"),
)
HEADER_ROW = 4
"""As the spreadsheet numbers it: two rows of titles and an empty one stand above."""


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and the result that was stored with it."""

    value: Any


@dataclass(frozen=True)
class Kind:
    """``cells``: what stands instead of the clean cells. ``says``: column, grade and code of every message."""

    name: str
    cells: dict[str, Any] = field(default_factory=dict)
    state: str = NEW
    says: tuple[tuple[str, str, str], ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    merged: str = ""
    """The column whose cell is merged with the one above."""
    hidden: bool = False
    again: bool = False
    """The row says exactly what a clean row above says."""


T, A, D, E, G, I, M, S, B, K = (  # noqa: E741
    *("Proje Adı", "Hedef Kitle", "Başlama Tarihi", "Bitiş Tarihi", "İlgili SKA", "İlçesi"),
    *("Mahalle", "Durumu", "Bütçe (Bin TL)", "Koordinat"),
)

KINDS: tuple[Kind, ...] = (
    Kind("a day that does not exist", {D: "31.02.2024"}, LEFT, ((D, "error", "not_a_date"),)),
    Kind("words where a date should be", {D: "geçen yaz gibi"}, LEFT, ((D, "error", "not_a_date"),)),
    Kind("no name", {T: None}, LEFT, (("", "critical", "no_title"),)),
    Kind("a month by its name", {D: "Mart 2024"}, fields={"start": "2024-03"}),
    Kind("a season", {D: "2023-2024 bahar"}, NEW, ((D, "warning", "date_part_of_year"),), {"start": "2024"}),
    Kind("a period for a date", {D: "2021-2022", E: None}, NEW, ((D, "warning", "date_period"),), {"end": "2022"}),
    Kind("unknown, as a word", {D: "Bilinmiyor"}, fields={"start": "unknown"}),
    Kind("a date as a bare number", {D: 45366}, NEW, ((D, "warning", "date_serial"),), {"start": "2024-03-15"}),
    Kind("a year of two digits", {D: "14.03.25"}, NEW, ((D, "warning", "date_short_year"),), {"start": "2025-03-14"}),
    Kind("the month first", {D: "3/14/2025"}, NEW, ((D, "warning", "date_month_first"),), {"start": "2025-03-14"}),
    Kind(
        "goals by their Turkish names",
        {G: "İklim Eylemi, Sürdürülebilir Şehirler ve Topluluklar"},
        fields={"goals": ("13", "11")},
    ),
    Kind("goals with letters before them", {G: "SKA 11; SDG 11.5"}, fields={"goals": ("11",), "targets": ("11.5",)}),
    Kind("a goal as a broken number", {G: 11.0}, fields={"goals": ("11",)}),
    Kind("two goals made a decimal", {G: 11.12}, NEW, ((G, "warning", "goals_guessed"),), {"goals": ("11", "12")}),
    Kind("goals made a date", {G: date(2024, 12, 11)}, LEFT, ((G, "error", "goal_became_date"),)),
    Kind("a goal that does not exist", {G: "SKA 18"}, LEFT, ((G, "error", "unknown_goal"),)),
    Kind("a number as text", {B: "1.234,50", "Kişi Sayısı": "2.500"}, fields={"audience_number": 2500}),
    Kind(
        "a number with words",
        {"Kişi Sayısı": "500 gönüllü"},
        NEW,
        (("Kişi Sayısı", "warning", "number_with_words"),),
        {"audience_number": 500},
    ),
    Kind("words for a number", {B: "henüz belli değil"}, NEW, ((B, "warning", "not_a_number"),), {"funding": ()}),
    Kind("a formula", {"Kişi Sayısı": Formula(750)}, fields={"audience_number": 750}),
    Kind(
        "a formula that was never computed",
        {T: Formula("")},
        LEFT,
        ((T, "error", "formula_without_value"), ("", "critical", "no_title")),
    ),
    Kind(
        "an error of calculation", {"Kişi Sayısı": Formula("#DIV/0!")}, NEW, (("Kişi Sayısı", "warning", "cell_error"),)
    ),
    Kind("a district that is not in İzmir", {I: "Kadıköy"}, LEFT, ((I, "error", "unknown_district"),)),
    Kind(
        "another district's row",
        {I: "KONAK BELEDİYESİ"},
        LEFT,
        ((I, "critical", "not_your_district"), (M, "warning", "unknown_neighbourhood")),
    ),
    Kind("a district written wrongly", {I: "Bornava"}, NEW, ((I, "warning", "read_as"),), {"district": "TUR035007"}),
    Kind("a neighbourhood that nobody knows", {M: "Olmayan Mah."}, NEW, ((M, "warning", "unknown_neighbourhood"),)),
    Kind("a word that is no status", {S: "belki"}, NEW, ((S, "warning", "unknown_word"),), {"status": ""}),
    Kind(
        "own words for the audience",
        {A: "Kadınlar, muhtarlar"},
        fields={"audience": ("kadınlar",), "audience_note": "muhtarlar"},
    ),
    Kind(
        "letters of a wrong code page",
        {A: "Ã‡ocuklar"},
        NEW,
        ((A, "warning", "letters_repaired"),),
        {"audience": ("çocuklar",)},
    ),
    Kind("letters that were lost", {A: "�o�uklar"}, LEFT, ((A, "error", "letters_lost"),)),
    Kind(
        "invisible characters",
        {"Sorumlu Müdürlük": "Ar-Ge\u200b Müdürlüğü"},
        NEW,
        (("Sorumlu Müdürlük", "warning", "hidden_removed"),),
        {"unit": "Ar-Ge Müdürlüğü"},
    ),
    Kind("coordinates the wrong way round", {K: "27,2176 38,4622"}, NEW, ((K, "warning", "point_swapped"),)),
    Kind("a point in another city", {K: "39,9334 32,8597"}, LEFT, ((K, "error", "not_in_izmir"),)),
    Kind("a name merged over two rows", {T: None}, LEFT, ((T, "error", "merged_title"),), merged=T),
    Kind(
        "a district merged over two rows",
        {I: None},
        NEW,
        ((I, "warning", "merged"),),
        {"district": "TUR035007"},
        merged=I,
    ),
    Kind("a hidden row", hidden=True, state=LEFT, says=(("", "error", "hidden_row"),)),
    Kind("the same row twice", again=True, state=KNOWN, says=(("", "warning", "twice"),)),
)
AROUND = (
    "titles above the headers, merged over all columns",
    "empty sheets, and a hidden sheet with old headers",
    "repeated headers, rows of totals and empty rows in between",
)
"""Three more, for 40 in all."""
BLOCK = len(KINDS) + 13
"""Rows of a block: one of each kind and 13 clean ones."""


@dataclass(frozen=True)
class Expected:
    """Of one row, by its number."""

    kind: str
    state: str
    says: frozenset[tuple[str, str, str]]
    fields: dict[str, Any]


def clean(n: int) -> dict[str, Any]:
    """A row without a fault."""
    return dict(
        zip(
            COLUMNS,
            (
                n,
                f"Proje {_words(n)}",
                "Organik atığı yerinde değerlendirmek",
                "Kadınlar; Gençler",
                date(2024, 3, 15),
                "2025",
                "12; 11",
                "Bornova",
                "Kazımdirik Mahallesi",
                "Devam ediyor",
                1250.5,
                "38,4622 27,2176",
                "Ege Üniversitesi",
                "Kent Konseyi",
                "Ar-Ge Müdürlüğü",
                300,
            ),
            strict=True,
        )
    )


def _words(n: int) -> str:
    """Names that no other row's is like."""
    syllables = ("ba", "ce", "dı", "fo", "gö", "hu", "jü", "ka", "le", "mi")
    digits = f"{n:05d}"
    return " ".join(syllables[int(digits[i])] + syllables[int(digits[i - 1])] + str(i) for i in range(5)) + digits


class Workbook:
    """Makes the file and remembers what must come of it."""

    def __init__(self, rows: int) -> None:
        self.expected: dict[int, Expected] = {}
        self._target = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._target, {"in_memory": True})
        self._date = self._book.add_format({"num_format": "dd.mm.yyyy"})
        self._book.add_worksheet("Boş")
        old = self._book.add_worksheet("Eski")
        old.write_row(0, 0, COLUMNS)
        old.hide()
        self._page = self._book.add_worksheet("Projeler 2024")
        self._book.add_worksheet("Sayfa3")
        self._page.merge_range(0, 0, 0, len(COLUMNS) - 1, "BORNOVA BELEDİYESİ")
        self._page.merge_range(1, 0, 1, len(COLUMNS) - 1, "Sürdürülebilirlik Projeleri Tablosu (2024)")
        self._page.write_row(HEADER_ROW - 1, 0, COLUMNS)
        self._next = HEADER_ROW
        self.passed_over = 0
        for n in range(rows):
            self._add(n)
            if n % 500 == 499:
                self._interrupt()
        self._book.close()
        self.data = self._target.getvalue()

    def _add(self, n: int) -> None:
        place = n % BLOCK
        kind = KINDS[place - 2] if 2 <= place < len(KINDS) + 2 else Kind("clean")
        cells = {**clean(n), **kind.cells}
        if kind.again:
            cells = {**clean(n - place), "Sıra No": n}  # the clean first row of this block
        row = self._next
        self._next += 1
        for column, name in enumerate(COLUMNS):
            self._write(row, column, cells[name])
        if kind.merged:
            column = COLUMNS.index(kind.merged)
            above = clean(n - 1)[kind.merged]
            self._page.merge_range(row - 1, column, row, column, above)
        if kind.hidden:
            self._page.set_row(row, None, None, {"hidden": True})
        self.expected[row + 1] = Expected(kind.name, kind.state, frozenset(kind.says), kind.fields)

    def _interrupt(self) -> None:
        self._page.write_row(self._next, 0, COLUMNS)
        self._page.write(self._next + 1, 0, "TOPLAM")
        self._page.write(self._next + 1, COLUMNS.index(B), 123456)
        self._next += 3
        self.passed_over += 2

    def _write(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, Formula):
            self._page.write_formula(row, column, "=A1", None, value.value)
        elif isinstance(value, date):
            self._page.write_datetime(row, column, value, self._date)
        elif value is not None:
            self._page.write(row, column, value)
