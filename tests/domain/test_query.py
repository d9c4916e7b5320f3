"""What is typed into the search box, and where it stands in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.query import MAX_WORDS, Lexicon, Query, beginnings, marks, parse, words
from tests.support import REFERENCE


@pytest.mark.parametrize("name", ["SKA", "ska", "SKH", "SDG", "Küresel Amaç", "KÜRESEL HEDEF", "küresel amacı", "goal"])
@pytest.mark.parametrize("between", [" ", "  ", "-", " #"])
def test_a_goal_has_many_names(name: str, between: str) -> None:
    assert parse(f"{name}{between}11") == Query(goals=("11",))
    assert parse(f"su {name}{between}6.3 kent") == Query(words=("kent", "su"), targets=("6.3",))


def test_a_goal_is_named_without_a_blank_and_without_a_number() -> None:
    assert parse("ska11") == Query(goals=("11",))
    assert parse("SKA") == parse("küresel amaç") == Query(any_goal=True)
    assert parse("alt hedef 12.5") == parse("hedef 12.5") == Query(targets=("12.5",))


@pytest.mark.parametrize("text", ["ska 18", "ska 0", "hedef 12", "skat 11", "maska 11", "küresel 11"])
def test_what_is_no_goal_stays_words(text: str) -> None:
    assert parse(text).goals == ()
    assert parse(text).targets == ()
    assert set(parse(text).words) <= set(words(text))


def test_words_are_sought_longest_first_and_not_without_end() -> None:
    assert parse("su Yağmur su").words == ("yagmur", "su")
    assert len(parse(" ".join(f"kelime{n}" for n in range(5000))).words) == MAX_WORDS


def test_the_end_of_a_word_may_be_softened() -> None:
    assert beginnings("atik") == ("atik", "atig")
    assert beginnings("kitap") == ("kitap", "kitab")
    assert beginnings("ip") == ("ip",)


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("Isı yalıtımı", ("isi",), ["Isı"]),
        ("İZMİR’in suyu", ("izmir", "su"), ["İZMİR", "su"]),
        ("Şişli şiş", ("sis",), ["Şiş", "şiş"]),
        ("ﬁdan ﬁdanlık", ("fidan",), ["ﬁdan", "ﬁdan"]),
        ("basınç", ("sin",), []),
        ("e\u0301cole", ("eco",), ["e\u0301co"]),
        ("", ("a",), []),
        ("metin", (), []),
    ],
)
def test_marks_are_positions_in_the_text_itself(text: str, sought: tuple[str, ...], found: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, sought)] == found


@given(st.text(max_size=60), st.lists(st.text(max_size=4), max_size=3))
def test_any_text_is_parsed_and_marked(text: str, sought: list[str]) -> None:
    query = parse(text)
    for start, end in marks(text, [word for some in sought for word in words(some)]):
        assert 0 <= start < end <= len(text)
    assert all(word == "".join(words(word)) for word in query.words)


def test_names_of_values_are_known_in_both_languages() -> None:
    lexicon = Lexicon(REFERENCE)
    assert ("goal", "11") in set(lexicon.meant_by("surdurulebilir"))
    assert ("goal", "11") in set(lexicon.meant_by("cities"))
    assert ("status", "sürüyor") in set(lexicon.meant_by("suruy"))
    assert ("district", "TUR035007") in set(lexicon.meant_by("bornova"))
    assert list(lexicon.meant_by("zqx")) == []
