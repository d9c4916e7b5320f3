"""Joint programme, coaching report and agenda as blocks of text for the printer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from izsa_desktop.domain.joint import Programme, as_project
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.catalogue import dots
from izsa_desktop.reports.papers import Block, Report
from izsa_desktop.reports.sheet_goals import goal_tiles
from izsa_desktop.reports.sheet_rows import Table, indicators
from izsa_desktop.reports.sheet_view import body_name
from izsa_desktop.usecases import coaching_view, joint
from izsa_desktop.usecases.coaching_view import DistrictPath
from izsa_desktop.usecases.workplace import Workplace

_MOST_GOALS = 4
"""Of a programme's goals."""


def report(workplace: Workplace, kind: str, district: str, programme: str, t: Translator) -> tuple[Report, int]:
    """The report of this kind, and how many projects it names.

    Raises NoSuchProgramme, UnknownDistrict, NotYourDistrict.
    """
    if kind == "joint":
        found = joint.programme(workplace, programme)
        return _joint(workplace, found, t), len(found.fields.members)
    if kind == "coaching":
        one = coaching_view.path(workplace, district or workplace.identity.body)
        return _coaching(workplace, one, t), 0
    return _agenda(workplace, t), 0


# --- a joint programme -----------------------------------------------------------------------------------------------


def _joint(workplace: Workplace, one: Programme, t: Translator) -> Report:
    known, f = workplace.reference, one.fields
    projects = joint.member_projects(workplace, one)
    facts = (
        (t("paper.lead"), body_name(f.lead, known, t)),
        (t("paper.status"), visible(known.vocabularies["status"].label(f.status, t.language)) if f.status else ""),
        (t("paper.start"), t.date(f.start)),
        (t("paper.end"), t.date(f.end)),
    )
    members = [
        (
            joint.member_called(row, t),
            body_name(row.body, known, t),
            visible(projects[row.project].number) if row.project in projects else "",
        )
        for row in f.members
    ]
    answers = [
        (body_name(answer.body, known, t), t(f"paper.said_{answer.said or 'none'}"), t.date(answer.day))
        for answer in one.answers
    ]
    measured = [(view.name, view.baseline, view.latest, view.target) for view in indicators(as_project(f), known, t)]
    return Report(
        kind=t("paper.joint"),
        title=joint.called(f, t),
        goals=goal_tiles(_most_served(projects.values()), known, t.language),
        lit=tuple(dict.fromkeys((*(row.body for row in f.members), *f.bodies))),
        dots=dots(list(projects.values()), known),
        blocks=tuple(
            block
            for block in (
                Block(heading=t("paper.purpose"), text=visible(f.purpose), facts=tuple(row for row in facts if row[1])),
                _rows(t("paper.members"), (t("paper.project"), t("paper.body"), t.field("number")), members),
                _rows(t("paper.bodies"), (t("paper.body"), t("paper.answer"), t("paper.day")), answers),
                _rows(
                    t("paper.indicators"),
                    (t("part.indicators_name"), t("sheet.baseline"), t("sheet.latest"), t("sheet.target")),
                    measured,
                ),
            )
            if block is not None
        ),
    )


def _most_served(projects: Iterable[Project]) -> list[str]:
    """Goals of the members' projects, those of most of them first."""
    served = Counter(code for project in projects for code in project.fields.goals)
    return [code for code, _projects in served.most_common(_MOST_GOALS)]


# --- coaching --------------------------------------------------------------------------------------------------------


def _coaching(workplace: Workplace, one: DistrictPath, t: Translator) -> Report:
    """What coach and district know of each other: for them alone."""
    return Report(
        kind=t("paper.coaching"),
        title=visible(workplace.reference.district_name(one.district, t.language)),
        about=t("sheet.printed", date=t.date(one.today.isoformat())),
        internal=True,
        blocks=tuple(_coaching_blocks(workplace, one, t)),
    )


