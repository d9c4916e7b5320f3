"""The office's Monday: what came in, what waits for it, whom to call, what has grown old, which gaps closed."""

from collections.abc import Iterable, Iterator, Mapping

from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import sort_key
from izsa_desktop.usecases import coaching_view, joint
from izsa_desktop.usecases.answering import districts
from izsa_desktop.usecases.conflicts import count_conflicts
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.freshness import reminders
from izsa_desktop.usecases.overview_lines import (
    BAD,
    COACHING,
    CONFLICTS,
    DISTRICTS,
    EXCHANGE,
    GAPS,
    GOOD,
    JOINT,
    MONTH,
    MOST,
    REMIND,
    REVIEW,
    WARN,
    WEEK,
    Line,
    Look,
    Section,
)
from izsa_desktop.usecases.quarantine import quarantined
from izsa_desktop.usecases.reviewing import CHANGED, NEW, OPEN, waiting
from izsa_desktop.usecases.trusting import Enrolled

_COACHING = frozenset({"action_theirs", "action_ours", "session_due", "evidence_expired"})
"""Of the agenda what is told when it is late."""


def sections(look: Look) -> Iterator[Section]:
    """In the order in which they are read."""
    yield Section("arrived", tuple(_arrived(look)))
    yield Section("decide", tuple(_to_decide(look)))
    yield Section("call", tuple(_to_call(look)))
    with look.workplace.store.reading() as reader:
        yield Section("stale", tuple(look.freshness(reader)))
    yield Section("closed", tuple(_closed(look)))


def _arrived(look: Look) -> Iterator[Line]:
    since, t = look.since(WEEK), look.t
    with look.workplace.store.reading() as reader:
        came = [one for one in reader.bundles("in") if one.moved >= since and one.district != OFFICE]
        saves = reader.arrived(since)
        shown = {one.id: one for one in reader.projects_by_id(saves) if not one.deleted}
        new = [id_ for id_ in shown if any(not one.parents and one.id in saves[id_] for one in reader.history(id_))]
    if came:
        senders = _named(look, (one.district for one in came))
        text = t("overview_line.bundles", count=len(came))
        yield Line(kind="bundles", text=text, detail=senders, place=EXCHANGE)
    for kind, count in (("new", len(new)), ("changed", len(shown) - len(new))):
        if count:
            yield Line(kind=kind, text=t(f"overview_line.{kind}", count=count), place=REVIEW)


def _to_decide(look: Look) -> Iterator[Line]:
    t = look.t
    if count := count_conflicts(look.workplace):
        yield Line(kind="conflicts", text=t("overview_line.conflicts", count=count), place=CONFLICTS, tone=WARN)
    if found := waiting(look.workplace):
        reasons = {why: sum(one.why == why for one in found) for why in (NEW, OPEN, CHANGED)}
        said = [t(f"overview_review.{why}", count=count) for why, count in reasons.items() if count]
        oldest = look.day(found[0].project.updated)
        detail = t("overview_line.review_detail", reasons=", ".join(said), day=oldest)
        text = t("overview_line.review", count=len(found))
        yield Line(kind="review", text=text, detail=detail, place=REVIEW, tone=WARN)
    if handed := [one for one in look.agenda if one.kind == "evidence_waiting"]:
        text, oldest = t("overview_line.evidence", count=len(handed)), look.day(handed[0].day)
        who = t("overview_line.evidence_detail", who=_named(look, (one.district for one in handed)), day=oldest)
        yield Line(kind="evidence", text=text, detail=who, place=COACHING, tone=WARN)
    if kept := quarantined(look.workplace):
        text = t("overview_line.quarantine", count=len(kept))
        yield Line(kind="quarantine", text=text, place=EXCHANGE, tone=WARN)


def _to_call(look: Look) -> Iterator[Line]:
    t, found = look.t, districts(look.workplace)
    theirs: dict[str, list[Enrolled]] = {}
    for one in found.view.enrolled:
        if one.member.district != OFFICE and one.member.revoked_after_seq is None:
            theirs.setdefault(one.member.district, []).append(one)
    yield from look.more("missing", list(_missing(look, theirs)), DISTRICTS)
    yield from look.more("silent", list(_silent(look, theirs)), DISTRICTS)
    if found.without:
        text = t("overview_line.without", count=len(found.without))
        yield Line(kind="without", text=text, detail=", ".join(found.without), place=DISTRICTS)
    late = [one for one in look.agenda if one.late and one.kind in _COACHING]
    lines = [
        Line(
            kind="coaching",
            text=t("overview_line.coaching", district=look.name(one.district), what=coaching_view.sentence(one, t)),
            detail=look.day(one.day),
            place=COACHING,
            tone=WARN,
        )
        for one in late
    ]
    yield from look.more("coaching", lines, COACHING)
    if stages := [one for one in look.agenda if one.kind == "stage_proposed"]:
        text = t("overview_line.stages", count=len(stages))
        yield Line(kind="stages", text=text, detail=_named(look, (one.district for one in stages)), place=COACHING)
    asked = [one for one in joint.programmes(look.workplace) if any(joint.waiting(one))]
    if asked:
        who = _named(look, (code for one in asked for code in joint.waiting(one)))
        yield Line(kind="joint", text=t("overview_line.joint_waits", count=len(asked)), detail=who, place=JOINT)
    if due := reminders(look.workplace, today=look.today):
        text = t("overview_line.remind", count=len(due))
        yield Line(kind="remind", text=text, detail=_named(look, (one.district for one in due)), place=REMIND)


def _missing(look: Look, theirs: Mapping[str, list[Enrolled]]) -> Iterator[Line]:
    for district, pcs in theirs.items():
        for one in pcs:
            if one.standing.missing:
                numbers = ", ".join(map(str, one.standing.missing[:MOST]))
                text = look.t("overview_line.missing", district=look.name(district), numbers=numbers)
                yield Line(kind="missing", text=text, place=DISTRICTS, tone=BAD)


def _silent(look: Look, theirs: Mapping[str, list[Enrolled]]) -> Iterator[Line]:
    """Districts that may send and of which nothing has come for a month, or ever."""
    for district, pcs in theirs.items():
        last = max((one.last.moved for one in pcs if one.last is not None), default="")
        if last >= look.since(MONTH):
            continue
        name = look.name(district)
        if last:
            text = look.t("overview_line.silent", district=name, day=look.day(last))
        else:
            text = look.t("overview_line.never", district=name)
        yield Line(kind="silent", text=text, place=DISTRICTS, tone=WARN)


def _closed(look: Look) -> Iterator[Line]:
    names = FilterNames(look.workplace.reference, look.t)
    by_district: dict[str, list[str]] = {}
    for district, goal in look.counting.closed(look.since(MONTH)):
        by_district.setdefault(district, []).append(goal)
    lines = [
        Line(
            kind="closed",
            text=look.t("overview_line.closed", count=len(goals), district=look.name(district)),
            detail=", ".join(names.value("goal", goal) for goal in goals),
            place=GAPS,
            tone=GOOD,
        )
        for district, goals in by_district.items()
    ]
    yield from look.more("closed", lines, GAPS)


def _named(look: Look, codes: Iterable[str]) -> str:
    """Districts in Turkish order, each once, with how often where that is more than once."""
    counts: dict[str, int] = {}
    for code in codes:
        name = look.name(code)
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{name} ({counts[name]})" if counts[name] > 1 else name for name in sorted(counts, key=sort_key))
