"""A district's Monday: what the office answered, what it asks, the next two steps, what was not sent, what is old."""

from collections.abc import Iterator
from dataclasses import replace

from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.usecases import coaching_view, joint
from izsa_desktop.usecases.conflicts import count_conflicts
from izsa_desktop.usecases.drafts import unfinished
from izsa_desktop.usecases.finding import lexicon
from izsa_desktop.usecases.ladder import detail
from izsa_desktop.usecases.outbox import Outbox, outbox
from izsa_desktop.usecases.overview_lines import (
    BAD,
    COACHING,
    CONFIRM,
    CONFLICTS,
    EXCHANGE,
    GOOD,
    JOINT,
    LIST,
    MONTH,
    WARN,
    WEEK,
    Line,
    Look,
    Section,
    one_line,
)
from izsa_desktop.usecases.reviewing import CORRECTION, comments_of, corrected


def sections(look: Look) -> Iterator[Section]:
    """In the order in which they are read."""
    yield Section("asked", tuple(_asked(look)))
    yield Section("answered", tuple(_answered(look)))
    yield Section("next", tuple(_next(look)))
    yield Section("unsent", tuple(_unsent(look)))
    yield Section("stale", tuple(_stale(look)))


def _answered(look: Look) -> Iterator[Line]:
    t = look.t
    with look.workplace.store.reading() as reader:
        answers = reader.bundles("in")
        arrived = reader.arrived(look.since(WEEK))
        reviewed = [one for one in reader.projects_by_id(arrived) if not one.deleted and one.fields.review]
    if not answers:
        yield Line(kind="no_answer", text=t("overview_line.no_answer"), place=EXCHANGE)
        return
    yield Line(kind="answer", text=t("overview_line.answer", day=look.day(answers[0].moved)), place=EXCHANGE)
    approved = sorted((one for one in reviewed if one.fields.review == APPROVED), key=lambda one: one.updated)
    lines = [look.project_line("approved", one, t("overview_line.approved"), GOOD) for one in reversed(approved)]
    yield from look.more("approved", lines, LIST, ProjectFilter(review=(APPROVED,)))
    path = coaching_view.path(look.workplace, look.workplace.identity.body, look.today)
    yield from _coached(look, path)
    if notes := [one for one in path.notes if one.day >= look.since(WEEK)[:10]]:
        text = t("overview_line.notes", count=len(notes))
        yield Line(kind="notes", text=text, detail=one_line(notes[0].text), place=COACHING)


def _coached(look: Look, path: coaching_view.DistrictPath) -> Iterator[Line]:
    """What the office has written of the district's way, since a week."""
    t, since = look.t, look.since(WEEK)
    with look.workplace.store.reading() as reader:
        came = reader.arrived(since)
    accepted = [
        Line(
            kind="accepted",
            text=t("overview_line.accepted", code=one.evidence.criterion),
            detail=one_line(one.evidence.text),
            place=COACHING,
            id=one.evidence.id,
            tone=GOOD,
        )
        for one in path.evidence
        if one.tick is not None and one.tick.id in came
    ]
    yield from look.more("accepted", accepted, COACHING)
    sessions = [
        Line(
            kind="session",
            text=t("overview_line.session", day=look.day(one.day)),
            detail=one_line(one.text),
            place=COACHING,
            id=one.id,
        )
        for one in path.sessions
        if one.id in came
    ]
    yield from look.more("session", sessions, COACHING)


def _asked(look: Look) -> Iterator[Line]:
    t, workplace = look.t, look.workplace
    wanted = ProjectFilter(review=(CORRECTION,))
    with workplace.store.reading() as reader:
        corrections = reader.projects(wanted, lexicon(), look.today)
        changed = {one.id for one in corrections if corrected(reader, one)}
    said = comments_of(workplace, [one.id for one in corrections])
    lines = []
    for one in corrections:
        if one.id in changed:  # it waits for being sent, and then for the office: see _unsent
            continue
        fields = ", ".join(t.field(name) for name in said[one.id])
        told = t("overview_line.commented", fields=fields) if fields else ""
        words = " ".join(filter(None, (t("overview_line.correction"), one_line(one.fields.review_note), told)))
        lines.append(look.project_line("correction", one, words, WARN))
    yield from look.more("correction", lines, LIST, wanted)
    if count := count_conflicts(workplace):
        yield Line(kind="conflicts", text=t("overview_line.conflicts", count=count), place=CONFLICTS, tone=WARN)
    for programme in joint.unanswered(workplace):
        text = t("overview_line.joint_asked", name=joint.called(programme.fields, t))
        yield Line(kind="joint", text=text, place=JOINT, tone=WARN)
    items = [
        Line(
            kind="coaching",
            text=one_line(coaching_view.sentence(item, t)),
            detail=look.day(item.day) if item.day else "",
            place=COACHING,
            id=item.record,
            tone=BAD if item.late else WARN,
        )
        for item in look.agenda
        if item.kind not in ("evidence_waiting", "action_ours")
        and (not item.day or item.day <= f"{look.today + MONTH}")
    ]
    yield from look.more("coaching", items, COACHING)


def _next(look: Look) -> Iterator[Line]:
    path = coaching_view.path(look.workplace, look.workplace.identity.body, look.today)
    for step in path.standing.next_steps:
        name = step.criterion.name[look.t.language]
        yield Line(
            kind="step",
            text=f"{step.criterion.code} · {one_line(name)}",
            detail=one_line(detail(step, look.t)),
            place=COACHING,
            id=step.criterion.code,
        )


def _unsent(look: Look) -> Iterator[Line]:
    t, found = look.t, outbox(look.workplace)
    going = found.new
    for kind, count in (
        ("unsent", going.projects),
        ("unsent_answers", going.answers),
        ("unsent_coaching", going.coaching),
    ):
        if count:
            yield Line(kind=kind, text=t(f"overview_line.{kind}", count=count), place=EXCHANGE, tone=WARN)
    if found.written.saves:
        text = t("overview_line.written", what=found.written.told(t))
        yield Line(kind="written", text=text, place=EXCHANGE)
    yield from look.more("corrected", list(_corrected(look, found)), EXCHANGE)
    if found.kept:
        lacking = ProjectFilter(sort="lacking")
        yield Line(kind="kept", text=t("overview_line.kept", count=found.kept), place=LIST, wanted=lacking)
    if typed := unfinished(look.workplace):
        text = t("overview_line.typed", count=len(typed))
        yield Line(kind="typed", text=text, place=LIST, wanted=EVERYTHING)


def _corrected(look: Look, found: Outbox) -> Iterator[Line]:
    """What was put right as the office asked: first it is to be sent, then the office looks at it."""
    with look.workplace.store.reading() as reader:
        asked = reader.projects(ProjectFilter(review=(CORRECTION,)), lexicon(), look.today)
        done = [one for one in asked if corrected(reader, one)]
    for one in done:
        if one.id in found.unsent:
            yield replace(look.project_line("corrected", one, look.t("overview_line.to_send"), WARN), place=EXCHANGE)
        else:
            yield look.project_line("corrected", one, look.t("overview_line.to_look"))


def _stale(look: Look) -> Iterator[Line]:
    with look.workplace.store.reading() as reader:
        lines = list(look.freshness(reader))
    yield from lines
    if lines:
        yield Line(kind="confirm", text=look.t("overview_line.confirm"), place=CONFIRM)
