"""Keys and signatures: minisign's own tool agrees with us, and a signature file has one byte form."""

import hashlib
import shutil
import struct
import subprocess
import unicodedata
from base64 import b64decode, b64encode
from pathlib import Path

import minisign
import pytest
from hypothesis import given
from hypothesis import strategies as st
from minisign.scrypt import scrypt_params_from_limits
from nacl.bindings import crypto_core_ed25519_scalar_reduce, crypto_scalarmult_ed25519_base_noclamp
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from izsa_desktop.bundle import signing
from izsa_desktop.bundle.signing import PublicKey, SecretKey, fingerprint_of, is_locked, read_signature
from izsa_desktop.domain.errors import (
    BadSignature,
    Malformed,
    PassphraseNeeded,
    Untrusted,
    WrongPassphrase,
)
from tests.bundle.forge import OTHER, PC
from tests.bundle.make_golden import OLDEST

MESSAGE = b"payload"
COMMENT = "izsa1 submission x"
SIGNATURE = PC.sign(MESSAGE, COMMENT)


def _accepted(data: bytes) -> bool:
    try:
        signature = read_signature(data)
        signature.verify(MESSAGE, PC.public)
    except (Malformed, BadSignature):
        return False
    return signature.comment == COMMENT


def test_a_signature_says_who_signed_and_what_was_said() -> None:
    signature = read_signature(SIGNATURE)
    signature.verify(MESSAGE, PC.public)
    assert signature.comment == COMMENT
    assert signature.key_id == PC.key_id == PC.public.key_id


def test_another_message_key_or_comment_is_no_good() -> None:
    signature = read_signature(SIGNATURE)
    for message, key in ((b"payloae", PC), (b"", PC), (MESSAGE, OTHER)):
        with pytest.raises(BadSignature) as caught:
            signature.verify(message, key.public)
        assert caught.value.reason == "signature"
    assert not _accepted(SIGNATURE.replace(COMMENT.encode(), b"izsa1 submission y"))


def test_no_bit_of_a_signature_file_is_without_meaning() -> None:
    assert _accepted(SIGNATURE)
    for at in range(len(SIGNATURE)):
        for bit in range(8):
            changed = SIGNATURE[:at] + bytes([SIGNATURE[at] ^ 1 << bit]) + SIGNATURE[at + 1 :]
            assert not _accepted(changed), (at, bit)


def test_no_other_spelling_of_a_signature_file_is_read() -> None:
    lines = SIGNATURE.split(b"\n")
    other_forms = [
        SIGNATURE.replace(b"\n", b"\r\n"),
        SIGNATURE[:-1],
        SIGNATURE + b"\n",
        SIGNATURE + b" ",
        b"\n" + SIGNATURE,
        b"\xef\xbb\xbf" + SIGNATURE,
        b"\n".join([b"untrusted comment: other", *lines[1:]]),
        b"\n".join([lines[0], lines[1] + b" ", *lines[2:]]),
        b"\n".join([lines[0], lines[1].rstrip(b"="), *lines[2:]]),
        b"\n".join([*lines[:3], lines[3][:-3] + bytes([lines[3][-3] + 1]) + b"==", b""]),
        SIGNATURE * 2,
        SIGNATURE.replace(COMMENT.encode(), "izsa1 şubmission x".encode()),
        b"",
        b"\n\n\n\n",
    ]
    assert lines[3].endswith(b"==")  # the bits that base64 does not use are before it
    for data in other_forms:
        with pytest.raises(Malformed) as caught:
            read_signature(data)
        assert caught.value.reason == "signature_file"


def test_every_cut_of_a_signature_file_is_refused() -> None:
    for at in range(len(SIGNATURE)):
        with pytest.raises(Malformed):
            read_signature(SIGNATURE[:at])


@given(st.binary(max_size=400))
def test_any_bytes_are_a_signature_file_or_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_signature(data)


@given(st.integers(0, len(SIGNATURE)), st.integers(0, 40), st.binary(max_size=40))
def test_a_signature_file_that_was_tampered_with_is_refused(at: int, cut: int, put: bytes) -> None:
    data = SIGNATURE[:at] + put + SIGNATURE[at + cut :]
    assert _accepted(data) == (data == SIGNATURE)


def test_a_message_is_read_piece_by_piece() -> None:
    for whole in (b"abcde", memoryview(b"abcde")):
        pieces = signing._Chunks(whole)
        assert [pieces.read(2), pieces.read(0), pieces.read(), pieces.read(2)] == [b"ab", b"", b"cde", b""]


