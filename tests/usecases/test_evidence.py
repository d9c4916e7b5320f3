"""Attaching: what is kept of a file, that it is kept once and noticed when changed, and that nothing waits for it."""

import hashlib
import os
import stat
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from izsa_desktop.attachments.kinds import MAX_FILE, MAX_PICTURE
from izsa_desktop.domain.errors import (
    AttachmentDamaged,
    AttachmentMissing,
    AttachmentRefused,
    BadLink,
    FileProblem,
    NotYourDistrict,
)
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.usecases import evidence, projects, upkeep
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.attachments.samples import MAKER, PDF, noise, office, photo, png_bomb, telling_exif
from tests.support import FIELDS
from tests.usecases.line import Line, export, merge


def write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def kept_files(workplace: Workplace) -> list[Path]:
    return sorted(path for path in (workplace.folder / "attachments").rglob("*") if path.is_file())


def test_a_document_is_kept_as_it_is_under_its_hash(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        made = evidence.attach(workplace, write(tmp_path, "Çalışma Raporu İĞÜŞ.pdf", PDF))
        key = hashlib.sha256(PDF).hexdigest()
        expected = Evidence(key=key, name="Çalışma Raporu İĞÜŞ.pdf", media_type="application/pdf", size=len(PDF))
        assert made == evidence.Attached(expected, len(PDF))
        path = evidence.attachment_path(workplace, key)
        assert path == workplace.folder / "attachments" / key[:2] / key
        assert path is not None
        assert path.read_bytes() == evidence.read_attachment(workplace, expected) == PDF
        assert evidence.thumbnail(workplace, expected) is None


def test_the_same_file_is_kept_once_whatever_it_is_called(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        first = evidence.attach(workplace, write(tmp_path, "a.pdf", PDF))
        files, again = kept_files(workplace), evidence.attach(workplace, write(tmp_path, "b.pdf", PDF))
        assert again.evidence == replace(first.evidence, name="b.pdf")
        assert kept_files(workplace) == files
        assert len(files) == 1


def test_a_photo_loses_its_place_and_says_so(line: Line, tmp_path: Path) -> None:
    data = photo(exif=telling_exif(orientation=6))
    with open_workplace(line.bornova) as workplace:
        made = evidence.attach(workplace, write(tmp_path, "IMG_1.JPG", data))
        assert (made.cleaned, made.shrunk, made.original_size) == (True, False, len(data))
        kept = evidence.read_attachment(workplace, made.evidence)
        assert MAKER.encode() not in kept
        assert len(kept) == made.evidence.size
        preview = evidence.thumbnail(workplace, made.evidence)
        assert preview is not None
        assert preview.startswith(b"\xff\xd8")
        bare = evidence.attach(workplace, write(tmp_path, "bare.jpg", kept))
        assert (bare.cleaned, bare.evidence.key) == (False, made.evidence.key)


def test_a_phones_photo_is_made_smaller_and_says_so(line: Line, tmp_path: Path) -> None:
    data = noise((2600, 2600), "PNG")
    assert len(data) > MAX_FILE
    with open_workplace(line.bornova) as workplace:
        made = evidence.attach(workplace, write(tmp_path, "Ağaç.png", data))
        assert made.shrunk
        assert (made.evidence.name, made.evidence.media_type) == ("Ağaç.jpg", "image/jpeg")
        assert made.evidence.size is not None
        assert made.evidence.size <= MAX_FILE < made.original_size


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("buyuk.pdf", b"%PDF-1.4" + bytes(MAX_FILE) + b"%%EOF", "too_large"),
        ("buyuk.jpg", photo((64, 64)) + bytes(MAX_PICTURE), "too_large_picture"),
        ("bomba.png", png_bomb(30_000, 30_000), "too_many_pixels"),
        ("kur.exe", b"MZ" + bytes(100), "kind"),
        ("foto.pdf", photo(), "extension"),
        ("makro.docx", office("docx", {"word/vbaProject.bin": b"x"}), "runs"),
        ("yarim.jpg", photo()[:3000], "damaged"),
    ],
)
def test_what_is_refused_leaves_nothing(line: Line, tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    with open_workplace(line.bornova) as workplace:
        with pytest.raises(AttachmentRefused) as refused:
            evidence.attach(workplace, write(tmp_path, name, data))
        assert (refused.value.file, refused.value.problem) == (name, problem)
        assert kept_files(workplace) == []


def test_a_file_that_cannot_be_read_is_named(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        for path in (tmp_path / "yok.pdf", tmp_path):
            with pytest.raises(FileProblem):
                evidence.attach(workplace, path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(line: Line, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    with open_workplace(line.bornova) as workplace, pytest.raises(FileProblem):
        evidence.attach(workplace, tmp_path / "a.pdf")


def test_names_of_files_are_one_line_in_normal_form(line: Line, tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Yeşil çatı.pdf")
    with open_workplace(line.bornova) as workplace:
        assert evidence.attach(workplace, write(tmp_path, decomposed, PDF)).evidence.name == "Yeşil çatı.pdf"
        long = evidence.attach(workplace, write(tmp_path, "ş" * 120 + ".pdf", PDF)).evidence.name
        assert (len(long), long[-5:]) == (120, "ş.pdf")
        hidden = evidence.attach(workplace, write(tmp_path, "fdp.\u202eexe.pdf", PDF)).evidence.name
        assert hidden == "fdp.␣U+202E␣exe.pdf"


# --- damage and absence -----------------------------------------------------------------------------------------------


def with_photo(workplace: Workplace, folder: Path) -> tuple[str, Evidence]:
    made = evidence.attach(workplace, write(folder, "kompost.jpg", photo())).evidence
    return projects.save_project(workplace, None, structs.replace(FIELDS, evidence=(made,))).id, made


def test_a_changed_file_is_noticed_named_and_mended_by_attaching_it_again(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        _, made = with_photo(workplace, tmp_path)
        path = evidence.attachment_path(workplace, made.key)
        assert path is not None
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        with pytest.raises(AttachmentDamaged):
            evidence.read_attachment(workplace, made)
        [problem] = upkeep.check(workplace)
        assert made.key in problem
        evidence.attach(workplace, tmp_path / "kompost.jpg")
        assert upkeep.check(workplace) == []


def test_a_missing_file_blocks_nothing(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        id_, made = with_photo(workplace, tmp_path)
        path = evidence.attachment_path(workplace, made.key)
        assert path is not None
        path.unlink()
        assert evidence.missing_attachments(workplace) == [(id_, made)]
        assert upkeep.check(workplace) == []
        for read in (evidence.read_attachment, evidence.thumbnail):
            with pytest.raises(AttachmentMissing):
                read(workplace, made)
        project = projects.get_project(workplace, id_)
        changed = projects.save_project(workplace, id_, structs.replace(project.fields, title="Başka ad"))
        assert changed.fields.evidence == (made,)
    [outcome] = merge(line.office, export(line.bornova, tmp_path / "paket.izsa"))
    assert outcome.refusal is None
    with open_workplace(line.office) as office_place:
        assert projects.get_project(office_place, id_).fields.evidence == (made,)
        assert evidence.missing_attachments(office_place) == [(id_, made)]


@pytest.mark.parametrize("key", ["", "..", "../../izsa.sqlite3", "a" * 63, "A" * 64, "a" * 64 + "/x"])
def test_a_key_from_outside_leads_nowhere(line: Line, key: str) -> None:
    with open_workplace(line.bornova) as workplace:
        assert evidence.attachment_path(workplace, key) is None
        with pytest.raises(AttachmentMissing):
            evidence.read_attachment(workplace, Evidence(key=key, name="x"))


# --- copies to look at ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Çalışma Raporu (son).pdf", "Çalışma Raporu _son"),
        ("../../kur.exe", "kur"),
        ("C:\\Windows\\kur.bat", "C_Windows_kur"),
        ("con.pdf", "_con"),
        ("rapor.pdf.exe", "rapor.pdf"),
        ("...", "_"),
        ("", "_"),
        ("a" * 200, "a" * 60),
    ],
)
def test_a_copy_is_called_what_it_is(line: Line, tmp_path: Path, name: str, stem: str) -> None:
    """A received record may claim anything: name, type. The copy is named after its bytes."""
    with open_workplace(line.bornova) as workplace:
        made = evidence.attach(workplace, write(tmp_path, "a.pdf", PDF)).evidence
        said = replace(made, name=name, media_type="application/x-msdownload")
        (tmp_path / "copies").mkdir()
        copy = evidence.export_copy(workplace, said, tmp_path / "copies")
        assert copy.parent == tmp_path / "copies"
        assert copy.name == f"{stem}-{made.key[:6]}.pdf"
        assert copy.read_bytes() == PDF
        assert not copy.stat().st_mode & (stat.S_IWUSR | stat.S_IXUSR)
        assert evidence.export_copy(workplace, said, tmp_path / "copies") == copy


def test_a_received_file_of_a_forbidden_kind_is_not_handed_out(line: Line, tmp_path: Path) -> None:
    program = b"MZ" + bytes(200)
    key = hashlib.sha256(program).hexdigest()
    with open_workplace(line.bornova) as workplace:
        (workplace.folder / "attachments" / key[:2]).mkdir()
        (workplace.folder / "attachments" / key[:2] / key).write_bytes(program)
        with pytest.raises(AttachmentRefused):
            evidence.export_copy(workplace, Evidence(key=key, name="foto.jpg", media_type="image/jpeg"), tmp_path)
        assert evidence.thumbnail(workplace, Evidence(key=key, name="foto.jpg")) is None


# --- links and projects -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["https://www.bornova.bel.tr/haber?id=1", "http://örnek.com/çatı"])
def test_a_link_is_evidence(line: Line, address: str) -> None:
    made = evidence.link(f" {address}\n")
    assert made.link == address
    with open_workplace(line.bornova) as workplace:
        project = projects.save_project(workplace, None, structs.replace(FIELDS, evidence=(made,)))
        assert project.fields.evidence == (made,)
        assert evidence.missing_attachments(workplace) == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bornova",
        "ftp://a.b/c",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a b.c",
        "http://[x",
        "https://a.b/\u202egpj.exe",
        "https://a.b/" + "x" * 500,
        "data:text/html,x",
        "https:bornova.bel.tr",
    ],
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    with pytest.raises(BadLink):
        evidence.link(address)


def test_files_join_a_project_as_one_save(line: Line, tmp_path: Path) -> None:
    words = Evidence(caption="Açılış", licence="CC0", people=True, consent="Veliler, 12.03.2026, dosya 4")
    files = [write(tmp_path, "a.pdf", PDF), write(tmp_path, "b.jpg", photo()), write(tmp_path, "c.pdf", PDF)]
    with open_workplace(line.bornova) as workplace:
        project = projects.save_project(workplace, None, FIELDS)
        added = evidence.attach_to(workplace, project, files, words)
        assert [attached.evidence.name for attached in added] == ["a.pdf", "b.jpg", "c.pdf"]
        stored = projects.get_project(workplace, project.id)
        mine = stored.fields.evidence[len(FIELDS.evidence) :]
        assert [(file.name, file.caption, file.consent) for file in mine] == [
            ("a.pdf", words.caption, words.consent),
            ("b.jpg", words.caption, words.consent),
        ]
        assert len(projects.history(workplace, project.id)) == 2
        evidence.attach_to(workplace, stored, files, words)
        assert projects.get_project(workplace, project.id) == stored


def test_one_bad_file_and_the_project_is_as_it_was(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        project = projects.save_project(workplace, None, FIELDS)
        with pytest.raises(AttachmentRefused):
            evidence.attach_to(
                workplace, project, [write(tmp_path, "a.pdf", PDF), write(tmp_path, "b.exe", b"MZ")], Evidence()
            )
        assert projects.get_project(workplace, project.id) == project


def test_nobody_attaches_to_the_record_of_another(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as workplace:
        project = projects.save_project(workplace, None, FIELDS)
    merge(line.office, export(line.bornova, tmp_path / "paket.izsa"))
    with open_workplace(line.office) as office_place, pytest.raises(NotYourDistrict):
        evidence.attach_to(office_place, project, [write(tmp_path, "a.pdf", PDF)], Evidence())
