"""The colours of the tones, in one place; a colour always stands beside its word.

Ratings are one hue growing darker, so that they keep their order in grey and for readers who
do not tell colours apart; reasons for an empty cell are pale. Text has a contrast of 4.5:1 or
more. `static/reporting/report.css` repeats these values, and a test compares them.
"""

from dataclasses import dataclass

from reporting.document import Tone

INK = "#1a1a1a"
ACCENT = "#1f4e79"
RULE = "#8c8c8c"
HEAD = "#e9eef3"


@dataclass(frozen=True)
class Colours:
    """Background and text as #rrggbb."""

    background: str
    text: str = INK


PALETTE: dict[Tone, Colours] = {
    Tone.NOT_STARTED: Colours("#fbe9d0"),
    Tone.LIMITED: Colours("#cfe3f0"),
    Tone.SUBSTANTIAL: Colours("#86bbd8"),
    Tone.IMPLEMENTED: Colours("#1f5f8b", "#ffffff"),
    Tone.NOT_APPLICABLE: Colours("#e3e3e3"),
    Tone.NO_INFORMATION: Colours("#f3f3f3"),
    Tone.NOT_DUE: Colours("#fafafa"),
    Tone.AWAITING: Colours("#fff8dc"),
    Tone.NOT_REPORTED: Colours("#f6ddd9"),
    Tone.NOT_RELEASED: Colours("#e4deef"),
}
