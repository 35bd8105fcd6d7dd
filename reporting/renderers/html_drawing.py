"""A figure's SVG within the page: its words can be found and copied, and nothing in it can do anything.

The drawing is read as XML and written anew from elements and attributes that only draw; nothing else gets through.
"""

import re
from typing import Any

from lxml import etree

from reporting.document import Figure
from reporting.renderers.html_elements import element, joined

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    "svg g defs title desc rect circle ellipse line polyline polygon path text tspan pattern clipPath "
    "linearGradient stop marker".split()
)
_WITH_TEXT = frozenset({"title", "desc", "text", "tspan"})
_ATTRIBUTES = frozenset(
    "id class x y x1 y1 x2 y2 dx dy cx cy r rx ry width height viewBox preserveAspectRatio d points transform "
    "fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity "
    "stroke-miterlimit opacity visibility font-family font-size font-weight font-style letter-spacing text-anchor "
    "dominant-baseline alignment-baseline text-rendering shape-rendering clip-path clip-rule offset stop-color "
    "stop-opacity gradientUnits patternUnits patternTransform patternContentUnits clipPathUnits markerWidth "
    "markerHeight markerUnits refX refY orient marker-start marker-mid marker-end textLength lengthAdjust".split()
)
_LOCAL = re.compile(r"url\(#([A-Za-z][\w.-]*)\)")


def drawing(figure: Figure) -> str:
    """Return the figure's SVG as an image with its words for who cannot see it.

    Raises ValueError where it is no SVG, or holds an element that does more than draw.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(figure.svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"Figure {figure.caption!r}: its drawing is no SVG: {error}.") from error
    if root.tag != f"{_SVG}svg" or root.getroottree().docinfo.doctype:
        raise ValueError(f"Figure {figure.caption!r}: its drawing is no SVG.")
    return _written(root, f"{figure.anchor}-", role="img", aria_label=figure.alt)


def _written(node: Any, prefix: str, **more: str) -> str:
    name = str(node.tag).removeprefix(_SVG)
    if name not in _DRAWN:
        raise ValueError(f"A drawing holds no <{name}>.")
    attributes = {key: _value(key, value, prefix) for key, value in node.attrib.items() if _draws(key, value)}
    return element(name, *_inside(node, name, prefix), **attributes, **more)


def _inside(node: Any, name: str, prefix: str) -> list[str]:
    has_text = name in _WITH_TEXT
    contents = [node.text or ""] if has_text else []
    for child in node:
        contents.append(_written(child, prefix))
        if has_text:
            contents.append(child.tail or "")
    return [joined(contents)]


def _draws(key: str, value: str) -> bool:
    """Whether an attribute only draws: of a known name, and with no address but one within the drawing."""
    return key in _ATTRIBUTES and ("(" not in value or key in {"transform", "patternTransform"} or _is_local(value))


def _is_local(value: str) -> bool:
    return value.startswith("rgb(") or _LOCAL.fullmatch(value) is not None


def _value(key: str, value: str, prefix: str) -> str:
    """Return the value; names within a drawing are made the figure's own, since a page holds many drawings."""
    if key == "id":
        return prefix + value
    return _LOCAL.sub(rf"url(#{prefix}\1)", value)
