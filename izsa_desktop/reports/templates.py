"""Templates of what is printed, from ``resources/templates`` or, file by file, from a folder of the office's own.

The program's templates and the office's are treated alike: every text is escaped, a variable that does not exist ends
the printing with its name. Templates of an office run in Jinja's sandbox: they can look at what they are given and at
nothing else.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from izsa_desktop import resource_files
from izsa_desktop.domain.errors import BadTemplate
from izsa_desktop.reports.fonts import font_face_css

FILES = (
    *("base.css", "sheet.css", "document.css"),
    *("document.html", "parts.html", "sheet.html", "offer.html", "catalogue.html", "report.html"),
)
"""What an office may replace."""
MAX_FILE = 1 << 20
"""Bytes of a template; more is none."""
_SHIPPED = "templates"


class Templates:
    """``own``: a folder whose files stand in for the program's of the same name; None for the program's alone."""

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        self._environment = _environment(own) if own is not None else _shipped()

    def render(self, name: str, variables: Mapping[str, Any]) -> str:
        """The document. Raises BadTemplate."""
        try:
            return self._environment.get_template(name).render(variables)
        except jinja2.TemplateSyntaxError as problem:
            raise BadTemplate(problem.name or name, problem.lineno, problem.message or "") from problem
        except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as problem:
            if self.own is None:
                raise
            raise BadTemplate(*_place(problem, name), str(problem)) from problem

    def css(self, *names: str) -> Markup:
        """The fonts and these style sheets."""
        return Markup("\n".join((font_face_css(), *(self.source(name) for name in names))))

    def source(self, name: str) -> str:
        """A file as it is written. Raises BadTemplate for one that is no text, or far too long."""
        file = self.own / name if self.own is not None and (self.own / name).is_file() else shipped(name)
        return read(file)


def shipped(name: str) -> Path:
    """The program's own file."""
    return resource_files.path(f"{_SHIPPED}/{name}")


def read(file: Path) -> str:
    """A template's text. Raises BadTemplate."""
    try:
        if file.stat().st_size > MAX_FILE:
            raise BadTemplate(file.name, 0, "too long")
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadTemplate(file.name, 0, str(problem)) from problem


def css_string(text: str) -> Markup:
    """A text as a string of CSS inside ``<style>``: everything but letters, digits and blanks is spelled out."""
    return Markup('"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"')


def environment_for(own: Path | None) -> jinja2.Environment:
    """An environment of its own, for looking at templates."""
    return _environment(own)


@cache
def _shipped() -> jinja2.Environment:
    return _made(jinja2.Environment, None)


def _environment(own: Path | None) -> jinja2.Environment:
    return _made(ImmutableSandboxedEnvironment, own)


def _made(kind: type[jinja2.Environment], own: Path | None) -> jinja2.Environment:
    environment = kind(
        loader=jinja2.FunctionLoader(lambda name: _load(name, own)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css_string"] = css_string
    return environment


def _load(name: str, own: Path | None) -> tuple[str, str, None] | None:
    """Only what belongs to the templates: nothing else of the computer can be included."""
    if name not in FILES or not name.endswith(".html"):
        return None
    file = own / name if own is not None and (own / name).is_file() else shipped(name)
    return read(file), name, None


def _place(problem: BaseException, name: str) -> tuple[str, int]:
    """The template and line at which it went wrong: the innermost."""
    found, trace = (name, 0), problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in FILES:
            found = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found
