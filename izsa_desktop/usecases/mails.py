"""Bundles and requests that lie in a saved mail (``.eml``): attachments, and those of a mail that was forwarded in it.

An attachment is judged by its first bytes alone: mail programs rename what they carry, and a name says what its writer
likes. A mail is bounded before it is parsed, as the parser's time and memory go by its lines and by how deep it is
nested, and while it is parsed: parts are counted as they begin, and of their headers only those are kept that tell
what the content is, as reading one takes time that grows with the square of its length. Whatever the parser stumbles
over, the mail holds nothing of ours.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import policy
from email.feedparser import BytesFeedParser
from email.header import decode_header, make_header
from email.message import Message
from functools import partial
from itertools import islice
from pathlib import PurePosixPath

from izsa_desktop.bundle.encryption import is_encrypted
from izsa_desktop.domain.errors import Malformed, OverLimit
from izsa_desktop.domain.text import has_invisible

MAX_MAIL = 28 * 1024 * 1024
"""Bytes: what mail servers take, which is an attachment of 20 MiB in base64."""
MAX_LINES = 500_000
MAX_DASHES = 10_000
"""Lines that may begin a part."""
MAX_BOUNDARIES = 200
"""How often a mail may say the word: an innocent one does so once a level, and sometimes in its text."""
MAX_WORK = 10_000_000
"""Boundaries times lines: the parser compares every line with the boundary of every level around it."""
MAX_PARTS = 2_000
MAX_CONTENT_HEADERS = 8 * 1024
"""Characters of a part's headers that tell what it is; a long name that is said thrice in an old encoding fits."""
MAX_ALL_CONTENT_HEADERS = 512 * 1024
MAX_PARAMETERS = 100
"""Of one header."""
MAX_PIECES = 200
"""Bundles and requests of one mail."""
FORWARDED = 1
"""How many mails within mails are opened."""
HEAD = 64
"""Bytes that tell what a file is."""
BUNDLE, REQUEST = "bundle", "request"
LOOKED_THROUGH = 256 * 1024
"""Bytes in which a mail must say what it consists of: other servers write much before that."""
_BY_MEMBER = {b"payload.zip": BUNDLE, b"enrolment.json": REQUEST}
_FIRST_LINE = re.compile(rb"(From |[!-9;-~]{1,50}:)")
_SAYS_WHAT = re.compile(rb"^(MIME-Version|Content-Type):", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb"boundary", re.IGNORECASE)
_LONGEST_NAME = 100
_LONGEST_WRITTEN_NAME = 1_000
"""A name that long is still whole when each of its characters is written with six."""
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """An attachment that is one of ours. ``name``: what it was called; shown only."""

    kind: str
    name: str
    data: bytes


def kind_of(head: bytes) -> str:
    """What a file is by its first ``HEAD`` bytes; empty for nothing of ours."""
    if is_encrypted(head):
        return BUNDLE
    if not head.startswith(b"PK\3\4"):
        return ""
    return _BY_MEMBER.get(head[30 : 30 + int.from_bytes(head[26:28], "little")], "")


def may_be_mail(head: bytes) -> bool:
    """True when the first bytes look like the header of one."""
    return _FIRST_LINE.match(head) is not None


def is_mail(start: bytes) -> bool:
    """True when the beginning of a file that looks like one says so."""
    return _SAYS_WHAT.search(start) is not None


def pieces(data: bytes) -> list[Piece]:
    """What of ours is in a mail. Raises OverLimit, Malformed."""
    _require_bounded(data)
    try:
        found = list(islice(_ours(_leaves(_parsed(data), FORWARDED)), MAX_PIECES + 1))
    except OverLimit:
        raise
    except Exception as e:  # a parser fed with anything fails with anything
        raise Malformed("mail", type(e).__name__) from None
    if len(found) > MAX_PIECES:
        raise OverLimit("mail_parts", str(len(found)))
    return found


class _Bounds:
    """What the parts of one mail may have together."""

    def __init__(self) -> None:
        self._parts = self._headers = 0

    def new_part(self, policy: policy.Policy) -> "_Part":
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise OverLimit("mail_parts", str(self._parts))
        return _Part(self, policy)

    def take(self, characters: int) -> None:
        self._headers += characters
        if self._headers > MAX_ALL_CONTENT_HEADERS:
            raise OverLimit("mail_parts", str(self._headers))


class _Part(Message):
    def __init__(self, bounds: _Bounds, policy: policy.Policy) -> None:
        super().__init__(policy)
        self._bounds, self._kept = bounds, 0

    def set_raw(self, name: str, value: str) -> None:
        """A header, as the parser found it."""
        if not name.lower().startswith("content-"):
            return
        length = len(name) + len(value)
        self._kept += length
        if self._kept > MAX_CONTENT_HEADERS or value.count(";") > MAX_PARAMETERS:
            raise OverLimit("mail_parts", str(self._kept))
        self._bounds.take(length)
        super().set_raw(name, value)


def _parsed(data: bytes) -> Message:
    parser: BytesFeedParser[Message] = BytesFeedParser(partial(_Bounds().new_part, policy=policy.compat32))
    for start in range(0, len(data), _CHUNK):  # at once it would lie in memory as text as well
        parser.feed(data[start : start + _CHUNK])
    return parser.close()


def _ours(parts: Iterable[Message]) -> Iterator[Piece]:
    for part in parts:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and (kind := kind_of(content[:HEAD])):
            yield Piece(kind, _name(part), content)


def _require_bounded(data: bytes) -> None:
    if len(data) > MAX_MAIL:
        raise OverLimit("file_too_large", str(len(data)))
    lines = max(data.count(b"\n"), data.count(b"\r"))
    boundaries = sum(1 for _one in islice(_BOUNDARY.finditer(data), MAX_BOUNDARIES + 1))
    for most, count in (
        (MAX_LINES, lines),
        (MAX_DASHES, data.count(b"\n--") + data.count(b"\r--")),
        (MAX_BOUNDARIES, boundaries),
        (MAX_WORK, boundaries * lines),
    ):
        if count > most:
            raise OverLimit("mail_parts", str(count))


def _leaves(message: Message, forwarded: int) -> Iterator[Message]:
    """The parts with content; of a mail in a mail in this one nothing."""
    if not message.is_multipart():
        yield message
        return
    if message.get_content_type() == "message/rfc822":
        forwarded -= 1
    if forwarded < 0:
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part, forwarded)


def _name(part: Message) -> str:
    """The attachment's name without a path, or empty."""
    try:
        written = str(make_header(decode_header((part.get_filename() or "")[:_LONGEST_WRITTEN_NAME])))
    except Exception:  # it is shown and nothing else
        return ""
    name = PurePosixPath(written.replace("\\", "/")).name[:_LONGEST_NAME].encode("utf-8", "replace").decode()
    return "" if has_invisible(name) else name
