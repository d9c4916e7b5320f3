"""``izsa attach`` and what ``izsa check`` says of attachments."""

from pathlib import Path

from tests.attachments.samples import PDF, noise, photo, telling_exif
from tests.cli.driver import Izsa
from tests.usecases.line import Line


def test_a_file_is_added_with_its_words(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    id_ = izsa("--data", line.bornova, "add", "-", stdin=b'{"title": "Kompost"}').lines[0]
    (tmp_path / "Açılış.jpg").write_bytes(photo(exif=telling_exif()))
    (tmp_path / "ağaç.jpg").write_bytes(noise((3000, 2600), quality=97))
    (tmp_path / "rapor.pdf").write_bytes(PDF)
    words = ["--caption", "Açılış günü", "--people", "--consent", "Muhtarlık, 12.03.2026", "--licence", "cc0"]
    ended = izsa("--data", line.bornova, "attach", id_, *tmp_path.glob("*.*"), *words)
    assert (ended.code, ended.err) == (0, "")
    assert "Açılış.jpg was added; the place and device" in ended.out
    assert "ağaç.jpg was added; made smaller from" in ended.out
    rows = izsa("--data", line.bornova, "show", id_, "--json").json["evidence"]
    assert {row["name"] for row in rows} == {"Açılış.jpg", "ağaç.jpg", "rapor.pdf"}
    assert {(row["caption"], row["people"], row["consent"], row["licence"]) for row in rows} == {
        ("Açılış günü", True, "Muhtarlık, 12.03.2026", "CC0")
    }


def test_a_refused_file_is_explained(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    id_ = izsa("--data", line.bornova, "add", "-", stdin=b'{"title": "Kompost"}').lines[0]
    (tmp_path / "IMG_1.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 40)
    ended = izsa("--data", line.bornova, "attach", id_, tmp_path / "IMG_1.HEIC")
    assert ended.code == 1
    assert ended.err.startswith("IMG_1.HEIC was not attached: ")
    assert "Save the photo as JPEG" in ended.err
    wrong = izsa("--data", line.bornova, "attach", id_, tmp_path / "IMG_1.HEIC", "--licence", "mine")
    assert wrong.code == 1
    assert "mine" in wrong.err


def test_check_names_a_missing_file_as_a_note_and_a_changed_one_as_damage(
    izsa: Izsa, line: Line, tmp_path: Path
) -> None:
    id_ = izsa("--data", line.bornova, "add", "-", stdin=b'{"title": "Kompost"}').lines[0]
    (tmp_path / "rapor.pdf").write_bytes(PDF)
    izsa("--data", line.bornova, "attach", id_, tmp_path / "rapor.pdf")
    [stored] = (line.bornova / "attachments").glob("??/*")
    stored.write_bytes(PDF + b"\n")
    changed = izsa("--data", line.bornova, "check")
    assert changed.code == 1
    assert stored.name in changed.out
    stored.unlink()
    missing = izsa("--data", line.bornova, "check")
    assert missing.code == 0
    assert f"project {id_} waits for its attachment “rapor.pdf”" in missing.out
    assert izsa("--data", line.bornova, "show", id_).code == 0
