"""Envelopes: whoever they are for opens them, nobody else does, and no bit of them is without meaning."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import encryption
from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.encryption import AgeIdentity, decrypt, encrypt, is_encrypted, read_recipients
from izsa_desktop.domain.errors import (
    Malformed,
    OverLimit,
    PassphraseNeeded,
    Refused,
    WrongAddressee,
    WrongPassphrase,
)

OFFICE, ESCROW, OTHER = (AgeIdentity.generate() for _ in range(3))
TO = (OFFICE.recipient, ESCROW.recipient)
DATA = bytes(range(256)) * 3
ENVELOPE = encrypt(DATA, TO)
HEADER = ENVELOPE.index(b"\n--- ") + len(b"\n--- ") + 44  # the line of the MAC is 43 letters and its end


@pytest.mark.parametrize("data", [b"", b"x", DATA, bytes(65536), bytes(65537), bytes(200_000)], ids=len)
def test_each_recipient_opens_it_and_nobody_else(data: bytes) -> None:
    envelope = encrypt(data, TO)
    assert is_encrypted(envelope)
    for identities in ([OFFICE], [ESCROW], [OTHER, ESCROW]):
        assert decrypt(envelope, identities) == data
    for strangers in ([OTHER], []):
        with pytest.raises(WrongAddressee):
            decrypt(envelope, strangers)
    assert len(envelope) < len(data) + 1000 + len(data) // 4000


def test_the_same_data_never_looks_the_same() -> None:
    assert encrypt(DATA, TO) != ENVELOPE
    assert DATA[:20] not in ENVELOPE


# --- what was tampered with ------------------------------------------------------------------------------------------


def flips() -> Iterator[bytes]:
    """Every bit of the header, and one of each byte of the rest."""
    for at in range(len(ENVELOPE)):
        for bit in range(8) if at < HEADER else (at % 8,):
            yield ENVELOPE[:at] + bytes([ENVELOPE[at] ^ 1 << bit]) + ENVELOPE[at + 1 :]


def test_no_flipped_bit_is_let_in() -> None:
    refused = [_reason(changed) for changed in flips()]
    assert len(refused) > 8 * HEADER
    assert {*refused} == {"age_damaged", "age_not_for_us"}
    behind = [_reason(changed) for changed in flips() if changed[:HEADER] == ENVELOPE[:HEADER]]
    assert {*behind} == {"age_damaged"}


def _reason(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        decrypt(data, [OFFICE])
    return caught.value.reason


def test_every_cut_and_anything_behind_is_refused() -> None:
    for at in range(len(ENVELOPE)):
        assert _reason(ENVELOPE[:at]) in ("age_damaged", "age_not_for_us")
    for more in (b"\n", b"x", bytes(65536), ENVELOPE):
        assert _reason(ENVELOPE + more) == "age_damaged"


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(junk: bytes) -> None:
    assert _reason(junk) == "age_damaged"
    assert _reason(b"age-encryption.org/v1\n" + junk) in ("age_damaged", "age_not_for_us")


def test_other_forms_are_refused() -> None:
    armoured = b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"
    for data in (armoured, ENVELOPE.replace(b"/v1", b"/v2"), b"\xef\xbb\xbf" + ENVELOPE, b"PK\3\4"):
        assert not is_encrypted(data)
        assert _reason(data) == "age_damaged"


def test_a_long_header_is_not_read() -> None:
    """Fifty times as long as what is read here would take the library a minute, a megabyte hours."""
    assert encryption.MAX_HEADER == 8192  # as docs/bundle-format.md says
    for stanza in (b"-> x y\n\n", b"-> x " + b"y" * 2000 + b"\n\n"):
        header = b"age-encryption.org/v1\n" + stanza * (encryption.MAX_HEADER // len(stanza) + 1)
        assert _reason(header + b"--- " + b"A" * 43 + b"\n" + bytes(100)) == "age_damaged"
    most = encrypt(b"", [AgeIdentity.generate().recipient for _ in range(encryption.MAX_RECIPIENTS)])
    assert most.index(b"\n--- ") < encryption.MAX_HEADER // 2


def test_the_size_is_bounded_before_anything_is_opened() -> None:
    assert encryption.MAX_BYTES == bundle_file.MAX_FILE
    with pytest.raises(OverLimit) as caught:
        decrypt(bytes(encryption.MAX_BYTES + 1), [OFFICE])
    assert (caught.value.reason, caught.value.detail) == ("file_too_large", str(encryption.MAX_BYTES + 1))
    assert _reason(bytes(encryption.MAX_BYTES)) == "age_damaged"


# --- keys ------------------------------------------------------------------------------------------------------------


def test_an_identity_survives_its_file_and_does_not_show_itself() -> None:
    assert AgeIdentity.from_file_text(OFFICE.file_text()) == OFFICE
    assert AgeIdentity.from_file_text(f"# created: x\r\n\r\n{OFFICE.secret}\r\n") == OFFICE
    assert OFFICE.file_text() == f"# public key: {OFFICE.recipient}\n{OFFICE.secret}\n"
    assert OFFICE.secret not in repr(OFFICE)
    assert OFFICE != OTHER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        OFFICE.recipient,
        OFFICE.secret[:-1],
        OFFICE.secret.lower(),
        f"{OFFICE.secret}\n{OTHER.secret}",
        "AGE-SECRET-KEY-1İ",
        "AGE-PLUGIN-YUBIKEY-1QQ",
        "\x00",
    ],
    ids=range(9),
)
def test_a_text_that_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as caught:
        AgeIdentity.from_file_text(text)
    assert caught.value.reason == "age_key"
    assert caught.value.detail in ("0 lines", "2 lines", "form", "invalid Bech32 encoding", "incorrect HRP")
    assert OFFICE.secret[20:] not in str(caught.value)
    assert (caught.value.detail == "incorrect HRP") == (text == OFFICE.recipient)


PASSPHRASE = "Kasa: yedi öğün"
TAKEN_APART = unicodedata.normalize("NFD", PASSPHRASE)


def test_a_locked_identity_opens_by_its_passphrase_alone_whichever_way_a_system_writes_its_letters() -> None:
    locked = OFFICE.file_bytes(TAKEN_APART)
    assert is_encrypted(locked)
    assert OFFICE.secret.encode() not in locked
    with pytest.raises(PassphraseNeeded):
        AgeIdentity.from_file_bytes(locked)
    for data in (locked, ENVELOPE):  # that one is locked by no passphrase
        with pytest.raises(WrongPassphrase):
            AgeIdentity.from_file_bytes(data, "")
    for passphrase in (PASSPHRASE, TAKEN_APART):
        assert AgeIdentity.from_file_bytes(locked, passphrase) == OFFICE


def test_an_identity_that_is_not_locked_needs_no_passphrase() -> None:
    assert OFFICE.file_bytes() == OFFICE.file_text().encode()
    for passphrase in (None, "", PASSPHRASE):
        assert AgeIdentity.from_file_bytes(OFFICE.file_bytes(), passphrase) == OFFICE
    for data in (b"", b"\xff\xfe", OFFICE.file_bytes() + "ş".encode()):
        with pytest.raises(Malformed) as caught:
            AgeIdentity.from_file_bytes(data)
        assert caught.value.reason == "age_key"


def test_recipients_are_taken_once_each_and_however_they_are_written() -> None:
    again = (OFFICE.recipient.upper(), f" {ESCROW.recipient}\n", OFFICE.recipient)
    assert read_recipients(again) == TO
    assert read_recipients([]) == ()
    with pytest.raises(OverLimit) as caught:
        encrypt(DATA, [AgeIdentity.generate().recipient for _ in range(encryption.MAX_RECIPIENTS + 1)])
    assert (caught.value.reason, caught.value.detail) == ("age_recipients", "21")


NO_RECIPIENTS = [
    "",
    "age1",
    OFFICE.recipient[:-1],
    OFFICE.recipient[:-1] + ("p" if OFFICE.recipient.endswith("q") else "q"),
    OFFICE.secret,
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN",
    "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
    "a" * 5000,
    "age1\u0130\u202e",
    "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",  # points of small order: anybody opens these
    "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj7vrya",
    "age1ur4h5lpmgxu2u9jku0a0r87ydtdqnr0tnsetrlvxvgz3vh6fhqqqzyt4v9",
    "age1anlllllllllllllllllllllllllllllllllllllllllllllllals4n2t7m",
]


@pytest.mark.parametrize("text", NO_RECIPIENTS, ids=range(len(NO_RECIPIENTS)))
def test_a_text_that_is_no_recipient_is_refused(text: str) -> None:
    for call in (lambda: read_recipients([text]), lambda: encrypt(DATA, [OFFICE.recipient, text])):
        with pytest.raises(Malformed) as caught:
            call()
        assert caught.value.reason == "age_recipient"
        assert caught.value.detail == "".join(letter if "!" <= letter <= "~" else "?" for letter in text[:70])


def test_nothing_is_encrypted_for_nobody() -> None:
    with pytest.raises(ValueError, match=r"^encrypted for nobody$"):
        encrypt(DATA, [])


# --- age's own tool --------------------------------------------------------------------------------------------------

stock = pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")


def _run(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*map(str, arguments)], input=given, capture_output=True, check=False, timeout=20)


@stock
@pytest.mark.parametrize("size", [0, 65536, 300_000])
def test_the_stock_tool_opens_what_we_encrypt(tmp_path: Path, size: int) -> None:
    (tmp_path / "file").write_bytes(encrypt(b"z" * size, TO))
    for name, identity in (("office", OFFICE), ("escrow", ESCROW), ("other", OTHER)):
        (tmp_path / name).write_text(identity.file_text(), encoding="ascii")
        opened = _run("age", "-d", "-i", tmp_path / name, tmp_path / "file")
        assert (opened.returncode == 0) == (name != "other"), opened.stderr
        assert opened.stdout == (b"" if name == "other" else b"z" * size)


@stock
def test_we_open_what_the_stock_tool_encrypts_for_its_own_key(tmp_path: Path) -> None:
    made = _run("age-keygen", "-o", tmp_path / "key")
    assert made.returncode == 0, made.stderr
    identity = AgeIdentity.from_file_text((tmp_path / "key").read_text(encoding="ascii"))
    assert identity.recipient.encode() in made.stderr
    sealed = _run("age", "-r", identity.recipient, "-r", OFFICE.recipient, given=DATA)
    assert sealed.returncode == 0, sealed.stderr
    for opener in (identity, OFFICE):
        assert decrypt(sealed.stdout, [opener]) == DATA
    with pytest.raises(WrongAddressee):
        decrypt(sealed.stdout, [OTHER])


@stock
def test_what_the_stock_tool_armours_is_refused() -> None:
    armoured = _run("age", "-a", "-r", OFFICE.recipient, given=DATA)
    assert _reason(armoured.stdout) == "age_damaged"
