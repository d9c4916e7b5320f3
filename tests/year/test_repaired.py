"""What the year found wrong, each repaired since."""

import shutil
from pathlib import Path

import pytest

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.usecases import (
    enrolment,
    erasure,
    evidence,
    exchange,
    projects,
    rebuilding,
    renewing,
    restoring,
    reviewing,
    upkeep,
)
from izsa_desktop.usecases.erasure import Forget
from izsa_desktop.usecases.workplace import DATABASE, Workplace, open_workplace
from tests.attachments import samples
from tests.usecases.line import Line, enter, export, make_line
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, take
from tests.usecases.test_answers import retitle, titles

BORNOVA = "TUR035007"


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return make_line(tmp_path)


@pytest.mark.parametrize("_time", range(3))
def test_deltas_after_a_rebuild_leave_nothing_out(line: Line, _time: int) -> None:
    """``rebuilding.rebuild`` keeps the token of the order of arrival, though the order is another: the next deltas to a
    district's other PC silently lack saves, and it says 0. By chance (the archive is read in the order of hashes)."""
    other = second_pc(line)
    pin(line, line.bornova, other)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    first = answer(line, other, line.folder / "a.izsa")
    for n, folder in enumerate((line.bornova, other)):
        take(folder, first)
        take(line.office, export(folder, line.folder / f"ack{n}.izsa"))
    for n in range(6):
        enter(line.bornova, f"Sonra {n}")
        take(line.office, export(line.bornova, line.folder / f"b{n}.izsa"))
    with open_workplace(line.office) as office:
        rebuilding.rebuild(office)
    assert [one.code for one in take(other, answer(line, other, line.folder / "b.izsa"))] == [0]
    assert titles(other) == titles(line.office)


def test_what_was_saved_and_sent_on_a_disk_that_was_set_back_reaches_the_office(line: Line) -> None:
    """Somebody sends before the office has answered. That bundle has a number which the office knows (13, rightly).
    With the new key those saves count as sent, so that they go nowhere: the office never gets them."""
    pin(line, line.bornova)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    image = line.folder / "image"
    shutil.copytree(line.bornova, image)
    enter(line.bornova, "Diskle giden")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    enter(image, "Yeni")
    assert [one.code for one in take(line.office, export(image, line.folder / "x.izsa"))] == [13]
    take(image, answer(line, image, line.folder / "a.izsa"))
    with open_workplace(image) as workplace:
        renewing.renew_key(workplace).workplace.close()
    with open_workplace(image) as workplace:
        enrolment.request_enrolment(workplace, line.folder / "again.enrol")
    with open_workplace(line.office) as office:
        enrolment.accept_enrolment(office, enrolment.read_request(office, line.folder / "again.enrol"))
    take(line.office, *sorted((image / "bundles" / "out").glob("*.izsa")))
    take(line.office, export(image, line.folder / "3.izsa"))
    take(image, answer(line, image, line.folder / "b.izsa"))
    assert titles(line.office) == ["Bir", "Diskle giden", "Yeni"]
    assert hash_of(image) == hash_of(line.office, BORNOVA)


def test_what_was_erased_is_forgotten_on_the_districts_other_pc(line: Line) -> None:
    """An erased save keeps its place in the order of arrival, so that deltas of the office never bring it."""
    other = second_pc(line)
    pin(line, line.bornova, other)
    with open_workplace(line.bornova) as bornova:
        id_ = projects.save_project(bornova, None, ProjectFields(title="Bir", purpose="A", contact="a@example.org")).id
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    first = answer(line, other, line.folder / "a.izsa")
    for n, folder in enumerate((line.bornova, other)):
        take(folder, first)
        take(line.office, export(folder, line.folder / f"ack{n}.izsa"))
    with open_workplace(line.bornova) as bornova:
        erasure.erase(bornova, id_, Forget(field="contact", reason="İstendi"))
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    take(other, answer(line, other, line.folder / "b.izsa"))
    with open_workplace(other) as workplace:
        assert projects.get_project(workplace, id_).fields.contact == ""


def test_a_pc_that_goes_on_from_an_old_backup_gets_what_it_had_received(line: Line) -> None:
    """It keeps its key, since the archive holds all that it sent; what it had received lies in the archive too and is
    not taken in. Its bundles confirm nothing, which the office passes over, so that it sends deltas for ever (14)."""
    other = second_pc(line)
    pin(line, line.bornova, other)
    enter(line.bornova, "Bir")
    with open_workplace(line.bornova) as bornova:
        upkeep.backup(bornova, line.folder / "backup.sqlite3")
    enter(other, "İki")
    take(line.office, export(other, line.folder / "o.izsa"), export(line.bornova, line.folder / "1.izsa"))
    first = answer(line, line.bornova, line.folder / "a.izsa")
    for n, folder in enumerate((line.bornova, other)):
        take(folder, first)
        take(line.office, export(folder, line.folder / f"ack{n}.izsa"))
    (line.bornova / DATABASE).unlink()
    assert not restoring.restore(line.bornova, line.folder / "backup.sqlite3").enrol_again
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, line.folder / "b.izsa"))] == [0]
    assert titles(line.bornova) == titles(line.office)


