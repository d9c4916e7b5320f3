"""Words that the office adds to the program's vocabularies: themes, audience groups and others, in Turkish and English.

A code that has been in use stands for its meaning for ever, so a new list holds every code of the one before; labels
may change. What the program itself has stays as it is: an addition that a later version of the program brings too is
passed over. In force when the workplace is opened next.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import msgspec

from izsa_desktop import reference
from izsa_desktop.domain.errors import BadVocabularies, Malformed, OfficeOnly, TermGone
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import has_invisible, normal

if TYPE_CHECKING:
    from izsa_desktop.usecases.workplace import Workplace

_KEPT = "vocabularies"
CLOSED = frozenset({"review", "status", "strength", "dimension", "periodic", "direction", "relation", "currency"})
"""Vocabularies whose codes the program itself reckons with: nothing is added to them."""
MAX_ADDED = 256 * 1024
_Label = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class AddedTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word as the list has it, in the form of the program's own."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    tr: _Label
    en: _Label


_Terms = Annotated[list[AddedTerm], msgspec.Meta(max_length=200)]
Added = dict[str, list[AddedTerm]]


def with_added(known: Reference, meta: Mapping[str, str]) -> Reference:
    """The reference data with what the settings of a workplace add."""
    kept = meta.get(_KEPT)
    return reference.with_terms(known, msgspec.to_builtins(_decoded(kept.encode()))) if kept else known


def added_terms(workplace: "Workplace") -> Added:
    """What the workplace knows beside the program's own words, by vocabulary."""
    with workplace.store.reading() as reader:
        kept = reader.meta().get(_KEPT)
    return _decoded(kept.encode()) if kept else {}


def kept_vocabularies(meta: Mapping[str, str]) -> bytes:
    """The list as it travels in the office's bundles; empty where there is none."""
    return meta.get(_KEPT, "").encode()


def vocabularies_that_came(data: bytes) -> dict[str, str]:
    """The settings that keep a list which the office sent. Raises Malformed."""
    try:
        _check(_decoded(data))
    except (ValueError, RecursionError) as e:  # msgspec's errors are ValueErrors
        raise Malformed("vocabularies", str(e)) from None
    return {_KEPT: data.decode()}


def check_vocabularies(workplace: "Workplace", data: bytes) -> Added:
    """What a list adds. Raises BadVocabularies, TermGone."""
    try:
        added = _decoded(data)
        _check(added)
        _check_new(added)
    except (ValueError, RecursionError) as e:
        raise BadVocabularies(str(e)) from None
    before = {(name, term.code) for name, terms in added_terms(workplace).items() for term in terms}
    if gone := before - {(name, term.code) for name, terms in added.items() for term in terms}:
        raise TermGone(", ".join(sorted(code for _, code in gone)))
    return added


def set_vocabularies(workplace: "Workplace", data: bytes) -> Added:
    """Takes a list in JSON (``{"theme": [{"code": …, "tr": …, "en": …}]}``).

    Raises OfficeOnly, BadVocabularies, TermGone.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    added = check_vocabularies(workplace, data)
    with workplace.store.writing() as writer:
        writer.set_meta({_KEPT: msgspec.json.encode(added, order="sorted").decode()})
    return added


def _decoded(data: bytes) -> Added:
    if len(data) > MAX_ADDED:
        raise ValueError(f"{len(data)} > {MAX_ADDED} bytes")
    return msgspec.json.decode(data, type=dict[str, _Terms])


def _check(added: Added) -> None:
    """Raises ValueError for what no version of the program could show. Vocabularies of later versions are kept."""
    for name, terms in added.items():
        if name in CLOSED:
            raise ValueError(f"{name}: nothing can be added")
        if len({term.code for term in terms}) != len(terms):
            raise ValueError(f"{name}: code twice")
        for term in terms:
            if any(has_invisible(text) or text != normal(text) for text in (name, term.code, term.tr, term.en)):
                raise ValueError(f"{name}: hidden characters")


def _check_new(added: Added) -> None:
    """Raises ValueError for what would be taken for another word of the same vocabulary."""
    known = reference.load().vocabularies
    for name, terms in added.items():
        if name not in known:
            raise ValueError(f"{name}: no such vocabulary ({', '.join(sorted(known.keys() - CLOSED))})")
        for n, term in enumerate(terms):
            others = reference.with_terms(reference.load(), {name: msgspec.to_builtins(terms[:n])}).vocabularies[name]
            if clash := next((text for text in (term.code, term.tr, term.en) if others.find(text)), None):
                raise ValueError(f"{name}: {clash} is there already")
