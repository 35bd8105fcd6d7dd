"""How a tone is told apart in a picture: a letter, short words, a colour and, for what is no rating, a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.content import Rating
from reporting.charts import svg
from reporting.charts.lettering import width
from reporting.document import Tone
from reporting.facts import ReviewFacts
from reporting.figures import Figures, rest
from reporting.renderers.palette import PALETTE

# The order in which parts of a whole stand: how far the action has come, and then what says nothing of it.
STACK = (
    Tone.IMPLEMENTED,
    Tone.SUBSTANTIAL,
    Tone.LIMITED,
    Tone.NOT_STARTED,
    Tone.NOT_APPLICABLE,
    Tone.NO_INFORMATION,
)
# The order of a legend: the parts of a whole, then the other reasons for an empty cell.
LEGEND = (*STACK, Tone.NOT_RELEASED, Tone.AWAITING, Tone.NOT_REPORTED, Tone.WITHDRAWN, Tone.NOT_DUE)
_PATTERNED = {
    Tone.NOT_APPLICABLE: "tone-strokes",
    Tone.NO_INFORMATION: "tone-dots",
    Tone.AWAITING: "tone-lines",
    Tone.NOT_RELEASED: "tone-lines",
    Tone.NOT_REPORTED: "tone-lines",
    Tone.WITHDRAWN: "tone-crosses",
}
LEGEND_LINE = 18
_SWATCH = 16
_GAP = 16


def parts(facts: ReviewFacts, one: Figures) -> tuple[tuple[Tone, int], ...]:
    """What is due, by rating and with what is not there: every tone, zeros too. They add up to `one.due`."""
    return *((tone, one.rated(tone.value)) for tone in STACK), (rest(facts), one.empty)


def area(tone: Tone, x: float, y: float, width: float, height: float, *, is_plain: bool = False) -> Iterator[str]:
    """A rectangle of the tone, under its pattern where it has one and is not asked for plain."""
    yield svg.rect(x, y, width, height, fill=PALETTE[tone].background)
    if tone in _PATTERNED and not is_plain:
        yield svg.rect(x, y, width, height, fill=svg.overlay(_PATTERNED[tone]), stroke="none")


def letter(tone: Tone) -> str:
    """One sign for the tone; no two share one, but for the ways of being empty, which never stand side by side."""
    return {
        Tone.IMPLEMENTED: pgettext("one letter for a rating", "I"),
        Tone.SUBSTANTIAL: pgettext("one letter for a rating", "S"),
        Tone.LIMITED: pgettext("one letter for a rating", "L"),
        Tone.NOT_STARTED: pgettext("one letter for a rating", "N"),
        Tone.NOT_APPLICABLE: pgettext("one letter for a rating", "A"),
        Tone.NO_INFORMATION: "?",
        Tone.NOT_DUE: "·",
        Tone.AWAITING: "□",
        Tone.NOT_RELEASED: "□",
        Tone.NOT_REPORTED: "□",
        Tone.WITHDRAWN: "×",
    }[tone]


def label(tone: Tone) -> str:
    """The tone in full."""
    reasons = {
        Tone.NOT_DUE: _("Not due"),
        Tone.AWAITING: _("Awaiting"),
        Tone.NOT_RELEASED: _("Not released"),
        Tone.NOT_REPORTED: _("Not reported"),
        Tone.WITHDRAWN: _("Withdrawn"),
    }
    return reasons.get(tone) or str(Rating(tone).label)


def short(tone: Tone) -> str:
    """The tone in a word or two."""
    words = {
        Tone.IMPLEMENTED: pgettext("rating, in short", "Implemented"),
        Tone.SUBSTANTIAL: pgettext("rating, in short", "Substantial"),
        Tone.LIMITED: pgettext("rating, in short", "Limited"),
    }
    return words.get(tone) or label(tone)


def lettering(tone: Tone, x: float, y: float, runs: list[tuple[str, bool]]) -> Iterator[str]:
    """Words in the middle of a tone, in its own ink; its pattern is kept clear of them."""
    if tone in _PATTERNED:
        room = width("".join(words for words, _bold in runs), svg.SIZE, is_bold=True) + 4
        yield svg.rect(x - room / 2, y - 11, room, 15, fill=PALETTE[tone].background, stroke="none")
    yield svg.text(x, y, runs, anchor="middle", fill=PALETTE[tone].text)


def legend(y: float, tones: Iterable[Tone], *, is_plain: bool = False) -> tuple[list[str], float]:
    """Swatch, letter and words of each tone, in as many lines as they need; and where the next thing may begin."""
    parts: list[str] = []
    x = 0.0
    for tone in tones:
        room = _SWATCH + 6 + width(f"{letter(tone)} ", svg.SIZE, is_bold=True) + width(label(tone), svg.SIZE)
        if x and x + room > svg.WIDTH:
            x, y = 0.0, y + LEGEND_LINE
        parts += area(tone, x + 0.5, y + 2, _SWATCH, 11, is_plain=is_plain)
        parts.append(svg.text(x + _SWATCH + 5, y + 12, [(letter(tone), True), (f" {label(tone)}", False)]))
        x += room + _GAP
    return parts, y + LEGEND_LINE + 4
