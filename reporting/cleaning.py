"""Takes out of text what no file format may carry: control characters and half characters."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

# XML 1.0 forbids these (tab and line feed stay); C1 controls, lone surrogates and
# non-characters are of no use to a reader either.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Return the text with every line end as a line feed and without forbidden characters."""
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", text))


def clean(value: Any) -> Any:
    """Return a value made of dataclasses, tuples and strings with every string cleaned."""
    if type(value) is str:
        return clean_text(value)
    if isinstance(value, tuple):
        return tuple(clean(member) for member in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for each in fields(value):
        before = getattr(value, each.name)
        after = clean(before)
        if after != before:
            changed[each.name] = after
    return replace(value, **changed) if changed else value
