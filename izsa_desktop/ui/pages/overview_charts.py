"""The charts of the overview: drawn on a worker in the colours of now, and told in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from izsa_desktop.charts.bars import balance, columns
from izsa_desktop.charts.look import Bar, Look, Part, Slice, Span, Stack
from izsa_desktop.charts.times import timeline
from izsa_desktop.charts.wheel import goal_wheel
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.running import ACTIVE, UNCLEAR
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.chart_look import look_now
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.widgets.card import Card
from izsa_desktop.ui.widgets.chart import ChartView
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.figures import Figures, RunningTime

WHEEL, BALANCE, TIMELINE, RUNNING = CHARTS = "wheel", "balance", "timeline", "running"
_BACK = 12
"""Years that the spans of projects show before the present one."""
_WIDTH = 260
"""Points: what stands beside the lines in the smallest window."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart and what it says."""

    svg: str
    words: str


def draw(found: Figures, known: Reference, t: Translator, look: Look, year: int) -> Mapping[str, Drawn]:
    """All of them; without a balance where nothing is known of it. On a worker: the first one loads the library."""
    slices = [Slice(goal.code, found.goals.get(goal.code, 0), goal.color) for goal in known.goals]
    told = [f"{goal.code} {goal.name[t.language]}: {t.number(found.goals.get(goal.code, 0))}" for goal in known.goals]

    def say(value: float) -> str:
        return t.number(round(value))

    drawn = {
        WHEEL: Drawn(
            goal_wheel(slices, look, centre=say(found.works), below=t("overview.wheel_below"), size=_WIDTH, say=say),
            t("overview.wheel_words", numbers=", ".join(told)),
        )
    }
    if found.balance:
        terms = list(known.vocabularies["dimension"])
        shares = [found.balance.get(term.code, 0.0) for term in terms]
        parts = [Part(term.label[t.language], color) for term, color in zip(terms, look.series, strict=False)]
        values = tuple(shares[: len(parts)])
        said = ", ".join(f"{part.label} {round(share)}" for part, share in zip(parts, values, strict=True))
        svg = balance([Stack("", values)], parts, look, width=_WIDTH)
        drawn[BALANCE] = Drawn(svg, t("overview.balance_words", numbers=said))
    bars = [Bar(str(n), count) for n, count in found.years.items()]
    said = ", ".join(f"{n}: {say(count)}" for n, count in found.years.items())
    svg = columns(bars, look, marked=str(year), width=_WIDTH, height=120, say=say)
    drawn[TIMELINE] = Drawn(svg, t("overview.timeline_words", numbers=said))
    if found.spans:
        drawn[RUNNING] = _running(found, t, look, year)
    return drawn


def _running(found: Figures, t: Translator, look: Look, year: int) -> Drawn:
    """From when to when a district's projects run."""
    spans = [
        Span(
            visible(one.title) or t("list.untitled"),
            one.first,
            one.last + 1 if one.last else None,
            look.accent if one.state == ACTIVE else look.soft,
        )
        for one in found.spans
    ]
    said = ", ".join(f"{span.label} {_years(one, t)}" for span, one in zip(spans, found.spans, strict=True))
    since = max(min(span.first for span in spans), year - _BACK)
    svg = timeline(spans, look, today=year + 0.5, since=since, width=_WIDTH)
    return Drawn(svg, t("overview.running_words", numbers=said))


def _about(found: Figures, t: Translator) -> str:
    """How many there are, how many of them run, and of how many nobody knows it."""
    number = t.number
    said = [t("overview.charts_text", count=found.works, works=number(found.works), running=number(found.running))]
    if found.unclear:
        said.append(t("overview.charts_unclear", count=found.unclear, number=number(found.unclear)))
    if found.undated:
        said.append(t("overview.charts_undated", count=found.undated, number=number(found.undated)))
    return " ".join(said)


def _years(one: RunningTime, t: Translator) -> str:
    """From when to when, and where nobody knows it, that."""
    if not one.last:
        return f"{one.first}–{t('overview.until_now')}"
    years = f"{one.first}" if one.first == one.last else f"{one.first}–{one.last}"
    return t("overview.until_unknown", years=years) if one.state == UNCLEAR else years


class ChartsCard(Card):
    """A card with the charts below each other; drawn again when the theme changes."""

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        super().__init__(t("overview.charts"))
        self._desk = desk
        self._shown: tuple[Figures, int] | None = None
        self.about = plain_label(role="soft", wrap=True)
        self.body.addWidget(self.about)
        self.charts: dict[str, ChartView] = {}
        self._parts: dict[str, list[QWidget]] = {}
        for name in CHARTS:
            heading = t(f"overview.{name}")
            chart = self.charts[name] = ChartView(heading, desk.theme)
            label = plain_label(heading, role="strong", wrap=True)
            self._parts[name] = [label, chart]
            self.body.addWidget(label)
            self.body.addWidget(chart)
        self._show_parts(())
        desk.theme.changed.connect(self._draw)

    def show_figures(self, found: Figures, year: int) -> None:
        """Draws these; ``year`` is the present one."""
        self._shown = (found, year)
        t = self._desk.t
        if found.works:
            self.about.setText(_about(found, t))
            self._draw()
        else:
            self.about.setText(t("overview.charts_none"))
            self._show_parts(())

    def _draw(self) -> None:
        if self._shown is None or not self._shown[0].works:
            return
        (found, year), known, t, look = self._shown, self._desk.workplace.reference, self._desk.t, look_now()
        self._desk.tasks.run_beside(self, lambda: draw(found, known, t, look, year), self._show_drawn)

    def _show_drawn(self, drawn: Mapping[str, Drawn]) -> None:
        for name, one in drawn.items():
            self.charts[name].show_chart(one.svg, one.words)
        self._show_parts(drawn)

    def _show_parts(self, names: Mapping[str, Drawn] | tuple[()]) -> None:
        for name, parts in self._parts.items():
            for part in parts:
                part.setVisible(name in names)
