"""Forgetting in joint programmes and coaching, and what they copied of others' words."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.domain.errors import NoSuchProject, NothingToErase
from izsa_desktop.domain.joint import ACCEPT
from izsa_desktop.domain.record_types import JOINT
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, erasure, handing_in, joining, joint, paper_reports
from izsa_desktop.usecases.erasure import Erased, Forget
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.workplace import DATABASE, open_workplace
from tests.usecases.line import Line, enter, export, state_hash
from tests.usecases.mail import answer, hash_of, pin, take
from tests.usecases.test_answers import retitle
from tests.usecases.test_erasure import holding, sound

BORNOVA, KONAK, OFFICE = "TUR035007", "TUR035021", "TUR035"
PERSON = "Şükrü Çağlayan'ın bahçesi"


def forget(folder: Path, id_: str, field: str, *, delete_copies: bool = False) -> Erased:
    with open_workplace(folder) as workplace:
        return erasure.erase(workplace, id_, Forget(field=field, reason="Başvuru", delete_copies=delete_copies))


def there(folder: Path, word: str = PERSON) -> bool:
    """Whether the database's file holds a text."""
    return DATABASE in holding(folder, word.encode())


@pytest.fixture
def made(line: Line, tmp_path: Path) -> tuple[Line, str, str, str]:
    """A programme called as the person's project is, known to both districts."""
    pin(line, line.bornova, line.konak)
    [a], [b] = enter(line.bornova, PERSON), enter(line.konak, "Bostan")
    for folder in (line.bornova, line.konak):
        take(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
    with open_workplace(line.office) as office:
        id_ = joining.create(office, joining.proposed(office, [a, b], KONAK))
    _answers(line, tmp_path)
    return line, id_, a, b


def _answers(line: Line, folder: Path) -> None:
    for district in (line.bornova, line.konak):
        bundle = answer(line, district, folder / "answer.izsa")
        assert [one.code for one in take(district, bundle)] == [0]
        bundle.unlink()


def _names(folder: Path, id_: str) -> tuple[str, list[str]]:
    with open_workplace(folder) as workplace:
        fields = joint.programme(workplace, id_).fields
    return fields.name, [one.title for one in fields.members]


def test_what_a_district_erases_from_its_project_goes_from_the_programme_at_all_who_have_it(
    made: tuple[Line, str, str, str], tmp_path: Path
) -> None:
    line, id_, a, b = made
    assert [there(folder) for folder in (line.office, line.bornova, line.konak)] == [True, True, True]
    assert _names(line.konak, id_) == (PERSON, [PERSON, "Bostan"])
    done = forget(line.bornova, a, "title")
    assert (done.elsewhere, there(line.bornova)) == (0, False)
    take(line.office, export(line.bornova, tmp_path / "gone.izsa"))
    assert not there(line.office)
    _answers(line, tmp_path)
    assert not there(line.konak)
    for folder in (line.office, line.bornova, line.konak):
        assert _names(folder, id_) == ("", ["", "Bostan"])
        assert sound(folder)
    assert hash_of(line.office, KONAK) == state_hash(line.konak)
    with open_workplace(line.konak) as konak:  # which has never had the other's project
        assert [one.project for one in joint.programme(konak, id_).fields.members] == [a, b]
        report, _ = paper_reports.report(konak, "joint", "", id_, Translator("tr"))
    assert report.title == "Adsız ortak program"
    assert "Adsız proje" in str(report)
    assert a not in str(report)


def test_a_district_that_takes_the_programmes_words_over_and_erases_them_takes_nothing_from_the_office(
    made: tuple[Line, str, str, str], tmp_path: Path
) -> None:
    line, id_, _, b = made
    with open_workplace(line.office) as office:
        joining.edit(office, id_, replace(joint.programme(office, id_).fields, name="Bahçeler"))
    retitle(line.konak, b, "Bahçeler")
    take(line.office, export(line.konak, tmp_path / "1.izsa"))
    forget(line.konak, b, "title")
    take(line.office, export(line.konak, tmp_path / "2.izsa"))
    assert _names(line.office, id_) == ("Bahçeler", [PERSON, ""])
    _answers(line, tmp_path)
    assert _names(line.konak, id_) == ("Bahçeler", [PERSON, ""])
    assert hash_of(line.office, KONAK) == state_hash(line.konak)


def test_a_district_that_erases_the_offices_words_is_not_told_that_they_go_there_too(
    made: tuple[Line, str, str, str],
) -> None:
    line, id_, _, _ = made
    t = Translator("tr")
    done = forget(line.konak, id_, "name")
    assert t("kvkk.travels") not in erasure.told(done, t, office=False)
    assert t("kvkk.tell_office") in erasure.told(done, t, office=False)


def test_what_cannot_be_erased_is_told_in_the_readers_language() -> None:
    error = NothingToErase("evidence")
    assert [Translator(one).field("evidence") in Translator(one).error(error) for one in ("tr", "en")] == [True, True]


def test_what_the_office_erases_goes_from_the_programme_too(made: tuple[Line, str, str, str], tmp_path: Path) -> None:
    line, id_, a, _ = made
    with open_workplace(line.office) as office:
        joining.edit(office, id_, replace(joint.programme(office, id_).fields, name="Bahçeler", purpose="Ortak"))
    forget(line.office, a, "title", delete_copies=True)
    assert holding(line.office, PERSON.encode()) == []
    assert _names(line.office, id_) == ("Bahçeler", ["", "Bostan"])
    _answers(line, tmp_path)
    assert not there(line.konak)
    assert _names(line.konak, id_) == ("Bahçeler", ["", "Bostan"])


def test_other_words_of_a_programme_and_another_projects_stay(made: tuple[Line, str, str, str]) -> None:
    line, id_, a, b = made
    forget(line.office, b, "title")
    assert _names(line.office, id_) == (PERSON, [PERSON, ""])
    forget(line.office, a, "purpose")
    with open_workplace(line.office) as office:
        fields = joint.programme(office, id_).fields
        assert (fields.purpose, fields.name) == ("", PERSON)


def test_a_title_that_stands_in_the_members_register_as_the_first_versions_wrote_it_is_read_and_goes_too(
    made: tuple[Line, str, str, str],
) -> None:
    line, _, a, _ = made
    record = f"{OFFICE}/{'e' * 32}"
    rows = {f"members/{a}": {"rank": 1, "title": PERSON}, "title": "Eski", "lead": KONAK}
    with open_workplace(line.office) as office:
        with office.store.writing() as writer:
            writer.add(list(revisions_in(office, writer, [(record, (), rows)], type_=JOINT)))
            [share] = writer.joint("e" * 32)
        assert [one.title for one in share.fields.members] == [PERSON]
    forget(line.office, a, "title")
    assert not there(line.office)


@pytest.mark.parametrize("folder", ["office", "konak"])
def test_a_note_in_an_answer_and_a_programmes_own_words_are_erased_by_its_number(
    made: tuple[Line, str, str, str], tmp_path: Path, folder: str
) -> None:
    line, id_, _, _ = made
    with open_workplace(line.konak) as konak:
        joint.answer(konak, id_, ACCEPT, f"Soran: {PERSON}")
    take(line.office, export(line.konak, tmp_path / "k.izsa"))
    at = getattr(line, folder)
    assert there(at, f"Soran: {PERSON}")
    forget(at, id_, "answer")
    assert not there(at, f"Soran: {PERSON}")
    with open_workplace(at) as workplace:
        found = joint.programme(workplace, id_).answer(KONAK)
        assert found is not None and (found.said, found.note) == ("", "")  # to be answered again
    with pytest.raises(NothingToErase):
        forget(at, id_, "lead")
    with pytest.raises(NoSuchProject):  # another district's is not here
        forget(line.bornova, f"{KONAK}/{id_}", "answer")


def test_a_talk_is_erased_by_the_number_of_its_record(line: Line, tmp_path: Path) -> None:
    pin(line, line.bornova)
    with open_workplace(line.office) as office:
        talk = coaching.write_session(office, "Bornova", "Konuşuldu", participants=PERSON)
    take(line.bornova, answer(line, line.bornova, tmp_path / "1.izsa"))
    forget(line.office, talk, "participants")
    assert not there(line.office)
    take(line.bornova, answer(line, line.bornova, tmp_path / "2.izsa"))
    assert not there(line.bornova)
    with pytest.raises(NoSuchProject):
        forget(line.office, f"{BORNOVA}/{'f' * 32}", "text")
    with pytest.raises(NothingToErase):
        forget(line.office, talk, "kind")


def test_evidence_that_a_district_erases_goes_from_the_tick_that_accepted_it_at_all_who_have_it(
    line: Line, tmp_path: Path
) -> None:
    pin(line, line.bornova)
    link = "https://example.org/çağlayan"
    with open_workplace(line.bornova) as bornova:
        evidence = handing_in.hand_in(bornova, "0.1", PERSON, link=link)
        other = handing_in.hand_in(bornova, "0.3", f"Tutanak: {PERSON}")
    take(line.office, export(line.bornova, tmp_path / "in.izsa"))
    with open_workplace(line.office) as office:
        tick, kept = (handing_in.accept(office, one) for one in (evidence, other))
    take(line.bornova, answer(line, line.bornova, tmp_path / "accepted.izsa"))
    assert there(line.bornova, link) and there(line.office, link)
    forget(line.bornova, evidence, "text")
    forget(line.bornova, evidence, "link")
    assert not there(line.bornova, link)
    take(line.office, export(line.bornova, tmp_path / "gone.izsa"))
    assert not there(line.office, link)
    take(line.bornova, answer(line, line.bornova, tmp_path / "answer.izsa"))
    for folder in (line.office, line.bornova):
        with open_workplace(folder) as workplace, workplace.store.reading() as reader:
            texts = {one.id: one.text for one in reader.coaching(BORNOVA)}
        assert (texts[tick], texts[kept]) == ("", f"Tutanak: {PERSON}")
        assert sound(folder)
    assert hash_of(line.office, BORNOVA) == state_hash(line.bornova)
