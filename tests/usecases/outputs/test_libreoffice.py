"""What LibreOffice makes of our files, where it is installed."""

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.domain.project import Project
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.reading import read_table
from izsa_desktop.tables.writing import csv_bytes
from izsa_desktop.usecases.importing import mapping, trial
from izsa_desktop.usecases.outputs.export import TableOrder, export_table
from izsa_desktop.usecases.outputs.whole import workbook
from izsa_desktop.usecases.workplace import Workplace
from tests.support import BORNOVA, FIELDS, REFERENCE

pytestmark = [
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
    pytest.mark.timeout(300),
]
TEXTS = ["=1+1", "+1", "-1", "@SUM(1)", "|x", "＝1", "'=1", "=cmd|'/c calc'!A1", "http://example.org", "007", "_x0041_"]


def converted(source: Path, to: str, folder: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / "out" / f"{source.stem}.{to.partition(':')[0]}"


@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_a_workbook_that_was_saved_there_comes_back_too(office: Workplace, tmp_path: Path, to: str) -> None:
    fields = [replace(FIELDS, title=f"{text} depo", summary=text) for text in TEXTS]
    projects = [Project(id=f"{BORNOVA}/{n:032x}", fields=one) for n, one in enumerate(fields)]
    ours = tmp_path / "t.xlsx"
    ours.write_bytes(workbook(projects, REFERENCE, Translator("tr"), lambda: None, personal=True))
    table = read_table(converted(ours, to, tmp_path).read_bytes(), "t")
    chosen = mapping.propose(office, table, mapping.choose_sheet(table))
    assert chosen.exact
    found = trial.dry_run(office, table, chosen, "t")
    assert [read.fields for read in found.reads.values()] == fields


def test_texts_are_not_computed(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(csv_bytes([["Başlık"], *([text] for text in TEXTS)]))
    opened = converted(tmp_path / "t.csv", "xlsx", tmp_path).read_bytes()
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(opened)).worksheets[0].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}


def test_the_annex_is_opened(office: Workplace, tmp_path: Path) -> None:
    export_table(office, TableOrder("vlr", EVERYTHING), tmp_path / "v.docx")
    text = converted(tmp_path / "v.docx", "txt:Text (encoded):UTF8", tmp_path).read_text(encoding="utf-8-sig")
    assert FIELDS.title in text
    assert "Toplanan su" in text
