"""SVG as text, composed of small parts: presentation attributes alone, every word escaped, nothing from outside.

A strict Content-Security-Policy shows it as it is; the typesetter draws the same. Units are CSS pixels: 96 to an inch.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from reporting.charts.lettering import FONT
from reporting.cleaning import clean_text
from reporting.renderers import palette

WIDTH = 620  # the text of an upright A4 page: 467 points
SIZE = 12  # nine points on paper
SMALL = 11

Value = str | float
Words = str | Iterable[tuple[str, bool]]  # or runs of (words, whether bold)

# What lies over a colour, so that it is known without it: an outline, and the side of the square that is repeated.
# Two pictures in one page may both define a pattern: under one name they mean the same.
PATTERNS = {
    "tone-strokes": ("M-1 1 1 -1M0 6 6 0M5 7 7 5", 6),
    "tone-dots": ("M1 2h1.4M4 5h1.4", 6),
    "tone-lines": ("M-1 3h8", 6),
    "tone-crosses": ("M0 0 6 6M0 6 6 0", 6),
}


def element(name: str, attributes: dict[str, Value], *inside: str) -> str:
    """An element; `inside` is markup already."""
    written = "".join(f' {key}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def rect(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = palette.RULE) -> str:
    """A rectangle with an outline, which sets apart what is pale."""
    place: dict[str, Value] = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", {**place, "fill": fill, "stroke": stroke, "stroke-width": 0.75})


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = palette.RULE, width: float = 0.75) -> str:
    return element("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": stroke, "stroke-width": width})


def path(outline: str, *, fill: str = "none", stroke: str = palette.INK, dashes: str = "", width: float = 1) -> str:
    dashed: dict[str, Value] = {"stroke-dasharray": dashes} if dashes else {}
    return element("path", {"d": outline, "fill": fill, "stroke": stroke, "stroke-width": width, **dashed})


def text(
    x: float,
    y: float,
    words: Words,
    *,
    size: float = SIZE,
    anchor: str = "start",
    is_bold: bool = False,
    fill: str = palette.INK,
) -> str:
    """Words on one horizontal line; `y` is the line that they stand on."""
    attributes: dict[str, Value] = {"x": x, "y": y, "font-size": size, "fill": fill}
    if anchor != "start":
        attributes["text-anchor"] = anchor
    if is_bold:
        attributes["font-weight"] = "bold"
    if isinstance(words, str):
        return element("text", attributes, _escaped(words))
    runs = (element("tspan", {"font-weight": "bold"}, _escaped(run)) if bold else _escaped(run) for run, bold in words)
    return element("text", attributes, "".join(runs))


def pattern(name: str) -> str:
    """The definition of a pattern, which is laid over a colour; `overlay(name)` is the fill."""
    outline, size = PATTERNS[name]
    shape: dict[str, Value] = {"width": size, "height": size, "patternUnits": "userSpaceOnUse"}
    return element(
        "pattern",
        {"id": name, **shape},
        path(outline, stroke=palette.RULE, width=0.6),
    )


def overlay(name: str) -> str:
    return f"url(#{name})"


def drawing(height: float, title: str, description: str, parts: Iterable[str]) -> str:
    """A whole picture, WIDTH wide, on a white ground; its title and description are for who cannot see it."""
    inside = "".join(parts)
    used = [pattern(name) for name in PATTERNS if overlay(name) in inside]
    size: dict[str, Value] = {"viewBox": f"0 0 {WIDTH} {_value(height)}", "width": WIDTH, "height": height}
    return element(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img", "font-family": FONT},
        element("title", {}, _escaped(title)),
        element("desc", {}, _escaped(description)),
        *([element("defs", {}, *used)] if used else []),
        element("rect", {"width": WIDTH, "height": height, "fill": "#ffffff"}),
        inside,
    )


def _escaped(words: str) -> str:
    return escape(clean_text(words).replace("\n", " "))


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _escaped(value)
    return f"{value:.2f}".rstrip("0").rstrip(".")
