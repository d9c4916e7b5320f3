"""The container has one byte form; every other zip is refused before anything is made of it."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import container
from izsa_desktop.domain.errors import Malformed

MEMBERS = {"a.json": b"{}", "b.bin": bytes(range(200))}
GOOD = container.pack(MEMBERS)


def _zip(*members: tuple[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    """A zip as pack makes it, with any members (also twice) and each entry changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            change(info)
            archive.writestr(info, content)
    return out.getvalue()


def _with_zip64_end() -> bytes:
    """A good zip whose directory is described once more in the form for large files."""
    directory, end = GOOD.index(b"PK\1\2"), len(GOOD) - 22
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 20, 45, 0, 0, 2, 2, end - directory, directory)
    return GOOD[:end] + record + struct.pack("<4sLQL", b"PK\6\7", 0, end, 1) + GOOD[end:]


def _set(name: str, value: object) -> Callable[[zipfile.ZipInfo], None]:
    return lambda info: setattr(info, name, value)


def _refused(data: bytes) -> bool:
    with pytest.raises(Malformed) as caught:
        container.unpack(data)
    return caught.value.reason == "container"


def test_the_forger_of_this_test_can_make_a_good_one() -> None:
    assert _zip(*MEMBERS.items()) == GOOD


@given(st.dictionaries(st.from_regex(r"\A[a-z0-9./_-]{1,20}\Z"), st.binary(max_size=50), max_size=5))
def test_members_come_out_as_they_went_in(members: dict[str, bytes]) -> None:
    unpacked = container.unpack(container.pack(members))
    assert [(name, bytes(content)) for name, content in unpacked.items()] == list(members.items())


OTHER_FORMS = {
    "member twice": _zip(("a.json", b"{}"), ("b.json", b"[]")).replace(b"b.json", b"a.json"),
    "compressed": _zip(*MEMBERS.items(), change=_set("compress_type", zipfile.ZIP_DEFLATED)),
    "bzip2": _zip(*MEMBERS.items(), change=_set("compress_type", zipfile.ZIP_BZIP2)),
    "lzma": _zip(*MEMBERS.items(), change=_set("compress_type", zipfile.ZIP_LZMA)),
    "other date": _zip(*MEMBERS.items(), change=_set("date_time", (2025, 1, 1, 0, 0, 0))),
    "symbolic link": _zip(*MEMBERS.items(), change=_set("external_attr", 0xA1ED0000)),
    "directory": _zip(*MEMBERS.items(), change=_set("external_attr", 0x41ED0010)),
    "made on unix": _zip(*MEMBERS.items(), change=_set("create_system", 3)),
    "extra field": _zip(*MEMBERS.items(), change=_set("extra", b"\xfe\xca\x00\x00")),
    "member comment": _zip(*MEMBERS.items(), change=_set("comment", b"x")),
    "internal attributes": _zip(*MEMBERS.items(), change=_set("internal_attr", 1)),
    "zip64 sizes": _zip(*MEMBERS.items(), change=_set("extra", struct.pack("<HHQQ", 1, 16, 2, 2))),
    "comment": GOOD[:-2] + b"\x01\x00x",
    "announced comment": GOOD[:-2] + b"\x01\x00",
    "appended newline": GOOD + b"\n",
    "appended zip": GOOD + GOOD,
    "program before": b"MZ" + GOOD,
    "blank end": GOOD + b"\0" * 22,
    "empty file": b"",
    "end alone, too short": b"PK\5\6" + b"\0" * 17,
    "no name": container.pack({"": b"{}"}),
    "text": b"PK\3\4 this is no zip file at all, only a text of some length",
    "zip64 end": _with_zip64_end(),
}


@pytest.mark.parametrize("data", OTHER_FORMS.values(), ids=OTHER_FORMS)
def test_other_forms_are_refused(data: bytes) -> None:
    assert _refused(data)


def test_a_member_twice_that_is_counted_once_is_refused() -> None:
    data = bytearray(OTHER_FORMS["member twice"])
    struct.pack_into("<2H", data, len(data) - 14, 1, 1)
    assert _refused(bytes(data))


