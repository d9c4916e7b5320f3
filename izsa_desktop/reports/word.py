"""Documents for word processors (Office Open XML): headings, paragraphs, tables whose header row repeats.

A library for it builds tables cell by cell, quadratically: 10,000 rows take minutes. What is needed here is four parts
of plain XML.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NOT_XML = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]")
_LONG, _SHORT, _MARGIN = 16_838, 11_906, 1_134
"""Sides and margin of an A4 page in twentieths of a point."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_LANGUAGES = {"tr": "tr-TR", "en": "en-GB"}
_STEP = 200
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E0F0F3"/>'


@dataclass(frozen=True, slots=True)
class Heading:
    """``level``: from 1, the document's title 0."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths``: of the columns, against each other."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


Part = Heading | Paragraph | Grid


def docx_bytes(
    title: str, language: str, parts: Iterable[Part], step: Callable[[], None], *, upright: bool = False
) -> bytes:
    """The document. ``step`` is called now and then, and may raise. ``upright``: pages stand, else they lie."""
    across, down = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    body: list[str] = []
    for part in parts:
        step()
        if isinstance(part, Heading):
            style = "Title" if part.level == 0 else f"Heading{part.level}"
            body.append(_paragraph(part.text, style))
        elif isinstance(part, Paragraph):
            body.append(_paragraph(part.text, ""))
        else:
            body += [*_table(part, across - 2 * _MARGIN, step), _paragraph("", "")]
    section = (
        f'<w:sectPr><w:pgSz w:w="{across}" w:h="{down}" w:orient="{"portrait" if upright else "landscape"}"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    document = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}{section}</w:body></w:document>'
    return _packed(document, title, _LANGUAGES[language])


def _table(grid: Grid, room: int, step: Callable[[], None]) -> Iterable[str]:
    whole = sum(grid.widths) or len(grid.headers)
    widths = [room * width // whole for width in grid.widths or [1] * len(grid.headers)]
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B9C5CA"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    yield _row(grid.headers, widths, head=True)
    for count, row in enumerate(grid.rows):
        if count % _STEP == 0:
            step()
        yield _row(row, widths)
    yield "</w:tbl>"


def _row(texts: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f"{_SHADE if head else ''}</w:tcPr>"
        f"{_paragraph(text, 'TableHead' if head else 'TableText')}</w:tc>"
        for text, width in zip(texts, widths, strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _paragraph(text: str, style: str) -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _NOT_XML.sub("", text).split("\n")
    )
    return f"<w:p>{chosen}<w:r>{runs}</w:r></w:p>" if text else f"<w:p>{chosen}</w:p>"


# --- the package -----------------------------------------------------------------------------------------------------


def _packed(document: str, title: str, language: str) -> bytes:
    target = io.BytesIO()
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(("styles", f"{_OFFICE}/styles", "styles.xml")),
        "word/styles.xml": _styles(language),
        "docProps/core.xml": (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(_NOT_XML.sub('', title))}</dc:title><dc:language>{language}</dc:language>"
            "</cp:coreProperties>"
        ),
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _relations(*relations: tuple[str, str, str]) -> str:
    rows = "".join(
        f"<Relationship Id={quoteattr(id_)} Type={quoteattr(type_)} Target={quoteattr(to)}/>"
        for id_, type_, to in relations
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)


def _styles(language: str) -> str:
    heading = "".join(
        _style(f"Heading{n}", f"heading {n}", size, f'<w:keepNext/><w:outlineLvl w:val="{n - 1}"/>', bold=True)
        for n, size in ((1, 30), (2, 24))
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" '
        f'w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{_style('Title', 'Title', 40, '', bold=True)}{heading}"
        f"{_style('TableText', 'Table text', 16, _TIGHT)}{_style('TableHead', 'Table head', 16, _TIGHT, bold=True)}"
        "</w:styles>"
    )


_TIGHT = '<w:spacing w:before="20" w:after="20"/>'


def _style(id_: str, name: str, size: int, paragraph: str, *, bold: bool = False) -> str:
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )
