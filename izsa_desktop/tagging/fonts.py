"""What the glyphs of a PDF's font mean, as the font's own table (ToUnicode) says it."""

import re
from dataclasses import dataclass
from typing import Final

from pikepdf import Object

_SECTION: Final = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]+)>")
_ESCAPED: Final = re.compile(rb"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Font:
    """``letters``: of each glyph the text it stands for. ``blank``: the glyph of a space as it is written, or empty."""

    letters: dict[int, str]
    blank: bytes

    def read(self, shown: bytes) -> str:
        """The text of what is shown, given in hexadecimal digits, four to a glyph."""
        return "".join(self.letters.get(int(shown[at : at + 4], 16), "") for at in range(0, len(shown), 4))


def font_of(font: Object) -> Font:
    """Reads the font's table; without one nothing is known of it."""
    table = font.get("/ToUnicode")
    letters: dict[int, str] = {}
    if table is not None and font.get("/Subtype") == "/Type0":
        for kind, body in _SECTION.findall(table.read_bytes()):
            digits = _HEX.findall(body)
            if kind == b"char":
                pairs = zip(digits[::2], digits[1::2], strict=True)
                letters.update((int(glyph, 16), text_of(text)) for glyph, text in pairs)
            else:
                for first, last, text in zip(digits[::3], digits[1::3], digits[2::3], strict=True):
                    glyphs = range(int(first, 16), int(last, 16) + 1)
                    letters.update((glyph, chr(int(text, 16) + step)) for step, glyph in enumerate(glyphs))
    blank = next((b"%04X" % glyph for glyph, text in letters.items() if text == " "), b"")
    return Font(letters, blank)


def spelled_in(line: bytes) -> str:
    """What ``/ActualText`` says: digits of UTF-16 or, of a single sign such as ``(``, the sign itself in brackets."""
    if b"<FEFF" in line:
        return text_of(line[line.index(b"<FEFF") + 5 : line.rindex(b"> >>")])
    told = line[line.index(b"(") + 1 : line.rindex(b") >>")]
    return _ESCAPED.sub(rb"\1", told).decode("latin-1")


def text_of(digits: bytes) -> str:
    """Text in UTF-16, given in hexadecimal digits."""
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
