"""What every command needs: the folder, the language, the pictures."""

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.keyring import Keyring
from izsa_desktop.usecases.ports import Pictures
from izsa_desktop.usecases.workplace import Workplace, open_workplace


class Context:
    """``language`` is the one asked for, else the workplace's own once it is open, else Turkish."""

    def __init__(self, folder: Path, language: str, pictures: Pictures) -> None:
        self.folder = folder
        self.asked_language = language
        self.language = language or "tr"
        self.pictures = pictures

    @contextmanager
    def workplace(self) -> Iterator[Workplace]:
        """The workplace, open. Raises NoWorkplace."""
        with open_workplace(self.folder, keyring=Keyring(self.ask_passphrase)) as workplace:
            self.language = self.asked_language or workplace.identity.language
            yield workplace

    def ask_passphrase(self) -> str | None:
        """The passphrase of the signing key: from the environment, else from the terminal; None where neither is."""
        given = os.environ.get("IZSA_PASSPHRASE")
        return given if given is not None else self.typed(Translator(self.language)("key.ask"))

    def passphrase_of(self, file: str) -> str | None:
        """The passphrase of a key from elsewhere: from the terminal, else what ``IZSA_PASSPHRASE`` says."""
        typed = self.typed(Translator(self.language)("key.ask_file", file=one_line(file)))
        return typed if typed is not None else os.environ.get("IZSA_PASSPHRASE")

    def typed(self, prompt: str) -> str | None:
        """What somebody types unseen; None where there is no terminal, or no answer."""
        if sys.stdin is None or not sys.stdin.isatty():
            return None
        try:
            return getpass.getpass(f"{prompt} ")
        except EOFError:
            return None

    def say(self, key: str, **facts: object) -> None:
        """Prints a translated sentence."""
        print(Translator(self.language)(key, **{k: _shown(v) for k, v in facts.items()}))

    def error(self, error: KnownError) -> str:
        """The sentence for a known failure."""
        return Translator(self.language).error(error)

    def complain(self, sentence: str) -> None:
        """Prints a sentence about a failure on stderr: one line, whatever the values in it hold."""
        print(one_line(sentence), file=sys.stderr)


def print_json(value: Any) -> None:
    """Prints a value as JSON that people can read too."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def one_line(text: str) -> str:
    """The text on one line, with everything hidden spelled out: no value may pass for a line of ours."""
    return visible(text).replace("\n", "␣U+000A␣")


def on_one_line(text: str) -> str:
    """The same for a text that may have several lines: they follow each other."""
    return one_line(" ".join(text.split("\n")))


def body_name(context: Context, workplace: Workplace, code: str) -> str:
    """What a reporting body is called in a sentence."""
    office = code == OFFICE
    return Translator(context.language)("cli.office") if office else workplace.reference.district_name(code)


def _shown(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def workplace_name(context: Context, workplace: Workplace) -> str:
    """What the workplace is called in a sentence."""
    return Translator(context.language)("cli.office") if workplace.identity.office else workplace.body_name
