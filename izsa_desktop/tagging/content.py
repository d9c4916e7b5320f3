"""The drawing operations of a page, told apart: what is read, and what is decoration.

Chromium (Skia) writes an operation to a line, each text between ``BT`` and ``ET`` and with its place. So a page is read
once, line by line, and only the first point of what is drawn is computed. Blanks at which a line was broken are not
drawn; they are added, so that the words on both sides stay two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from izsa_desktop.tagging.fonts import Font, spelled_in
from izsa_desktop.tagging.words import Texts

Matrix = tuple[float, float, float, float, float, float]

ONE: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_OUTLINE: Final = frozenset(b"mlchvye")
"""Last letters of operations that make an outline (``re`` is the one with two)."""
_RISE, _FORTH = 0.25, 0.1
"""Where in a letter is looked, in parts of its size: above its foot, and a little after its beginning."""
_NEAR: Final = 0.6
"""Points by which a place may be missed: places are rounded to whole pixels."""
_DECORATION: Final = b"/Artifact BMC"
_MARGIN: Final = b"/Artifact <</Type /Pagination>> BDC"
_BOTTOM, _TOP = 39.7, 808.0
"""Points between which the text of a page stands (``PageRenderer``); above and below are its head and foot."""
_SPELLED: Final = b"/Span<</ActualText"
_BACKWARDS: Final = b"/ReversedChars BMC"
_NO_FONT: Final = Font({}, b"")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands on the page, in points from its lower left corner."""

    number: int
    left: float
    bottom: float
    right: float
    top: float
    picture: bool

    def holds(self, x: float, y: float, near: float = _NEAR) -> bool:
        """True for a point in it, or so near that only rounding keeps it out."""
        return self.left - near <= x <= self.right + near and self.bottom - near <= y <= self.top + near

    def touches(self, other: "Place") -> bool:
        """True when the other goes on where this one ends, in the same line."""
        level = min(self.top, other.top) - max(self.bottom, other.bottom) > (self.top - self.bottom) / 2
        return level and min(abs(other.left - self.right), abs(self.left - other.right)) < _NEAR


@dataclass(slots=True)
class _Shown:
    """A text on the page: what it says, the line of its last letter, and where its first letter stands."""

    text: str = ""
    last: int = 0
    font: Font = _NO_FONT
    size: float = 1.0
    forth: float | None = None
    matrix: Matrix = ONE
    spelled: bool = False
    """A part of it is to be read otherwise than drawn."""


def told_apart(
    operations: bytes,
    places: Sequence[Place],
    fonts: Mapping[bytes, Font],
    texts: Texts,
    *,
    within: Callable[[bytes, Matrix], bool],
    matrix: Matrix = ONE,
) -> tuple[bytes, list[int]]:
    """The operations with marked content around them, and the marks in the order of its numbers (MCID).

    ``within`` is asked for each thing that is drawn by its name, and where: True when it has operations of its own and
    these were told apart. ``matrix``: where these operations draw.
    """
    page = _Page(places, fonts, texts, within, matrix)
    page.read(operations.split(b"\n"))
    return b"\n".join(page.out), page.marks


