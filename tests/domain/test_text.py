"""Turkish text: search folding, sort order, and text in which nobody can hide anything."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain import text as module
from izsa_desktop.domain.text import (
    fold,
    has_control,
    has_invisible,
    is_blank,
    lower_tr,
    normal,
    sort_key,
    visible,
    words,
)

ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
UPPER = "ABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ"


@pytest.mark.parametrize(
    ("text", "blank"), [("", True), (" \n", True), ("\u200b \u2060\ufeff", True), ("\u200ba", False)]
)
def test_a_text_of_which_nothing_can_be_seen_is_blank(text: str, blank: bool) -> None:
    assert is_blank(text) == blank


def test_each_letter_has_its_turkish_small_letter() -> None:
    assert lower_tr(UPPER) == ALPHABET
    assert lower_tr("IŞIK İŞİ") == "ışık işi"


@pytest.mark.parametrize("query", ["INS", "ins", "inş", "ınş", "İNŞ", "IŃS", "i\u0307ns", "İns"])
def test_search_finds_a_word_however_its_letters_are_typed(query: str) -> None:
    assert fold(query) in fold("Yeni İnşaat Atığı")
    assert fold(query) in fold("YENI INSAAT ATIGI")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ISPARTA ısparta Isparta", "isparta isparta isparta"),
        ("İzmir İZMİR izmir", "izmir izmir izmir"),
        ("ÇĞÖŞÜ çğöşü", "cgosu cgosu"),
        ("kâğıt hâlâ KÂĞIT", "kagit hala kagit"),
        (unicodedata.normalize("NFD", "çğıöşü İĞ"), "cgiosu ig"),
        ("Straße ﬁdan", "strasse fidan"),
    ],
)
def test_folding_table(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_nothing_to_fold(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert not set(fold(text)) & set("çğıöşüâîûÇĞIİÖŞÜABC")


@given(st.text("abcçgğıiİIöşüâ "))
def test_folding_does_not_depend_on_how_accents_are_stored(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_all_letters_sort_in_the_order_of_the_alphabet() -> None:
    twenty_nine = [letter for letter in ALPHABET if letter not in "qwx"]
    assert len(twenty_nine) == 29
    assert sorted(set(ALPHABET), key=sort_key) == list(ALPHABET)
    assert sorted(set(UPPER), key=sort_key) == list(UPPER)


def test_signs_and_digits_come_before_letters_and_accents_do_not_move_a_word() -> None:
    names = [
        "2025 Ağacı",
        "“Ağaç” okulu",
        "A – B",
        "A Blok",
        "Âdil",
        "Çam",
        "Çatı",
        "Dere",
        "élan",
        "Elma",
        "Ğ",
        "Zeytin",
        "Ω",
    ]
    expected = ["“Ağaç” okulu", "2025 Ağacı", "A – B", "A Blok", "Âdil", "Çam", "Çatı", "Dere", "élan", "Elma", "Ğ"]
    assert sorted(set(names), key=sort_key) == [*expected, "Zeytin", "Ω"]


@given(st.text("aAbBıIiİçÇ zZ–1"), st.text("aAbBıIiİçÇ zZ–1"))
def test_sorting_ignores_case(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) == (sort_key(lower_tr(one)) < sort_key(lower_tr(other)))


HIDDEN = [
    *"\x00\x08\x0b\x1f\x7f\x85\x9f",
    *"\u00ad\u034f\u061c\u180e\u200b\u200d\u200e\u200f\u2028\u2029\ufeff\ufffe",
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2060",
    *"\u115f\u3164\uffa0\u2800\U000e0041",
    "\udcff",
]


@pytest.mark.parametrize("character", HIDDEN, ids=lambda c: f"U+{ord(c):04X}")
def test_hidden_characters_are_spelled_out(character: str) -> None:
    text = f"fatura{character}fdp.exe"
    assert has_invisible(text)
    assert visible(text) == f"fatura␣U+{ord(character):04X}␣fdp.exe"
    assert not has_invisible(visible(text))


def test_plain_text_is_shown_as_it_is() -> None:
    text = "Ağaç “dikimi” – 1.000 fidan,\n\tİzmir’de 🌳 %50 'ç'"
    assert visible(text) == text
    assert not has_control(text)
    assert not has_invisible(text.replace("\n", " ").replace("\t", " "))


@pytest.mark.parametrize("name", ["Ayşe\nYılmaz", "Ayşe\tYılmaz"])
def test_a_name_is_one_line(name: str) -> None:
    assert has_invisible(name)


@pytest.mark.parametrize(
    "character", [*"\x00\x07\x0b\x1f\x7f\x9f\ufffe\uffff", "\ud800", "\udfff"], ids=lambda c: f"U+{ord(c):04X}"
)
def test_controls_and_surrogates_are_no_text(character: str) -> None:
    assert has_control(f"a{character}b")


def test_stored_text_has_one_form() -> None:
    assert normal(" \u0130s\u0327\r\nb\rc\t ") == "İş\nb\nc"


@given(st.text())
def test_normal_form_is_reached_at_once(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert "\r" not in normal(text)


_page = st.text(st.sampled_from(bytes(range(256)).decode("cp1254", "ignore")), max_size=200)


@given(_page | st.text(max_size=60))
def test_the_short_way_says_what_the_long_one_says(text: str) -> None:
    assert fold(text) == module._fold(text)
    assert sort_key(text) == module._sort_key(text)
    assert words(text, 300) == module._WORD.findall(module._fold(text))


@given(_page | st.text(max_size=60), st.integers(1, 8))
def test_words_are_cut_off(text: str, longest: int) -> None:
    assert words(text, longest) == [word[:longest] for word in words(text, 1000)]


def test_a_long_text_without_a_letter_has_no_words() -> None:
    assert words("-" * 100, 64) == words("😀" * 100, 64) == []


def test_every_letter_of_every_alphabet_has_a_place_that_can_be_stored() -> None:
    """Some letters of Korean were once moved among the surrogates, which no database takes."""
    for code in (code for code in range(0x20000) if not 0xD800 <= code < 0xE000):
        sort_key(chr(code)).encode()
    hangul = [chr(code) for code in range(0xAC00, 0xD7A4)]
    assert sorted(hangul, key=sort_key) == hangul
    assert sort_key("z") < sort_key("힣")
