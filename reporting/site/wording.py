"""Words that the public pages share: why a cell is empty, and where a cycle was recorded from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from reporting.charts.tones import letter
from reporting.document import Tone
from reporting.sources import RECORDED_FROM, document


def recorded_from(cycle: str) -> Any:
    """The document that a cycle was recorded from, where the States did not report themselves; else empty."""
    return document(RECORDED_FROM[cycle]).title if cycle in RECORDED_FROM else ""


def sign(tone: Tone) -> str:
    """As in every report; on one page of this site two kinds of empty cells can stand side by side."""
    return "○" if tone == Tone.AWAITING else letter(tone)


def why(tone: Tone) -> str:
    """Why there is no rating, in a sentence; empty for a rating."""
    return {
        Tone.NOT_DUE: _("Addressed to the United Nations and other organizations; States owe no report on it."),
        Tone.AWAITING: _("The cycle is not over; a report can still be released."),
        Tone.NOT_RELEASED: _(
            "The State has not reported, or keeps its report to itself. Readers are not told which of the two."
        ),
    }.get(tone, "")
