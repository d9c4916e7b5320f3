"""How QGIS draws our layers: its own style documents (QML), in the colours of the goals."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from izsa_desktop.domain.reference import Reference

MARKER, LINE, FILL = "marker", "line", "fill"
_LAYERS = {MARKER: "SimpleMarker", LINE: "SimpleLine", FILL: "SimpleFill"}
_GEOMETRY = {MARKER: "0", LINE: "1", FILL: "2"}
_OTHER = "#6b7b82"
_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_STEPS = (("#e0f0f3", 0), ("#a9d3da", 1), ("#66adba", 10), ("#2f8596", 50), ("#0b5566", 200))
"""Colours of districts, and from how many projects on."""


def goal_style(kind: str, known: Reference, language: str, other: str) -> str:
    """A layer of projects, each in the colour of its main goal. ``other``: what is said of those without one."""
    root = _root(kind)
    renderer = SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr="main_goal", symbollevels="0", enableorderby="0"
    )
    categories = SubElement(renderer, "categories")
    symbols = SubElement(renderer, "symbols")
    goals = [(goal.code, f"{goal.code} {goal.name[language]}", goal.color) for goal in known.goals]
    for number, (value, label, color) in enumerate([*goals, ("", other, _OTHER)]):
        SubElement(categories, "category", render="true", symbol=str(number), value=value, label=label, type="string")
        _symbol(symbols, str(number), kind, color)
    return _text(root)


def count_style(label: str) -> str:
    """The districts, the darker the more projects they have. ``label`` has a place for a number."""
    root = _root(FILL)
    renderer = SubElement(root, "renderer-v2", type="graduatedSymbol", attr="projects")
    ranges = SubElement(renderer, "ranges")
    symbols = SubElement(renderer, "symbols")
    ends = [least for _, least in _STEPS[1:]] + [10**9]
    for number, ((color, least), end) in enumerate(zip(_STEPS, ends, strict=True)):
        upper = str(max(end - 1, least)) + ".5"
        words = label.replace("#", str(least) if end - 1 <= least else f"{least}+")
        SubElement(ranges, "range", render="true", symbol=str(number), lower=f"{least}", upper=upper, label=words)
        _symbol(symbols, str(number), FILL, color)
    return _text(root)


def _root(kind: str) -> Element:
    root = Element("qgis", version="3.28.0", styleCategories="Symbology")
    SubElement(root, "layerGeometryType").text = _GEOMETRY[kind]
    return root


def _symbol(symbols: Element, name: str, kind: str, color: str) -> None:
    symbol = SubElement(symbols, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1")
    layer = SubElement(symbol, "layer", {"class": _LAYERS[kind], "enabled": "1", "locked": "0", "pass": "0"})
    options = SubElement(layer, "Option", type="Map")
    for option, value in _options(kind, _rgba(color)):
        SubElement(options, "Option", name=option, value=value, type="QString")


def _options(kind: str, color: str) -> Iterable[tuple[str, str]]:
    if kind == LINE:
        return (("line_color", color), ("line_width", "0.8"), ("line_width_unit", "MM"), ("line_style", "solid"))
    outline = (("outline_color", "255,255,255,255"), ("outline_width", "0.3"), ("outline_width_unit", "MM"))
    if kind == MARKER:
        return (("name", "circle"), ("color", color), ("size", "2.6"), ("size_unit", "MM"), *outline)
    return (("color", color), ("style", "solid"), *outline)


def _rgba(color: str) -> str:
    return ",".join(str(int(color[n : n + 2], 16)) for n in (1, 3, 5)) + ",255"


def _text(root: Element) -> str:
    return _HEAD + tostring(root, encoding="unicode")
