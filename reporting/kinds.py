"""The kinds of report: for each, its narrative sections and the module that turns facts into a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from reporting.document import Document
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript


class Build(Protocol):
    def __call__(
        self, facts: ReviewFacts, manuscript: Manuscript, *, made_on: dt.date, language: str, scope: str
    ) -> Document: ...


@dataclass(frozen=True)
class ReportKind:
    """One kind. `sections(facts)` lists (slug, label) of the sections that editors write, in their order."""

    slug: str
    label: Any
    module: str

    @property
    def build(self) -> Build:
        """The same facts, manuscript, date, language and scope make the same document."""
        return import_module(self.module).build

    @property
    def sections(self) -> Callable[[ReviewFacts], tuple[tuple[str, str], ...]]:
        return import_module(self.module).sections


KINDS: dict[str, ReportKind] = {
    kind.slug: kind
    for kind in (
        ReportKind("regional", _("Regional review report"), "reporting.review_report"),
        ReportKind("national", _("National contribution"), "reporting.national_contribution"),
        ReportKind("state-note", _("Note on one Member State"), "reporting.state_note"),
        ReportKind("thematic", _("Thematic report"), "reporting.thematic_report"),
        ReportKind("progress", _("Progress brief"), "reporting.progress_brief"),
    )
}
