"""How the values of a map of districts are divided into classes, and written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from izsa_desktop.analysis.classes import bounds
from izsa_desktop.i18n import Translator

_SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
_MONTHS = (3, 6, 12, 24)
"""The last class, above two years, is as long as it must be."""
_SIGNS = {"TRY": "₺", "EUR": "€", "USD": "$"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One of ``maps.thematic.MEASURES``; ``currency``: in which money is counted."""

    name: str
    currency: str
    t: Translator

    def bounds(self, values: Sequence[float]) -> tuple[float, ...]:
        """Upper bounds of the classes of these values."""
        match self.name:
            case "active":
                return _SHARES
            case "months":
                return (*_MONTHS, max([*values, _MONTHS[-1] + 1.0]))
            case _:
                return bounds(values, whole=self.name == "count")

    def classes(self, upper: Sequence[float]) -> Iterator[str]:
        """What each class is called."""
        for n, high in enumerate(upper):
            below = upper[n - 1] if n else 0.0
            if self.name == "months" and n == len(upper) - 1:
                yield self.t("thematic.over", low=self.short(below))
            elif self.name == "count":
                yield self._range(below + 1, high)
            elif n == 0:
                yield self.t("thematic.up_to", high=self.short(high)) if len(upper) > 1 else self.short(high)
            elif self.name == "active":
                yield self.t("thematic.share_between", low=self._bare(below), high=self._bare(high))
            else:
                yield self._range(below, high)

    def _range(self, low: float, high: float) -> str:
        if low == high:
            return self.short(high)
        return self.t("thematic.between", low=self._bare(low), high=self.short(high))

    def short(self, value: float) -> str:
        """As it stands in the legend and beside a district's name."""
        match self.name:
            case "density":
                return decimals(value, self.t)
            case "count":
                return self.t.number(round(value))
            case "budget":
                return money(value, self.currency, self.t)
            case "active":
                return self.t("thematic.share", value=round(value * 100))
            case _:
                return self.t("thematic.months", value=round(value))

    def sentence(self, value: float) -> str:
        """As it is said of a district."""
        said = self._bare(value) if self.name in ("active", "months") else self.short(value)
        return self.t(f"thematic_value.{self.name}", value=said)

    def _bare(self, value: float) -> str:
        """A number without its unit, where that is not a part of it."""
        match self.name:
            case "active":
                return str(round(value * 100))
            case "months":
                return str(round(value))
            case _:
                return self.short(value)


def decimals(value: float, t: Translator) -> str:
    """A number with two digits that say something: ``0,12``, ``1,3``, ``14``."""
    if value >= 10 or not value:
        return t.number(round(value))
    text = f"{value:.1f}" if value >= 1 else f"{value:.2f}"
    return text.replace(".", ",") if t.language == "tr" else text


def money(value: float, currency: str, t: Translator) -> str:
    """A sum as it can be written on a map."""
    sign = {"TRY": "₺", "EUR": "€", "USD": "$"}.get(currency, currency)
    if value >= 1e6:
        return t("thematic.million", value=decimals(value / 1e6, t), currency=sign)
    if value >= 1e3:
        return t("thematic.thousand", value=decimals(value / 1e3, t), currency=sign)
    return t("thematic.money", value=decimals(value, t), currency=sign)