def test_a_comment_that_is_not_ascii_cannot_be_signed() -> None:
    with pytest.raises((minisign.Error, ValueError)):
        PC.sign(MESSAGE, "İzmir")


def test_a_signature_of_the_message_itself_is_refused() -> None:
    """Minisign's old form, not prehashed."""
    new = PC._key.sign(MESSAGE, untrusted_comment="signature from izsa secret key", trusted_comment=COMMENT)
    assert read_signature(bytes(new) + b"\n").comment == COMMENT
    old = PC._key.sign(MESSAGE, prehash=False, untrusted_comment="signature from izsa secret key")
    with pytest.raises(Malformed):
        read_signature(bytes(old) + b"\n")


SHORT = b64encode(b"Ed" + bytes(39)).decode()


# --- keys ------------------------------------------------------------------------------------------------------------


def test_a_secret_key_survives_its_file() -> None:
    again = SecretKey.from_file_bytes(PC.file_bytes())
    assert again.public == PC.public
    assert again.sign(MESSAGE, COMMENT) == SIGNATURE


def test_a_damaged_key_file_is_a_known_error() -> None:
    good = PC.file_bytes()
    damaged = [
        b"",
        b"\xff\xfe",
        b"\n\n",
        good[:-5],
        good[:40],
        good.replace(b"\n", b""),
        good[:100] + b"\0" + good[101:],
    ]
    damaged += [good.replace(good[30:40], b"AAAAAAAAAA"), good[:60] + "ş".encode() + good[60:]]
    for data in damaged:
        with pytest.raises(Malformed) as caught:
            SecretKey.from_file_bytes(data)
        assert caught.value.reason == "secret_key"


def test_a_key_file_is_written_in_minisigns_own_words_whatever_stood_in_it() -> None:
    file = PC.file_bytes()
    raw = bytearray(b64decode(file.split(b"\n")[1]))
    assert SecretKey.from_file_bytes(file.replace(b"minisign secret key", b"Bornova")).file_bytes() == file
    raw[41] = raw[53] = 0xFF  # limits of a lock that is none
    assert SecretKey.from_file_bytes(b"untrusted comment: x\n" + b64encode(raw)).public == PC.public


