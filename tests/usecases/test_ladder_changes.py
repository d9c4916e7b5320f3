"""What a ladder would change is told before it is taken; the one in force as a file that can be taken again."""

import json
from pathlib import Path

import pytest

from izsa_desktop.domain.errors import BadField, BadLadder, InsideWorkplace, WrongEnding
from izsa_desktop.i18n import Translator
from izsa_desktop.reference.ladder import load_ladder
from izsa_desktop.usecases.ladder_changes import MOST_TOLD, told, told_of_built_in, write_ladder
from izsa_desktop.usecases.ladders import current_ladder, is_built_in, restore_ladder, set_ladder
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line
from tests.usecases.test_ladders import changed, first, own

TR, EN = Translator("tr"), Translator("en")


def test_each_change_is_a_sentence_and_none_is_made(line: Line) -> None:
    ladder = own()
    criteria = ladder["stages"][0]["criteria"]
    criteria[0]["name"]["tr"] = "Muhatap bildirildi"
    criteria[1]["name"]["en"] = "Five projects"
    criteria[2]["months"] = 18
    criteria[3]["evidence"]["tr"] = "belge"
    ladder["stages"][5]["criteria"][4] |= {"code": "5.6", "name": {"tr": "Başka", "en": "Other"}}
    ladder["retired"] = ["5.5"]
    ladder["stages"][1]["name"]["tr"] = "Kuruluş"
    ladder["stages"].append(
        {
            "number": 6,
            "name": {"tr": "Yeni", "en": "New"},
            "criteria": [first(ladder) | {"code": f"6.{n}"} for n in range(1, 5)],
        }
    )
    data = json.dumps(ladder).encode()
    with open_workplace(line.office) as office:
        assert told(office, data, TR) == [
            "Sürüm 1 yerine 2.",
            "Kalkan ölçüt: 5.5 Başka bir ilçeye koçluk yapıyor. Kanıtları artık sayılmaz.",
            "0.1: “Başkan ya da yardımcısı düzeyinde muhatap bildirildi” yerine “Muhatap bildirildi”",
            "0.2 Süren işlerden en az 5 proje listelendi: sayım kuralı, istenen kanıt ya da İngilizce metni değişir.",
            "0.3: kanıt 12 ay yerine 18 ay geçerli olur.",
            "0.4 Öz değerlendirme formu dolduruldu: sayım kuralı, istenen kanıt ya da İngilizce metni değişir.",
            "Yeni ölçüt: 5.6 Başka",
            *(f"Yeni ölçüt: 6.{n} Muhatap bildirildi" for n in range(1, 5)),
            "1. basamak: “Kuruluş ve yetki” yerine “Kuruluş”",
            "Yeni basamak: 6 Yeni",
        ]
        assert is_built_in(current_ladder(office))
        set_ladder(office, data)
        back = told_of_built_in(office, EN)
        assert back[0] == "Version 3 in place of 2." and "Stage that goes: 6 New" in back
        assert restore_ladder(office).stages == load_ladder().stages
        assert told_of_built_in(office, TR)[1:] == ["Ölçütler ve basamaklar aynı kalır."]


def test_many_changes_are_counted_at_the_end(line: Line) -> None:
    ladder = own()
    for stage in ladder["stages"]:
        for one in stage["criteria"]:
            one["name"]["tr"] += "!"
    with open_workplace(line.office) as office:
        said = told(office, json.dumps(ladder).encode(), TR)
    assert len(said) == MOST_TOLD + 2 and said[-1] == "… ve 18 değişiklik daha."


def test_what_cannot_be_taken_is_refused_when_it_is_looked_at(line: Line) -> None:
    with open_workplace(line.office) as office:
        with pytest.raises(BadLadder):
            told(office, b"{}", TR)
        with pytest.raises(BadField):
            told(office, changed(lambda one: one.update(version=1)), TR)


def test_the_ladder_as_a_file(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.office) as office:
        write_ladder(office, tmp_path / "l.json")
        with pytest.raises(WrongEnding):
            write_ladder(office, tmp_path / "l.txt")
        with pytest.raises(InsideWorkplace):
            write_ladder(office, line.office / "l.json")
        read = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
        set_ladder(office, json.dumps(read | {"version": 2}).encode())
        assert current_ladder(office).stages == load_ladder().stages
