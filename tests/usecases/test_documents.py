"""Documents to print: which projects are in them, for whom, and where the contents send a reader."""

from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image

from izsa_desktop.domain.errors import (
    BadField,
    BadLogo,
    BadTemplate,
    Cancelled,
    NoRenderer,
    NothingToPrint,
    WrongEnding,
)
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.joint import Member, ProgrammeFields
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Evidence, Funding, Partner
from izsa_desktop.reports.sheet_material import INTERNAL, Letterhead
from izsa_desktop.usecases import (
    coaching,
    documents,
    evidence,
    joining,
    letterhead,
    projects,
    reviewing,
    sheets,
    templates,
)
from izsa_desktop.usecases.documents import DocumentOrder
from izsa_desktop.usecases.press import Document, printing
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.reports.printer import PlainPrinter

BORNOVA = "TUR035007"
FIELDS = ProjectFields(
    title="Çeşme başı",
    purpose="Su",
    goals=("6", "13"),
    audience=("kadınlar",),
    start="2025",
    status="sürüyor",
    contact="su@bornova.bel.tr",
)


@pytest.fixture
def bornova(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe Yıldız") as made:
        projects.add_projects(made, [FIELDS, replace(FIELDS, title="Park", goals=("11",), status="fikir")])
        yield made


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path / "o", OFFICE, "Veli Demir") as made:
        yield made


def text_of(document: Document) -> str:
    """All that would be printed, while nobody knows the pages."""
    front = [document.front({})] if document.front else []
    return "".join([*front, *(part() for part in document.parts)])


def html(workplace: Workplace, **order: object) -> str:
    return text_of(documents.make(workplace, changed(DocumentOrder(), **order)))  # type: ignore[arg-type]


def test_the_selection_is_named_or_found(bornova: Workplace) -> None:
    ids = [project.id for project in projects.list_projects(bornova)]
    assert documents.make(bornova, DocumentOrder()).projects == 2
    named = html(bornova, ids=(ids[1],))
    assert "Park" in named
    assert "Çeşme başı" not in named
    found = html(bornova, wanted=ProjectFilter(goal=("6",)))
    assert "Çeşme başı" in found
    assert "Park" not in found
    with pytest.raises(NothingToPrint):
        html(bornova, wanted=ProjectFilter(query="yokböyleşey"))


def test_the_catalogue_tells_how_projects_stand_by_the_one_rule(bornova: Workplace) -> None:
    entered = [
        ProjectFields(title="Yarım", purpose="Amaç", start="2020"),
        ProjectFields(title="Uzun", purpose="Amaç", start="2020", end_planned="2099"),
    ]
    ids = projects.add_projects(bornova, entered)
    found = " ".join(html(bornova, kind=documents.CATALOGUE, ids=tuple(ids)).split())
    assert "Durumu yazılmamış, tarihlerine göre sürüyor" in found
    assert "Durumu bilinmiyor" in found
    assert "tarihlerine göre sürmüyor" not in found


def test_the_default_is_public(bornova: Workplace) -> None:
    assert "su@bornova.bel.tr" not in html(bornova)
    assert "Ayşe Yıldız" not in html(bornova)
    internal = html(bornova, variant=INTERNAL)
    assert "su@bornova.bel.tr" in internal
    assert "Ayşe Yıldız" in internal


def test_contents_name_the_pages_on_which_parts_begin(bornova: Workplace, tmp_path: Path) -> None:
    printer = PlainPrinter()
    order = DocumentOrder(kind=documents.CATALOGUE, wanted=ProjectFilter(goal=("6",)))
    assert documents.write(bornova, order, tmp_path / "k.pdf", printer, tagged=False) == 1
    draft, sheets, front, numbers = printer.printed
    assert "<b>000</b>" in draft
    contents = front[front.index("İçindekiler") : front.index('id="part-1"')]
    assert [f"<b>{page}</b>" in contents for page in (3, 4, 5, 6, 7)] == [True, True, True, True, False]
    assert "Küresel amaç: 6 · Temiz Su ve Sanitasyon" in front
    assert "Bornova Belediyesi: sürdürülebilirlik projeleri" in front
    assert ("Çeşme başı" in sheets, "Çeşme başı" in front) == (True, True)
    assert 'counter(page) " / " "6"' in numbers
    with pikepdf.open(tmp_path / "k.pdf") as made:
        assert len(made.pages) == 6
        assert made.check_pdf_syntax() == []


