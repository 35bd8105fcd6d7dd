"""Tables of what is due of the State: what is missing, where every item stands, which revisions are signed for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.content import Rating
from commitments.workflow import Audience, Status
from reporting.document import Block, Cell, Column, Heading, Kind, PageBreak, Paragraph, Table, Tone
from reporting.facts import ItemFacts, ReviewFacts
from reporting.national_contribution.cleared import own_update, rest_label, rest_tone
from reporting.review_report.wording import anchor, low, number_cell, words


def missing(cleared: ReviewFacts) -> tuple[Block, ...]:
    """By objective: the items that are due and have no update here."""
    heading = Heading(1, _("What is missing"), "missing", is_numbered=True)
    rows, number = [], 0
    for objective in (one for pillar in cleared.pillars for one in pillar.objectives):
        codes = [item.code for item in objective.items if item.is_owed and own_update(cleared, item) is None]
        if codes:
            number += len(codes)
            title = f"{objective.code}. {words(objective.title)}"
            rows.append((Cell(title), number_cell(len(codes)), Cell(", ".join(codes))))
    if not rows:
        return heading, Paragraph(_("Every item that is due has an update here."), is_numbered=True)
    text = ngettext(
        "%(number)d of %(due)d items that are due has no update here (%(rest)s).",
        "%(number)d of %(due)d items that are due have no update here (%(rest)s).",
        number,
    )
    table = Table(
        caption=_("Items due without an update here, by objective"),
        columns=(
            Column("objective", _("Objective"), 6),
            Column("number", _("Items"), 1, Kind.NUMBER),
            Column("codes", _("Codes"), 6),
        ),
        rows=tuple(rows),
        footer=(Cell(_("All objectives")), number_cell(number), Cell("")),
        notes=(_("Objectives without such an item are left out."),),
        sheet=_("Missing"),
        anchor="missing-table",
    )
    said = text % {"number": number, "due": len(cleared.owed_items), "rest": low(rest_label(cleared))}
    return heading, Paragraph(said, is_numbered=True), table


def due_items(cleared: ReviewFacts) -> tuple[Block, ...]:
    """Every item that is due, with its status and, where there is an update, its rating."""
    table = Table(
        caption=_("All items due of the State, with status and rating"),
        columns=(
            Column("code", _("Code"), 2, Kind.CODE),
            Column("item", _("Action item"), 8),
            Column("status", _("Status"), 3),
            Column("rating", _("Rating"), 4),
        ),
        rows=tuple(_due_row(cleared, item) for item in cleared.items if item.is_owed),
        notes=_not_cleared(cleared),
        sheet=_("Items due"),
        anchor="due-table",
    )
    return PageBreak(), Heading(1, _("Annex I. Items due"), "annex-due"), table


def _not_cleared(cleared: ReviewFacts) -> tuple[str, ...]:
    text = _("Not cleared: a draft, or submitted to the national coordinator; no rating is shown before clearance.")
    return (text,) if cleared.audience == Audience.STATE else ()


def _due_row(cleared: ReviewFacts, item: ItemFacts) -> tuple[Cell, ...]:
    update = own_update(cleared, item)
    title = Cell(words(item.short_title))
    if update is None:
        return Cell(item.code), title, Cell(rest_label(cleared), rest_tone(cleared, item)), Cell("–")
    link = f"#{anchor(update)}"
    status = Cell(str(Status(update.status or Status.PUBLISHED).label))
    return Cell(item.code, link=link), title, status, Cell(str(Rating(update.rating).label), Tone(update.rating))


def manifest(cleared: ReviewFacts) -> tuple[Block, ...]:
    """The revisions of this contribution, by the hashes that the receipt covers."""
    heading = Heading(1, _("Annex II. Manifest"), "annex-manifest")
    if not cleared.updates:
        return heading, Paragraph(_("There is no cleared update to list."), is_numbered=True)
    table = Table(
        caption=_("Revisions of this contribution"),
        columns=(Column("code", _("Code"), 2, Kind.CODE), Column("revision", _("SHA-256 of the revision"), 9)),
        rows=tuple((Cell(one.item), Cell(one.revision)) for one in cleared.updates),
        notes=(
            _("The revisions as they stand in this document; the receipt covers those of the day of signing."),
            _("What a State changes afterwards makes a new revision with another hash."),
        ),
        sheet=_("Manifest"),
        anchor="manifest-table",
    )
    return heading, table
