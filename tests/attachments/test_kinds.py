"""What may be attached, and what only looks as if it might."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.attachments.kinds import KINDS, recognise, require_extension
from izsa_desktop.domain.errors import AttachmentRefused
from tests.attachments.samples import PDF, container, office, open_document, photo

GOOD = {
    "foto.jpg": photo(),
    "FOTO.JPEG": photo(),
    "ekran.png": photo(codec="PNG"),
    "foto.webp": photo(codec="WEBP"),
    "çalışma raporu.pdf": PDF,
    "rapor.docx": office("docx"),
    "tablo.xlsx": office("xlsx"),
    "sunum.pptx": office("pptx"),
    "rapor.odt": open_document("text"),
    "tablo.ods": open_document("spreadsheet"),
    "sunum.odp": open_document("presentation"),
}
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
BAD = {
    "program.exe": (b"MZ\x90\0" + b"\0" * 200, "kind"),
    "program.jpg": (b"MZ\x90\0" + b"\0" * 200, "kind"),
    "sayfa.html": (b"<!doctype html><script>alert(1)</script>", "kind"),
    "sayfa.pdf": (b"<!doctype html><script>alert(1)</script>%PDF-1.4\n%%EOF", "kind"),
    "resim.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
    "betik.txt": (b"#!/bin/sh\nrm -rf /\n", "kind"),
    "arsiv.zip": (container({"a.txt": b"x"}), "kind"),
    "elf": (b"\x7fELF" + b"\0" * 100, "kind"),
    "resim.gif": (b"GIF89a" + b"\0" * 30, "kind"),
    "bos.pdf": (b"", "empty"),
    "IMG_0001.HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "heic"),
    "eski.doc": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old_office"),
    "yarim.pdf": (PDF[:40], "damaged"),
    "iki.pdf": (PDF + container({"a.txt": b"x"}), "two_in_one"),
    "iki2.pdf": (container({"a.txt": b"x"}) + PDF, "two_in_one"),
    "makro.docx": (office("docx", main=MACROS), "runs"),
    "makro2.docx": (office("docx", {"word/vbaProject.bin": b"x"}), "runs"),
    "nesne.docx": (office("docx", {"word/embeddings/oleObject1.bin": b"x"}), "runs"),
    "program.docx": (office("docx", {"word/media/kur.exe": b"MZ"}), "runs"),
    "makro.ods": (open_document("spreadsheet", {"Basic/Standard/Module1.xml": b"x"}), "runs"),
    "yukari.docx": (office("docx", {"../../kur.txt": b"x"}), "damaged"),
    "mutlak.docx": (office("docx", {"/etc/passwd": b"x"}), "damaged"),
    "onde.docx": (b"MZ" + office("docx"), "kind"),
    "arkada.docx": (office("docx") + b"MZ junk", "two_in_one"),
    "arkada.pdf.docx": (office("docx") + PDF, "two_in_one"),
    "yarim.docx": (office("docx")[:-40], "damaged"),
    "bos.docx": (b"PK\x03\x04" + b"\0" * 30, "damaged"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_clerks_attach_is_taken(name: str) -> None:
    require_extension(name, recognise(name, GOOD[name]))


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused(name: str) -> None:
    data, problem = BAD[name]
    with pytest.raises(AttachmentRefused) as refused:
        recognise(name, data)
    assert (refused.value.file, refused.value.problem) == (name, problem)


@pytest.mark.parametrize(("content", "name"), [(PDF, "foto.jpg"), (photo(), "rapor.pdf"), (office("docx"), "t.xlsx")])
def test_content_and_extension_must_agree(content: bytes, name: str) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        require_extension(name, recognise(name, content))
    assert refused.value.problem == "extension"


@pytest.mark.parametrize("name", ["foto", "foto.", "foto.jpg.exe", "foto.svg", ".jpg"])
def test_a_photo_is_called_like_one(name: str) -> None:
    with pytest.raises(AttachmentRefused):
        require_extension(name, recognise(name, photo()))


def test_no_two_kinds_share_an_extension() -> None:
    extensions = [extension for kind in KINDS for extension in kind.extensions]
    assert len(set(extensions)) == len(extensions)


# --- containers ------------------------------------------------------------------------------------------------------


def test_a_bomb_of_overlapping_members_is_refused() -> None:
    """Ten members that all show the same bytes: Python's own reader unpacks each of them."""
    good = bytearray(office("docx"))
    directory = int.from_bytes(good[-6:-2], "little")
    entry = good.index(b"PK\x01\x02", directory + 4)
    one = bytes(good[entry:-22])
    more = b"".join(one.replace(b"word/main.xml", b"word/main.xm%d" % n) for n in range(10))
    end = good[-22:]
    end[8:10] = end[10:12] = (12).to_bytes(2, "little")
    end[12:16] = (len(good) - 22 - directory + len(more)).to_bytes(4, "little")
    with pytest.raises(AttachmentRefused) as refused:
        recognise("bomba.docx", bytes(good[:-22]) + more + bytes(end))
    assert refused.value.problem == "two_in_one"


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(AttachmentRefused) as refused:
        recognise("bomba.docx", office("docx", {"word/media/a.bmp": bytes(201 << 20)}))
    assert refused.value.problem == "too_much_inside"


def test_bytes_hidden_between_members_are_noticed() -> None:
    whole = office("docx")
    directory = int.from_bytes(whole[-6:-2], "little")
    hidden = PDF * 3
    moved = whole[:-6] + (directory + len(hidden)).to_bytes(4, "little") + whole[-2:]
    with pytest.raises(AttachmentRefused) as refused:
        recognise("gizli.docx", moved[:directory] + hidden + moved[directory:])
    assert refused.value.problem == "two_in_one"


def test_members_that_some_file_systems_take_for_one_are_refused() -> None:
    with pytest.raises(AttachmentRefused):
        recognise("iki.docx", office("docx", {"word/MAIN.xml": b"x"}))


def test_a_document_written_to_a_stream_is_taken() -> None:
    """Writers that cannot go back put the sizes behind each member."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.got = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.got += bytes(data)  # type: ignore[call-overload]  # anything with a buffer
            return len(bytes(data))  # type: ignore[call-overload]

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made, zipfile.ZipFile(io.BytesIO(office("docx"))) as old:
        for name in old.namelist():
            made.writestr(name, old.read(name))
    assert b"PK\x07\x08" in stream.got
    assert recognise("akis.docx", bytes(stream.got)).extensions == ("docx",)


@given(st.sampled_from(sorted(GOOD)), st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_changed_files_are_taken_or_refused_but_never_crash(name: str, at: int, junk: bytes) -> None:
    data = GOOD[name]
    at %= len(data)
    try:
        recognise(name, data[:at] + junk + data[at + len(junk) :])
    except AttachmentRefused as e:
        assert e.file == name
