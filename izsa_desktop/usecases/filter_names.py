"""What facets and their values are called, and in which order the values are offered."""

from collections.abc import Iterable

from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import sort_key, visible
from izsa_desktop.i18n import Translator

_NAMED_HERE = ("freshness", "place")
_BY_LABEL = ("theme",)


class FilterNames:
    """For one language."""

    def __init__(self, reference: Reference, t: Translator) -> None:
        self._reference, self._t = reference, t
        self._targets = {target.code: target for goal in reference.goals for target in goal.targets}

    def facet(self, facet: str) -> str:
        """The name of a facet."""
        return self._t(f"facet.{facet}")

    def value(self, facet: str, code: str) -> str:
        """The name of a value; a code that this version does not know is shown as it is."""
        return visible(self._value(facet, code))

    def in_order(self, facet: str, codes: Iterable[str]) -> list[str]:
        """The codes in the order in which people look for them; what is not stated comes last."""
        return sorted(codes, key=lambda code: (code == "", *self._key(facet, code)))

    def _value(self, facet: str, code: str) -> str:
        language = self._t.language
        if not code:
            return self._t("finding.not_stated")
        target = self._targets.get(code)
        match facet:
            case "district":
                name = self._reference.district_name(code, language)
            case "goal":
                name = f"{code} · {self._reference.goal_name(code, language)}"
            case "target":
                name = f"{code} · {target.title[language]}" if target else code
            case "year":
                name = self._t("date.unknown") if code == UNKNOWN else code
            case "freshness" | "place":
                name = self._t(f"facet_value.{code}")
            case _:
                name = self._reference.vocabularies[facet].label(code, language)
        return name

    def _key(self, facet: str, code: str) -> tuple[int, str]:
        if facet == "goal":
            return (int(code), "") if code.isascii() and code.isdigit() else (1000, code)
        if facet == "target":
            goal, _, rest = code.partition(".")
            number = int(goal) * 100 if goal.isascii() and goal.isdigit() and len(goal) < 3 else 10_000
            return (
                (number + int(rest), "") if rest.isascii() and rest.isdigit() and len(rest) < 3 else (number + 50, rest)
            )
        if facet == "year":
            return (-int(code), "") if code.isascii() and code.isdigit() else (1, code)
        if facet in _NAMED_HERE:
            return (["fresh", "due", "stale", "mapped", "unmapped"].index(code), "")
        if facet in ("district", *_BY_LABEL):
            return (0, sort_key(self._value(facet, code)))
        known = [term.code for term in self._reference.vocabularies.get(facet, ())]
        return (known.index(code), "") if code in known else (len(known), code)
