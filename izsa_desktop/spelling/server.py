"""The spelling process: a question a line in, an answer a line out, until the questions end.

In: ``{"learn": ["Alsancak"]}`` (no answer) or ``{"language": "tr", "words": ["atik"]}``. Out: ``{"language": "tr",
"judged": {"atik": ["atık"]}}``, where a word that is right has null. All JSON in ASCII, so no code page matters.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from izsa_desktop.spelling.speller import LANGUAGES, Speller


def answers(questions: Iterable[str]) -> Iterator[str]:
    """A line for every line that wants one. A language's dictionary is read at its first word."""
    learned: list[str] = []
    spellers: dict[str, Speller] = {}
    for line in questions:
        question: dict[str, Any] = json.loads(line)
        learned += question.get("learn", [])
        for speller in spellers.values():
            speller.learn(question.get("learn", []))
        language = question.get("language")
        if language in LANGUAGES:
            if language not in spellers:
                spellers[language] = Speller(language)
                spellers[language].learn(learned)
            judged = {word: spellers[language].judge(word) for word in question["words"]}
            yield json.dumps({"language": language, "judged": judged})
