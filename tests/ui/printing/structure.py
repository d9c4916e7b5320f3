"""The structure of a tagged PDF with its texts, read by pikepdf from the file alone."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import page
import pikepdf

from izsa_desktop.tagging.fonts import font_of


@dataclass(frozen=True)
class Element:
    """An element of the structure: its role, its language, what stands for it, and what is drawn of it."""

    role: str
    lang: str
    alt: str
    text: str


def elements(pdf: bytes) -> list[Element]:
    """All elements in the order of reading, without the document itself."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        return list(_below(document.Root.StructTreeRoot.K, {}))


def broken_rules(pdf: bytes) -> list[str]:
    """What a checker of all rules of PDF/UA-1 that a machine can check says against it."""
    known = page.ValidationProfile.PDF_UA_1
    # Bookmarks name the next one: a chain as long as there are sheets, of which the usual limits make an attack.
    report = page.validate_pdf_bytes(pdf, profile=known, limits=page.SafetyLimits.unlimited())
    assert report.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def undeclared(pdf: bytes) -> list[str]:
    """What is drawn outside all marked content: there may be none."""
    found = []
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        for one in document.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(one):
                operator = str(instruction.operator)
                depth += (operator in ("BMC", "BDC")) - (operator == "EMC")
                if depth == 0 and operator in ("Tj", "TJ", "f", "f*", "S", "B", "sh"):
                    found.append(operator)
    return found


Texts = dict[tuple[int, int], dict[int, str]]


def _below(element: pikepdf.Object, read: Texts) -> Iterator[Element]:
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            text = "".join(_own(kid, read))
            yield Element(str(kid.S)[1:], str(kid.get("/Lang", "")), str(kid.get("/Alt", "")), text)
            yield from _below(kid, read)


def _own(element: pikepdf.Object, read: Texts) -> Iterator[str]:
    for kid in element.K:
        if isinstance(kid, int):
            yield _texts(element.Pg, read).get(kid, "")
        elif kid.get("/Type") == "/MCR":
            yield _texts(kid.get("/Stm", kid.Pg), read).get(int(kid.MCID), "")


def _texts(stream: pikepdf.Object, read: Texts) -> dict[int, str]:
    """What each numbered content of a page, or of a form, says."""
    if stream.objgen not in read:
        texts: dict[int, str] = {}
        fonts = {name: font_of(font) for name, font in stream.Resources.get("/Font", pikepdf.Dictionary()).items()}
        font = ""
        around: list[tuple[int, bool]] = [(-1, False)]
        """Of each marked content its number, and whether another text stands for what it shows."""
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = str(instruction.operator), list(instruction.operands)
            number, spelled = around[-1]
            if operator == "BMC":
                around.append((-1 if operands[0] == "/Artifact" else number, spelled))
            elif operator == "BDC":
                number = int(operands[1].get("/MCID", -1 if operands[0] == "/Artifact" else number))
                texts[number] = texts.get(number, "") + str(operands[1].get("/ActualText", ""))
                around.append((number, "/ActualText" in operands[1]))
            elif operator == "EMC":
                around.pop()
            elif operator == "Tf":
                font = str(operands[0])
            elif operator == "Tj" and not spelled:
                texts[number] = texts.get(number, "") + fonts[font].read(bytes(operands[0]).hex().encode())
        read[stream.objgen] = texts
    return read[stream.objgen]