def test_many_sheets_are_printed_in_parts_with_one_count_of_pages(bornova: Workplace, tmp_path: Path) -> None:
    projects.add_projects(bornova, [replace(FIELDS, title=f"Proje {n}") for n in range(118)])
    printer = PlainPrinter()
    told: list[tuple[int, int]] = []
    document = documents.make(bornova, DocumentOrder(language="both"))
    with (tmp_path / "s.pdf").open("wb") as out:
        printer.run(printing(document, out, progress=lambda done, total: told.append((done, total))))
    *parts, numbers = printer.printed
    assert [part.count("<article") for part in parts] == [50, 50, 50, 50, 40]
    assert {part[part.index("<title>") : part.index("</title>")] for part in parts} == {"<title>120 proje künyesi"}
    assert all("counter(page" not in part for part in parts)
    assert "counter-set: page 1 " in numbers
    assert (told[0], told[-1]) == ((0, 120), (120, 120))
    with pikepdf.open(tmp_path / "s.pdf") as made:
        assert len(made.pages) == 240
        assert made.check_pdf_syntax() == []
        assert str(made.docinfo.Title) == "120 proje künyesi"


def test_a_document_that_fails_while_it_is_printed_leaves_no_file(bornova: Workplace, tmp_path: Path) -> None:
    class Broken(PlainPrinter):
        def pdf(self, html: str, *, tagged: bool = True) -> bytes:
            raise NoRenderer("away")

    with pytest.raises(NoRenderer):
        documents.write(bornova, DocumentOrder(), tmp_path / "k.pdf", Broken())
    assert list(tmp_path.glob("*k.pdf*")) == []


@pytest.mark.parametrize("name", ["künye.docx", "künye", "künye.pdf.txt"])
def test_another_ending_than_pdf_is_refused(bornova: Workplace, tmp_path: Path, name: str) -> None:
    ids = [project.id for project in projects.list_projects(bornova)]
    with pytest.raises(WrongEnding):
        documents.write(bornova, DocumentOrder(), tmp_path / name, PlainPrinter())
    with pytest.raises(WrongEnding):
        sheets.write_sheets(bornova, ids, tmp_path / name, PlainPrinter())
    assert not (tmp_path / name).exists()


def test_a_booklet_says_what_the_district_lacks(bornova: Workplace) -> None:
    made = documents.make(bornova, DocumentOrder(kind=documents.BOOKLET))
    assert made.projects == 2
    text = text_of(made)
    assert "Bornova ilçesinin sürdürülebilirlik projeleri" in text
    assert "Yoksulluğa Son: kayıtlı proje yok" in text
    assert "Temiz Su ve Sanitasyon: kayıtlı" not in text
    cover = text[text.index("cover-map district") : text.index('class="cover-day"')]
    assert cover.count("<circle") == 1  # both projects stand for the whole district
    assert 'class="matrix"' not in text  # one row of a matrix has more heads than cells
    assert "<b>6</b> Temiz Su ve Sanitasyon" in text


