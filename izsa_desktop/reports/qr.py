"""The QR code of a sheet: which record, in which revision, so that paper can be checked against the store.

It holds ``IZSA:<RECORD ID>/<REVISION>/<CHECK>`` in capital letters, for which codes need least room: half as many dots
as for small ones and the whole revision, which a coarse copy keeps and a page prints faster. The check value stands for
the whole revision and the whole id; it is printed beside the code for those who compare by eye.
"""

import hashlib

import segno
from markupsafe import Markup

from izsa_desktop.domain.project import Project

_SHORT, _IN_CODE, _CHECK = 12, 16, 6


def payload(project: Project) -> str:
    """What the code holds."""
    return f"IZSA:{project.id}/{project.revision[:_IN_CODE]}/{check_value(project)}".upper()


def check_value(project: Project) -> str:
    """Six hex digits of the SHA-256 of ``<record id>/<whole revision>``."""
    return hashlib.sha256(f"{project.id}/{project.revision}".encode()).hexdigest()[:_CHECK].upper()


def short_revision(project: Project) -> str:
    """The beginning of the revision, for people who compare by eye."""
    return project.revision[:_SHORT]


def code(project: Project) -> segno.QRCode:
    """The code. Its mask is fixed: choosing the best of eight takes five times as long, and readers do not need it."""
    return segno.make(payload(project), error="m", mask=2, micro=False)


def svg(project: Project) -> Markup:
    """The code as an inline SVG drawing without a size of its own; the page gives it its quiet zone."""
    return Markup(code(project).svg_inline(omitsize=True, border=0, svgclass="qr-code", lineclass=None))
