"""The annexes: every action item, every update, and what the report was made from."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from commitments.content import SECTIONS, Answer, Trend
from commitments.guidance import GUIDANCE, LANGUAGE_NAMES
from commitments.models.plan import Addressee
from reporting.document import Block, Cell, Column, Heading, Kind, PageBreak, Paragraph, Table
from reporting.facts import ItemFacts, ReleasedUpdate, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.counting import states_table
from reporting.review_report.glossary import glossary
from reporting.review_report.introduction import is_recorded
from reporting.review_report.matrix import state_cells, state_columns
from reporting.review_report.statements import remarks, statements
from reporting.review_report.wording import day, number_cell, rating_cell, span, words
from reporting.sources import document

_SHORT = 12  # digits of a hash, enough to tell revisions apart


def annexes(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    titled = (
        (_("Action items"), "annex-items", (_items(facts),)),
        (_("Updates"), "annex-updates", _updates(facts)),
        (_("Statements of Member States"), "annex-statements", statements(facts, manuscript)),
        (_("Comments of Member States on the draft"), "annex-remarks", remarks(facts, manuscript)),
        (_("Glossary"), "annex-glossary", glossary()),
        (_("What this report was made from"), "annex-manifest", tuple(_manifest(facts, manuscript))),
    )
    blocks: list[Block] = [PageBreak()]
    for number, (title, name, content) in zip(("I", "II", "III", "IV", "V", "VI"), titled, strict=True):
        blocks += [Heading(1, _("Annex %(number)s. %(title)s") % {"number": number, "title": title}, name), *content]
    return tuple(blocks)


def _items(facts: ReviewFacts) -> Table:
    note = _("Lines are those of the text of: %(source)s.") % {"source": document(facts.plan.source).title}
    return Table(
        caption=_("All action items of the plan, with addressee, lines and ratings"),
        columns=(
            Column("code", _("Code"), 3, Kind.CODE),
            Column("item", _("Action item"), 8),
            Column("addressee", _("Addressee"), 3),
            Column("lines", _("Lines"), 2),
            *state_columns(facts, 4),
        ),
        rows=tuple(_item_row(facts, item) for item in facts.items),
        notes=(note, _("Short titles are this report's own; the adopted wording stands in the plan.")),
        sheet=_("Action items"),
        is_wide=True,
        anchor="items-table",
    )


def _item_row(facts: ReviewFacts, item: ItemFacts) -> tuple[Cell, ...]:
    return (
        Cell(item.code),
        Cell(words(item.short_title)),
        Cell(str(Addressee(item.addressee).label)),
        Cell(span(item.place)),
        *state_cells(facts, item),
    )


def _updates(facts: ReviewFacts) -> tuple[Block, ...]:
    """One row for each update with every section, for sheets: on pages the words stand once, under their items."""
    if not facts.updates:
        return (Paragraph(_("No update is released to the readers of this report."), is_numbered=True),)
    text = _(
        "The words of every update stand above, under its action item. The workbook, the package of tables and the "
        "JSON of this report hold them as one table as well, a row for each update."
    )
    table = Table(
        caption=_("All updates in this report"),
        columns=(
            Column("code", _("Code"), 2, Kind.CODE),
            Column("state", _("Member State"), 3),
            Column("rating", _("Rating"), 4),
            Column("trend", _("Trend"), 2),
            Column("adopted", _("Adopted"), 2),
            Column("applied", _("Applied"), 2),
            *(Column(name, str(GUIDANCE[name].label), 9) for name in SECTIONS),
            Column("next_steps_on", _("Next steps by"), 3),
            Column("language", _("Language"), 2),
            Column("submitted_on", _("Recorded on") if is_recorded(facts) else _("Submitted on"), 3),
            Column("is_late", _("Late"), 2),
            Column("sources", _("Sources"), 6),
            Column("revision", _("Revision"), 3, Kind.CODE),
        ),
        rows=tuple(_update_row(facts, update) for update in facts.updates),
        notes=(_("A rating leads to the words of the State. A revision is known by the first digits of its hash."),),
        sheet=_("Updates"),
        is_for_sheets=True,
        anchor="updates-table",
    )
    return Paragraph(text, is_numbered=True), table


def _update_row(facts: ReviewFacts, update: ReleasedUpdate) -> tuple[Cell, ...]:
    said = {section.name: section.words.text for section in update.sections}
    sources = "; ".join(" ".join(part for part in (one.title, one.address) if part) for one in update.sources)
    return (
        Cell(update.item),
        Cell(words(facts.state(update.state).name)),
        rating_cell(update),
        Cell(str(Trend(update.trend).label) if update.trend else ""),
        Cell(str(Answer(update.adopted).label) if update.adopted else ""),
        Cell(str(Answer(update.applied).label) if update.applied else ""),
        *(Cell(said.get(name, ""), language=update.language if name in said else "") for name in SECTIONS),
        Cell(day(update.next_steps_on) if update.next_steps_on else ""),
        Cell(str(LANGUAGE_NAMES.get(update.language, update.language))),
        Cell(day(update.submitted_on) if update.submitted_on else ""),
        Cell(_("Yes") if update.is_late else _("No")),
        Cell(sources),
        Cell(update.revision[:_SHORT]),
    )


def _manifest(facts: ReviewFacts, manuscript: Manuscript) -> Iterator[Block]:
    """How much of everything the report was made from, the very revisions, and the figures of each State."""
    text = _(
        "This report was made from what follows and from nothing else. Whoever has the same revisions and the same "
        "words of editors makes the same report, with the same fingerprint at its foot."
    )
    yield Paragraph(text, is_numbered=True)
    yield _made_from(facts, manuscript)
    if rows := tuple(_revisions(facts)):
        yield Table(
            caption=_("Revisions in this report"),
            columns=(
                Column("state", _("Member State"), 2),
                Column("objective", _("Objective"), 1, Kind.CODE),
                Column("number", _("Updates"), 1, Kind.NUMBER),
                Column("revisions", _("Items and first digits of the hash of the revision"), 7),
            ),
            rows=rows,
            sheet=_("Revisions"),
            anchor="manifest-revisions",
        )
    yield states_table(facts, "manifest-figures")


def _made_from(facts: ReviewFacts, manuscript: Manuscript) -> Table:
    """Facts first, then what people wrote."""
    numbers = (
        (_("Action items of the plan"), len(facts.items)),
        (_("Member States"), len(facts.states)),
        (_("Updates"), len(facts.updates)),
        (_("Updates withdrawn since"), len(facts.tombstones)),
        (_("Activities of partners"), len(facts.activities)),
        (_("Earlier cycles"), len(facts.earlier)),
        (_("Ratings from earlier cycles"), sum(len(one.ratings) for one in facts.earlier)),
        (_("Passages written by editors"), sum(bool(one.text.text.strip()) for one in manuscript.passages)),
        (_("Recommendations"), len(manuscript.recommendations)),
        (_("Recommendations of the last report"), len(manuscript.follow_ups)),
        (_("Statements of Member States"), len(manuscript.statements)),
        (_("Comments of Member States on the draft"), len(manuscript.remarks)),
    )
    return Table(
        caption=_("Contents of the snapshot"),
        columns=(Column("what", _("What"), 4), Column("number", _("Number"), 1, Kind.NUMBER)),
        rows=tuple((Cell(what), number_cell(number)) for what, number in numbers),
        sheet=_("Snapshot"),
        anchor="manifest-contents",
    )


def _revisions(facts: ReviewFacts) -> Iterator[tuple[Cell, ...]]:
    """A row for each State and objective that has updates."""
    for state in facts.states:
        for objective in (one for pillar in facts.pillars for one in pillar.objectives):
            found = [one for item in objective.items if (one := facts.update(state.code, item.code))]
            if found:
                listed = "; ".join(f"{one.item} {one.revision[:_SHORT]}".strip() for one in found)
                yield Cell(words(state.name)), Cell(objective.code), number_cell(len(found)), Cell(listed)