def test_no_byte_of_a_key_can_change_unnoticed() -> None:
    """But for its id, which anybody chooses, and what minisign itself does not look at in an unlocked file."""
    raw = b64decode(PC.file_bytes().split(b"\n")[1])
    for at in range(62, 126):  # both halves
        changed = b64encode(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises(Malformed) as caught:
            SecretKey.from_file_bytes(b"untrusted comment: x\n" + changed)
        assert (caught.value.reason, caught.value.detail) == ("secret_key", "halves")


# --- a passphrase ----------------------------------------------------------------------------------------------------

PASSPHRASE = "Şifre değil, parola: 7 öğün"


@pytest.fixture(scope="module")
def locked() -> bytes:
    """By a lock that opens in a tenth of the time of ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "WORK", 1 << 20)
        patch.setattr(signing, "MEMORY", 1 << 25)
        return PC.file_bytes(PASSPHRASE)


def test_a_locked_key_opens_by_its_passphrase_alone(locked: bytes) -> None:
    assert is_locked(locked)
    assert not is_locked(PC.file_bytes())
    with pytest.raises(PassphraseNeeded):
        SecretKey.from_file_bytes(locked)
    for wrong in ("", PASSPHRASE[:-1], PASSPHRASE + " ", PASSPHRASE.upper(), "\udcff", "x\0"):
        with pytest.raises(WrongPassphrase):
            SecretKey.from_file_bytes(locked, wrong)
    key = SecretKey.from_file_bytes(locked, PASSPHRASE)
    assert key.public == PC.public
    assert key.sign(MESSAGE, COMMENT) == SIGNATURE
    assert SecretKey.from_file_bytes(PC.file_bytes(), "whatever").public == PC.public


def test_nothing_of_the_secret_stands_in_a_locked_file(locked: bytes) -> None:
    raw, secret = (b64decode(data.split(b"\n")[1]) for data in (locked, PC.file_bytes()))
    assert len(raw) == len(secret)
    assert all(secret[at : at + 4] not in raw for at in range(54, 154))
    assert PC.file_bytes(PASSPHRASE) != locked  # a salt of its own each time


def test_a_key_that_was_opened_is_written_as_any_other(locked: bytes) -> None:
    assert SecretKey.from_file_bytes(locked, PASSPHRASE).file_bytes() == PC.file_bytes()


def test_letters_are_the_same_whichever_way_a_system_writes_them(locked: bytes) -> None:
    taken_apart = unicodedata.normalize("NFD", PASSPHRASE)
    assert taken_apart != PASSPHRASE
    assert SecretKey.from_file_bytes(locked, taken_apart).public == PC.public


def test_a_locked_file_that_was_tampered_with_does_not_open(locked: bytes) -> None:
    head, text = locked.split(b"\n")
    raw = b64decode(text)
    for at in (0, 3, 4, 6, 30, 53, 54, 62, 94, 126, 157):
        changed = head + b"\n" + b64encode(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises((Malformed, WrongPassphrase)):
            SecretKey.from_file_bytes(changed, PASSPHRASE)


@pytest.mark.parametrize("at", [41, 45, 49, 53])
def test_a_rotten_byte_does_not_make_the_program_compute_for_years(locked: bytes, at: int) -> None:
    """These are the high bytes of the work and of the memory that a lock asks for."""
    head, text = locked.split(b"\n")
    raw = bytearray(b64decode(text))
    raw[at] = 0xFF
    with pytest.raises(Malformed) as caught:
        SecretKey.from_file_bytes(head + b"\n" + b64encode(raw), PASSPHRASE)
    assert (caught.value.reason, caught.value.detail) == ("secret_key", "scrypt")


def test_a_lock_takes_what_the_format_says_and_the_stock_tool_s_opens() -> None:
    assert (signing.WORK, signing.MEMORY) == (1 << 23, 1 << 28)
    assert scrypt_params_from_limits(signing.WORK, signing.MEMORY) == (1 << 18, 8, 1)
    raw = b64decode(PC.file_bytes(PASSPHRASE).split(b"\n")[1])
    assert struct.unpack_from("<QQ", raw, 38) == (signing.WORK, signing.MEMORY)
    assert scrypt_params_from_limits(signing._MOST_WORK, signing._MOST_MEMORY) == (1 << 20, 8, 1)


def test_a_public_key_survives_its_file_and_no_other_spelling_is_read() -> None:
    good = PC.public.file_bytes()
    assert good == f"untrusted comment: minisign public key {PC.key_id.upper()}\n{PC.public.text}\n".encode()
    assert PublicKey.from_file_bytes(good) == PC.public
    for data in (b"", good[:-1], good + b"\n", good.replace(b"\n", b"\r\n"), good.lower(), b"\xff\n\xff\n", good[1:]):
        with pytest.raises(Malformed) as caught:
            PublicKey.from_file_bytes(data)
        assert caught.value.reason == "public_key"


@pytest.mark.parametrize(
    "text",
    ["", "RWQ", "x" * 56, "İ" * 56, PC.public.text[:-1], PC.public.text + "\n", "A" * 56, PC.public.text + "=", SHORT],
)
def test_a_text_that_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as caught:
        PublicKey(text)
    assert caught.value.reason == "public_key"


def test_a_fingerprint_is_twenty_digits_that_hang_on_every_bit() -> None:
    assert PC.public.fingerprint != OTHER.public.fingerprint
    assert [len(group) for group in PC.public.fingerprint.split(" ")] == [4, 4, 4, 4, 4]
    raw = b64decode(PC.public.text)
    flipped = {PublicKey(b64encode(raw[:n] + bytes([raw[n] ^ 1]) + raw[n + 1 :]).decode()) for n in range(2, 42)}
    assert len({key.fingerprint for key in flipped} | {PC.public.fingerprint}) == 41
    assert fingerprint_of(b"") == "8638 6472 5385 8357 8916"
    assert fingerprint_of(b"38") == "0078 7725 9703 0965 9485"


SMALL_ORDER = [  # the points of order 1, 2, 4 and 8, in every encoding that somebody may try
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


def weak_key(point: str) -> PublicKey:
    """A public key that anybody can sign for."""
    return PublicKey(b64encode(b"Ed" + bytes(range(8)) + bytes.fromhex(point)).decode())


def renamed(key: PublicKey) -> PublicKey:
    """The same point under another id."""
    raw = bytearray(b64decode(key.text))
    raw[2] ^= 1
    return PublicKey(b64encode(raw).decode())


def forge_for(key: PublicKey, message: bytes, comment: str) -> bytes:
    """A signature file without any secret: R = s·B holds for the neutral point whatever was signed."""
    scalar = crypto_core_ed25519_scalar_reduce(bytes(range(64)))
    anything = crypto_scalarmult_ed25519_base_noclamp(scalar) + scalar
    raw = b64encode(b"ED" + b64decode(key.text)[2:10] + anything).decode()
    made = f"untrusted comment: signature from izsa secret key\n{raw}\n"
    return f"{made}trusted comment: {comment}\n{b64encode(anything).decode()}\n".encode()


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_a_key_that_anybody_can_sign_for_is_refused_where_it_comes_in(point: str) -> None:
    with pytest.raises(Untrusted) as caught:
        weak_key(point).require_strong()
    assert caught.value.reason == "weak_key"
    PC.public.require_strong()


def test_both_libraries_must_agree() -> None:
    """OpenSSL accepts this forgery, libsodium does not."""
    key = weak_key(SMALL_ORDER[0])
    signature = read_signature(forge_for(key, MESSAGE, COMMENT))
    minisign.PublicKey.from_base64(key.text).verify(MESSAGE, signature.parsed)
    with pytest.raises(BadSignature):
        signature.verify(MESSAGE, key)


def test_libsodium_alone_is_not_enough_either() -> None:
    """Our own second check looks at points only: that the key's id fits is for the first to say."""
    other = renamed(PC.public)
    VerifyKey(other.point).verify(hashlib.blake2b(MESSAGE).digest(), b64decode(SIGNATURE.split(b"\n")[1])[10:])
    with pytest.raises(BadSignature):
        read_signature(SIGNATURE).verify(MESSAGE, other)


def test_libsodium_is_asked_about_the_message_and_about_the_comment() -> None:
    signing._verify_with_sodium(MESSAGE, SIGNATURE, PC.public)
    for message, file in ((b"payloae", SIGNATURE), (MESSAGE, SIGNATURE.replace(b"submission", b"submissiox"))):
        with pytest.raises(BadSignatureError):
            signing._verify_with_sodium(message, file, PC.public)


# --- minisign's own tool ---------------------------------------------------------------------------------------------

stock = pytest.mark.skipif(shutil.which("minisign") is None, reason="the minisign tool is not installed")


def _run(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["minisign", *arguments], input=given, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


@stock
def test_the_stock_tool_accepts_what_we_sign_and_nothing_else(tmp_path: Path) -> None:
    message, key, signature = tmp_path / "payload.zip", tmp_path / "pc.pub", tmp_path / "payload.zip.minisig"
    message.write_bytes(MESSAGE)
    key.write_bytes(PC.public.file_bytes())
    signature.write_bytes(SIGNATURE)
    good = _run("-V", "-m", message, "-p", key)
    assert good.returncode == 0, good.stderr
    assert COMMENT in good.stdout
    assert PC.key_id.upper() in key.read_text()
    message.write_bytes(MESSAGE + b"!")
    assert _run("-V", "-m", message, "-p", key).returncode != 0


@stock
def test_what_the_stock_tool_signs_with_our_key_file_is_read_when_it_bears_our_comment(tmp_path: Path) -> None:
    message, signature = tmp_path / "payload.zip", tmp_path / "payload.zip.minisig"
    message.write_bytes(MESSAGE)
    ours = ("-c", "signature from izsa secret key")
    made = _run("-S", "-s", OLDEST / "bornova.key", "-m", message, "-t", COMMENT, *ours)
    assert made.returncode == 0, made.stderr
    read_signature(signature.read_bytes()).verify(MESSAGE, PC.public)
    assert signature.read_bytes() == SIGNATURE
    _run("-S", "-s", OLDEST / "bornova.key", "-m", message, "-t", COMMENT)
    with pytest.raises(Malformed):  # its own first comment is covered by nothing, so it cannot be let through
        read_signature(signature.read_bytes())


@stock
def test_the_stock_tool_opens_our_locked_key_by_the_same_passphrase(tmp_path: Path) -> None:
    message, key = tmp_path / "payload.zip", tmp_path / "pc.key"
    message.write_bytes(MESSAGE)
    key.write_bytes(PC.file_bytes(PASSPHRASE))
    arguments = ("-S", "-s", key, "-m", message, "-t", COMMENT, "-c", "signature from izsa secret key")
    assert _run(*arguments, given="Wrong\n").returncode != 0
    made = _run(*arguments, given=f"{PASSPHRASE}\n")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "payload.zip.minisig").read_bytes() == SIGNATURE


@stock
def test_a_key_that_the_stock_tool_made_and_locked_is_read(tmp_path: Path) -> None:
    key, public = tmp_path / "stock.key", tmp_path / "stock.pub"
    made = _run("-G", "-s", key, "-p", public, given=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert made.returncode == 0, made.stderr
    assert is_locked(key.read_bytes())
    opened = SecretKey.from_file_bytes(key.read_bytes(), PASSPHRASE)
    assert opened.public.text == public.read_text(encoding="ascii").split("\n")[1]
