"""Who reported, when and in which languages, and how much the updates say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from commitments.content import SECTIONS, Rating
from commitments.guidance import GUIDANCE, LANGUAGE_NAMES
from reporting import figures
from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table, Text
from reporting.facts import ReleasedUpdate, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.counting import beyond_note, empty_label
from reporting.review_report.introduction import is_recorded
from reporting.review_report.matrix import is_wide
from reporting.review_report.narrative import narrative
from reporting.review_report.wording import number_cell, percent_cell, referring, words


def participation(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    return (
        Heading(1, _("Participation and quality of the information"), "participation", is_numbered=True),
        *narrative(facts, manuscript, "participation"),
        Heading(2, _("What is due and reported"), "due-and-reported", is_numbered=True),
        *(Paragraph(text, is_numbered=True) for text in _due_and_reported(facts)),
        _by_state(facts),
        Heading(2, _("What the updates hold"), "quality", is_numbered=True),
        *_quality(facts),
    )


def _due_and_reported(facts: ReviewFacts) -> Iterator[Text]:
    yield referring(_("Table %(table)s counts what each State has reported."), table="participation-table")
    yield _(
        "“No information” is an answer: the State reports that it has nothing to report on the item, and why. “Not "
        "applicable” is an answer too. Neither counts as zero."
    )
    if is_recorded(facts):
        yield _(
            "In this cycle no State was asked for updates: they were recorded from a public document. “On time” and "
            "“late” have no meaning here, and what is not reported is what the document does not say."
        )
        return
    yield _not_here(facts)
    yield _(
        "An update is on time when it was submitted by the day that holds for all States, and late when the window of "
        "its State had ended, extensions included."
    )


def _not_here(facts: ReviewFacts) -> str:
    if facts.is_over:
        return _(
            "What is due and not here is counted as one figure. Whether a State has not reported, has not reconfirmed "
            "what it reported before, or has not released it to the readers of this report cannot be told apart, and "
            "this report does not try."
        )
    return _(
        "The cycle has not ended. What is due and not here is awaited, and counted as one figure: whether it is not "
        "reported yet, not reconfirmed yet or not released yet cannot be told apart, and this report does not try."
    )


def _by_state(facts: ReviewFacts) -> Table:
    columns = tuple(_columns(facts))
    rows = tuple(
        (Cell(words(state.name)), *(number_cell(count(facts, state.code)) for *_names, count in columns))
        for state in facts.states
    )
    return Table(
        caption=_("Updates due and reported, by Member State"),
        columns=(
            Column("state", _("Member State"), 3),
            *(Column(key, label, 1, Kind.NUMBER) for key, label, _count in columns),
        ),
        rows=rows,
        footer=(Cell(_("All States")), *(number_cell(count(facts, "")) for *_names, count in columns)),
        notes=(_("“Reported” and “%(empty)s” add up to “Due”.") % {"empty": empty_label(facts)}, *beyond_note(facts)),
        sheet=_("Who reported"),
        anchor="participation-table",
    )


Count = Callable[[ReviewFacts, str], int]  # for one State, or for all where none is named


def _columns(facts: ReviewFacts) -> Iterator[tuple[str, str, Count]]:
    """(key, label, how it is counted), after the name of the State."""
    yield "due", _("Due"), lambda facts, state: _figures(facts, state).due
    yield "reported", _("Reported"), lambda facts, state: _figures(facts, state).reported
    if not is_recorded(facts):
        yield "on_time", _("of these, on time"), lambda facts, state: figures.timeliness(facts, state).on_time
        yield "extended", _("of these, within an extension"), _extended
        yield "late", _("of these, late"), lambda facts, state: figures.timeliness(facts, state).late
    yield Rating.NOT_APPLICABLE.value, _("of these, not applicable"), _rated(Rating.NOT_APPLICABLE)
    yield Rating.NO_INFORMATION.value, _("of these, no information"), _rated(Rating.NO_INFORMATION)
    yield "empty", empty_label(facts), lambda facts, state: _figures(facts, state).empty


def _figures(facts: ReviewFacts, state: str) -> figures.Figures:
    return figures.of_state(facts, state) if state else figures.of_all(facts)


def _extended(facts: ReviewFacts, state: str) -> int:
    return figures.timeliness(facts, state).extended


def _rated(rating: Rating) -> Count:
    return lambda facts, state: _figures(facts, state).rated(rating)


def _quality(facts: ReviewFacts) -> tuple[Block, ...]:
    if not facts.updates:
        return (Paragraph(_("No update is released to the readers of this report."), is_numbered=True),)
    text = _(
        "Table %(sections)s counts the updates that have words on each subject, table %(languages)s the languages in "
        "which they are written. Words that a State withholds from the readers of this report are not counted."
    )
    said = referring(text, sections="sections-table", languages="languages-table")
    return Paragraph(said, is_numbered=True), _sections(facts), _languages(facts)


def _sections(facts: ReviewFacts) -> Table:
    counts = Counter((update.state, section.name) for update in facts.updates for section in update.sections)
    rows = tuple(
        (
            Cell(str(GUIDANCE[name].label)),
            *(number_cell(counts[state.code, name]) for state in facts.states),
            number_cell(sum(counts[state.code, name] for state in facts.states)),
        )
        for name in SECTIONS
    )
    numbers = [len(facts.updates_of(state.code)) for state in facts.states]
    return Table(
        caption=_("Updates that have words on each subject, by Member State"),
        columns=(
            Column("subject", _("Subject"), 3),
            *(Column(state.code, words(state.name), 2, Kind.NUMBER) for state in facts.states),
            Column("all", _("All States"), 1, Kind.NUMBER),
        ),
        rows=rows,
        footer=(Cell(_("Updates in this report")), *map(number_cell, numbers), number_cell(len(facts.updates))),
        notes=(_("An update may have words on several subjects: the rows do not add up to the last one."),),
        sheet=_("Subjects"),
        is_wide=is_wide(facts),
        anchor="sections-table",
    )


def _languages(facts: ReviewFacts) -> Table:
    whole = len(facts.updates)
    counts = figures.by_language(facts)
    translated = Counter(update.language for update in facts.updates if _is_translated(update))
    rows = tuple(
        (
            Cell(str(LANGUAGE_NAMES.get(code, code))),
            number_cell(counts[code]),
            percent_cell(figures.share(counts[code], whole)),
            number_cell(translated[code]),
        )
        for code in counts
    )
    return Table(
        caption=_("Languages of the updates"),
        columns=(
            Column("language", _("Language"), 3),
            Column("updates", _("Updates"), 1, Kind.NUMBER),
            Column("share", _("Of all updates"), 2, Kind.PERCENT),
            Column("translated", _("of these, with a translation"), 2, Kind.NUMBER),
        ),
        rows=rows,
        footer=(
            Cell(_("All")),
            number_cell(whole),
            percent_cell(figures.share(whole, whole)),
            number_cell(sum(translated.values())),
        ),
        sheet=_("Languages"),
        anchor="languages-table",
    )


def _is_translated(update: ReleasedUpdate) -> bool:
    return any(section.words.translations for section in update.sections)
