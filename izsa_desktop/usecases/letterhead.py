"""What an office puts on its paper: a name, a line in the foot, a logo. A setting of this workplace, sent to nobody."""

import base64
from pathlib import Path

from izsa_desktop.attachments import kinds, pictures
from izsa_desktop.attachments.kinds import MAX_FILE
from izsa_desktop.domain.errors import AttachmentRefused, BadField, BadLogo, OverLimit
from izsa_desktop.domain.text import has_control, has_invisible, normal
from izsa_desktop.durable import make_folder
from izsa_desktop.reports.sheet_material import Letterhead
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.workplace import Workplace

MAX_LINE = 200
_LOGO = "letterhead/logo.jpg"
_SIDE = 600
"""Dots of the logo's longer side: 9 mm high on paper, that is fine enough for any printer."""
_ORGANISATION, _FOOTER = "letterhead/organisation", "letterhead/footer"


def letterhead(workplace: Workplace) -> Letterhead:
    """As it is now; a logo that cannot be read is none."""
    with workplace.store.reading() as reader:
        meta = reader.meta()
    return Letterhead(
        organisation=meta.get(_ORGANISATION, ""), footer=meta.get(_FOOTER, ""), logo=_address(workplace.folder / _LOGO)
    )


def set_lines(workplace: Workplace, organisation: str, footer: str) -> None:
    """Keeps the name in the head (empty: the network's) and the line in the foot. Raises BadField."""
    lines = {_ORGANISATION: normal(organisation), _FOOTER: normal(footer)}
    for text in lines.values():
        if len(text) > MAX_LINE:
            raise BadField("letterhead", "too_long", text[:40], MAX_LINE)
        if has_invisible(text) or has_control(text):
            raise BadField("letterhead", "hidden_characters", text[:40])
    with workplace.store.writing() as writer:
        writer.set_meta(lines)


def set_logo(workplace: Workplace, file: Path) -> None:
    """Keeps a picture as the logo, without what else the file tells. Raises BadLogo, FileProblem, DiskProblem."""
    try:
        data = read_file(file, MAX_FILE)
        kind = kinds.recognise(file.name, data)
        if not kind.picture:
            raise BadLogo(file.name)
        small = pictures.smaller(file.name, kind, data, _SIDE)
    except (AttachmentRefused, OverLimit) as problem:
        raise BadLogo(file.name) from problem
    make_folder((workplace.folder / _LOGO).parent)
    write_atomic(workplace.folder / _LOGO, small)


def remove_logo(workplace: Workplace) -> None:
    """From now on there is none."""
    (workplace.folder / _LOGO).unlink(missing_ok=True)


def has_logo(workplace: Workplace) -> bool:
    """Whether there is one."""
    return (workplace.folder / _LOGO).is_file()


def _address(file: Path) -> str:
    try:
        return f"data:image/jpeg;base64,{base64.b64encode(file.read_bytes()).decode('ascii')}"
    except OSError:
        return ""
