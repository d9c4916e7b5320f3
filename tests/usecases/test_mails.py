"""Saved mails: what of ours they carry is found by its content; hostile ones are refused in bounded time and memory."""

import base64
import time
import tracemalloc
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from izsa_desktop.domain.errors import KnownError, Malformed, OverLimit
from izsa_desktop.usecases import inbox, mails, quarantine
from izsa_desktop.usecases.enrolment import request_enrolment
from izsa_desktop.usecases.mails import BUNDLE, MAX_MAIL, MAX_WORK, REQUEST, kind_of, pieces
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.usecases.line import Line, enter, export, listing, merge


def mail(*attachments: tuple[str, bytes], text: str = "Merhaba, paket ektedir.") -> EmailMessage:
    """As a mail program writes it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ayse@example.org", "ofis@example.org", "İZSA paketi, Şubat"
    made.set_content(text)
    made.add_alternative(f"<p>{text}</p>", subtype="html")
    for name, content in attachments:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def named(found: list[mails.Piece]) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in found]


@pytest.fixture
def bundle(line: Line, tmp_path: Path) -> bytes:
    enter(line.bornova, "Bornova'da")
    return export(line.bornova, tmp_path / "b.izsa").read_bytes()


# --- honest mails ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["35-07_0001.izsa", "35-07_0001.izsa.zip", "35-07_0001.izsa.txt", "ATT00001", "şubat.dat"]
)
def test_an_attachment_is_known_by_its_content_whatever_it_is_called(bundle: bytes, name: str) -> None:
    found = pieces(mail((name, bundle), ("resim.izsa", b"\x89PNG"), ("boş", b"")).as_bytes())
    assert [(one.kind, one.name, one.data == bundle) for one in found] == [(BUNDLE, name, True)]


def test_a_forwarded_mail_is_opened_and_one_in_that_is_not(bundle: bytes) -> None:
    inner = mail(("1.izsa", bundle))
    outer = mail(("2.izsa", bundle))
    outer.add_attachment(inner)
    deeper = mail()
    deeper.add_attachment(outer)
    assert named(pieces(outer.as_bytes())) == [(BUNDLE, "2.izsa"), (BUNDLE, "1.izsa")]
    assert named(pieces(deeper.as_bytes())) == [(BUNDLE, "2.izsa")]


def test_what_a_mail_brings_is_looked_at_and_taken_in(line: Line, bundle: bytes, tmp_path: Path) -> None:
    enter(line.konak, "Konak'ta")
    other = export(line.konak, tmp_path / "k.izsa").read_bytes()
    with create_workplace(tmp_path / "new", "TUR035020", "Elif") as workplace:
        request_enrolment(workplace, tmp_path / "e.enrol")
    request = (tmp_path / "e.enrol").read_bytes()
    folder = tmp_path / "posta"
    folder.mkdir()
    file = folder / "ileti"  # no ending at all
    file.write_bytes(mail(("b.izsa.zip", bundle), ("k.izsa", other), ("e.enrol.txt", request)).as_bytes())
    (folder / "tatil.eml").write_bytes(mail(("x.pdf", b"%PDF")).as_bytes())
    (folder / "not.txt").write_text("Konu: yok\nbir not", encoding="utf-8")
    before = listing(line.office)
    with open_workplace(line.office) as office:
        found = inbox.look(office, [folder])
        assert listing(line.office) == before
        assert [(one.parcel.name, one.code) for one in found.bundles] == [
            ("ileti · b.izsa.zip", 0),
            ("ileti · k.izsa", 0),
        ]
        assert [request.member.person for request in found.requests] == ["Elif"]
        assert found.others == 2
    done = merge(line.office, *[one.parcel for one in found.bundles])
    assert [(one.refusal, one.known, one.new) for one in done] == [(None, False, 1)] * 2
    again = inbox.bundles_of([file])
    assert [one.known for one in merge(line.office, *again)] == [True, True]


def test_a_mail_that_was_named_and_brings_nothing_is_told(line: Line, tmp_path: Path) -> None:
    (tmp_path / "tatil.eml").write_bytes(mail(("x.pdf", b"%PDF")).as_bytes())
    (tmp_path / "ileti.msg").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    with open_workplace(line.office) as office:
        found = inbox.look(office, [tmp_path / "tatil.eml", tmp_path / "ileti.msg"])
    assert [one.refusal for one in found.bundles] == [Malformed("mail_empty"), Malformed("outlook_mail")]


def test_what_came_by_mail_and_is_refused_is_kept_by_itself(line: Line, tmp_path: Path) -> None:
    with create_workplace(tmp_path / "new", "TUR035020", "Elif"):
        pass
    enter(tmp_path / "new", "Kiraz'da")
    unknown = export(tmp_path / "new", tmp_path / "u.izsa").read_bytes()
    (tmp_path / "ileti.eml").write_bytes(mail(("u.izsa", unknown)).as_bytes())
    merge(line.office, *inbox.bundles_of([tmp_path / "ileti.eml"]))
    with open_workplace(line.office) as office:
        [kept] = quarantine.quarantined(office)
    assert kept.path.read_bytes() == unknown
    assert kept.note.name == "ileti.eml · u.izsa"


# --- hostile mails ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../../etc/35.izsa", "35.izsa"),
        ("C:\\Windows\\System32\\35.izsa", "35.izsa"),
        ("=?utf-8?q?=C5=9Fubat=2Eizsa?=", "şubat.izsa"),
        ("=?no-such-charset?q?=ff?=", ""),
        ("=?utf-8?b?YeKArmF6c2kuZXhl?=", ""),
        ("a\u202eazsi.exe", "a\ufffd\ufffd\ufffdazsi.exe"),
        ("a" * 5000, "a" * 100),
        ("", ""),
    ],
)
def test_a_name_is_only_shown_and_never_a_path(bundle: bytes, name: str, shown: str) -> None:
    lines = [
        b"MIME-Version: 1.0",
        f'Content-Disposition: attachment; filename="{name}"'.encode(),
        b"Content-Transfer-Encoding: base64",
        b"",
        base64.encodebytes(bundle),
    ]
    [found] = pieces(b"\n".join(lines))
    assert (found.name, found.data) == (shown, bundle)


ODD = {
    "no such transfer encoding": b"Content-Transfer-Encoding: rot13\n\nPK\3\4",
    "base64 that is none": b"Content-Transfer-Encoding: base64\n\n=?=?===A",
    "uuencode that is none": b"Content-Transfer-Encoding: x-uuencode\n\nbegin 999 ../../x\n`````\n",
    "quoted-printable that is none": b"Content-Transfer-Encoding: quoted-printable\n\n=ZZ=\n=",
    "no such charset": b"Content-Type: text/plain; charset=zip\n\n\xff\xfe",
    "a number without end": b"Content-Type: a/b; filename*" + b"9" * 6000 + b"=x\n\nx",
    "a boundary that is empty": b'Content-Type: multipart/mixed; boundary=""\n\n--\n\n--\n----\n',
    "no boundary": b"Content-Type: multipart/mixed\n\n--x\n\nPK\n",
    "a boundary that never comes": b"Content-Type: multipart/mixed; boundary=x\n\nPK\3\4\n",
    "zeros": b"\0" * 5000,
    "headers alone": b"MIME-Version: 1.0\n" * 5000,
    "a header of one megabyte": b"X: " + b"a" * 1_000_000,
    "encoded words without end": b"Subject: "
    + b"=?utf-8?b?" * 50_000
    + b"\nContent-Disposition: attachment; filename="
    + b"=?utf-8?q?a?= " * 5000
    + b"\n\nx",
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_mails_bring_nothing_and_break_nothing(odd: str) -> None:
    started = time.monotonic()
    try:
        assert pieces(b"MIME-Version: 1.0\n" + ODD[odd]) == []
    except KnownError as refusal:
        assert refusal.key == "refused"
    assert time.monotonic() - started < 10


def _nested(depth: int) -> bytes:
    head = [f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n'.encode() for n in range(depth)]
    return b"MIME-Version: 1.0\n" + b"".join(head)


BOMBS = {
    "parts": b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n\n" * 100_000,
    "depth": _nested(100_000),
    "lines": b"MIME-Version: 1.0\n\n" + b"\n" * 2_000_000,
    "lines of an old Mac": b"MIME-Version: 1.0\r\r" + b"\r" * 2_000_000,
    "mails in mails": b"Content-Type: message/rfc822\n\n" * 20_000,
    "boundaries on two lines": b"".join(
        b'Content-Type: multipart/mixed; boundary\n\t="%d"\n\n--%d\n' % (n, n) for n in range(200)
    )
    + b"a\n" * 480_000,
    "spaces behind the word boundary": b"MIME-Version: 1.0\n\nboundary" + b" " * 1_000_000 + b"x\n",
    "delivery reports": b"Content-Type: message/delivery-status\n\n" + b"a\n\n" * 200_000,
    "envelopes": b"A: b\n" + b"From \n" * 300_000,
    "size": b"MIME-Version: 1.0\n\n" + b"a" * MAX_MAIL,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_or_found_empty_in_bounded_time_and_memory(bomb: str) -> None:
    started = time.monotonic()
    tracemalloc.start()
    try:
        assert pieces(BOMBS[bomb]) == []
    except (OverLimit, Malformed):
        pass
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert time.monotonic() - started < 30  # nearly all of it is the tracing
    assert most < 300_000_000


_ATTACHED = b"\n\nPK\3\4" + bytes(22) + b"\x0b\0\0\0payload.zip"
SLOW_HEADERS = {
    "semicolons in the type": b'Content-Type: multipart/mixed; x="'
    + b";" * 1_000_000
    + b'"; boundary=b\n\n--b\n\nx\n--b--\n',
    "parameters on many lines": b"Content-Type: multipart/mixed;\n"
    + b" a=b;\n" * 490_000
    + b" boundary=q\n\n--q\n\nx\n--q--",
    "semicolons in the name": b'Content-Disposition: attachment; filename="' + b";" * 200_000 + b'"' + _ATTACHED,
    "many parameters": b"Content-Disposition: attachment; " + b"a=b;" * 400_000 + _ATTACHED,
    "a name in pieces": b"Content-Disposition: attachment; "
    + b"".join(b"filename*%d*=a;" % n for n in range(100_000))
    + _ATTACHED,
    "a name of encoded words": b'Content-Disposition: attachment; filename="'
    + b"=?utf-8?q?a?= " * 100_000
    + b'"'
    + _ATTACHED,
    "words that never end": b'Content-Disposition: attachment; filename="' + b"=?a?q?" * 200_000 + b'"' + _ATTACHED,
    "many small headers": b"Content-X: y\n" * 400_000 + _ATTACHED,
    "each part as much as it may": b"Content-Type: multipart/mixed; boundary=b\n\n"
    + (b"--b\nContent-Disposition: attachment; filename=" + b"=?a?q?" * 1_300 + _ATTACHED + b"\n") * 190,
}


@pytest.mark.parametrize("slow", SLOW_HEADERS)
def test_headers_whose_reading_would_take_minutes_are_refused_at_once(slow: str) -> None:
    started = time.monotonic()
    with pytest.raises(OverLimit):
        pieces(b"MIME-Version: 1.0\n" + SLOW_HEADERS[slow])
    assert time.monotonic() - started < 5  # a fraction of a second; the machine may be busy


def test_the_longest_headers_that_are_read_are_read_at_once() -> None:
    names = (
        b"attachment; filename=" + b"=?a?q?" * 400,
        b"attachment; filename*=punycode''a-" + b"b" * 2400,
        b'attachment; filename="' + b";" * 95 + b'\\"' * 1200 + b'"',
    )
    for name in names:
        part = b"--b\nContent-Disposition: " + name + _ATTACHED + b"\n"
        started = time.monotonic()
        assert len(pieces(b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 190)) == 190
        assert time.monotonic() - started < 5


def test_an_honest_mail_of_an_office_with_long_headers_and_a_large_attachment_is_read() -> None:
    """As servers pass it on: long traces, hundreds of addressees, a long Turkish name said thrice."""
    content = _ATTACHED[2:] + bytes(20 * 1024 * 1024 - 100)
    name = "ğüşıöç İlçe sürdürülebilirlik projeleri " * 5 + ".izsa"
    made = mail((name, content))
    made["To-All"] = ", ".join(f"kisi{n}@example.org" for n in range(500))
    traces = b"".join(b"Received: from a by b;\r\n\tMon, 3 Mar 2025 10:00:00 +0300\r\n" for _ in range(40))
    antispam = b"X-Microsoft-Antispam-Message-Info:\r\n" + b"\tAbC0/+==;boundary\r\n" * 20 + b"\tAAAA\r\n" * 3_000
    made.get_payload(1).add_header("Content-Description", name)  # type: ignore[union-attr]
    [found] = pieces(traces + antispam + made.as_bytes(policy=policy.SMTP))
    assert (found.kind, found.name, found.data) == (BUNDLE, name[:100], content)


@pytest.mark.parametrize(("depth", "lines"), [(20, 490_000), (mails.MAX_BOUNDARIES, 49_000)])
def test_the_deepest_mail_that_is_read_is_read_in_seconds(depth: int, lines: int) -> None:
    started = time.monotonic()
    assert pieces(_nested(depth) + b"a\n" * lines) == []
    assert time.monotonic() - started < 10  # one second; the machine may be busy
    with pytest.raises(OverLimit):
        pieces(_nested(depth + 1) + b"a\n" * (MAX_WORK // depth))


def test_a_thousand_attachments_are_refused(bundle: bytes) -> None:
    small = bundle[:100]
    assert kind_of(small) == BUNDLE
    many = mail(*[(f"{n}.izsa", small) for n in range(mails.MAX_PIECES + 1)]).as_bytes()
    with pytest.raises(OverLimit):
        pieces(many)


def test_an_attachment_that_says_it_is_a_request_is_judged_as_any(line: Line, tmp_path: Path) -> None:
    with create_workplace(tmp_path / "new", "TUR035020", "Elif") as workplace:
        request_enrolment(workplace, tmp_path / "e.enrol")
    request = bytearray((tmp_path / "e.enrol").read_bytes())
    request[-200] ^= 1
    file = tmp_path / "ileti.eml"
    file.write_bytes(mail(("e.enrol", bytes(request))).as_bytes())
    assert [one.kind for one in pieces(file.read_bytes())] == [REQUEST]
    with open_workplace(line.office) as office:
        found = inbox.look(office, [file])
    assert found.requests == ()
    assert [one.code in (10, 15) for one in found.bundles] == [True]
