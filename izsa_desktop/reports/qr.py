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


def code(project: Project) -> segno.QRCode:
    """The code. Its mask is fixed: choosing the best of eight takes five times as long, and readers do not need it."""
    return segno.make(payload(project), error="m", mask=2, micro=False)


def svg(project: Project) -> Markup:
    """The code as an inline SVG drawing without a size of its own; the page gives it its quiet zone."""
    return Markup(code(project).svg_inline(omitsize=True, border=0, svgclass="qr-code", lineclass=None))
