"""Translations: both languages say the same, and nothing that the program wants to say is missing."""

import ast
import string
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from izsa_desktop import i18n, resource_files
from izsa_desktop.domain import errors
from izsa_desktop.domain.errors import AttachmentRefused, BadField, BadLine, KnownError, Refused
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.revision import DELETED
from izsa_desktop.i18n import LANGUAGES, Translator

PACKAGE = Path(i18n.__file__).parent
PARTS = sorted(file.name for file in resource_files.path("i18n/tr").glob("*.toml"))
_SPEAKERS = {"t", "_t", "say", "complain"}
_NO_KEYS = (".js", ".css", ".html", ".json", ".toml", ".svg", ".png", ".pdf", ".izsa", ".ini", ".txt")
_FILLED_ELSEWHERE = "maps/page.py"  # hands whole sentences to the map's script, which fills them


@cache
def _sentences(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in PARTS:
        text = resource_files.path(f"i18n/{language}/{part}").read_text(encoding="utf-8")
        for section, names in tomllib.loads(text).items():
            for name, sentence in names.items():
                assert f"{section}.{name}" not in found, f"{section}.{name} is said twice"
                found[f"{section}.{name}"] = sentence
    return found


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


SECTIONS = {key.partition(".")[0] for key in _sentences("tr")}


# --- the files -------------------------------------------------------------------------------------------------------


def test_every_part_is_there_in_every_language() -> None:
    for language in LANGUAGES:
        assert sorted(file.name for file in resource_files.path(f"i18n/{language}").glob("*.toml")) == PARTS
    assert PARTS


def test_both_languages_have_the_same_sentences() -> None:
    """English has ``name_one`` besides, where Turkish needs no plural."""
    tr, en = _sentences("tr").keys(), _sentences("en").keys()
    assert tr - en == set()
    assert {key for key in en - tr if not key.endswith("_one")} == set()
    assert {key.removesuffix("_one") for key in en - tr} <= tr


def test_both_languages_name_the_same_facts() -> None:
    tr, en = _sentences("tr"), _sentences("en")
    different = [key for key in tr if _placeholders(tr[key]) != _placeholders(en[key])]
    assert different == []
    assert [key for key in en.keys() - tr.keys() if not _placeholders(en[key]) <= _placeholders(tr[key[:-4]])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_text_with_named_placeholders(language: str) -> None:
    for key, sentence in _sentences(language).items():
        assert isinstance(sentence, str), key
        assert sentence.strip() == sentence != "", key
        assert all(name.isidentifier() for name in _placeholders(sentence)), key


# --- what the code wants to say --------------------------------------------------------------------------------------


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")
    }


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for file, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{file}:{node.lineno}", node


def _speaks(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Call):
        return isinstance(function.func, ast.Name) and function.func.id == "Translator"
    return (isinstance(function, ast.Name) and function.id in _SPEAKERS) or (
        isinstance(function, ast.Attribute) and function.attr in _SPEAKERS
    )


def _literal_keys() -> Iterator[tuple[str, str]]:
    """Every text in the code that has the form of a key of a known section."""
    for file, tree in _trees().items():
        pieces = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in pieces:
                section, dot, name = node.value.partition(".")
                if dot and section in SECTIONS and name.isidentifier() and not node.value.endswith(_NO_KEYS):
                    yield f"{file}:{node.lineno}", node.value


def _prefixes() -> set[str]:
    """The fixed beginnings of keys that are put together: ``field.`` of ``t(f"field.{name}")``."""
    return {
        str(node.values[0].value)
        for tree in _trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value).partition(".")[0] in SECTIONS
        and "." in str(node.values[0].value)
    }


def test_every_key_in_the_code_exists() -> None:
    missing = [(where, key) for where, key in _literal_keys() if key not in _sentences("tr")]
    assert missing == []
    assert len(set(_literal_keys())) > 50  # the search itself works


def test_what_is_said_first_is_a_key() -> None:
    """``t("…")`` with a text that isn't one would fail when a person gets there."""
    wrong = [
        (where, call.args[0].value)
        for where, call in _calls()
        if _speaks(call)
        and not (isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "complain"))
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value not in _sentences("tr")
    ]
    assert wrong == []


def test_a_sentence_gets_all_facts_that_it_names() -> None:
    lacking = []
    for where, call in _calls():
        if not _speaks(call) or not call.args or not isinstance(call.args[0], ast.Constant):
            continue
        if where.startswith(_FILLED_ELSEWHERE):
            continue
        key, given = call.args[0].value, {keyword.arg for keyword in call.keywords}
        if key in _sentences("tr") and None not in given:
            lacking += [(where, key, name) for name in _placeholders(_sentences("tr")[key]) - given]
    assert lacking == []


def test_no_sentence_is_left_over() -> None:
    used = {key for _, key in _literal_keys()}
    prefixes = tuple(_prefixes())
    unused = [key for key in _sentences("tr") if key not in used and not key.startswith(prefixes)]
    assert unused == []


