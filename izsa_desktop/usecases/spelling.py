"""The words that are right here though no dictionary has them: names of places, and what people have added."""

import re

from izsa_desktop.usecases.workplace import Workplace

_WORDS = "spelling/words"
MAX_WORDS = 5_000
_LETTERS = re.compile(r"[^\W\d_]{2,40}")


def known_words(workplace: Workplace) -> list[str]:
    """Words of the workplace, and of the names of districts and neighbourhoods."""
    reference = workplace.reference
    names = [district.name for district in reference.districts]
    names += [neighbourhood.name for neighbourhood in reference.neighbourhoods]
    return sorted({word for name in names for word in _LETTERS.findall(name)} | set(added_words(workplace)))


def added_words(workplace: Workplace) -> list[str]:
    """What people have added here, in the order in which they did."""
    with workplace.store.reading() as reader:
        return reader.meta().get(_WORDS, "").split()


def add_word(workplace: Workplace, word: str) -> None:
    """Keeps a word; the newest ones where there are too many. What is no word is passed over."""
    if not _LETTERS.fullmatch(word):
        return
    with workplace.store.writing() as writer:
        kept = [other for other in writer.meta().get(_WORDS, "").split() if other != word]
        writer.set_meta({_WORDS: " ".join([*kept, word][-MAX_WORDS:])})