def test_an_erased_file_is_gone_though_the_merge_was_stopped(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the transaction and ``erasure.finish``: the file stays, also when the same bundle comes again, which is
    known by then. ``letter_kills --every 1`` finds it. A PC that is stopped while it erases keeps its own just so."""
    paper = line.folder / "paper.pdf"
    paper.write_bytes(samples.PDF)
    with open_workplace(line.bornova) as bornova:
        project = projects.save_project(bornova, None, ProjectFields(title="Bir", purpose="A"))
        [attached] = evidence.attach_to(bornova, project, [paper], Evidence())
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(line.bornova) as bornova:
        erasure.erase(bornova, project.id, Forget(field="evidence", key=attached.evidence.key, reason="İstendi"))
    bundle = export(line.bornova, line.folder / "2.izsa")

    calls = []

    def stop(workplace: Workplace) -> None:
        calls.append(workplace)
        if len(calls) == 2:  # the first one looks for what an earlier merge has left
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "finish", stop)
        with pytest.raises(KeyboardInterrupt):
            take(line.office, bundle)
    take(line.office, bundle)
    with open_workplace(line.office) as office:
        assert evidence.attachment_path(office, attached.evidence.key) is None


@pytest.mark.parametrize("full", [False, True])
def test_what_a_thief_sent_goes_from_every_pc(line: Line, full: bool) -> None:
    """The office handed the thief's saves on before it knew. Its own store was rebuilt without them; the district's
    other PC took the new list in and kept them: its state hash was never the office's again."""
    other = second_pc(line)
    pin(line, line.bornova, other)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    enter(line.bornova, "Çalıntı")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    take(other, answer(line, other, line.folder / "a.izsa"))
    with open_workplace(line.office) as office:
        enrolment.revoke(office, replica(line.bornova), 1)
    take(other, answer(line, other, line.folder / "b.izsa", full=full))
    assert titles(other) == titles(line.office) == ["Bir"]
    assert hash_of(other) == hash_of(line.office, BORNOVA)


def test_what_the_office_wrote_upon_a_thiefs_save_is_seen(line: Line) -> None:
    """An honest save upon the thief's waited for ever for what was taken out: nobody saw it, nobody was told."""
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    retitle(line.bornova, id_, "Çalıntı")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    with open_workplace(line.office) as office:
        reviewing.review(office, id_, "incelemede", "Bakıyoruz")
        enrolment.revoke(office, replica(line.bornova), 1)
        shown = projects.get_project(office, id_).fields
    assert (shown.title, shown.review, shown.review_note) == ("Bir", "incelemede", "Bakıyoruz")


def test_an_office_that_goes_on_from_an_old_backup_is_understood(line: Line) -> None:
    """Its archive of sent bundles was not looked at: numbers of answers were given again (13 at the districts, and
    ``broken_chain`` ever after), its own saves and its lists of PCs since the backup were not taken back."""
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(line.office) as office:
        upkeep.backup(office, line.folder / "backup.sqlite3")
        reviewing.review(office, id_, "onaylandı", "Tamam")
    late = second_pc(line)
    pin(line, late)
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    before = hash_of(line.office)
    (line.office / DATABASE).unlink()
    restoring.restore(line.office, line.folder / "backup.sqlite3")
    enter(late, "İki")
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, line.folder / "b.izsa"))] == [0]
    assert hash_of(line.office) == before
    assert [one.code for one in take(line.office, export(late, line.folder / "2.izsa"))] == [0]


def test_an_answer_that_hands_back_the_original_does_not_confirm_what_was_erased_since(line: Line) -> None:
    """The bundle that told of it was lost, and a full answer handed the save back as the office had it: it counted as
    confirmed, so that the office was never told."""
    other = second_pc(line)
    pin(line, line.bornova, other)
    with open_workplace(line.bornova) as bornova:
        id_ = projects.save_project(bornova, None, ProjectFields(title="Bir", purpose="A", contact="a@example.org")).id
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(line.bornova) as bornova:
        erasure.erase(bornova, id_, Forget(field="contact", reason="İstendi"))
    export(line.bornova, line.folder / "lost.izsa")
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa", full=True))
    take(line.office, export(line.bornova, line.folder / "3.izsa"))
    with open_workplace(line.office) as office:
        assert projects.get_project(office, id_).fields.contact == ""
