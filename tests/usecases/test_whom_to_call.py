"""Who is to be called about a bundle that does not fit: at the office its sender, at a district the office."""

import shutil
from pathlib import Path

from izsa_desktop.domain.errors import Replayed
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import sending
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, enter, export
from tests.usecases.mail import answer, pin, take


def _told(one: Received) -> tuple[str, str]:
    assert isinstance(one.refusal, Replayed)
    return one.refusal.reason, Translator("tr").error(one.refusal)


def test_two_answers_with_one_number_and_one_that_does_not_fit(line: Line) -> None:
    """A13, A14 at a district."""
    pin(line, line.bornova)
    other = Path(shutil.copytree(line.office, line.folder / "office-2"))
    first = answer(line, line.bornova, line.folder / "a1.izsa")
    enter(line.bornova, "Bir")
    took = export(line.bornova, line.folder / "b.izsa")
    take(other, took)
    second, third = line.folder / "a2.izsa", line.folder / "a3.izsa"
    with open_workplace(other) as office:
        sending.answer(office, "TUR035007", second)
        sending.answer(office, "TUR035007", third)
    assert [one.code for one in take(line.bornova, first)] == [0]
    reason, sentence = _told(take(line.bornova, second)[0])
    assert (reason, "Büyükşehri arayın" in sentence, "lçeyi" in sentence) == ("two_answers", True, False)
    reason, sentence = _told(take(line.bornova, third)[0])
    assert (reason, "Büyükşehri arayın" in sentence, "lçeyi" in sentence) == ("broken_answers", True, False)


def test_the_same_at_the_office(line: Line) -> None:
    other = Path(shutil.copytree(line.bornova, line.folder / "bornova-2"))
    files: list[Path] = []
    for n, folder in enumerate((line.bornova, other, other)):
        enter(folder, f"Proje {n}")
        files.append(export(folder, line.folder / f"{n}.izsa"))
    outcomes = [take(line.office, file)[0] for file in files]
    assert outcomes[0].code == 0
    assert outcomes[0].bundle is not None
    assert outcomes[0].bundle.manifest.to == OFFICE
    told = [_told(one) for one in outcomes[1:]]
    assert [reason for reason, _ in told] == ["two_with_one_number", "broken_chain"]
    assert all("göndereni arayın" in sentence for _, sentence in told)