class _Page:
    def __init__(
        self,
        places: Sequence[Place],
        fonts: Mapping[bytes, Font],
        texts: Texts,
        within: Callable[[bytes, Matrix], bool],
        matrix: Matrix,
    ) -> None:
        self._places = sorted(places, key=lambda one: (one.right - one.left) * (one.top - one.bottom))
        self._pictures = [one for one in self._places if one.picture]
        self._fonts, self._texts, self._within = fonts, texts, within
        self.out: list[bytes] = []
        self.marks: list[int] = []
        self._matrix = matrix
        self._saved: list[Matrix] = []
        self._now: bytes | int | None = None
        """The mark whose content is being written, or what is said of decoration."""
        self._depth = 0
        """How many ``q`` there were when it began: it ends in the same."""

    def read(self, lines: list[bytes]) -> None:
        at, end = 0, len(lines)
        while at < end:
            line = lines[at]
            if line == b"BT":
                stop = lines.index(b"ET", at) + 1
                self._text(lines[at:stop])
                at = stop
            elif line.endswith((b" m", b" re")):
                stop = at + 1
                while lines[stop] and lines[stop][-1] in _OUTLINE:
                    stop += 1
                self._write(self._mark_of_outline(line), lines[at : stop + 1])
                at = stop + 1
            else:
                self._other(line)
                at += 1
        self._close()

    def _other(self, line: bytes) -> None:
        if line == b"q":
            self._saved.append(self._matrix)
        elif line == b"Q":
            if len(self._saved) == self._depth:
                self._close()
            self._matrix = self._saved.pop()
        elif line.endswith(b" cm"):
            self._matrix = times(_numbers(line), self._matrix)
        elif line.endswith(b" Do"):
            if self._within(line.removesuffix(b" Do"), self._matrix):
                self._close()
            else:
                self._write(self._mark_of_picture(0.5, 0.5), [line])
                return
        elif line.endswith(b" sh"):
            self._write(_DECORATION, [line])
            return
        self.out.append(line)

    def _text(self, lines: list[bytes]) -> None:
        shown = self._shown(lines)
        matrix = times(shown.matrix, self._matrix)
        mark = self._mark_of_text(shown, matrix)
        words = None if mark is None else self._texts.get(mark)
        if mark is None:
            self._write(_MARGIN if _in_margin(matrix[5]) else _DECORATION, lines)
            return
        if words is not None:
            self._texts.draw(mark, shown.text)
            if words.ends_word and shown.font.blank and shown.last and not shown.text.endswith(" "):
                lines[shown.last] = lines[shown.last].removesuffix(b"> Tj") + shown.font.blank + b"> Tj"
        if shown.spelled and _BACKWARDS not in lines:
            self._write_spelled(mark, lines)
        else:
            self._write(mark, lines)

    def _shown(self, lines: list[bytes]) -> _Shown:
        shown, spelled = _Shown(), False
        for at, line in enumerate(lines):
            if line.endswith(b"> Tj"):
                shown.last = at
                shown.text += "" if spelled else shown.font.read(line[line.index(b"<") + 1 : -4])
                if shown.forth is None:
                    shown.forth = float(line.split(maxsplit=1)[0]) if b" Td " in line else 0.0
            elif line.endswith(b" Tf"):
                name, size, _ = line.split()
                shown.font, shown.size = self._fonts.get(name, _NO_FONT), float(size)
            elif line.endswith(b" Tm"):
                shown.matrix = _numbers(line)
            elif line.startswith(_SPELLED):
                shown.spelled = spelled = True
                shown.text += spelled_in(line)
            elif line == b"EMC":
                spelled = False
        return shown

    def _mark_of_text(self, shown: _Shown, matrix: Matrix) -> int | None:
        """The mark where the first letter stands or, for a blank between two texts, of what the blank follows."""
        for beginning, near in ((_FORTH, 0.0), (_FORTH, _NEAR), (-_FORTH, _NEAR)):
            point = _moved(matrix, (shown.forth or 0.0) + beginning * shown.size, _RISE * shown.size)
            for place in self._places:
                if place.holds(*point, near):
                    return place.number
        return None if _in_margin(matrix[5]) else self._texts.next_with(shown.text)

    def _mark_of_outline(self, first: bytes) -> int | bytes:
        x, y, *size = (float(number) for number in first.split()[:-1])
        return self._mark_of_picture(x + size[0] / 2, y + size[1] / 2) if size else self._mark_of_picture(x, y)

    def _mark_of_picture(self, x: float, y: float) -> int | bytes:
        if self._pictures:
            point = _moved(self._matrix, x, y)
            for place in self._pictures:
                if place.holds(*point):
                    return place.number
        return _DECORATION

    def _write(self, what: int | bytes, lines: list[bytes]) -> None:
        if what != self._now:
            self._close()
            self.out.append(what if isinstance(what, bytes) else b"/Span <</MCID %d>> BDC" % self._number(what))
            self._now, self._depth = what, len(self._saved)
        self.out += lines

    def _write_spelled(self, mark: int, lines: list[bytes]) -> None:
        """A text of which parts are to be read otherwise than drawn: side by side, because some readers lose what
        comes after a marked content inside another.
        """
        self._close()
        inside = [b"/Span <</MCID %d>> BDC" % self._number(mark)]
        for line in lines[1:-1]:
            if line.startswith(_SPELLED):
                number = b"<</MCID %d" % self._number(mark)
                inside += [b"EMC", line.replace(b"<<", number, 1)]
            elif line == b"EMC":
                inside += [b"EMC", b"/Span <</MCID %d>> BDC" % self._number(mark)]
            else:
                inside.append(line)
        self.out += [b"BT", *inside, b"EMC", b"ET"]

    def _number(self, mark: int) -> int:
        self.marks.append(mark)
        return len(self.marks) - 1

    def _close(self) -> None:
        if self._now is not None:
            self.out.append(b"EMC")
            self._now = None


def _in_margin(height: float) -> bool:
    return not _BOTTOM <= height <= _TOP


def _numbers(line: bytes) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in line.split()[:6])
    return a, b, c, d, e, f


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """What is drawn by the inner matrix inside the outer one."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
