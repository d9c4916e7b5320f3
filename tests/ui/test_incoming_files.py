"""Files that become others after the look, mails, and what waits for a person, through the window."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.bundle import signing
from izsa_desktop.domain.errors import FileChanged, Malformed
from izsa_desktop.ui.dialogs.much_at_once import MuchAtOnceDialog
from izsa_desktop.ui.dialogs.passphrase import PassphraseDialog
from izsa_desktop.ui.dialogs.pin_office import PinDialog
from izsa_desktop.usecases import exchange, trusting
from izsa_desktop.usecases.enrolment import revoke
from izsa_desktop.usecases.quarantine import quarantined
from izsa_desktop.usecases.workplace import open_workplace, utc_now
from tests.ui.exchange import dialog, headings, many_deleted, receiving, said, sending
from tests.ui.window import OpenBench, type_text
from tests.usecases.line import Line, enter, export, listing
from tests.usecases.mail import answer, replica, take
from tests.usecases.test_locked_readers import FIRST, encrypted, lock, reading
from tests.usecases.test_mails import mail
from tests.usecases.test_parcels import two


def test_a_file_that_was_swapped_after_the_look_is_not_merged_and_looked_at_again(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    """A37."""
    first, second = two(line, tmp_path)
    enter(line.konak, "Konak'ta")
    other = export(line.konak, tmp_path / "k.izsa")
    b = bench(line.office)
    inbox, t = receiving(b).inbox, b.opened.t
    inbox.receive([first, other])
    b.settle()
    shutil.copyfile(second, first)
    inbox.merge_button.click()
    b.settle()
    assert b.shown_titles() == ["Konak'ta"]
    assert said(inbox.rows) == [(t.error(FileChanged("1.izsa")),)]
    assert inbox.merge_button.isHidden(), "what nobody has looked at cannot be merged"
    assert t("exchange.not_taken", count=1) in inbox.done.text.text()
    before = listing(line.office)
    inbox.rows.rows[0].buttons[0].click()
    b.settle()
    assert listing(line.office) == before
    assert [row[0] for row in said(inbox.rows)] == [t("exchange.new", count=2), t("exchange.known")]
    inbox.merge_button.click()
    b.settle()
    assert sorted(b.shown_titles()) == ["Bir", "Konak'ta", "İki"]


def test_what_was_looked_at_closely_is_what_is_taken_in(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    """A37, where a person has typed the number."""
    much = many_deleted(line, tmp_path / "k2.izsa")
    b = bench(line.office, show=True)
    inbox = receiving(b).inbox
    inbox.receive([much])
    b.settle()
    inbox.rows.rows[0].buttons[0].click()
    b.settle()
    asked = dialog(b, MuchAtOnceDialog)
    enter(line.bornova, "Başka")
    shutil.copyfile(export(line.bornova, tmp_path / "b.izsa"), much)
    type_text(asked.field, "12")
    asked.go.click()
    b.settle()
    assert len(b.stored()) == 15
    assert said(inbox.rows) == [(b.opened.t.error(FileChanged("k2.izsa")),)]


def test_a_mail_is_dropped_as_it_is(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    first, _second = two(line, tmp_path)
    (tmp_path / "ileti.eml").write_bytes(mail(("ek.izsa.zip", first.read_bytes()), ("a.png", b"\x89PNG")).as_bytes())
    (tmp_path / "boş.eml").write_bytes(mail(("a.png", b"\x89PNG")).as_bytes())
    b = bench(line.office)
    inbox, t = receiving(b).inbox, b.opened.t
    inbox.receive([tmp_path / "ileti.eml", tmp_path / "boş.eml"])
    b.settle()
    assert headings(inbox.rows) == ["Bornova Municipality · Ayşe Yılmaz", "boş.eml"]
    assert said(inbox.rows) == [(t("exchange.new", count=1),), (t.error(Malformed("mail_empty")),)]
    inbox.merge_button.click()
    b.settle()
    assert b.shown_titles() == ["Bir"]
    assert headings(inbox.rows) == ["boş.eml"]


def test_what_waits_for_a_person_says_so_and_is_opened_from_its_row(
    bench: OpenBench, line: Line, tmp_path: Path
) -> None:
    much = many_deleted(line, tmp_path / "k2.izsa")
    with open_workplace(line.office) as office:
        revoke(office, replica(line.konak))
        assert [one.code for one in exchange.merge_bundles(office, [much])] == [11]
        with office.store.writing() as writer:
            trust = office.trust(writer)
            members = {id_: replace(member, revoked_after_seq=None) for id_, member in trust.members.items()}
            trusting.issue(office, writer, trust.next(utc_now(), members=members))
        exchange.judge_again(office)
    b = bench(line.office, show=True)
    inbox, t = receiving(b).inbox, b.opened.t
    assert said(inbox.kept.rows) == [(f"{t('exchange.much_deletes', count=12)} {t('exchange.much_first')}",)]
    inbox.kept.rows.rows[0].buttons[0].click()
    b.settle()
    asked = dialog(b, MuchAtOnceDialog)
    type_text(asked.field, "12")
    asked.go.click()
    b.settle()
    assert len(b.stored()) == 3
    assert inbox.kept.isHidden()


def test_comparing_the_digits_takes_in_what_waited_for_it(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, tmp_path / "1.izsa"))
    first = answer(line, line.bornova, tmp_path / "a.izsa")
    second = answer(line, line.bornova, tmp_path / "b.izsa")
    assert [one.code for one in take(line.bornova, first)] == [11]
    with open_workplace(line.office) as office:
        digits = trusting.trust_view(office).trust.fingerprint
    b = bench(line.bornova, show=True)
    page = sending(b)
    assert not page.inbox.kept.isHidden()
    page.inbox.receive([second])
    b.settle()
    asked = dialog(b, PinDialog)
    type_text(asked.field, digits.replace(" ", ""))
    asked.go.click()
    b.settle()
    assert page.inbox.kept.isHidden()
    assert quarantined(b.workplace) == []
    assert trusting.trust_view(b.workplace).trust.version == 4
    assert page.inbox.merge_button.text() == b.opened.t("exchange.take", count=1)


def test_an_encrypted_bundle_asks_for_the_passphrase_of_the_key_for_reading(
    bench: OpenBench, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "WORK", 1 << 20)
    monkeypatch.setattr(signing, "MEMORY", 1 << 25)
    reading(line)
    file = encrypted(line, "Gizli", tmp_path / "gizli.izsa")
    lock(line.office, None, FIRST)
    b = bench(line.office, show=True)
    inbox, t = receiving(b).inbox, b.opened.t
    inbox.receive([file])
    b.settle()
    asked = dialog(b, PassphraseDialog)
    type_text(asked.fields[0], FIRST)
    asked.go.click()
    b.settle()
    assert said(inbox.rows) == [(t("exchange.new", count=1),)]
    inbox.merge_button.click()
    b.settle()
    assert b.shown_titles() == ["Gizli"]
