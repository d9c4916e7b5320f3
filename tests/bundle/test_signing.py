"""Keys and signatures: minisign's own tool agrees with us, and a signature file has one byte form."""

import hashlib
import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import minisign
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_scalar_reduce, crypto_scalarmult_ed25519_base_noclamp
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from izsa_desktop.bundle import signing
from izsa_desktop.bundle.signing import PublicKey, SecretKey, read_signature
from izsa_desktop.domain.errors import BadSignature, Malformed, Refused, Untrusted
from tests.bundle.forge import OTHER, PC
from tests.bundle.make_golden import GOLDEN

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
        with pytest.raises(BadSignature):
            signature.verify(message, key.public)
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
        b"",
        b"\n\n\n\n",
    ]
    assert lines[3].endswith(b"==")  # the bits that base64 does not use are before it
    for data in other_forms:
        with pytest.raises(Malformed):
            read_signature(data)


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
        with pytest.raises(Refused):
            SecretKey.from_file_bytes(data)


def test_a_key_with_a_password_is_refused_rather_than_used_as_it_is() -> None:
    locked = minisign.KeyPair.generate().secret_key
    locked.encrypt("parola")
    with pytest.raises(Refused):
        SecretKey.from_file_bytes(bytes(locked))


@pytest.mark.parametrize("text", ["", "RWQ", "x" * 56, "İ" * 56, PC.public.text[:-1], PC.public.text + "\n", "A" * 56])
def test_a_text_that_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        PublicKey(text)


def test_a_fingerprint_is_twenty_digits_that_hang_on_every_bit() -> None:
    assert PC.public.fingerprint != OTHER.public.fingerprint
    assert [len(group) for group in PC.public.fingerprint.split(" ")] == [4, 4, 4, 4, 4]
    raw = b64decode(PC.public.text)
    flipped = {PublicKey(b64encode(raw[:n] + bytes([raw[n] ^ 1]) + raw[n + 1 :]).decode()) for n in range(2, 42)}
    assert len({key.fingerprint for key in flipped} | {PC.public.fingerprint}) == 41


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
    raw = bytearray(b64decode(PC.public.text))
    raw[2] ^= 1
    renamed = PublicKey(b64encode(raw).decode())
    VerifyKey(renamed.point).verify(hashlib.blake2b(MESSAGE).digest(), b64decode(SIGNATURE.split(b"\n")[1])[10:])
    with pytest.raises(BadSignature):
        read_signature(SIGNATURE).verify(MESSAGE, renamed)


def test_libsodium_is_asked_about_the_message_and_about_the_comment() -> None:
    signing._verify_with_sodium(MESSAGE, SIGNATURE, PC.public)
    for message, file in ((b"payloae", SIGNATURE), (MESSAGE, SIGNATURE.replace(b"submission", b"submissiox"))):
        with pytest.raises(BadSignatureError):
            signing._verify_with_sodium(message, file, PC.public)


# --- minisign's own tool ---------------------------------------------------------------------------------------------

stock = pytest.mark.skipif(shutil.which("minisign") is None, reason="the minisign tool is not installed")


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["minisign", *arguments], capture_output=True, text=True, check=False, timeout=20)


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
    made = _run("-S", "-s", GOLDEN / "bornova.key", "-m", message, "-t", COMMENT, *ours)
    assert made.returncode == 0, made.stderr
    read_signature(signature.read_bytes()).verify(MESSAGE, PC.public)
    assert signature.read_bytes() == SIGNATURE
    _run("-S", "-s", GOLDEN / "bornova.key", "-m", message, "-t", COMMENT)
    with pytest.raises(Malformed):  # its own first comment is covered by nothing, so it cannot be let through
        read_signature(signature.read_bytes())
