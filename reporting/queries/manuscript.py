"""What people wrote for a report, as they left it."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Subquery

from reporting.manuscript import Cited, FollowUp, Manuscript, Masthead, Passage, Recommendation, Remark, Statement
from reporting.models import Edition, Report, Signature
from reporting.queries.words import wording
from reporting.snapshot import snapshot


def manuscript_of(report: Report) -> Manuscript:
    """The masthead, and what has not been retired. Four reads, one snapshot.

    The number of a recommendation is its place for ever, so that nothing else takes the number of one retired.
    Comments are told once they are answered; statements as each State last signed them.
    """
    with snapshot():
        recommendations, follow_ups = _recommendations(report)
        return Manuscript(
            masthead=Masthead(report.symbol, report.session, report.agenda_item),
            passages=_passages(report),
            recommendations=recommendations,
            follow_ups=follow_ups,
            remarks=_remarks(report),
            statements=_statements(report),
        )


def _passages(report: Report) -> tuple[Passage, ...]:
    """By section, and in the order in which they stand in it."""
    rows = report.passages.filter(retired_at=None).order_by("section", "position", "pk")
    return tuple(
        Passage(
            uid=str(row.uid),
            section=row.section,
            text=wording(row, "text"),
            form=row.form,
            title=wording(row, "title"),
            cites=tuple(Cited(*key.split(":", 1)) for key in row.cites),
        )
        for row in rows
    )


def _recommendations(report: Report) -> tuple[tuple[Recommendation, ...], tuple[FollowUp, ...]]:
    rows = report.recommendations.filter(retired_at=None).select_related("follows").order_by("position", "pk")
    made, followed = [], []
    for row in rows:
        if earlier := row.follows:
            remarks = wording(row, "text")
            followed.append(
                FollowUp(earlier.position, wording(earlier, "text"), earlier.addressee, row.outcome, remarks)
            )
        else:
            made.append(Recommendation(row.position, wording(row, "text"), row.addressee, tuple(row.items)))
    return tuple(made), tuple(followed)


def _remarks(report: Report) -> tuple[Remark, ...]:
    """Of the draft that was circulated last, by paragraph and then by State."""
    drafts = Edition.objects.filter(report=report, form=Edition.Form.DRAFT).order_by("-number").values("pk")
    answered = report.remarks.filter(edition=Subquery(drafts[:1])).exclude(verdict="").select_related("member_state")
    rows = sorted(answered, key=lambda row: (*_number(row.paragraph), row.member_state.name, row.made_at, row.pk))
    return tuple(
        Remark(row.member_state.iso_alpha3, row.paragraph, row.text, row.language, row.verdict, row.reason)
        for row in rows
    )


def _number(paragraph: str) -> tuple[int, str]:
    """Paragraph 9 stands before paragraph 10, and before what is no number."""
    digits = re.match(r"[0-9]+", paragraph)
    return (int(digits.group()) if digits else 10**9), paragraph


def _statements(report: Report) -> tuple[Statement, ...]:
    """As each State signed last, where it lets the report's readers read that; in a report on one State, its alone."""
    signed = Signature.objects.in_force().released_to(report.audience).filter(cycle=report.cycle_id)
    if report.member_state_id:
        signed = signed.filter(member_state=report.member_state_id)
    ordered = sorted(signed.select_related("member_state"), key=lambda row: row.member_state.name)
    return tuple(_statement(row, row.member_state) for row in ordered)


def _statement(row: Signature, state: Any) -> Statement:
    signed_on = row.signed_at.astimezone(ZoneInfo(state.time_zone)).date()
    return Statement(state.iso_alpha3, wording(row, "text"), row.original_language, signed_on, row.receipt)
