"""The notice about personal data: the program's own and a municipality's, when it was read."""

from pathlib import Path

import pytest

from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui.dialogs.kvkk import KvkkDialog
from izsa_desktop.ui.widgets.kvkk_notice import KvkkNotice
from izsa_desktop.ui.workspace import SETTINGS
from izsa_desktop.usecases.notice import own_text, read_on
from tests.ui.window import OpenBench


def test_the_notice_can_be_read_again_and_says_when_it_was_read(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    assert read_on(b.workplace) == ""
    b.workspace.go_to(SETTINGS)
    settings = b.workspace.settings
    settings.kvkk.click()
    b.settle()
    dialog = b.opened.window.findChild(KvkkDialog)
    assert dialog is not None
    assert dialog.since.text() == b.opened.t("kvkk.not_read")
    dialog.read.click()
    b.settle()
    first = read_on(b.workplace)
    assert first
    settings.kvkk.click()
    b.settle()
    again = b.opened.window.findChildren(KvkkDialog)[-1]
    again.read.click()
    b.settle()
    assert read_on(b.workplace) == first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("qapp")
def test_the_notice_says_what_it_must(language: str) -> None:
    t = Translator(language)
    text = KvkkNotice(t).toPlainText()
    for key in ("where_text", "sent_text", "posts_text", "photos_text", "past_text", "no_advice"):
        assert t(f"kvkk.{key}") in text


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("Aydınlatma metni: ığüşöç".encode(), "Aydınlatma metni: ığüşöç"),
        ("Aydınlatma metni: ığüşöç".encode("windows-1254"), "Aydınlatma metni: ığüşöç"),
        (b"\xef\xbb\xbf<b>Metin</b>", "<b>Metin</b>"),
    ],
)
def test_a_municipality_may_have_its_own(tmp_path: Path, data: bytes, shown: str) -> None:
    (tmp_path / "kvkk.txt").write_bytes(data)
    assert KvkkNotice(Translator("tr"), own_text(tmp_path)).toPlainText() == shown


def test_without_one_it_is_the_programs(tmp_path: Path) -> None:
    assert own_text(tmp_path) == ""
    (tmp_path / "kvkk.txt").mkdir()
    assert own_text(tmp_path) == ""
