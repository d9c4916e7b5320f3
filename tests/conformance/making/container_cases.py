"""Files that are no canonical container, or whose compression lies."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from izsa_desktop.bundle import container
from izsa_desktop.domain.revision import canonical
from tests.bundle.forge2 import REVISIONS, bundle, comment, frame, lines, manifest, outer, parts, revision, seal
from tests.conformance.making.honest import FIRST
from tests.conformance.world import Case

PAYLOAD, SIGNATURE = parts(FIRST)
_NAMES = ("payload.zip", "payload.zip.minisig")
_MIB = 1024 * 1024


def cases() -> Iterator[Case]:
    for name, data in {**_cut(), **_zips(), **_bombs()}.items():
        yield Case(name, data, 15, "container")
    for name, (stream, counted, code, reason) in _frames().items():
        yield Case(name, bundle(stream=stream, counted=counted), code, reason)
    for name, data in _inside().items():
        yield Case(name, data, 15, "container")
    yield from _members()


def _cut() -> dict[str, bytes]:
    half = len(FIRST) // 2
    return {
        "A02-empty": b"",
        "A02-one-byte-missing": FIRST[:-1],
        "A02-half": FIRST[:half],
        "A02-only-the-first-header": FIRST[:30],
        "A02-one-byte-more": FIRST + b"\0",
        "A02-program-before": b"MZ" + FIRST,
        "A02-twice": FIRST * 2,
        "A02-byte-put-in": FIRST[:half] + b"\0" + FIRST[half:],
        "A02-byte-taken-out": FIRST[:half] + FIRST[half + 1 :],
        "A02-zip-comment": FIRST[:-2] + struct.pack("<H", 4) + b"evil",
        "A02-zeros": bytes(65536),
        "A02-text": "Sayın yetkili, paket ektedir.\n".encode(),
        "A02-directory-alone": FIRST[FIRST.index(b"PK\1\2") :],
    }


def _zip(*members: tuple[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            change(info)
            archive.writestr(info, content)
    return out.getvalue()


def _set(name: str, value: object) -> Callable[[zipfile.ZipInfo], None]:
    return lambda info: setattr(info, name, value)


def _zips() -> dict[str, bytes]:
    both = list(zip(_NAMES, (PAYLOAD, SIGNATURE), strict=True))
    flagged = bytearray(FIRST)
    flagged[6] = 1
    return {
        "A16-signature-twice": _doubled(),
        "A16-third-member": container.pack({**dict(both), "readme.txt": b"x"}),
        "A16-swapped": container.pack(dict(reversed(both))),
        "A16-no-signature": container.pack({_NAMES[0]: PAYLOAD}),
        "A16-no-payload": container.pack({_NAMES[1]: SIGNATURE}),
        "A16-no-members": container.pack({}),
        "A16-encrypted": bytes(flagged),
        "A16-other-name": container.pack({"Payload.zip": PAYLOAD, _NAMES[1]: SIGNATURE}),
        "A16-other-date": _zip(*both, change=_set("date_time", (2025, 4, 15, 10, 0, 0))),
        "A16-made-by-unix": _zip(*both, change=_set("create_system", 3)),
        "A16-extra-field": _zip(*both, change=_set("extra", b"\xfe\xca\x02\0ab")),
        "A16-member-comment": _zip(*both, change=_set("comment", b"evil")),
        "A16-data-descriptor": _streamed(),
        "A22-symlink": _zip(*both, change=_set("external_attr", 0xA1ED << 16)),
        "A22-device": _zip(*both, change=_set("external_attr", 0x61B0 << 16)),
        "A22-folder": _zip(("payload.zip/", b""), *both),
    }


def _doubled() -> bytes:
    """The signature's member twice, the second another: readers differ in which they take."""
    wrong = SIGNATURE.replace(b"seq=1 ", b"seq=9 ")
    data = _zip(("payload.zip", PAYLOAD), (_NAMES[1], SIGNATURE), ("payload.zip.minisiG", wrong))
    return data.replace(b"payload.zip.minisiG", b"payload.zip.minisig")


