"""What a spreadsheet would take for a formula, and the apostrophe that keeps it text.

The same as in the tables of the API (commitments/api/answers.py); a test holds the two together.
"""

import re

GUARD = "'"
# Excel takes the wide and the small forms of these for the narrow. Quotation marks before one go as the file is cut.
_BEGINNINGS = r"(?:[^\S\r\n\t]|['\x22])*[=+\-@＝＋－＠﹦﹢﹣﹫]"
# Where lists are parted by semicolons, as in Russian, a spreadsheet cuts a file of commas at semicolons and line ends:
# what comes after one begins a cell of its own.
_PLACES = re.compile(rf"^(?=[\t\r])|(?:^|(?<=[;\t\r\n]))(?={_BEGINNINGS})")


def guarded(text: str) -> str:
    """A cell of a CSV that is a formula in no program. Whoever takes one apostrophe away at each of these places has
    the text to the letter."""
    return _PLACES.sub(GUARD, text)


def is_tempting(text: str) -> bool:
    """Whether a spreadsheet takes it for the beginning of a formula as soon as somebody edits or exports the cell."""
    return _PLACES.match(text) is not None