# --- errors ----------------------------------------------------------------------------------------------------------


def _known_errors() -> list[type[KnownError]]:
    classes = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, KnownError)]
    return [c for c in classes if c is not KnownError and (not issubclass(c, Refused) or c is Refused)]


def test_every_known_error_has_a_sentence_that_names_its_facts() -> None:
    special = {
        AttachmentRefused: {"file", "why"},
        BadField: {"field", "why"},
        BadLine: {"line", "why"},
        Refused: {"why"},
    }
    for language in LANGUAGES:
        for error in _known_errors():
            expected = special.get(error, {field.name for field in fields(error)})  # type: ignore[arg-type]
            assert _placeholders(_sentences(language)[f"error.{error.key}"]) <= expected, error
            if error not in special:
                assert _placeholders(_sentences(language)[f"error.{error.key}"]) == expected, error
    assert len(_known_errors()) > 15


def test_there_is_a_sentence_for_nothing_else() -> None:
    keys = {key.removeprefix("error.") for key in _sentences("tr") if key.startswith("error.")}
    assert keys == {error.key for error in _known_errors()} | {"bad_line_after_some"}


def _example(error: type[KnownError]) -> KnownError:
    samples: dict[Any, Any] = {int: 7, str: "x{y}%s", KnownError: errors.NoWorkplace("x")}
    facts = {name: samples[kind] for name, kind in get_type_hints(error).items() if name in error.__dataclass_fields__}  # type: ignore[attr-defined]
    if error is Refused:
        facts["reason"] = "container"
    if error is AttachmentRefused:
        facts["problem"] = "kind"
    if error is BadField:
        facts |= {"field": "title", "problem": "too_long"}
    return error(**facts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", _known_errors(), ids=lambda e: e.key)
def test_an_error_is_told_with_its_facts_as_they_are(error: type[KnownError], language: str) -> None:
    said = Translator(language).error(_example(error))
    names_a_text = any(
        name in ("folder", "file", "name", "field", "id", "problem", "person") for name in get_type_hints(error)
    )
    assert ("x{y}%s" in said) == names_a_text or error in (BadField, BadLine)
    assert "{" not in said.replace("x{y}%s", "")


def _raised(names: set[str]) -> Iterator[tuple[str, list[str | None]]]:
    """The literal arguments of every call of one of these classes (None: not literal)."""
    for where, call in _calls():
        if isinstance(call.func, ast.Name) and call.func.id in names and call.args:
            yield where, [str(a.value) if isinstance(a, ast.Constant) else None for a in call.args]


def _refusals() -> list[tuple[str, list[str | None]]]:
    names = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Refused)}
    return list(_raised(names))


def test_every_reason_for_a_refusal_has_a_sentence_and_every_sentence_a_reason() -> None:
    reasons = {arguments[0] for _, arguments in _refusals()}
    assert None not in reasons
    assert reasons == {key.removeprefix("refused.") for key in _sentences("tr") if key.startswith("refused.")}


def test_a_refusal_that_is_told_with_a_detail_gives_one() -> None:
    empty = [
        (where, arguments[0])
        for where, arguments in _refusals()
        if len(arguments) == 1 and _placeholders(_sentences("tr")[f"refused.{arguments[0]}"])
    ]
    assert empty == []


def test_every_problem_with_a_field_has_a_sentence_and_every_sentence_a_problem() -> None:
    raised = [arguments for _, arguments in _raised({"BadField"})]
    problems = {arguments[1] for arguments in raised}
    assert None not in problems
    assert problems == {
        key.removeprefix("field_problem.") for key in _sentences("tr") if key.startswith("field_problem.")
    }
    named = {arguments[0] for arguments in raised} - {None, ""}
    assert {f"field.{name}" for name in named} <= _sentences("tr").keys()


def test_every_field_has_a_name() -> None:
    for name in (*ProjectFields.__struct_fields__, "person", "id", "lat", "lon", DELETED):
        assert f"field.{name}" in _sentences("tr")


# --- the translator --------------------------------------------------------------------------------------------------


def test_a_fact_is_never_read_as_a_sentence() -> None:
    said = Translator("tr")("error.unknown_district", name="{folder} {0} %s")
    assert "{folder} {0} %s" in said


def test_one_thing_is_singular_in_english_and_numbers_have_their_separator() -> None:
    en, tr = Translator("en"), Translator("tr")
    assert en("cli.count", count=1) != en("cli.count", count=2).replace("2", "1")
    assert tr("cli.count", count=1) == "1 proje"
    assert (tr("cli.count", count=12345), en("cli.count", count=12345)) == ("12.345 proje", "12,345 projects")
    assert (tr.number(1234567), en.number(1234567)) == ("1.234.567", "1,234,567")


def test_an_unknown_language_is_turkish() -> None:
    assert Translator("de").language == "tr"