def _coaching_blocks(workplace: Workplace, one: DistrictPath, t: Translator) -> Iterator[Block]:
    language, standing = t.language, one.standing
    signed = t("paper.no_stage")
    if one.signed is not None:
        stage = one.ladder.stage(one.signed.stage)
        signed = f"{one.signed.stage}. {visible(stage.name[language])}" if stage else str(one.signed.stage)
        signed = f"{signed} ({t.date(one.signed.confirmed)})"
    yield Block(
        heading=t("paper.stage"),
        facts=(
            (t("paper.stage"), f"{standing.stage.number}. {visible(standing.stage.name[language])}"),
            (t("paper.signed"), signed),
        ),
    )
    steps = [
        f"{one.code} {visible(one.name[language])} – {visible(one.evidence[language])}"
        for one in (status.criterion for status in standing.next_steps)
    ]
    if steps:
        yield Block(heading=t("paper.next_steps"), items=tuple(steps))
    criteria = [
        (
            status.criterion.code,
            visible(status.criterion.name[language]),
            t("paper.met") if status.met else t("paper.not_met"),
            t.date(status.expires.isoformat()) if status.expires else "",
        )
        for status in standing.criteria
    ]
    heads = (t("part.plans_code"), t("paper.criterion"), t("paper.state"), t("paper.expires"))
    yield from _some(_rows(t("paper.criteria"), heads, criteria))
    actions = [
        (
            visible(action.text),
            body_name(action.owner, workplace.reference, t),
            t.date(action.due),
            t.date(action.done) if action.done else t("paper.open"),
        )
        for action in one.actions
    ]
    heads = (t("paper.what"), t("paper.owner"), t("paper.due"), t("paper.done"))
    yield _rows(t("paper.actions"), heads, actions) or Block(heading=t("paper.actions"), text=t("paper.nothing"))
    sessions = [(t.date(session.day), visible(session.text), visible(session.participants)) for session in one.sessions]
    of_talks = (t("paper.day"), t("paper.what"), t("paper.participants"))
    yield _rows(t("paper.sessions"), of_talks, sessions) or Block(heading=t("paper.sessions"), text=t("paper.nothing"))


# --- the agenda ------------------------------------------------------------------------------------------------------


def _agenda(workplace: Workplace, t: Translator) -> Report:
    """Who is talked about, and why: by district, in the order of the alphabet."""
    items = coaching_view.agenda(workplace)
    blocks = []
    for code in coaching_view.districts(workplace):
        lines = [
            f"{t.date(item.day)} · {line}" if item.day else line
            for item in items
            if item.district == code
            for line in [_line(item, t)]
        ]
        if lines:
            name = visible(workplace.reference.district_name(code, t.language))
            blocks.append(Block(heading=name, items=tuple(lines)))
    open_programmes = [
        f"{joint.called(one.fields, t)}: {', '.join(names)}"
        for one in joint.programmes(workplace)
        if (names := [body_name(code, workplace.reference, t) for code in joint.waiting(one) if code != OFFICE])
    ]
    if open_programmes:
        blocks.append(Block(heading=t("paper.joint"), items=tuple(open_programmes)))
    if not blocks:
        blocks.append(Block(heading=t("paper.agenda"), text=t("paper.nothing")))
    return Report(
        kind=t("paper.agenda"),
        title=t("paper.agenda_title"),
        internal=True,
        blocks=(*blocks, Block(heading=t("paper.decisions"), text="\n\n\n\n")),
    )


def _line(item: coaching_view.Item, t: Translator) -> str:
    text = visible(coaching_view.sentence(item, t))
    return f"{text} ({t('paper.late')})" if item.late else text


def _rows(heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Block | None:
    """A block with a table; None for one without rows."""
    if not rows:
        return None
    filled = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    shown = tuple(tuple(row[n] for n in filled) for row in rows)
    return Block(heading=heading, table=Table(name=heading, columns=tuple(columns[n] for n in filled), rows=shown))


def _some(block: Block | None) -> Iterator[Block]:
    if block is not None:
        yield block
