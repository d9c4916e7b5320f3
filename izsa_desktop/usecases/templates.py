"""An office's own templates: getting the program's to change them, and learning what is wrong with them."""

import shutil
from pathlib import Path

from izsa_desktop.domain.errors import FileProblem
from izsa_desktop.durable import os_problem
from izsa_desktop.reports import template_check
from izsa_desktop.reports.template_check import TemplateProblem
from izsa_desktop.reports.templates import FILES, shipped
from izsa_desktop.usecases.sheets import TEMPLATES
from izsa_desktop.usecases.workplace import Workplace


def check(workplace: Workplace, folder: Path | None = None) -> list[TemplateProblem]:
    """What is wrong with the templates in a folder, by default the workplace's own. Raises FileProblem."""
    own = folder or workplace.folder / TEMPLATES
    if folder is not None and not folder.is_dir():
        raise FileProblem(str(folder), "ENOENT")
    return template_check.check(own, workplace.reference)


def export(folder: Path) -> list[Path]:
    """Writes the program's templates and what they mean into a folder; what is there already stays.

    Raises FileProblem.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (*FILES, "README.md"):
            target = folder / name
            if not target.exists():
                shutil.copyfile(shipped(name), target)
                written.append(target)
    except OSError as problem:
        raise FileProblem(str(folder), os_problem(problem)) from problem
    return written
