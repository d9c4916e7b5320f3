"""The options of ``list`` as a filter. Words are taken as people write them; what cannot match is named."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.facets import DUE, FRESH, STALE
from izsa_desktop.domain.filter import SORTS, ProjectFilter
from izsa_desktop.domain.reference import Reference

_YEAR = re.compile(r"[0-9]{4}")
_CODED = ("status", "audience", "theme", "review")


def add_options(parser: ArgumentParser, text: Callable[[str], str]) -> None:
    """What ``list`` can filter and sort by."""
    parser.add_argument("--query", type=text, default="", metavar="WORDS", help="words that must all occur")
    parser.add_argument("--goal", type=text, default="", metavar="N", help="projects that serve this goal")
    parser.add_argument("--target", type=text, default="", metavar="N.M", help="projects that serve this target")
    parser.add_argument("--district", type=text, default="", metavar="CODE", help="code or name")
    for name in _CODED:
        parser.add_argument(f"--{name}", type=text, default="", metavar=name.upper(), help="code or name")
    parser.add_argument("--year", type=text, default="", metavar="YEAR", help=f"year of the start, or {UNKNOWN}")
    parser.add_argument("--freshness", choices=(FRESH, DUE, STALE), default="", help="by the last confirmation")
    parser.add_argument(
        "--network", action="store_true", help="everybody's approved projects, as the catalogue has them"
    )
    parser.add_argument("--sort", choices=SORTS, default="name", help="order (default: by name)")


def filter_of(arguments: Namespace, reference: Reference) -> ProjectFilter:
    """Raises BadField, UnknownDistrict."""
    targets = {target.code for goal in reference.goals for target in goal.targets}
    if arguments.goal and arguments.goal not in reference.goals_by_code:
        raise BadField("goals", "unknown_goal", arguments.goal)
    if arguments.target and arguments.target not in targets:
        raise BadField("targets", "unknown_code", arguments.target)
    if arguments.year not in ("", UNKNOWN) and not _YEAR.fullmatch(arguments.year):
        raise BadField("start", "not_a_year", arguments.year)
    coded: dict[str, Any] = {name: _only(_code(reference, name, getattr(arguments, name))) for name in _CODED}
    return ProjectFilter(
        query=arguments.query,
        goal=_only(arguments.goal),
        target=_only(arguments.target),
        district=_only(reference.district(arguments.district).code if arguments.district else ""),
        year=_only(arguments.year),
        freshness=_only(arguments.freshness),
        sort=arguments.sort,
        network=arguments.network,
        **coded,
    )


def _code(reference: Reference, name: str, text: str) -> str:
    term = reference.vocabularies[name].find(text) if text else None
    if text and term is None:
        raise BadField(name, "unknown_code", text)
    return term.code if term else ""


def _only(code: str) -> tuple[str, ...]:
    return (code,) if code else ()
