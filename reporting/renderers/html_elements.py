"""HTML elements from text and other elements. Text is always escaped; only what was made here passes as it is."""

from collections.abc import Iterable

from django.utils.html import format_html

from reporting.renderers.spacing import bound

LINE_BREAK = "<br>"


def element(_name: str, /, *contents: str, **attributes: str | None) -> str:
    """Return an element; attributes that are None are left out, `css` is the class, `_` in a name stands for `-`.

    Names of elements and attributes come from code, never from a report.
    """
    given = [part for name, value in attributes.items() if value is not None for part in (_attribute(name), value)]
    written = ' {}="{}"' * (len(given) // 2)
    return format_html(f"<{{}}{written}>{'{}' * len(contents)}</{{}}>", _name, *given, *contents, _name)


def joined(contents: Iterable[str], between: str = "") -> str:
    """Return contents in a row, each escaped unless it is made of elements; `between` is markup from code."""
    listed = list(contents)
    return format_html(between.join(["{}"] * len(listed)), *listed) if listed else ""


def lines(text: str) -> str:
    """Return a text with its line feeds as line breaks, and no line ending where it should not."""
    shown = bound(text)
    return joined(shown.split("\n"), LINE_BREAK) if "\n" in shown else shown


def _attribute(name: str) -> str:
    return "class" if name == "css" else name.replace("_", "-")
