"""``izsa joint``: programmes of several bodies, made by the office and answered by each of them."""

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec.structs import replace

from izsa_desktop.cli.context import Context, body_name, one_line, print_json
from izsa_desktop.domain.joint import ACCEPT, DECLINE, Answer, Programme, as_project
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import joining, joint
from izsa_desktop.usecases.projects import get_project


def list_programmes(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        found = joint.programmes(workplace)
        if arguments.json:
            print_json([to_plain(one, workplace.reference) for one in found])
            return 0
        t = Translator(context.language)
        for one in found:
            context.say(
                "joint.line",
                id=one.id[:8],
                name=joint.called(one.fields, t),
                lead=body_name(context, workplace, one.fields.lead),
                answered=sum(bool(answer.said) for answer in one.answers),
                asked=len(one.answers),
            )
        if not found:
            context.say("joint.none")
    return 0


def create(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        ids = [get_project(workplace, id_).id for id_ in arguments.member]
        lead = workplace.reference.district(arguments.lead).code
        print(joining.create(workplace, replace(joining.proposed(workplace, ids, lead), name=arguments.name)))
    return 0


def answer(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        said = ACCEPT if arguments.accept else DECLINE
        joint.answer(workplace, arguments.id, said, arguments.note)
        context.say("joint.answered")
    return 0


def show(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        one, known, t = joint.programme(workplace, arguments.id), workplace.reference, Translator(context.language)
        if arguments.json:
            print_json(to_plain(one, known))
            return 0
        print(one_line(joint.called(one.fields, t)))
        for sentence in _facts(one, partial(body_name, context, workplace), known, t):
            print(one_line(sentence))
    return 0


def _facts(shown: Programme, name_of: Callable[[str], str], known: Reference, t: Translator) -> list[str]:
    fields, status = shown.fields, known.vocabularies["status"]
    facts = [t("joint.fact", name=t("joint.id"), value=shown.id)]
    for name, value in (
        ("lead", name_of(fields.lead)),
        ("purpose", fields.purpose),
        ("status", status.label(fields.status, t.language) if fields.status else ""),
        ("start", t.date(fields.start) if fields.start else ""),
        ("end", t.date(fields.end) if fields.end else ""),
    ):
        if value:
            facts.append(t("joint.fact", name=t(f"joint_field.{name}"), value=value))
    facts += [t("joint.member_line", title=joint.member_called(one, t), id=one.project) for one in fields.members]
    measured = (" · ".join(filter(None, (row.name, row.unit))) for row in fields.indicators)
    facts += [t("joint.indicator_line", name=name) for name in measured]
    return facts + [_said(answer, name_of(answer.body), t) for answer in shown.answers]


def _said(answer: Answer, name: str, t: Translator) -> str:
    said = [t(f"joint_said.{answer.said or 'asked'}"), t.date(answer.day) if answer.day else "", answer.note]
    if answer.disputed:
        said.append(t("joint.disputed"))
    return t("joint.answer_line", body=name, said=" · ".join(filter(None, said)))


def to_plain(one: Programme, known: Reference) -> dict[str, Any]:
    """As JSON: see docs/cli.md."""
    fields = one.fields
    return {
        "id": one.id,
        "name": fields.name,
        "purpose": fields.purpose,
        "lead": fields.lead,
        "members": [{"id": member.project, "title": member.title} for member in fields.members],
        "status": fields.status,
        "start": fields.start,
        "end": fields.end,
        "indicators": record_from_project(Project(id=one.id, fields=as_project(fields)), known)["indicators"],
        "answers": [
            {
                "district": answer.body,
                "answer": answer.said or None,
                "note": answer.note,
                "date": answer.day or None,
                "disputed": answer.disputed,
            }
            for answer in one.answers
        ],
        "updated": one.updated,
        "updated_by": one.updated_by,
    }
