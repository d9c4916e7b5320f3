"""Readable numbers go on behind every number that is here."""

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import numbering, projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import make_revision
from tests.usecases.line import Line


def test_counts_go_on_behind_numbers_and_counts_of_elsewhere(line: Line) -> None:
    hostile = ("İZSA-BOR-1999-0007", "İZSA-BOR-2031-99999999999", "İZSA", "İZSA-BOR-2031-٠٠٠٩", 7)
    with open_workplace(line.bornova) as workplace, workplace.store.writing() as writer:
        writer.add([make_revision({"number": number}, seq=n) for n, number in enumerate(hostile, start=1)])
        numbering.count_on(writer, workplace.identity.body, {"number/2040": "12", "number/2041": "x", "number/x": "1"})
        kept = {name: value for name, value in writer.meta().items() if name.startswith(numbering.COUNT)}
    assert kept == {"number/1999": "7", "number/2040": "12"}


def test_numbers_of_other_bodies_do_not_count(line: Line) -> None:
    with open_workplace(line.konak) as workplace:
        with workplace.store.writing() as writer:
            writer.add([make_revision({"number": "İZSA-BOR-2031-0900"})])
            numbering.count_on(writer, workplace.identity.body)
            assert "number/2031" not in writer.meta()
        [id_] = projects.add_projects(workplace, [ProjectFields(title="Bir")])
        assert projects.get_project(workplace, id_).number.endswith("-0001")