def test_the_number_of_members_is_bounded() -> None:
    most = {str(n): b"" for n in range(container.MAX_MEMBERS)}
    assert container.MAX_MEMBERS == 10_000  # as docs/bundle-format.md says
    assert len(container.unpack(container.pack(most))) == 10_000
    assert _refused(container.pack({**most, "x": b""}))


def test_every_cut_every_missing_and_every_added_byte_is_refused() -> None:
    for at in range(len(GOOD)):
        assert _refused(GOOD[:at])
        assert _refused(GOOD[at + 1 :])
        assert _refused(GOOD[:at] + GOOD[at + 1 :])
        assert _refused(GOOD[:at] + b"\0" + GOOD[at:])


def test_every_changed_byte_is_refused() -> None:
    for at in range(len(GOOD)):
        for xor in (1, 2, 4, 8, 16, 32, 64, 128, 255):
            assert _refused(GOOD[:at] + bytes([GOOD[at] ^ xor]) + GOOD[at + 1 :])


@pytest.mark.parametrize("flag", [0x1, 0x8, 0x20, 0x40, 0x800, 0x2000])
def test_encrypted_patched_and_streamed_members_are_refused(flag: int) -> None:
    data = bytearray(GOOD)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        struct.pack_into("<H", data, data.index(mark) + offset, flag)
    assert _refused(bytes(data))


def _lying(size: int, compressed: int) -> bytes:
    """Says of its first member's sizes what is not so."""
    data = bytearray(GOOD)
    struct.pack_into("<II", data, data.index(b"PK\3\4") + 18, compressed, size)
    struct.pack_into("<II", data, data.index(b"PK\1\2") + 20, compressed, size)
    return bytes(data)


@pytest.mark.parametrize("sizes", [(4 << 30) - 1, 1 << 30, 3, 1, 0])
def test_sizes_that_lie_are_refused(sizes: int) -> None:
    assert _refused(_lying(sizes, 2))
    assert _refused(_lying(2, sizes))
    assert _refused(_lying(sizes, sizes))


def test_overlapping_members_are_refused() -> None:
    """Two directory entries for one member's bytes: few bytes that unpack to many."""
    one = container.pack({"a": b"x" * 1000})
    start = one.index(b"PK\1\2")
    entry, end = one[start:-22], bytearray(one[-22:])
    for field, value in ((8, 50), (10, 50)):
        struct.pack_into("<H", end, field, value)
    struct.pack_into("<L", end, 12, 50 * len(entry))
    assert _refused(one[:start] + entry * 50 + bytes(end))


def test_deflate_and_nested_bombs_take_no_memory() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("payload.zip", b"\0" * 30_000_000)
    nested = _zip(("payload.zip", inner.getvalue()), ("payload.zip.minisig", b""))
    tracemalloc.start()
    try:
        assert _refused(inner.getvalue())
        assert container.unpack(nested)["payload.zip"] == inner.getvalue()  # only ever bytes
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("zip64", [False, True])
def test_a_file_of_nothing_but_directory_takes_no_memory(zip64: bool) -> None:
    member, entry = container.pack({"a": b""})[:31], container.pack({"a": b""})[31:-22]
    assert entry.startswith(b"PK\1\2")
    count = 200_000
    size, end = count * len(entry), 31 + count * len(entry)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 20, 45, 0, 0, count, count, size, 31)
    record += struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    stated = 0 if zip64 else size
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, stated, 31, 0)
    data = member + entry * count + (record if zip64 else b"") + last
    tracemalloc.start()
    try:
        assert _refused(data)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=60), st.integers(0, len(GOOD)), st.integers(0, 40))
def test_any_tampering_is_refused(put: bytes, at: int, cut: int) -> None:
    data = GOOD[:at] + put + GOOD[at + cut :]
    if data != GOOD:
        assert _refused(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert _refused(data)
    assert _refused(data + b"\0" + GOOD)
