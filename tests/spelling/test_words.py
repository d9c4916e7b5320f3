"""Which words of a text are checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.spelling.words import words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Atık yağ, “kompost” ve gübre!", ["Atık", "yağ", "kompost", "ve", "gübre"]),
        ("Bornova'daki Bornova’dan", ["Bornova'daki", "Bornova’dan"]),
        ("GES, SECAP'ını, kWp, İZSU'nun", []),
        ("2025'te 3. m2 12kW 4x4", []),
        ("https://a.b/çatı bilgi@bornova.bel.tr www.bornova.bel.tr rapor.pdf C:\\veri a_b", []),
        ("(belediye)/müdürlük–birim; o, a", ["belediye", "müdürlük", "birim"]),
        ("", []),
    ],
)
def test_only_words_are_checked(text: str, words: list[str]) -> None:
    assert [word.text for word in words_in(text)] == words


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    for word in words_in(text):
        assert text[word.start : word.start + len(word.text)] == word.text
