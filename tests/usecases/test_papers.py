"""Documents to fill in: each opens, in both languages, with the district's name in it."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from izsa_desktop.domain.errors import InsideWorkplace, NoSuchTemplate, UnknownDistrict
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.reports.office import BLANK, TEMPLATES, template_name
from izsa_desktop.usecases.papers import template_target, write_template
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line


def words(file: Path) -> str:
    """All text of a document, a paragraph a line."""
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        body = package.read("word/document.xml").decode()
    ET.fromstring(body)
    return re.sub(r"<[^>]+>", "", body.replace("</w:p>", "\n").replace("<w:br/>", "\n"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_each_is_written_for_a_district(line: Line, tmp_path: Path, name: str, language: str) -> None:
    t = Translator(language)
    target = tmp_path / template_target(name, t)
    with open_workplace(line.office) as office:
        write_template(office, name, target, t, "Çiğli")
        text = words(target)
        assert t("sheet.body_district", name="Çiğli") in text
        assert "{" not in text and template_name(name, language)
        write_template(office, name, tmp_path / "blank.docx", t)
        assert t("sheet.body_district", name=BLANK) in words(tmp_path / "blank.docx")
    with open_workplace(line.bornova) as bornova:
        write_template(bornova, name, tmp_path / "own.docx", t)
        assert t("sheet.body_district", name="Bornova") in words(tmp_path / "own.docx")


def test_capitals_are_turkish_and_the_form_has_every_criterion(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.office) as office:
        write_template(office, "mandate", tmp_path / "m.docx", Translator("tr"), "Çiğli")
        write_template(office, "self-assessment", tmp_path / "s.docx", Translator("en"), "Çiğli")
    assert "ÇİĞLİ BELEDİYE BAŞKANLIĞI" in words(tmp_path / "m.docx")
    codes = re.findall(r"^\d\.\d$", words(tmp_path / "s.docx"), re.MULTILINE)
    assert codes == [f"{stage}.{n}" for stage in range(6) for n in range(1, 6)]


def test_refusals(line: Line, tmp_path: Path) -> None:
    t = Translator("tr")
    with open_workplace(line.office) as office:
        for name, district, error in (("x", "", NoSuchTemplate), ("plan", "Atlantis", UnknownDistrict)):
            with pytest.raises(error):
                write_template(office, name, tmp_path / "x.docx", t, district)
        with pytest.raises(UnknownDistrict):
            write_template(office, "plan", tmp_path / "x.docx", t, "TUR035")
        with pytest.raises(InsideWorkplace):
            write_template(office, "plan", office.folder / "keys" / "x.docx", t)
    assert not (tmp_path / "x.docx").exists()
