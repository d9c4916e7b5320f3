"""Reference data as frozen values: districts, neighbourhoods, goals, vocabularies, and looking things up in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from izsa_desktop.domain.errors import UnknownDistrict
from izsa_desktop.domain.text import fold

OFFICE = "TUR035"
"""The metropolitan municipality's code as a reporting body, and "the whole province" as a project's district."""

PROVINCE_NAME = {"tr": "İzmir (il geneli)", "en": "İzmir (whole province)"}


@dataclass(frozen=True, slots=True)
class District:
    """One of the 30 districts, or the province as a whole (``OFFICE``). Codes are OCHA p-codes."""

    code: str
    name: str
    population: int
    lat: float
    """Latitude of the label point, degrees WGS84: an inner point far from the border."""
    lon: float
    abbreviation: str = ""
    """Three letters, as in the number İZSA-BOR-2026-0012."""

    @property
    def short_code(self) -> str:
        """``35-07`` for Bornova, ``35-00`` for the metropolitan office; used in file names and on the telephone."""
        return f"35-{self.code[7:] or '00'}"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A mahalle by its TÜİK/UAVT code."""

    id: int
    district: str
    name: str
    population: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """A place with a point (GeoNames): for map labels and for placing a project by its neighbourhood's name."""

    name: str
    district: str
    lat: float
    lon: float
    rank: int


@dataclass(frozen=True, slots=True)
class Target:
    """One of the 169 targets, for example 12.5."""

    code: str
    title: Mapping[str, str]
    text_en: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A global goal (codes ``1``-``17``) or a local goal of the network; texts by language, ``color`` as #rrggbb."""

    code: str
    color: str
    name: Mapping[str, str]
    statement: Mapping[str, str]
    targets: tuple[Target, ...] = ()
    dimensions: tuple[str, ...] = ()
    """Codes of the vocabulary ``dimension`` that the goal belongs to, its own one first."""

    @property
    def local(self) -> bool:
        return not self.code.isdigit()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary. The code is stored for ever and never re-used; the labels may change."""

    code: str
    label: Mapping[str, str]


class Vocabulary(tuple[Term, ...]):
    """Terms in the order in which they are offered."""

    def get(self, code: str) -> Term | None:
        """The term with exactly this code."""
        return next((term for term in self if term.code == code), None)

    def find(self, text: str) -> Term | None:
        """The term whose code or label in any language is this text, by Turkish folding."""
        wanted = fold(text)
        return next(
            (term for term in self if wanted in {fold(term.code), *(fold(label) for label in term.label.values())}),
            None,
        )

    def label(self, code: str, language: str) -> str:
        """What a person reads for a code; a code this version does not know is shown as it is."""
        term = self.get(code)
        return term.label[language] if term else code


@dataclass(frozen=True)
class Reference:
    """All reference data of this version."""

    districts: tuple[District, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    settlements: tuple[Settlement, ...]
    goals: tuple[Goal, ...]
    vocabularies: Mapping[str, Vocabulary]
    outlines: bytes = b""
    """Outlines of the districts that take the place of the program's own (see ``domain.outlines``), or empty."""
    province: District = field(default=District(OFFICE, PROVINCE_NAME["tr"], 0, 38.42, 27.14, "BŞB"))

    @cached_property
    def _districts_by_name(self) -> dict[str, District]:
        table: dict[str, District] = {}
        for district in (*self.districts, self.province):
            for name in (district.code, district.name, district.short_code):
                table[fold(name)] = district
        table[fold(PROVINCE_NAME["en"])] = self.province
        table[fold("İzmir")] = self.province
        table[fold("Efes Selçuk")] = table[fold("Selçuk")]
        return table

    @cached_property
    def goals_by_code(self) -> dict[str, Goal]:
        return {goal.code: goal for goal in self.goals}

    @cached_property
    def targets_by_code(self) -> dict[str, Target]:
        return {target.code: target for goal in self.goals for target in goal.targets}

    def district(self, name: str) -> District:
        """The district of a code (TUR035007, 35-07) or name in any case; "İzmir (il geneli)" is the province.

        Raises UnknownDistrict.
        """
        try:
            return self._districts_by_name[fold(name.strip())]
        except KeyError:
            raise UnknownDistrict(name) from None

    def district_name(self, code: str, language: str = "tr") -> str:
        """The name of a district code; an unknown code is shown as it is."""
        if code == OFFICE:
            return PROVINCE_NAME[language]
        found = self._districts_by_name.get(fold(code))
        return found.name if found else code

    def neighbourhoods_of(self, district: str) -> tuple[Neighbourhood, ...]:
        """The neighbourhoods of a district code."""
        return tuple(n for n in self.neighbourhoods if n.district == district)

    def goal_name(self, code: str, language: str) -> str:
        """The short name of a goal; an unknown code is shown as it is."""
        goal = self.goals_by_code.get(code)
        return goal.name[language] if goal else code


def vocabulary(terms: Iterable[Mapping[str, str]]) -> Vocabulary:
    """A vocabulary from ``{"code", "tr", "en"}`` rows."""
    return Vocabulary(Term(row["code"], {"tr": row["tr"], "en": row["en"]}) for row in terms)
