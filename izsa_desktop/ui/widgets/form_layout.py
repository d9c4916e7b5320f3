"""Where every field stands in the form, and every part in its row. What is not named here cannot be entered.

A section has lines of fields that are always there, and more lines that stay folded until somebody opens them or they
hold something: the six fields that are required to send are seen at once, and little else.
"""

from dataclasses import dataclass

from izsa_desktop.domain.fields import RowSpec

Lines = tuple[tuple[str, ...], ...]
"""Names of fields; those of one line stand beside each other."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One section; its heading is ``form_section.<name>``."""

    name: str
    shown: Lines = ()
    more: Lines = ()

    @property
    def lines(self) -> Lines:
        return self.shown + self.more

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for line in self.lines for name in line)


SECTIONS: tuple[SectionSpec, ...] = (
    SectionSpec(
        "what",
        (("title",), ("purpose",)),
        (("summary",), ("kind", "periodic"), ("theme",), ("title_en",), ("purpose_en",)),
    ),
    SectionSpec("whom", (("audience",), ("audience_note",)), (("audience_number",),)),
    SectionSpec("when", (("start",), ("status",)), (("start_planned",), ("end_planned",), ("end",))),
    SectionSpec("goals", (("goals",),), (("targets",), ("goal_details",), ("dimensions",))),
    SectionSpec(
        "where",
        (("district", "neighbourhood"), ("place",), ("location",)),
        (("shape",), ("scope",), ("served",), ("sites",)),
    ),
    SectionSpec("who", (("unit", "owner"), ("source",)), (("contact",), ("partners",))),
    SectionSpec("money", more=(("funding",),)),
    SectionSpec("plans", more=(("plans",),)),
    SectionSpec(
        "climate",
        more=(
            ("climate_effect", "climate_sector"),
            ("hazards",),
            ("co2e",),
            ("energy_saved",),
            ("energy_produced",),
        ),
    ),
    SectionSpec("indicators", more=(("indicators",),)),
    SectionSpec("evidence", more=(("evidence",),)),
    SectionSpec("relations", more=(("relations",),)),
    SectionSpec("record", more=(("review",), ("review_note",), ("confirmed",))),
)

TOLD = frozenset({"review_note"})
"""Fields that nobody writes in the form: they are shown, to read, where they hold something."""

NO_COMMENT = TOLD | {"review", "confirmed"}
"""Fields of which the office says nothing."""

SECTION_OF = {name: section.name for section in SECTIONS for name in section.names}

_ROW_LINES: dict[str, Lines] = {
    "sites": (("name",), ("neighbourhood",), ("lat", "lon")),
    "partners": (("name",), ("type", "role")),
    "funding": (("source", "year"), ("amount", "currency"), ("note",)),
    "plans": (("plan", "level"), ("code",), ("text",)),
    "indicators": (
        ("name",),
        ("unit", "direction"),
        ("baseline", "baseline_year"),
        ("target", "target_year"),
        ("sdg",),
        ("actuals",),
    ),
    "actuals": (("value",), ("date",), ("source",)),
    "relations": (("other",), ("kind",), ("note",)),
}

ROW_DEFAULTS: dict[str, dict[str, str]] = {
    "funding": {"currency": "TRY"},
    "relations": {"kind": "ortak iş"},
}
"""What a new row starts with; a row that holds nothing else is empty."""


def row_lines(name: str, row: RowSpec) -> Lines:
    """The lines of one row of a field."""
    return _ROW_LINES.get(name) or tuple((spec.name,) for spec in row.attributes)
