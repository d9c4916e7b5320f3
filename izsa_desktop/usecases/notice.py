"""The notice about personal data: a municipality's own text where it has put one, and when it was read here.

A text file ``kvkk.txt`` in the workplace's folder takes the place of the program's own notice.
"""

from pathlib import Path

from izsa_desktop.domain.text import normal
from izsa_desktop.usecases.workplace import Workplace, utc_now

OWN_TEXT = "kvkk.txt"
_READ = "kvkk_read"
_MOST = 64 * 1024


def own_text(folder: Path) -> str:
    """The municipality's own notice; empty when there is none that can be read."""
    try:
        with (folder / OWN_TEXT).open("rb") as file:
            data = file.read(_MOST)
    except OSError:
        return ""
    for encoding in ("utf-8-sig", "windows-1254"):
        try:
            return normal(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return ""


def mark_read(workplace: Workplace) -> str:
    """Keeps that a person has read the notice, and when: the time of the first time."""
    already = read_on(workplace)
    if already:
        return already
    now = utc_now()
    with workplace.store.writing() as writer:
        writer.set_meta({_READ: now})
    return now


def read_on(workplace: Workplace) -> str:
    """When the notice was read here (UTC); empty when never."""
    with workplace.store.reading() as reader:
        return reader.meta().get(_READ, "")
