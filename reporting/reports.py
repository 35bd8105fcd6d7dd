"""A review report as it is asked for: which cycle, for whom, in which language. Every channel asks here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Problem
from commitments.workflow import Audience
from reporting.document import Document
from reporting.queries import review_facts
from reporting.readings import told_report
from reporting.review_report import LANGUAGES, review_report

# A report is made from what is released beyond the State.
AUDIENCES = tuple(audience.value for audience in (Audience.PUBLIC, Audience.PARTICIPANTS, Audience.UN))


@dataclass(frozen=True)
class ReportRequest:
    """One report. Raises Invalid naming what is not among the choices."""

    cycle: str
    audience: str = Audience.PUBLIC.value
    language: str = "en"

    def __post_init__(self) -> None:
        problems = [
            Problem(field, "choice", _("One of: %(choices)s.") % {"choices": ", ".join(choices)})
            for field, value, choices in (
                ("audience", self.audience, AUDIENCES),
                ("language", self.language, LANGUAGES),
            )
            if value not in choices
        ]
        if problems:
            raise Invalid(problems=problems)

    def document(self, made_on: dt.date | None = None) -> Document:
        """The report; it bears the day of its latest release unless `made_on` is given.

        So it changes when something is released or withdrawn and at no other time, but for the end of the cycle.
        Raises NotVisible where there is no such cycle.
        """
        facts = review_facts(self.cycle, self.audience, now=timezone.now())
        told_report(self.cycle, self.audience)
        return review_report(facts, made_on=made_on or facts.dated_on, language=self.language)

    def file_name(self, extension: str) -> str:
        """A name that tells reports apart in a folder."""
        return f"review-report-{self.cycle}-{self.audience}-{self.language}.{extension}"
