"""The QR code of a sheet: which record, in which revision, so that paper can be checked against the store."""

import segno
from markupsafe import Markup

from izsa_desktop.domain.project import Project

_SHORT = 12


def payload(project: Project) -> str:
    """What the code holds: ``izsa:<record id>?rev=<revision>``."""
    return f"izsa:{project.id}?rev={project.revision}"


def short_revision(project: Project) -> str:
    """The beginning of the revision, for people who compare by eye."""
    return project.revision[:_SHORT]


def svg(project: Project) -> Markup:
    """The code as an inline SVG drawing without a size of its own.

    The mask is fixed: choosing the best of eight takes five times as long and paper readers do not need it.
    """
    code = segno.make(payload(project), error="m", mask=2, micro=False)
    return Markup(code.svg_inline(omitsize=True, border=0, svgclass="qr-code", lineclass=None))
