"""What the map shows of the districts: the choices that the page offers, and one that was made.

A topic narrows what is counted to one goal (``goal:13``) or one audience (``audience:kadınlar``); empty: everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator

MODES = ("projects", "districts", "missing")
"""Projects as marks; a colour for each district; districts without an active project."""
MEASURES = ("density", "count", "budget", "active", "months")
"""Projects per 10,000 people, projects, money, share of the active ones, months since the last confirmation."""
TOPICS = ("goal", "audience")
TOPIC_LIMIT = 100
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose. ``year``: what ran in it; 0 for what there is now."""

    mode: str = MODES[0]
    measure: str = MEASURES[0]
    topic: str = ""
    year: int = 0
    links: bool = False
    """Whether joint work is shown as lines between districts."""
    request: int = 0
    """The number of the page's message, so that it knows what it is an answer to."""

    @property
    def by(self) -> str:
        """The kind of the topic, empty where there is none."""
        return self.topic.partition(":")[0]

    @property
    def code(self) -> str:
        """The code of the topic."""
        return self.topic.partition(":")[2]

    @property
    def plain(self) -> bool:
        """Whether only projects are shown, all of them."""
        return self.mode == MODES[0] and not self.year and not self.links

    @property
    def possible(self) -> bool:
        """Whether the page offers such a thing."""
        return (
            self.mode in MODES
            and self.measure in MEASURES
            and len(self.topic) <= TOPIC_LIMIT
            and (not self.topic or (self.by in TOPICS and bool(self.code)))
            and (self.year == 0 or FIRST_YEAR <= self.year <= LAST_YEAR)
        )


def options(reference: Reference, t: Translator) -> dict[str, Any]:
    """What the page offers, and its words for it."""
    return {
        "modes": [{"code": mode, "name": t(f"thematic_mode.{mode}")} for mode in MODES],
        "measures": [{"code": measure, "name": t(f"thematic_measure.{measure}")} for measure in MEASURES],
        "topics": list(_topics(reference, t)),
        "texts": {
            "modes": t("thematic.modes"),
            "measure": t("thematic.measure"),
            "topic": t("thematic.topic"),
            "everything": t("thematic.everything"),
            "time": t("thematic.time"),
            "timeHelp": t("thematic.time_help"),
            "links": t("thematic.links"),
            "linksHelp": t("thematic.links_help"),
            "year": t("thematic.year"),
            "earlier": t("thematic.earlier"),
            "later": t("thematic.later"),
            "fold": t("map.legend_fold"),
            "unfold": t("map.legend_unfold"),
            "list": t("thematic.list"),
            "clickHelp": t("thematic.click_help"),
        },
    }


def _topics(reference: Reference, t: Translator) -> Iterator[dict[str, Any]]:
    """The topics by their kind, in the order in which they are offered."""
    goals = [{"code": f"goal:{g.code}", "name": f"{g.code} · {g.name[t.language]}"} for g in reference.goals]
    yield {"name": t("gaps_by.goal"), "items": goals}
    terms = reference.vocabularies["audience"]
    audience = [{"code": f"audience:{term.code}", "name": term.label[t.language]} for term in terms]
    yield {"name": t("gaps_by.audience"), "items": audience}