def _streamed() -> bytes:
    """Sizes behind the content, as programs write that do not know them before."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in zip(_NAMES, (PAYLOAD, SIGNATURE), strict=True):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _bombs() -> dict[str, bytes]:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = packed.compress(bytes(20 * _MIB)) + packed.flush()
    bomb = _header(deflated, 20 * _MIB, method=8)
    return {
        "A17-deflated": _deflated(),
        "A17-deflate-bomb": bomb,
        "A17-size-that-lies": _header(PAYLOAD, len(PAYLOAD) + 100),
        "A17-four-gigabytes": _header(PAYLOAD, 0xFFFFFFFF),
        "A17-overlapping": _overlapping(),
        "A18-zip64": _header(PAYLOAD, 0xFFFFFFFF, extra=struct.pack("<2H2Q", 1, 16, len(PAYLOAD), len(PAYLOAD))),
    }


def _deflated() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in zip(_NAMES, (PAYLOAD, SIGNATURE), strict=True):
            packed = zlib.compressobj(0, zlib.DEFLATED, -15)  # stored blocks: the same in every version
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), packed.compress(content) + packed.flush())
    return out.getvalue().replace(b"PK\3\4\x14\0\0\0\0\0", b"PK\3\4\x14\0\0\0\x08\0")


def _header(content: bytes, size: int, method: int = 0, extra: bytes = b"") -> bytes:
    """A first member that says it is this large, and nothing behind it."""
    name = _NAMES[0].encode()
    stated = (zlib.crc32(content), len(content) if method else size, size)
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, method, 0, 33, *stated, len(name), len(extra)) + (
        name + extra + content
    )


def _overlapping() -> bytes:
    """Two entries of the directory that stand for the same bytes."""
    data = bytearray(FIRST)
    second = FIRST.rindex(b"PK\1\2")
    data[second + 42 : second + 46] = bytes(4)
    return bytes(data)


def _frames() -> dict[str, tuple[bytes, int, int, str]]:
    """The member of the revisions, how many lines it is said to hold, exit code, reason."""
    text = lines(revision())
    good = frame(text)
    plain = (15, "compression")
    skippable = b"\x50\x2a\x4d\x18" + struct.pack("<L", 4) + b"evil"
    return {
        "A17-zstd-says-more-than-it-holds": (frame(text, stated=len(text) + 1), 1, *plain),
        "A17-zstd-says-less-than-it-holds": (frame(text, stated=len(text) - 1), 1, *plain),
        "A17-zstd-says-nothing-of-its-size": (frame(text, head=b"\0\x58"), 1, *plain),
        "A17-zstd-wants-a-dictionary": (frame(text, head=b"\xe1\x07" + len(text).to_bytes(8, "little")), 1, *plain),
        "A17-zstd-skippable-frame-before": (skippable + good, 1, *plain),
        "A17-zstd-skippable-frame-behind": (good + skippable, 1, *plain),
        "A17-zstd-two-frames": (good + good, 2, *plain),
        "A17-zstd-byte-behind": (good + b"\0", 1, *plain),
        "A17-zstd-cut": (good[:-1], 1, *plain),
        "A17-zstd-head-alone": (good[:6], 1, *plain),
        "A17-zstd-nothing": (b"", 0, *plain),
        "A17-zstd-is-none": (text, 1, *plain),
        "A17-zstd-reserved-bit": (frame(text, head=b"\xe8" + len(text).to_bytes(8, "little")), 1, *plain),
        "A17-zstd-wrong-checksum": (frame(text, head=b"\xe4" + len(text).to_bytes(8, "little")) + b"evil", 1, *plain),
        "A17-zstd-window-of-a-gigabyte": (
            frame(text, head=b"\xc0\xa0" + len(text).to_bytes(8, "little")),
            1,
            16,
            "expands_too_far",
        ),
        "A17-zstd-bomb-of-small-windows": (
            frame((b"\n", 65 * _MIB), head=b"\xc0\x58" + (65 * _MIB).to_bytes(8, "little")),
            1,
            16,
            "expands_too_far",
        ),
        "A17-zstd-bomb-of-a-gigabyte": (frame((b"\n", 1024 * _MIB)), 1, 16, "expands_too_far"),
        "A17-zstd-bomb-that-says-little": (frame((b"\n", 1024 * _MIB), stated=10), 10, *plain),
        "A17-zstd-says-an-exabyte": (frame(text, stated=1 << 60), 1, 16, "expands_too_far"),
        "A17-zstd-one-byte-over-the-limit": (frame((b"\n", 64 * _MIB + 1)), 1, 16, "expands_too_far"),
        "A18-fifty-thousand-and-one-lines": (frame((b"\n", 50_001)), 50_001, 16, "too_many_revisions"),
        "A18-line-over-the-limit": (frame((b"a", 256 * 1024 + 1), b"\n"), 1, 16, "line_too_long"),
        "A18-one-line-of-64-mebibytes": (frame((b"[", 64 * _MIB - 1), b"\n"), 1, 16, "expands_too_far"),
    }


def _inside() -> dict[str, bytes]:
    """The payload itself is signed as it should be, and is no canonical container."""
    text = frame(lines(revision()))
    said = manifest({REVISIONS: text}, 1)
    head = canonical(said)
    made = {
        "A16-inner-member-twice": _zip(
            ("manifest.json", head), (REVISIONS, text), ("revisions.jsonl.zsT", text)
        ).replace(b"zsT", b"zst"),
        "A16-inner-deflated": _zip(("manifest.json", head), (REVISIONS, text), change=_set("compress_type", 8)),
        "A16-inner-comment": _zip(("manifest.json", head), (REVISIONS, text))[:-2] + b"\2\0hi",
        "A22-inner-symlink": _zip(
            ("manifest.json", head), (REVISIONS, text), change=_set("external_attr", 0xA1ED << 16)
        ),
        "A23-inner-name-not-ascii": _zip(("manifest.json", head), ("revisıons.jsonl.zst", text)),
        "A17-inner-is-no-zip": b"PK",
    }
    return {name: seal(payload, comment(payload, said)) for name, payload in made.items()}


def _members() -> Iterator[Case]:
    """Members that the format does not know, in the manifest and signed."""
    for name, member in {
        "A16-member-unknown": "evil.exe",
        "A21-member-above": "../../evil",
        "A21-member-absolute": "/etc/passwd",
        "A21-member-of-a-drive": "C:\\evil.exe",
        "A21-member-stream": "objects/a.txt:stream",
        "A21-member-device": "objects/CON",
        "A21-member-above-objects": "objects/../../keys/a",
        "A23-object-in-upper-case": f"objects/{'AB' * 32}",
        "A16-member-of-version-1": "revisions.jsonl",
        "A16-object-name-too-long": f"objects/{'a' * 65}",
    }.items():
        yield Case(name, bundle(extra={member: b"x"}), 15, "manifest")
    members = {REVISIONS: frame(lines(revision())), f"objects/{hashlib.sha256(b'x').hexdigest()}": b"x"}
    said = manifest(members, 1)
    for name, inside in {
        "A16-inner-not-in-order": members,
        "A16-inner-not-named": {**members, f"objects/{'ac' * 32}": b"y"},
        "A16-inner-missing": {REVISIONS: members[REVISIONS]},
    }.items():
        payload = container.pack({"manifest.json": canonical(said), **inside})
        yield Case(name, seal(payload, comment(payload, said)), 15, "manifest")
    nested = _zip(("a.zip", _deflated()))
    yield Case("A17-nested", seal(nested, comment(nested, said)), 15, "manifest")
    payload = container.pack({**members, "manifest.json": canonical(said)})
    yield Case("A16-manifest-not-first", seal(payload, comment(payload, said)), 15, "manifest")
    yield Case("A17-payload-is-a-bundle", outer(FIRST, SIGNATURE), 10, "signature")
