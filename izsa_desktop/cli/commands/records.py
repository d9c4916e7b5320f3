"""Making a workplace; entering, finding and showing projects."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from izsa_desktop import reference
from izsa_desktop.cli.context import Context, one_line, print_json, workplace_name
from izsa_desktop.cli.filtering import filter_of
from izsa_desktop.cli.lines import add_lines
from izsa_desktop.domain.errors import BadField, OfficeOnly, UnknownDistrict
from izsa_desktop.domain.fields import says_something
from izsa_desktop.domain.outlines import MAX_OUTLINES, NONE
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.domain.text import visible
from izsa_desktop.domain.validation import completeness
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import (
    evidence,
    projects,
)
from izsa_desktop.usecases import local_goals as own_goals
from izsa_desktop.usecases import outlines as own_outlines
from izsa_desktop.usecases import vocabularies as words
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.finding import list_found
from izsa_desktop.usecases.workplace import Workplace, create_workplace

MAX_GOALS = 1_000_000
"""Bytes of a list of local goals; 60 of the longest need a tenth."""


def init(context: Context, arguments: Namespace) -> int:
    body = OFFICE if arguments.office else reference.load().district(arguments.district).code
    if body == OFFICE and not arguments.office:  # "İzmir" is not a district; who means the office says so
        raise UnknownDistrict(arguments.district)
    if arguments.join and body != OFFICE:
        raise OfficeOnly
    with create_workplace(context.folder, body, arguments.person, context.language, joins=arguments.join) as workplace:
        name = workplace_name(context, workplace)
        context.say("cli.ready", name=name, folder=str(context.folder))
    return 0


def add(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        for id_ in add_lines(workplace, arguments.file):
            print(id_, flush=True)
    return 0


def list_projects(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = list_found(workplace, filter_of(arguments, workplace.reference))
        if arguments.json:
            print_json([_record(workplace, project) for project in found])
        else:
            for project in found:
                district = workplace.reference.district_name(project.fields.district)
                print(f"{project.id}  {one_line(district)}  {one_line(project.fields.title)}")
            context.say("cli.count", count=len(found))
    return 0


def show(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        record = _record(workplace, projects.get_project(workplace, arguments.id))
        if arguments.json:
            print_json(record)
        else:
            for name, value in record.items():
                if says_something(value) and value != []:
                    print(f"{name}: {visible(_plain(value))}".replace("\n", "\n  "))
    return 0


def attach(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        licence = workplace.reference.vocabularies["licence"].find(arguments.licence)
        if arguments.licence and licence is None:
            raise BadField("evidence", "unknown_code", arguments.licence)
        project = projects.get_project(workplace, arguments.id)
        added = evidence.attach_to(
            workplace,
            project,
            arguments.files,
            Evidence(
                caption=arguments.caption,
                licence=licence.code if licence else "",
                people=arguments.people,
                consent=arguments.consent,
            ),
        )
        t = Translator(context.language)
        for attached in added:
            name, size = attached.evidence.name, t.size(attached.evidence.size or 0)
            context.say("evidence.cli_attached", name=name, id=project.id, size=size)
            if attached.shrunk:
                context.say("evidence.shrunk", name=name, before=t.size(attached.original_size), after=size)
            elif attached.cleaned:
                context.say("evidence.cleaned", name=name)
    return 0


def local_goals(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.file:
            goals = own_goals.set_local_goals(workplace, read_file(arguments.file, MAX_GOALS))
        else:
            goals = own_goals.local_goals(workplace)
        if arguments.json:
            print_json(msgspec.to_builtins(goals))
        else:
            for goal in goals:
                print(f"{goal.code} {goal.name_en if context.language == 'en' else goal.name_tr}")
            context.say("cli.local_goals", count=len(goals))
    return 0


def outlines(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.built_in:
            count = own_outlines.set_outlines(workplace, NONE)
        elif arguments.file:
            count = own_outlines.set_outlines(workplace, read_file(arguments.file, MAX_OUTLINES))
        else:
            count = own_outlines.count_outlines(workplace)
        if arguments.json:
            print_json({"districts": count})
        else:
            context.say("layers.outlines" if count else "layers.outlines_built_in", count=count)
    return 0


def vocabularies(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.file:
            added = words.set_vocabularies(workplace, read_file(arguments.file, words.MAX_ADDED))
        else:
            added = words.added_terms(workplace)
        if arguments.json:
            print_json(msgspec.to_builtins(added))
            return 0
        for name, terms in added.items():
            for term in terms:
                print(f"{name}: {term.en if context.language == 'en' else term.tr} ({term.code})")
        context.say("layers.words", count=sum(map(len, added.values())))
    return 0


def _record(workplace: Workplace, project: Project) -> dict[str, Any]:
    known = completeness(project.fields)
    return record_from_project(project, workplace.reference) | {
        "missing": list(known.required),
        "completeness": known.percent,
    }


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(held)}" for name, held in value.items() if says_something(held))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("; " if any(isinstance(item, Mapping) for item in value) else ", ").join(map(_plain, value))
    return "" if value is None else str(value)
