"""Turkish and English sentences from ``resources/i18n/<language>/*.toml`` (one file per part of the program).

Keys are ``section.name``; a sentence is whole and has named placeholders (``{count}``). Where English needs a
singular, ``name_one`` stands beside ``name`` and is taken for ``count == 1``; ``count`` is written with the language's
thousands separator. Tests compare keys and placeholders of
the languages and look for keys used in the code.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from izsa_desktop import resource_files
from izsa_desktop.domain.dates import UNKNOWN, parts
from izsa_desktop.domain.errors import AttachmentRefused, BadField, BadLine, KnownError, NothingToErase, Refused
from izsa_desktop.domain.shape import AREA, Shape, area_km2, length_km
from izsa_desktop.domain.text import visible

LANGUAGES = ("tr", "en")


@cache
def _sentences(language: str) -> Mapping[str, str]:
    sentences = {}
    for file in sorted(resource_files.path(f"i18n/{language}").glob("*.toml")):
        for section, names in tomllib.loads(file.read_text(encoding="utf-8")).items():
            sentences.update({f"{section}.{name}": text for name, text in names.items()})
    return sentences


class Translator:
    """``t("list.count", count=3)`` gives the sentence in the translator's language."""

    def __init__(self, language: str = "tr") -> None:
        self.language = language if language in LANGUAGES else "tr"
        self._sentences = _sentences(self.language)

    def __call__(self, key: str, **facts: object) -> str:
        if facts.get("count") == 1 and f"{key}_one" in self._sentences:
            key = f"{key}_one"
        sentence = self._sentences[key]
        if not facts:
            return sentence
        if isinstance(count := facts.get("count"), int):
            facts["count"] = self.number(count)
        return sentence.format_map(facts)

    def field(self, name: str) -> str:
        """The name of a project's field; one that only a newer version knows is shown as it is."""
        return self._sentences.get(f"field.{name}") or visible(name)

    def help(self, field: str) -> str:
        """What the form says about a field; nothing where its name says all."""
        return self._sentences.get(f"help.{field}", "")

    def hint(self, field: str) -> str:
        """What stands in an empty field, or nothing."""
        return self._sentences.get(f"form_hint.{field}", "")

    def error(self, error: KnownError) -> str:
        """The sentence for a known failure."""
        facts = {name: self._sentences.get(f"os.{fact}", fact) for name, fact in error.facts().items()}
        if isinstance(error, Refused):
            return self("error.refused", why=self(f"refused.{error.reason}", detail=error.detail))
        if isinstance(error, BadField):
            why = self(f"field_problem.{error.problem}", value=error.value, limit=error.limit)
            if not error.field:  # the record as a whole is meant
                return why[:1].upper() + why[1:]
            return self("error.bad_field", field=self(f"field.{error.field}"), why=why)
        if isinstance(error, AttachmentRefused):
            why = self(f"attachment_problem.{error.problem}")
            return self("error.attachment_refused", file=error.file, why=why)
        if isinstance(error, BadLine):
            key = "error.bad_line_after_some" if error.stored else "error.bad_line"
            return self(key, line=error.line, stored=error.stored, why=self.error(error.reason))
        if isinstance(error, NothingToErase):
            facts["field"] = self.field(error.field)
        return self(f"error.{error.key}", **facts)

    def date(self, partial: str | None) -> str:
        """A partial date as people write it: ``14.03.2025`` or ``14 March 2025``, ``Mart 2025``, ``2025``."""
        if partial == UNKNOWN:
            return self("date.unknown")
        found = parts(partial or "")
        if found is None:
            return ""
        year, month, day = found
        if month is None:
            return str(year)
        name = self(f"date.month_{month}")
        return self("date.day_month_year", day=day, month=name, year=year) if day else f"{name} {year}"

    def number(self, value: int) -> str:
        """A whole number with the language's thousands separator."""
        return f"{value:,}".replace(",", "." if self.language == "tr" else ",")

    def size(self, size: int) -> str:
        """A file's size as people read it: ``340 KB``, ``1,2 MB``."""
        if size < 1_000_000:
            return self("evidence.size_kb", size=max(1, round(size / 1000)))
        megabytes = f"{size / 1_000_000:.1f}"
        return self("evidence.size_mb", size=megabytes.replace(".", ",") if self.language == "tr" else megabytes)

    def shape(self, shape: Shape) -> str:
        """A line or an area in a few words: ``Hat · 12 nokta · 3,4 km``."""
        if shape.type == AREA:
            return self("drawing.area", count=shape.vertices, size=self._area(area_km2(shape)))
        return self("drawing.line", count=shape.vertices, size=self._length(length_km(shape)))

    def _length(self, km: float) -> str:
        if km < 1:
            return self("drawing.metres", n=round(km * 1000))
        return self("drawing.km", n=self._rounded(km))

    def _area(self, km2: float) -> str:
        if km2 < 0.01:
            return self("drawing.square_metres", n=self.number(round(km2 * 1_000_000)))
        if km2 < 1:
            return self("drawing.hectares", n=self._rounded(km2 * 100))
        return self("drawing.km2", n=self._rounded(km2))

    def _rounded(self, value: float) -> str:
        """With one decimal where that says something."""
        if value >= 100:
            return self.number(round(value))
        text = f"{value:.1f}"
        return text.replace(".", ",") if self.language == "tr" else text
