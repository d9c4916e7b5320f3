"""The workbook to be filled in: one column a field, lists to choose from, an example that is passed over on import."""

from pathlib import Path

from izsa_desktop import reference
from izsa_desktop.domain.fields import Kind
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.validation import REQUIRED_TO_SEND
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.writing import TemplateColumn, template_bytes
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.importing.headers import target_label
from izsa_desktop.usecases.importing.targets import Target, targets

_COLUMNS = (
    *("title", "purpose", "audience", "start", "goals", "district"),
    *("summary", "status", "kind", "theme", "periodic", "start_planned", "end_planned", "end", "targets"),
    *("neighbourhood", "place", "coordinates", "scope", "unit", "owner", "contact", "partners_name"),
    *("funding_source", "funding_amount", "funding_currency", "funding_year", "plans_code", "plans_text"),
    *("indicators_name", "indicators_unit", "indicators_baseline", "indicators_target", "indicators_actual"),
    *("audience_number", "climate_effect", "climate_sector", "hazards", "co2e", "energy_saved", "energy_produced"),
    *("title_en", "purpose_en", "source"),
)
_WIDE = {"title": 34, "purpose": 44, "summary": 44, "purpose_en": 44, "title_en": 34, "audience": 24, "source": 30}


def write_template(path: Path, language: str) -> None:
    """Writes it in a language. Raises FileProblem, DiskProblem."""
    t, known = Translator(language), reference.load()
    columns = [_column(targets()[name], t, known) for name in _COLUMNS]
    texts = (t("import_template.title"), t("import_template.help"))
    write_atomic(path, template_bytes(t("import_template.sheet"), *texts, columns, t("import_template.lists")))


def _column(target: Target, t: Translator, known: Reference) -> TemplateColumn:
    return TemplateColumn(
        header=target_label(t, target.name),
        help=_help(target, t),
        example=_examples(t).get(target.name),
        choices=_choices(target, t, known),
        required=target.name in REQUIRED_TO_SEND,
        width=_WIDE.get(target.name, 18),
    )


def _examples(t: Translator) -> dict[str, str | int]:
    return {
        "title": t("import_template.example_title"),
        "purpose": t("import_template.example_purpose"),
        "summary": t("import_template.example_summary"),
        "audience": t("import_template.example_audience"),
        "start": t("import_template.example_start"),
        "end": t("import_template.example_unknown"),
        "goals": t("import_template.example_goals"),
        "targets": t("import_template.example_targets"),
        "place": t("import_template.example_place"),
        "partners_name": t("import_template.example_partners"),
        "contact": t("import_template.example_contact"),
        "coordinates": "38.4622, 27.2176",
        "funding_amount": 250_000,
        "funding_year": 2025,
        "audience_number": 600,
    }


def _help(target: Target, t: Translator) -> str:
    own = {"coordinates": "coordinates", "contact": "contact", "partners_name": "several"}
    by_kind = {
        **dict.fromkeys((Kind.GOALS, Kind.TARGETS), "goals"),
        **dict.fromkeys((Kind.COUNT, Kind.NUMBER), "number"),
        **dict.fromkeys((Kind.CODE, Kind.DISTRICT), "choice"),
        Kind.DATE: "dates",
        Kind.CODES: "list",
    }
    name = own.get(target.name) or (by_kind.get(target.spec.kind, "") if target.spec is not None else "")
    return t(f"import_template.help_{name}") if name else ""


def _choices(target: Target, t: Translator, known: Reference) -> tuple[str, ...]:
    spec = target.spec
    if spec is None:
        return ()
    if spec.kind in (Kind.CODE, Kind.CODES):
        return tuple(term.label[t.language] for term in known.vocabularies[spec.vocabulary])
    if spec.kind is Kind.GOALS:
        return tuple(f"{goal.code} – {goal.name[t.language]}" for goal in known.goals)
    if spec.kind is Kind.DISTRICT:
        return (*(district.name for district in known.districts), known.district_name(known.province.code, t.language))
    if target.name == "unit":
        return tuple(term.label[t.language] for term in known.vocabularies["unit"])
    return ()
