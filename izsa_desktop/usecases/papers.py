"""Documents to fill in for a district's sustainability office, with its name in them."""

from pathlib import Path

from izsa_desktop.domain.errors import NoSuchTemplate, NotYourPath, UnknownDistrict
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.office import BLANK, TEMPLATES, office_template, template_file
from izsa_desktop.usecases.files import require_ending, write_atomic
from izsa_desktop.usecases.ladders import current_ladder
from izsa_desktop.usecases.workplace import Workplace, require_outside


def write_template(workplace: Workplace, name: str, target: Path, t: Translator, district: str = "") -> None:
    """Writes one of ``TEMPLATES`` as docx. ``district``: code or name; at a district its own, at the office a blank.

    Raises NoSuchTemplate, UnknownDistrict, NotYourPath, WrongEnding, InsideWorkplace, FileProblem, DiskProblem.
    """
    if name not in TEMPLATES:
        raise NoSuchTemplate(name[:60], ", ".join(TEMPLATES))
    require_ending(target, ".docx")
    require_outside(workplace, target)
    code = _district(workplace, district)
    called = workplace.reference.district_name(code) if code else BLANK
    facts = {"body": t("sheet.body_district", name=called), "upper": _upper(called)}
    write_atomic(target, office_template(name, t.language, facts, current_ladder(workplace)), verify=True)


def template_target(name: str, t: Translator) -> str:
    """A file name to propose."""
    return f"{template_file(name, t.language)}.docx"


def _district(workplace: Workplace, named: str) -> str:
    """A district's code, or empty at the office."""
    if not named:
        return "" if workplace.identity.office else workplace.identity.body
    code = workplace.reference.district(named).code
    if code == OFFICE:
        raise UnknownDistrict(named)
    if not workplace.identity.office and code != workplace.identity.body:
        raise NotYourPath(workplace.reference.district_name(code))
    return code


def _upper(text: str) -> str:
    """As Turkish writes capitals, whatever the language of this PC."""
    return text.replace("i", "İ").replace("ı", "I").upper()