def test_an_offer_is_for_partners_and_says_what_is_sought(bornova: Workplace) -> None:
    whole = replace(
        FIELDS, title="Tamam", partners=(Partner(name="Ege", role="ortak"),), funding=(Funding(amount=Decimal(1)),)
    )
    with_partner, idea = projects.list_projects(bornova)[0], projects.list_projects(bornova)[1]
    [complete] = projects.add_projects(bornova, [whole])
    with pytest.raises(NothingToPrint):  # nothing is approved
        html(bornova, kind=documents.OFFER)
    with pytest.raises(NothingToPrint):  # nothing is sought
        html(bornova, kind=documents.OFFER, ids=(complete,))
    made = html(bornova, kind=documents.OFFER, ids=(with_partner.id, idea.id, complete))
    assert made.count("<article") == 2
    assert made.count("Ortak kuruluş") == 2
    assert made.count("deneyim ve teknik destek") == 1
    assert "su@bornova.bel.tr" not in made
    assert "Ayşe Yıldız" not in made


def test_only_approved_projects_are_offered(office: Workplace) -> None:
    approved, _other = projects.add_projects(office, [FIELDS, replace(FIELDS, title="Taslak")])
    reviewing.review(office, approved, "onaylandı")
    made = html(office, kind=documents.OFFER)
    assert "Çeşme başı" in made
    assert "Taslak" not in made


def test_a_joint_programme_on_paper(office: Workplace) -> None:
    ids = projects.add_projects(office, [FIELDS, replace(FIELDS, title="İkincisi <b>")])
    fields = ProgrammeFields(
        name="Körfez temiz", purpose="Birlikte", lead=OFFICE, members=tuple(map(Member, ids)), bodies=(BORNOVA,)
    )
    made_id = joining.create(office, fields)
    made = html(office, kind=documents.JOINT, programme=made_id)
    for text in (
        "Körfez temiz",
        "Birlikte",
        "Çeşme başı",
        "İkincisi &lt;b&gt;",
        "Bornova Belediyesi",
        "Yanıt bekleniyor",
    ):
        assert text in made
    assert "Temiz Su ve Sanitasyon" in made[made.index('class="offer-goals"') : made.index('class="report-map"')]
    assert f'<use class="own" href="#in-{BORNOVA}"/>' in made


def test_coaching_and_agenda_are_internal(bornova: Workplace, office: Workplace) -> None:
    made = html(bornova, kind=documents.COACHING)
    for text in ("Bornova", "Kurum içi", "0. Başlangıç", "Sıradaki iki adım", "0.1"):
        assert text in made
    coaching.write_action(office, BORNOVA, "Envanteri tamamlamak", due="2020-01-02", day="2020-01-01")
    agenda = html(office, kind=documents.AGENDA)
    assert "Toplantı gündemi" in agenda
    assert "2 Ocak 2020" in agenda
    assert "Envanteri tamamlamak (gecikti)" in agenda
    assert "Kurum içi" in agenda


