"""5,000 rows with 40 kinds of dirt: the right rows are taken and each bad cell is named."""

from collections import Counter
from pathlib import Path

from izsa_desktop.usecases.importing import files, mapping, taking, trial
from izsa_desktop.usecases.importing.trial import KNOWN, LEFT, NEW, SKIPPED
from izsa_desktop.usecases.projects import count_projects, list_projects
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import BORNOVA
from tests.usecases.importing.dirt import AROUND, COLUMNS, HEADER_ROW, KINDS, Workbook

ROWS = 5_000


def test_forty_kinds() -> None:
    assert len(KINDS) + len(AROUND) == 40
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_every_row_comes_out_as_the_generator_says(tmp_path: Path) -> None:
    book = Workbook(ROWS)
    (tmp_path / "projeler.xls").write_bytes(book.data)  # a wrong extension besides
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        table = files.open_table(tmp_path / "projeler.xls")
        assert [sheet.name for sheet in table.sheets] == ["Boş", "Eski", "Projeler 2024", "Sayfa3"]
        proposed = mapping.propose(workplace, table, mapping.choose_sheet(table))
        assert (proposed.sheet, proposed.headers.row) == (2, HEADER_ROW)
        assert len(proposed.columns) == len(COLUMNS) - 1  # all but the running number
        tried = trial.dry_run(workplace, table, proposed, "projeler.xls")
        by_number = {row.number: row for row in tried.rows}
        assert [n for n in book.expected if n not in by_number] == []
        for number, expected in book.expected.items():
            row = by_number[number]
            said = frozenset(
                (tried.mapping.header(m.column) if m.column is not None else "", m.grade, m.key) for m in row.messages
            )
            assert (expected.kind, number, row.state, said) == (expected.kind, number, expected.state, expected.says)
            for name, value in expected.fields.items():
                assert (expected.kind, getattr(row.fields, name)) == (expected.kind, value)
        wanted = Counter(expected.state for expected in book.expected.values())
        assert tried.counts == wanted + Counter({SKIPPED: book.passed_over})
        assert min(wanted[NEW], wanted[LEFT], wanted[KNOWN]) > 90
        taken = taking.take_in(workplace, tried)
        assert (taken.added, taken.left) == (wanted[NEW], wanted[LEFT])
        assert count_projects(workplace) == wanted[NEW]
        again = trial.dry_run(workplace, table, proposed, "projeler.xls", before=tried)
        assert (again.counts[NEW], again.counts[LEFT]) == (0, wanted[LEFT])
        titles = {by_number[number].fields.title for number in book.expected if by_number[number].state == NEW}  # type: ignore[union-attr]
        assert {project.fields.title for project in list_projects(workplace)} == titles
