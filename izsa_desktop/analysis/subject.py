"""A project as it is compared with others: what it says, of what, for whom, where and since when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from izsa_desktop.analysis.concepts import Concepts, Hit
from izsa_desktop.analysis.words import Word, Words
from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import lower_tr

GIVEN_THEME = 2
"""How much more a theme weighs that somebody chose than one that a word of the text speaks for."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a project is compared."""

    id: str
    words: tuple[Word, ...] = ()
    """Of title, purpose and summary, in all languages."""
    themes: dict[str, float] = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    audience: tuple[Word, ...] = ()
    begins: frozenset[int] = frozenset()
    """The places in ``words`` at which another text begins."""
    audience_begins: frozenset[int] = frozenset()
    districts: tuple[str, ...] = ()
    """Codes of the districts in which it runs, also those that the place names."""
    place: tuple[Word, ...] = ()
    """Of the place, without these."""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    year: int | None = None


class Reading:
    """Makes subjects of projects."""

    def __init__(
        self, words: Words, themes: Concepts, reference: Reference, everywhere: Collection[str] = frozenset()
    ) -> None:
        """``everywhere``: words that stand in many places (street, quarter), folded."""
        self._everywhere = everywhere
        self.words = words
        self.themes = themes
        self._names = {one.code: lower_tr(one.name) for one in reference.districts}
        self._codes = {name: code for code, name in self._names.items()}
        self._audience = {
            term.code: " ".join(term.label[language] for language in sorted(term.label, reverse=True))
            for term in reference.vocabularies["audience"]
        }

    def subject(self, id_: str, fields: ProjectFields) -> Subject:
        """What is compared of a project."""
        districts = [code for code in (fields.district, *fields.served) if code and code != OFFICE]
        places = {self._names[code] for code in districts if code in self._names}
        texts = fields.title, fields.purpose, fields.summary, fields.title_en, fields.purpose_en
        words, begins = _one_after_the_other(self.words.of(text, places) for text in texts)
        notes = [fields.audience_note] if isinstance(fields.audience_note, str) else fields.audience_note
        named = [self._audience.get(code, code).partition(" ")[0] for code in fields.audience]
        heard = ([word for word in self.words.of(text) if word.stem] for text in (*named, *notes))
        audience, audience_begins = _one_after_the_other(heard)
        at = [word for text in (fields.neighbourhood, fields.place) for word in self.words.of(text, None)]
        districts += [self._codes[word.lower] for word in at if word.lower in self._codes]
        location = fields.location
        return Subject(
            id=id_,
            words=tuple(words),
            themes=self._themes(fields.theme, self.themes.hits(words)),
            goals=fields.goals,
            audience=tuple(audience),
            begins=begins,
            audience_begins=audience_begins,
            districts=tuple(dict.fromkeys(districts)),
            place=tuple(w for w in at if w.stem and w.lower not in self._codes and w.plain not in self._everywhere),
            point=(location.lat, location.lon) if location else None,
            year=int(fields.start[:4]) if fields.start and fields.start != UNKNOWN else None,
        )

    @staticmethod
    def _themes(given: str, hits: Iterable[Hit]) -> dict[str, float]:
        found: dict[str, float] = {given: GIVEN_THEME} if given else {}
        for hit in hits:
            found[hit.concept] = found.get(hit.concept, 0) + 1
        return found


def _one_after_the_other(texts: Iterable[Iterable[Word]]) -> tuple[list[Word], frozenset[int]]:
    """The words of several texts, and where each text begins."""
    words: list[Word] = []
    begins = set()
    for text in texts:
        begins.add(len(words))
        words += text
    return words, frozenset(begins)
