"""The public documents that the plan, the baseline and the partner activities are drawn from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SourceDocument:
    """`dated_on` is the day of the event or account; a text that names no day has the last one it speaks of."""

    title: Any
    dated_on: dt.date | None = None


DOCUMENTS: dict[str, SourceDocument] = {
    "tashkent-conference-report-2022": SourceDocument(
        _("Conference report, Tashkent, 3-4 March 2022"), dt.date(2022, 3, 4)
    ),
    "unoct-small-arms-workshop-2021": SourceDocument(
        _("UNOCT account of the workshop on small arms, 20 April 2021"), dt.date(2021, 4, 20)
    ),
    "unodc-bishkek-workshop-2023": SourceDocument(
        _("UNODC account of the workshop in Bishkek, 19-20 September 2023"), dt.date(2023, 9, 20)
    ),
    "regional-expert-council-2024": SourceDocument(
        _("Account of the meeting of the Regional Expert Council, 2024"), dt.date(2024, 7, 23)
    ),
    "iij-tokyo-workshop-2025": SourceDocument(
        _("IIJ account of the workshop in Tokyo, 14 February 2025"), dt.date(2025, 2, 14)
    ),
}


def document(slug: str) -> SourceDocument:
    """The document of this name; one that is not listed goes by its name and has no date."""
    return DOCUMENTS.get(slug) or SourceDocument(slug)


# Cycles whose updates were recorded from a document instead of being reported by the States.
RECORDED_FROM: dict[str, str] = {"baseline-2022": "tashkent-conference-report-2022"}
