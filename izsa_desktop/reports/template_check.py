"""What is wrong with an office's own templates, before a document is printed with them.

Looked at is what is written (mistakes, variables that do not exist, scripts, links to the outside, unprotected texts)
and what comes out: each document is made of sample projects, full and empty, and must hold what no sheet may lack.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes

from izsa_desktop.domain.errors import BadTemplate
from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.rows import Evidence, Funding, GoalDetail, Indicator, Partner, PlanLink, Relation, Share, Site
from izsa_desktop.i18n import Translator
from izsa_desktop.reports import papers, qr, templates
from izsa_desktop.reports.catalogue import Cover, Summary, catalogue, dots
from izsa_desktop.reports.sheet import PAGE_LINK, Printing, sheet_html
from izsa_desktop.reports.sheet_goals import goal_tiles
from izsa_desktop.reports.sheet_material import INTERNAL, PUBLIC, Comment, Letterhead, Material, Photo
from izsa_desktop.reports.sheet_rows import Table
from izsa_desktop.reports.sheet_view import SheetView
from izsa_desktop.reports.templates import FILES, Templates

_REMOTE = re.compile(
    r"""(?:(?:src|href|xlink:href|poster|action)\s*=\s*["']?\s*|url\(\s*["']?|@import\s+["']?)((?:https?:)?//[^\s"')>]*)""",
    re.I,
)
_SCRIPT = re.compile(r"""<script\b|<iframe\b|<object\b|<embed\b|javascript:|\son[a-z]+\s*=""", re.I)
_UNSAFE = re.compile(r"\|\s*safe\b|\bautoescape\s+false|\bMarkup\b", re.I)
_LONGEST = 200
"""Characters of what Jinja says."""
_WORDS = frozenset(
    {"loop", "caller", "varargs", "kwargs", "self", "parts", "range", "dict", "namespace", "cycler", "joiner", "lipsum"}
)


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Something that an office should change. ``kind`` is a name in the section ``template_problem``."""

    file: str
    line: int
    kind: str
    detail: str


def check(folder: Path, reference: Reference) -> list[TemplateProblem]:
    """What is wrong with the templates in a folder; nothing when they can be used."""
    found: list[TemplateProblem] = []
    for file in sorted(folder.iterdir() if folder.is_dir() else ()):
        if file.suffix not in (".html", ".css"):
            continue
        if file.name not in FILES:
            found.append(TemplateProblem(file.name, 0, "unknown_file", ""))
            continue
        found += _written(file)
    if not any(one.kind in ("syntax", "unreadable") for one in found):
        found += _made(folder, reference, {(one.file, one.line) for one in found})
    return found


def _written(file: Path) -> Iterator[TemplateProblem]:
    """What is seen without using it."""
    try:
        source = templates.read(file)
    except BadTemplate as problem:
        yield TemplateProblem(file.name, 0, "unreadable", problem.problem[:_LONGEST])
        return
    for kind, pattern in (("remote", _REMOTE), ("script", _SCRIPT), ("unsafe", _UNSAFE)):
        for match in pattern.finditer(source):
            line = source.count("\n", 0, match.start()) + 1
            yield TemplateProblem(file.name, line, kind, " ".join(match[0].split())[:80])
    if file.suffix == ".html":
        yield from _read(file.name, source)


def _read(name: str, source: str) -> Iterator[TemplateProblem]:
    environment = templates.environment_for(None)
    try:
        tree = environment.parse(source, name)
    except jinja2.TemplateSyntaxError as problem:
        yield TemplateProblem(name, problem.lineno, "syntax", (problem.message or "")[:_LONGEST])
        return
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}  # also in one branch alone
    unknown = meta.find_undeclared_variables(tree) - KNOWN[name] - _WORDS - made
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in unknown:
            yield TemplateProblem(name, node.lineno, "unknown_variable", node.name)
    for part in tree.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name == "sheet" and part.attr not in SheetView.__slots__:
            yield TemplateProblem(name, part.lineno, "unknown_variable", f"sheet.{part.attr}")


_DOCUMENT = frozenset(
    ("language", "document_title", "organisation", "logo", "footer", "printed", "text", "field", "css")
)
_MAPS = frozenset(("province", "districts"))
KNOWN: Mapping[str, frozenset[str]] = {
    "document.html": frozenset(("language", "document_title", "css")),
    "parts.html": frozenset(),
    "sheet.html": _DOCUMENT | _MAPS | {"sheets", "first_sheet", "here"},
    "offer.html": _DOCUMENT | _MAPS | {"sheets", "offers"},
    "catalogue.html": _DOCUMENT
    | _MAPS
    | {"sheets", "cover", "cover_map", "summary", "words", "contents", "first_sheet", "here"},
    "report.html": _DOCUMENT | {"report", "province"},
}
"""The variables that each template is given."""


# --- what comes out --------------------------------------------------------------------------------------------------


def _made(folder: Path, reference: Reference, known: set[tuple[str, int]]) -> Iterator[TemplateProblem]:
    own = Templates(folder)
    for name, make in _samples(own, reference):
        try:
            html = make()
        except BadTemplate as problem:
            if (problem.file, problem.line) not in known:
                yield TemplateProblem(problem.file, problem.line, "fails", problem.problem[:_LONGEST])
            continue
        for part, text in _REQUIRED[name].items():
            if text not in html:
                yield TemplateProblem(_culprit(folder, name), 0, "missing", part)


def _culprit(folder: Path, name: str) -> str:
    """The file of the office's from which something is missing."""
    return name if (folder / name).is_file() or not (folder / "parts.html").is_file() else "parts.html"


