"""Spelling by the real dictionaries: long chains of endings are right, and what people mistype is understood."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.spelling.server import answers
from izsa_desktop.spelling.speller import LANGUAGES, MAX_SUGGESTIONS, Speller
from izsa_desktop.spelling.words import words_in

RIGHT = """
değerlendirilmesine yaygınlaştırılacaktır ayrıştırılarak dönüştürülmesi bilinçlendirilmesi vatandaşlarımızın
mahallesindeki sürdürülebilirlik kooperatifçilik emisyonlarının yönetmeliği Bornova'daki Bornova’daki İzmir'in
Karşıyaka'da Iğdır kâğıdı Kâğıt kompost kompostun kompostlaştırması biyoçeşitliliği farkındalığı azaltımına
permakültürün mikroiklimi Manavkuyu Alsancak'ta
"""
WRONG = {
    "degerlendirme": "değerlendirme",
    "vatandaslarimizin": "vatandaşlarımızın",
    "gerçekleştrilmiştir": "gerçekleştirilmiştir",
    "yanlız": "yalnız",
    "yalnış": "yanlış",
    "herkez": "herkes",
    "herşey": "her şey",
    "şöför": "şoför",
    "beleddiye": "belediye",
    "mahalesi": "mahallesi",
    "orjinal": "orijinal",
    "Beledyie": "Belediye",
    "iklm": "iklim",
    "egitim": "eğitim",
}


@pytest.fixture(scope="module")
def turkish() -> Speller:
    return Speller("tr")


@pytest.mark.parametrize("word", RIGHT.split())
def test_words_with_all_their_endings_are_right(turkish: Speller, word: str) -> None:
    assert turkish.judge(word) is None


@pytest.mark.parametrize("word", WRONG)
def test_what_was_meant_is_offered(turkish: Speller, word: str) -> None:
    meant = turkish.judge(word)
    assert meant is not None
    assert WRONG[word] in meant
    assert len(meant) <= MAX_SUGGESTIONS
    assert word not in meant


def test_names_are_left_alone_unless_they_resemble_a_word(turkish: Speller) -> None:
    for name in ("Wolfsburg", "Çamdibi", "Belenbaşı", "Kadifekale", "Ece", "Wolfsburg’daki"):
        assert turkish.judge(name) is None
    assert turkish.judge("wolfsburg") == []


def test_learned_words_are_right_with_their_endings() -> None:
    speller = Speller("tr")
    assert speller.judge("deppoluyoruz") is not None
    speller.learn(["deppo"])
    for word in ("deppo", "deppoluyoruz", "Deppo'nun", "deppolarda"):
        assert speller.judge(word) is None
    assert speller.judge("depponunkilerdendirler") is not None, "an ending has an end"


def test_a_learned_name_takes_its_endings_behind_an_apostrophe_only() -> None:
    """Neighbourhoods are called Yeni, Güneş and the like: they must not excuse what begins with that."""
    speller = Speller("tr")
    speller.learn(["Yeni", "Zanzibarcı"])
    for word in ("Zanzibarcı", "zanzibarcı", "Zanzibarcı'dan"):
        assert speller.judge(word) is None
    assert "yenilenebilir" in (speller.judge("yenilenbilir") or [])
    assert speller.judge("zanzibarcıdan") is not None


def test_english_is_checked_by_its_own_rules() -> None:
    english = Speller("en")
    assert english.judge("sustainability") is None
    assert english.judge("permaculture") is None
    assert "their" in (english.judge("thier") or [])
    assert english.judge("I") is None


def test_few_words_of_real_descriptions_are_marked(turkish: Speller) -> None:
    """The collected projects were written with care: what is marked in them would be a nuisance."""
    root = Path(__file__).parents[2] / "resources" / "demo" / "projects.jsonl"
    records = [json.loads(line) for line in root.read_text(encoding="utf-8").splitlines()]
    texts = [record[name] for record in records for name in ("title", "purpose")]
    words = [word.text for text in texts for word in words_in(text)]
    marked = [word for word in words if turkish.judge(word) is not None]
    assert len(words) > 1000
    assert len(marked) / len(words) < 0.01, marked


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_stops_a_speller(language: str, text: str) -> None:
    for word in words_in(text):
        judgement = _SPELLERS[language].judge(word.text)
        assert judgement is None or len(judgement) <= MAX_SUGGESTIONS


_SPELLERS = {language: Speller(language) for language in LANGUAGES}


# --- the process -----------------------------------------------------------------------------------------------------


def test_questions_are_answered_in_their_language() -> None:
    questions = [
        {"learn": ["zanzibarca"]},
        {"language": "tr", "words": ["cocuk", "çocuk", "zanzibarca"]},
        {"language": "xx", "words": ["a"]},
        {"language": "en", "words": ["thier"]},
        {"learn": ["cocuk"]},
        {"language": "tr", "words": ["cocuk"]},
    ]
    first, english, later = [json.loads(answer) for answer in answers(map(json.dumps, questions))]
    assert first["judged"]["çocuk"] is first["judged"]["zanzibarca"] is None
    assert "çocuk" in first["judged"]["cocuk"]
    assert english == {"language": "en", "judged": {"thier": _SPELLERS["en"].judge("thier")}}
    assert later["judged"] == {"cocuk": None}


def test_the_process_ends_when_nobody_asks_any_more() -> None:
    question = json.dumps({"language": "tr", "words": ["degerlendirme", "ığüşöç"]}) + "\n"
    run = [sys.executable, "-m", "izsa_desktop.spelling"]
    ended = subprocess.run(run, input=question.encode(), stdout=subprocess.PIPE, timeout=60, check=True)
    assert json.loads(ended.stdout)["judged"]["degerlendirme"] == ["değerlendirme"]


def test_a_text_is_judged_in_no_time(turkish: Speller) -> None:
    """Every wrong word with its suggestions, one after the other."""
    started = time.perf_counter()
    for word in WRONG:
        turkish.judge(word)
    assert time.perf_counter() - started < 2