@pytest.mark.parametrize("kind", [documents.SHEETS, documents.CATALOGUE])
def test_making_can_be_cancelled(bornova: Workplace, kind: str) -> None:
    def stop(_done: int, _total: int, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        documents.make(bornova, DocumentOrder(kind=kind), stop)


def test_comments_of_the_office_are_on_internal_sheets(office: Workplace) -> None:
    [id_] = projects.add_projects(office, [FIELDS])
    reviewing.review(office, id_, "düzeltme istendi", comments={"purpose": "Ölçülebilir yazın."})
    internal = html(office, ids=(id_,), variant=INTERNAL)
    assert "<b>Amaç</b> Ölçülebilir yazın." in internal
    assert "Ölçülebilir" not in html(office, ids=(id_,))


# --- photos ----------------------------------------------------------------------------------------------------------


def photo(folder: Path, name: str) -> Path:
    Image.new("RGB", (1500, 900), (10, 120, len(name))).save(folder / name)
    return folder / name


@pytest.fixture
def with_photos(bornova: Workplace, tmp_path: Path) -> Callable[..., str]:
    def make(**words: object) -> str:
        project = projects.list_projects(bornova)[0]
        row = changed(Evidence(), **words)  # type: ignore[arg-type]
        evidence.attach_to(bornova, project, [photo(tmp_path, "a.jpg"), photo(tmp_path, "bb.png")], row)
        return project.id

    return make


def test_photos_go_along_as_small_as_paper_needs(bornova: Workplace, with_photos: Callable[..., str]) -> None:
    made = html(bornova, ids=(with_photos(caption="Açılış günü", licence="CC BY 4.0"),))
    assert made.count('<img src="data:image/jpeg;base64,') == 2
    assert made.count('alt="Açılış günü"') == 2
    assert "CC BY 4.0" in made
    assert len(made) < 1_600_000


@pytest.mark.parametrize(
    ("words", "public"),
    [
        ({"people": True}, 0),
        ({"people": True, "consent": "Ali onayladı"}, 2),
        ({"licence": "başkasının"}, 0),
        ({"licence": "CC0"}, 2),
    ],
)
def test_who_can_be_recognised_is_not_shown_without_consent(
    bornova: Workplace, with_photos: Callable[..., str], words: dict[str, object], public: int
) -> None:
    id_ = with_photos(**words)
    shown = html(bornova, ids=(id_,))
    assert shown.count("<img ") == public
    assert "Ali onayladı" not in shown
    assert html(bornova, ids=(id_,), variant=INTERNAL).count("<img ") == 2


def test_a_photo_that_is_not_here_or_damaged_is_left_out(bornova: Workplace, with_photos: Callable[..., str]) -> None:
    id_ = with_photos()
    first, second = projects.get_project(bornova, id_).fields.evidence
    for row, act in ((first, Path.unlink), (second, lambda path: path.write_bytes(b"x"))):
        file = evidence.attachment_path(bornova, row.key)
        assert file is not None
        file.chmod(0o644)
        act(file)
    assert html(bornova, ids=(id_,)).count("<img ") == 0


# --- the office's paper ----------------------------------------------------------------------------------------------


def test_the_letterhead_is_kept_and_printed(bornova: Workplace, tmp_path: Path) -> None:
    assert letterhead.letterhead(bornova) == Letterhead()
    letterhead.set_lines(bornova, "Bornova <b>İklim</b>", "Kapı no 7")
    letterhead.set_logo(bornova, photo(tmp_path, "logo.png"))
    assert letterhead.has_logo(bornova)
    made = html(bornova)
    assert made.count("Bornova &lt;b&gt;İklim&lt;/b&gt;") == 2
    assert made.count('<img src="data:image/jpeg;base64,') == 2
    assert "Kapı no 7" in made
    letterhead.remove_logo(bornova)
    assert not letterhead.has_logo(bornova)
    assert "<img " not in html(bornova)


def test_what_cannot_be_a_letterhead(bornova: Workplace, tmp_path: Path) -> None:
    (tmp_path / "not.png").write_bytes(b"%PDF-1.7 no picture")
    with pytest.raises(BadLogo):
        letterhead.set_logo(bornova, tmp_path / "not.png")
    for text in ("x" * 201, "gizli\u202e", "iki\nsatır"):
        with pytest.raises(BadField):
            letterhead.set_lines(bornova, "", text)


# --- templates -------------------------------------------------------------------------------------------------------


def test_templates_of_the_workplace_are_in_force(bornova: Workplace, tmp_path: Path) -> None:
    assert templates.check(bornova) == []
    written = templates.export(bornova.folder / "templates")
    assert {file.name for file in written} >= {"sheet.html", "base.css", "README.md"}
    assert templates.check(bornova) == []
    parts = bornova.folder / "templates" / "parts.html"
    parts.write_text(
        parts.read_text(encoding="utf-8").replace("<header>", "<header><p>Kendi şablonumuz</p>"), encoding="utf-8"
    )
    assert html(bornova).count("Kendi şablonumuz") == 2
    assert templates.export(bornova.folder / "templates") == []  # what is there stays
    parts.write_text("{% macro %}", encoding="utf-8")
    assert [one.kind for one in templates.check(bornova)] == ["syntax"]
    with pytest.raises(BadTemplate):
        html(bornova)