def _samples(own: Templates, reference: Reference) -> Iterator[tuple[str, Any]]:
    printing = Printing(
        variant=INTERNAL,
        printed=date(2026, 1, 2),
        letterhead=Letterhead(organisation="Kurum", footer="Alt bilgi", logo=_DOT),
        material={_FULL.id: Material(photos=(Photo(source=_DOT, caption="Foto"),), comments=(Comment(text="Görüş"),))},
        templates=own,
    )
    public = Printing(variant=PUBLIC, printed=date(2026, 1, 2), templates=own)
    projects = (_FULL, _EMPTY)
    t = Translator("tr")
    cover = Cover(kind="Katalog", title=_TITLE, lines=("1",), district="TUR035007")
    summary = Summary(
        matrix_heads=(), matrix=(), dots=dots(projects, reference), balance=(), states=(), gaps=("Eksik",)
    )
    table = Table(name="Tablo", columns=("A", "B"), rows=(("1", "2"),))
    block = papers.Block(heading="Bölüm", text="Metin", facts=(("a", "b"),), items=("c",), table=table)
    report = papers.Report(
        kind="Rapor",
        title=_TITLE,
        about="x",
        internal=True,
        goals=goal_tiles(("13",), reference, "tr"),
        lit=("TUR035007",),
        dots=dots(projects, reference),
        blocks=(block,),
    )
    yield "sheet.html", lambda: sheet_html(projects, reference, "tr", printing)
    yield "sheet.html", lambda: sheet_html(projects, reference, "both", public, first_sheet=5)
    yield "offer.html", lambda: papers.offer_html(projects, reference, "tr", {_FULL.id: ["Ortak"]}, printing=public)
    made = catalogue(projects, reference, "tr", cover=cover, summary=summary, printing=printing)
    yield "catalogue.html", lambda: made.html({"part-1": 347})
    yield "report.html", lambda: papers.report_html(report, t, printing)


_DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
_TITLE = "Örnek başlık ÇĞİÖŞÜ"
_FULL = Project(
    id=f"TUR035007/{'a1' * 16}",
    heads=("b" * 64,),
    number="İZSA-BOR-2026-0001",
    updated="2026-01-01T00:00:00Z",
    updated_by="Deneme",
    conflicts=("purpose",),
    deleted=True,
    fields=ProjectFields(
        title=_TITLE,
        title_en="Sample title",
        purpose="Örnek amaç " * 150,
        summary="Özet",
        audience=("kadınlar",),
        audience_note="Not",
        start="2025-03",
        end_planned="2027",
        goals=("13", "11"),
        goal_details=(GoalDetail(code="13", strength="güçlü", why="Gerekçe"),),
        targets=("13.1",),
        dimensions=(Share(code="çevresel", percent=60), Share(code="sosyal", percent=40)),
        district="TUR035007",
        location=Location(38.46, 27.21, approximate=True),
        sites=(Site(name="Yer"),),
        status="sürüyor",
        contact="birim@ornek.bel.tr",
        partners=(Partner(name="Ortak", role="ortak"),),
        funding=(Funding(source="öz kaynak"),),
        plans=(PlanLink(plan="stratejik plan", code="A1"),),
        indicators=(Indicator(name="Gösterge", unit="ton"),),
        climate_effect="uyum",
        relations=(Relation(other=f"TUR035008/{'c3' * 16}", kind="parçası"),),
        evidence=(Evidence(key="k", link="https://example.org/belge", caption="Belge"),),
        source="Kaynak",
        review="onaylandı",
        review_note="Not",
    ),
)
_EMPTY = Project(id=f"TUR035007/{'0' * 32}", fields=ProjectFields())
_SHEET = {
    "{{ sheet.title }}": _TITLE,
    "{{ sheet.id }}": _FULL.id,
    "{{ sheet.qr }}": str(qr.svg(_FULL)),
    "{{ sheet.revision }}": qr.short_revision(_FULL),
    "{{ text.map_credit }}": Translator("tr")("sheet.map_credit"),
    "{{ document_title }}": "<title>",
    "{{ language }}": '<html lang="tr"',
}
_CATALOGUE = {
    "{{ cover.title }}": _TITLE,
    "{{ text.map_credit }}": _SHEET["{{ text.map_credit }}"],
    "{{ here() }}": f'href="{PAGE_LINK}1"',
    "{{ line.page }}": "347",
    "{{ document_title }}": "<title>",
    "{{ language }}": '<html lang="tr"',
}
_REQUIRED: Mapping[str, Mapping[str, str]] = {
    "sheet.html": _SHEET,
    "offer.html": _SHEET,
    "catalogue.html": _CATALOGUE,
    "report.html": {
        "{{ report.title }}": _TITLE,
        "{{ document_title }}": "<title>",
        "{{ language }}": '<html lang="tr"',
    },
}
"""What no document may lack: how it is called, and a text that must be in the sample."""
