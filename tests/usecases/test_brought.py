"""What a bundle brings beside projects is counted and told."""

from pathlib import Path

from izsa_desktop.domain.joint import ACCEPT
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching, exchange, handing_in, joining, joint
from izsa_desktop.usecases.brought import Brought, beside, together
from izsa_desktop.usecases.workplace import open_workplace
from tests.cli.driver import Izsa
from tests.usecases.line import Line, enter, export
from tests.usecases.mail import answer, pin, take


def test_to_and_fro(line: Line, tmp_path: Path, izsa: Izsa) -> None:
    pin(line, line.bornova, line.konak)
    [a], [b] = enter(line.bornova, "Bir"), enter(line.konak, "İki")
    for folder in (line.bornova, line.konak):
        [came] = take(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
        assert came.brought == Brought()
    with open_workplace(line.office) as office:
        programme = joining.create(office, joining.proposed(office, [a, b]))
        coaching.write_session(office, "Bornova", "Konuştuk")
        coaching.write_action(office, "Bornova", "Yapılacak")
    with open_workplace(line.bornova) as bornova:
        told = answer(line, line.bornova, tmp_path / "told.izsa")
        looked_at = exchange.inspect_bundle(bornova, told)
    [came] = take(line.bornova, told)
    assert came.brought == looked_at.brought == Brought(programmes=1, sessions=1, coaching=1)
    with open_workplace(line.bornova) as bornova:
        joint.answer(bornova, programme, ACCEPT)
        handing_in.hand_in(bornova, "1.1", "Görev yazısı")
    back = export(line.bornova, tmp_path / "back.izsa")
    found = izsa("--data", line.office, "inspect", back, "--json").json
    assert [found[name] for name in ("answers", "evidence", "programmes", "sessions", "coaching")] == [1, 1, 0, 0, 0]
    said = izsa("--data", line.office, "merge", back).lines
    assert said[1:] == ["Also came: an answer to 1 joint programme, 1 piece of evidence for coaching."]
    with open_workplace(line.office) as office:
        joining.put_away(office, programme)
    [came] = take(line.bornova, answer(line, line.bornova, tmp_path / "gone.izsa"))
    assert came.brought.programmes == 1  # that it ended is told too


def test_several_files_together_in_words() -> None:
    both = together([Brought(answers=2, sessions=1), Brought(answers=1), Brought()])
    assert both == Brought(answers=3, sessions=1)
    assert beside(both, Translator("tr")) == ["3 ortak programa yanıt", "1 koçluk görüşmesi"]
    assert beside(Brought(), Translator("tr")) == []
