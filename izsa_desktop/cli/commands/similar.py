"""Projects that are alike, what they are to each other, and which goals a text speaks of."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from izsa_desktop.analysis.goals import GoalIdea
from izsa_desktop.analysis.reasons import Reason
from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.domain.errors import NoSuchProject
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import relating
from izsa_desktop.usecases import similar as usecase
from izsa_desktop.usecases.workplace import Workplace


def similar(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        if arguments.id is None:
            return _pairs(context, workplace, arguments)
        t, found = Translator(context.language), usecase.similar(workplace, arguments.id)
        if arguments.json:
            said = [{"id": one.project.id, "score": _score(one.score)} for one in found]
            why = [_reasons(one.reasons, workplace.reference, t) for one in found]
            print_json([{**one, "reasons": reasons} for one, reasons in zip(said, why, strict=True)])
            return 0
        for one in found:
            context.say(
                "similar.line",
                percent=_percent(one.score),
                id=one.project.id,
                district=_district(one.project, workplace.reference, t),
                title=one.project.fields.title,
            )
            _below(_sentences(one.reasons, workplace.reference, t))
        if not found:
            context.say("similar.none")
    return 0


def _pairs(context: Context, workplace: Workplace, arguments: Namespace) -> int:
    known, t = workplace.reference, Translator(context.language)
    found = usecase.collection(workplace).pairs()
    if arguments.json:
        print_json(
            [
                {"a": one.a.id, "b": one.b.id, "score": _score(one.score), "reasons": _reasons(one.reasons, known, t)}
                for one in found
            ]
        )
        return 0
    for one in found:
        context.say("similar.pair", percent=_percent(one.score), a=one.a.id, b=one.b.id)
        titles = t(
            "similar.titles",
            title_a=one.a.fields.title,
            district_a=_district(one.a, known, t),
            title_b=one.b.fields.title,
            district_b=_district(one.b, known, t),
        )
        _below(titles)
        _below(_sentences(one.reasons, known, t))
    if found:
        context.say("similar.count", count=len(found))
    else:
        context.say("similar.no_pairs")
    return 0


def relate(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        written = relating.relate(workplace, arguments.a, arguments.b, arguments.kind)
        relations = workplace.reference.vocabularies["relation"]
        term = relations.find(arguments.kind)
        assert term is not None  # else relate would have refused it
        if written:
            context.say("similar.related", a=arguments.a, kind=term.label[context.language], b=arguments.b)
        else:
            context.say("similar.related_already")
    return 0


def suggest_goals(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        try:
            ideas = usecase.suggest_goals_for(workplace, arguments.text)
        except NoSuchProject:
            if arguments.text.startswith(OFFICE) and len(arguments.text.split()) == 1:  # meant as an id
                raise
            ideas = usecase.suggest_goals(workplace, arguments.text)
        if arguments.json:
            print_json([_idea(idea) for idea in ideas])
            return 0
        known, t = workplace.reference, Translator(context.language)
        for idea in ideas:
            context.say(
                "suggest.line",
                percent=_percent(idea.score),
                goal=idea.goal,
                name=known.goals_by_code[idea.goal].name[context.language],
                words=", ".join(idea.words),
            )
            for target in idea.targets:
                title = known.targets_by_code[target.target].title[context.language]
                _below(t("suggest.target", target=target.target, title=title, words=", ".join(target.words)))
        if not ideas:
            context.say("suggest.none")
    return 0


def _idea(idea: GoalIdea) -> dict[str, Any]:
    return {
        "goal": int(idea.goal) if idea.goal.isdigit() else idea.goal,
        "score": _score(idea.score),
        "words": list(idea.words),
        "targets": [{"target": one.target, "words": list(one.words)} for one in idea.targets],
    }


def _reasons(reasons: Sequence[Reason], known: Reference, t: Translator) -> list[dict[str, Any]]:
    return [
        {
            "kind": reason.kind,
            "share": _score(reason.share),
            "values": list(reason.values),
            "text": usecase.sentence(reason, known, t),
        }
        for reason in reasons
    ]


def _sentences(reasons: Sequence[Reason], known: Reference, t: Translator) -> str:
    return "; ".join(usecase.sentence(reason, known, t) for reason in reasons)


def _district(project: Project, known: Reference, t: Translator) -> str:
    return one_line(known.district_name(project.fields.district, t.language)) if project.fields.district else "–"


def _below(sentence: str) -> None:
    """A line about the one above it."""
    print(f"      {one_line(sentence)}")


def _score(score: float) -> float:
    return round(score, 4)


def _percent(score: float) -> int:
    return round(100 * score)
