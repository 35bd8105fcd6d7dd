"""The colours of the tones, in one place: pages, papers, workbooks and charts take them from here.

A colour always stands beside its word. Ratings are one hue that grows darker in clear steps, so that they keep
their order in grey and for readers who do not tell colours apart; "not started" is of another hue. Reasons for an
empty cell are pale. Text, and so a link, has a contrast of 4.5:1 or more on every one of them.
`static/reporting/report.css` repeats these values, and a test compares them.
"""

from dataclasses import dataclass

from reporting.document import Tone

INK = "#1a1a1a"
PAPER = "#ffffff"
ACCENT = "#1f4e79"
RULE = "#8c8c8c"
HEAD = "#e9eef3"


@dataclass(frozen=True)
class Colours:
    """Background (of a cell, or of a bar) and text upon it, as #rrggbb."""

    background: str
    text: str = INK


PALETTE: dict[Tone, Colours] = {
    Tone.NOT_STARTED: Colours("#fbe5c0"),
    Tone.LIMITED: Colours("#b0d0e7"),
    Tone.SUBSTANTIAL: Colours("#5f9fcb"),
    Tone.IMPLEMENTED: Colours("#17507b", PAPER),
    Tone.NOT_APPLICABLE: Colours("#d9d9d9"),
    Tone.NO_INFORMATION: Colours("#ececec"),
    Tone.NOT_DUE: Colours("#fafafa"),
    Tone.AWAITING: Colours("#eef6ee"),
    Tone.NOT_REPORTED: Colours("#f6ddd9"),
    Tone.NOT_RELEASED: Colours("#e4deef"),
    Tone.WITHDRAWN: Colours("#fdf3f3", "#7a1f1f"),
}
RATINGS = (Tone.NOT_STARTED, Tone.LIMITED, Tone.SUBSTANTIAL, Tone.IMPLEMENTED)
# Lines and bars of what has no tone: each has a contrast of 4.5:1 or more with white paper.
SERIES = ("#1f4e79", "#b35900", "#5b7f3a", "#7a4f8c", "#0f766e", "#8c6d1f")


# How figures call what is due and not there, whatever the reason.
_OTHER_NAMES = {"empty": Tone.NOT_RELEASED}


def fill(name: str, place: int = 0) -> str:
    """Return the colour of a bar or line: of the tone of that name, else the one for its place in the series."""
    colours = _named(name)
    return colours.background if colours else SERIES[place % len(SERIES)]


def text_on(name: str) -> str:
    """Return the colour of words on a bar that `fill` has coloured."""
    colours = _named(name)
    return colours.text if colours else PAPER


def _named(name: str) -> Colours | None:
    tone = _OTHER_NAMES.get(name) or next((tone for tone in PALETTE if tone == name), None)
    return PALETTE[tone] if tone else None
