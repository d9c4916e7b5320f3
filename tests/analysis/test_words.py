"""Texts as words: Turkish and English, names of districts, abbreviations."""

import json

import pytest

from izsa_desktop import resource_files
from izsa_desktop.domain.text import fold
from tests.analysis.corpus import READING

WORDS = READING.words


def stems(text: str, *places: str) -> list[str]:
    return [word.stem for word in WORDS.of(text, places) if word.stem]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("üreticilere destek", "ÜRETİCİLERE DESTEKLER"),
        ("ışık", "IŞIK"),
        ("bisiklet yolu", "Bisiklet yolları"),
        ("mahallelerde", "mahalleler"),
        ("İzmir'in çocukları", "İzmir’de çocuklar"),
    ],
)
def test_case_endings_and_apostrophes_make_no_difference(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(
    ("one", "other"), [("fide", "fidan"), ("kiraz", "kira"), ("menderes", "menemen"), ("su", "sus")]
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    ("text", "places", "left"),
    [
        ("Belediye Kiraz'da soğuk depo", (), ["soguk", "depo"]),
        ("Üreticiye kiraz fidanı", (), ["üretici", "kiraz", "fida"]),
        ("Kiraz festivali", (), ["kiraz", "festival"]),  # may be the cherry
        ("Kiraz festivali", ("kiraz",), ["festival"]),
        ("KİRAZ FESTİVALİ", ("kiraz",), ["festival"]),
        ("KONAK YIKIMI", (), ["konak", "yık"]),
        ("Küçük Menderes havzası", ("menderes",), ["küçük", "menderes", "havza"]),
        ("Büyük pazar, Menderes pazarı", (), ["büyük", "pazar", "pazar"]),
        ("Eski Selçuklu hanı", ("selçuk",), ["eski", "selçuk", "ha"]),
        ("Destek alan Menderesli kadınlar", (), ["destek", "kadın"]),
    ],
)
def test_names_of_districts_are_places_and_no_words(text: str, places: tuple[str, ...], left: list[str]) -> None:
    found = stems(text, *places)
    assert len(found) == len(left)
    assert all(stem.startswith(fold(begin)) for stem, begin in zip(found, left, strict=True))


def test_all_words_of_a_place_are_words() -> None:
    assert [word.lower for word in WORDS.of("Konak, Menderes", None)] == ["konak", "menderes"]


def test_an_abbreviation_stands_for_its_words_too() -> None:
    assert [word.lower for word in WORDS.of("Çatıya GES")] == ["çatıya", "ges", "güneş", "enerjisi", "santrali"]
    assert [word.lower for word in WORDS.of("ges")][1:] == ["güneş", "enerjisi", "santrali"]


def test_no_abbreviation_leads_to_another() -> None:
    listed = json.loads(resource_files.path("reference/text_words.json").read_text(encoding="utf-8"))
    short = set(listed["abbreviations"])
    assert not [long for long in listed["abbreviations"].values() if short & {w.lower for w in WORDS.of(long)}]


def test_small_words_say_nothing_and_hostile_text_does_no_harm() -> None:
    assert stems("ve ile için the of bir proje") == []
    assert stems("") == stems("\u202e <b> 😀 '' ' \n") == []
    assert len(WORDS.of("a" * 10_000)[0].lower) <= 40
    assert stems("2030 hedefi")[0] == "2030"
