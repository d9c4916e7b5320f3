"""Which projects may go into a file, and what of them: looked for in the bytes of every format."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import BadOrgId, Cancelled, InsideWorkplace, NothingToExport
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.rows import Partner
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.outputs.export import TableOrder, WrittenTable, export_table
from izsa_desktop.usecases.outputs.formats import FORMATS, OWN, endings
from izsa_desktop.usecases.progress import Progress
from izsa_desktop.usecases.workplace import Workplace
from tests.usecases.outputs.conftest import DRAFT, FULL, PERSONAL, SPARSE

PUBLIC = [name for name in FORMATS if name not in OWN]


def written(office: Workplace, folder: Path, order: TableOrder, ending: str = "") -> tuple[WrittenTable, str]:
    """What was said of a file, and all text in it."""
    target = folder / f"o{ending or endings(order.format)[0]}"
    said = export_table(office, order, target)
    data = target.read_bytes()
    if not data.startswith(b"PK"):
        return said, data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return said, "".join(package.read(name).decode("utf-8") for name in package.namelist())


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("internal", [False, True])
def test_nothing_personal_goes_out(office: Workplace, tmp_path: Path, format_: str, internal: bool) -> None:
    said, text = written(office, tmp_path, TableOrder(format_, EVERYTHING, internal=internal))
    assert (FULL.title in text) or (str(FULL.title_en) in text)
    seen = [words for words in PERSONAL if words in text]
    if not (internal and format_ in OWN):
        assert seen == []
    else:
        assert "iklim@example.org" in seen
    assert "Koordinatör" not in text  # who wrote it
    assert said.projects >= 1


@pytest.mark.parametrize("format_", PUBLIC)
def test_only_approved_projects_go_out_unless_somebody_asks(office: Workplace, tmp_path: Path, format_: str) -> None:
    public, text = written(office, tmp_path, TableOrder(format_, EVERYTHING))
    assert public.not_approved == 1
    assert DRAFT.title not in text
    internal, all_text = written(office, tmp_path, TableOrder(format_, EVERYTHING, internal=True))
    assert internal.not_approved == 0
    assert internal.projects == public.projects + 1
    assert DRAFT.title in all_text


@pytest.mark.parametrize("format_", sorted(OWN))
def test_tables_of_ones_own_have_every_project(office: Workplace, tmp_path: Path, format_: str) -> None:
    said, text = written(office, tmp_path, TableOrder(format_, EVERYTHING))
    assert said == WrittenTable(3)
    assert all(title in text for title in (FULL.title, SPARSE.title, DRAFT.title))


def test_what_a_format_needs(office: Workplace, tmp_path: Path) -> None:
    assert written(office, tmp_path, TableOrder("iati", EVERYTHING))[0].unfit == 1  # no date, no purpose
    assert written(office, tmp_path, TableOrder("cdp", EVERYTHING))[0].unfit == 1  # no climate effect
    assert written(office, tmp_path, TableOrder("geojson", EVERYTHING))[0].unplaced == 1


def test_the_filter_chooses(office: Workplace, tmp_path: Path) -> None:
    wanted = ProjectFilter(district=(SPARSE.district,))
    said, text = written(office, tmp_path, TableOrder("geojson", wanted))
    assert said.projects == 1
    assert FULL.title not in text
    assert said.unplaced == 1


def test_an_empty_file_for_outsiders_is_refused_and_says_why(office: Workplace, tmp_path: Path) -> None:
    wanted = ProjectFilter(query="taslak işi")
    with pytest.raises(NothingToExport) as refused:
        export_table(office, TableOrder("geojson", wanted), tmp_path / "x.geojson")
    assert refused.value.facts() == {"found": 1, "not_approved": 1, "unfit": 0}
    assert list(tmp_path.glob("*.geojson")) == []
    assert export_table(office, TableOrder("xlsx", ProjectFilter(query="yoktur")), tmp_path / "x.xlsx").projects == 0


def test_iati_without_an_activity_would_not_be_valid(office: Workplace, tmp_path: Path) -> None:
    with pytest.raises(NothingToExport) as refused:
        export_table(office, TableOrder("iati", ProjectFilter(query="yoktur")), tmp_path / "x.xml")
    assert refused.value.facts() == {"found": 0, "not_approved": 0, "unfit": 0}
    assert not (tmp_path / "x.xml").exists()


def test_the_bin_is_not_exported(office: Workplace, tmp_path: Path) -> None:
    [full] = [project for project in projects.list_projects(office) if project.fields.title == FULL.title]
    projects.delete_project(office, full.id)
    _, text = written(office, tmp_path, TableOrder("csv", ProjectFilter(deleted=True)))
    assert FULL.title not in text


def cancel_after(steps: int) -> Progress:
    left = iter(range(steps))

    def step(_done: int, _total: int, /) -> None:
        if next(left, None) is None:
            raise Cancelled

    return step


@pytest.mark.parametrize("format_", FORMATS)
def test_cancelled_at_any_step_nothing_is_there(office: Workplace, tmp_path: Path, format_: str) -> None:
    target = tmp_path / f"c{endings(format_)[0]}"
    seen: list[tuple[int, int]] = []
    export_table(office, TableOrder(format_, EVERYTHING), target, lambda *step: seen.append(step))
    assert seen[-1][0] == seen[-1][1]
    assert all(done <= total for done, total in seen)
    target.unlink()
    for stop in range(len(seen) - 1):  # the last one comes when the file is there
        with pytest.raises(Cancelled):
            export_table(office, TableOrder(format_, EVERYTHING), target, cancel_after(stop))
        assert not target.exists()


@pytest.mark.parametrize("id_", ["x", "XM DAC 1", "XM/DAC", "XMDAC", "a|b-c"])
def test_what_can_be_no_organisation_id(office: Workplace, tmp_path: Path, id_: str) -> None:
    with pytest.raises(BadOrgId):
        export_table(office, TableOrder("iati", EVERYTHING, org_id=id_), tmp_path / "x.xml")


def test_everybodys_projects_at_the_office(office: Workplace, tmp_path: Path) -> None:
    wanted = ProjectFilter(network=True)
    said, text = written(office, tmp_path, TableOrder("xlsx", wanted))
    assert DRAFT.title not in text
    assert said.projects == 2


@pytest.mark.parametrize(("format_", "ending"), [*((name, "") for name in FORMATS), ("vlr", ".xlsx")])
def test_the_same_projects_make_the_same_file(
    office: Workplace, tmp_path: Path, format_: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a year later: what a file tells as its time is the newest save in it."""
    order = TableOrder(format_, EVERYTHING, internal=True)
    target = tmp_path / f"o{ending or endings(format_)[0]}"
    export_table(office, order, target)
    first = target.read_bytes()
    later = time.time() + 366 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda _at=later: time.gmtime(later))
    export_table(office, order, target)
    assert target.read_bytes() == first


def test_rows_for_which_a_flat_table_has_no_room_are_counted(office: Workplace, tmp_path: Path) -> None:
    partners = tuple(Partner(key=f"{n:08x}", name=f"Ortak {n}") for n in range(8))
    projects.add_projects(office, [replace(SPARSE, title="Çok ortaklı", partners=partners)])
    said, text = written(office, tmp_path, TableOrder("csv", EVERYTHING))
    assert ("Ortak 4" in text, "Ortak 5" in text) == (True, False)
    assert said.cut == 3
    said, text = written(office, tmp_path, TableOrder("xlsx", EVERYTHING))
    assert "Ortak 7" in text
    assert said.cut == 0


@pytest.mark.parametrize("name", ["izsa.sqlite3", "izsa.db", "backups/x.csv", "damaged/x", "keys/x", "new/x", "o.csv"])
def test_nothing_is_written_into_the_workplaces_folder(office: Workplace, name: str) -> None:
    (office.folder / name).parent.mkdir(exist_ok=True)
    before = sorted(office.folder.rglob("*"))
    with pytest.raises(InsideWorkplace):
        export_table(office, TableOrder("csv", EVERYTHING), office.folder / name)
    assert sorted(office.folder.rglob("*")) == before
