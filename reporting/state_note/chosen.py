"""What a note of two pages shows of a State's updates, by rules that it states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.content import PROGRESS, Rating
from reporting.document import Block, Bullets, Citation, Note, Paragraph, web_link
from reporting.facts import ActivityFacts, ReleasedUpdate, ReviewFacts
from reporting.quoting import quoted
from reporting.review_report.wording import day, language, words
from reporting.state_note.room import Line, Room, fitting, with_words


def measures(own: ReviewFacts, room: Room) -> tuple[Block, ...]:
    """Items with progress, the furthest first, the same number of each pillar."""
    rated = [update for rating in reversed(PROGRESS) for update in own.updates if update.rating == rating]
    if not rated:
        return (Paragraph(_("No released update reports progress on an action item."), is_numbered=True),)
    chosen = _of_each_pillar(own, rated, room.of_each_pillar)
    lines = [_line(own, update, "measures_taken", f"{Rating(update.rating).label}.") for update in chosen]
    rule = ngettext(
        "Shown: at most %(number)d item of each pillar, implemented before substantial and limited progress, in the "
        "order of the plan; the State's words where there is room for all of them.",
        "Shown: at most %(number)d items of each pillar, implemented before substantial and limited progress, in the "
        "order of the plan; the State's words where there is room for all of them.",
        room.of_each_pillar,
    )
    left = _under_codes(len(rated) - len(chosen))
    return Bullets(with_words(lines, room.lines["measures"])), _note(rule % {"number": room.of_each_pillar}, left)


def needs(own: ReviewFacts, room: Room) -> tuple[Block, ...]:
    """Challenges, then assistance: one item of each pillar, and no more of them than there is room for."""
    blocks: list[Block] = []
    for name, lead, silence in (
        ("challenges", _("Challenges."), _("No released update names a challenge.")),
        ("assistance_needed", _("Assistance needed."), _("No released update names assistance that is needed.")),
    ):
        named = [update for update in own.updates if any(section.name == name for section in update.sections)]
        if not named:
            blocks.append(Paragraph(silence, lead=lead, is_numbered=True))
            continue
        chosen = _of_each_pillar(own, named, 1)[: room.needs]
        count = ngettext("Named on %(number)d item.", "Named on %(number)d items.", len(named)) % {"number": len(named)}
        left = _under_codes(len(named) - len(chosen))
        lines = [_line(own, update, name) for update in chosen]
        listed = Bullets(with_words(lines, room.lines["needs"]))
        blocks += [Paragraph(f"{count} {left}".strip(), lead=lead, is_numbered=True), listed]
    if len(blocks) > 2:
        blocks.append(_note(_needs_rule(room)))
    return tuple(blocks)


def _needs_rule(room: Room) -> str:
    text = ngettext(
        "Shown: the first item of each pillar that names one, in the order of the plan; %(number)d at most.",
        "Shown: the first item of each pillar that names one, in the order of the plan; %(number)d at most.",
        room.needs,
    )
    return text % {"number": room.needs}


def next_steps(own: ReviewFacts, made_on: dt.date, room: Room) -> tuple[Block, ...]:
    """The days to come first, the nearest before the others."""
    dated = [(update.next_steps_on, update) for update in own.updates if update.next_steps_on]
    dated.sort(key=lambda row: (row[0] < made_on, row[0]))
    if not dated:
        return (Paragraph(_("No released update dates a next step."), is_numbered=True),)
    lines = [_line(own, update, "next_steps", before=f"{day(on)}: ") for on, update in dated[: room.others]]
    rule = _("Shown: at most %(number)d next steps, the nearest day to come first.") % {"number": room.others}
    return Bullets(with_words(lines, room.lines["next"])), _note(rule, _under_codes(len(dated) - len(lines)))


def partners(own: ReviewFacts, room: Room) -> tuple[Block, ...]:
    """The latest activities in the State."""
    if not own.activities:
        nothing = _("No activity of partners in this State is recorded for the period.")
        return (Paragraph(nothing, is_numbered=True),)
    shown = fitting([_activity(one) for one in reversed(own.activities)], room.others, room.lines["partners"])
    rule = _("Shown: at most %(number)d activities, the latest first.") % {"number": room.others}
    number = len(own.activities) - len(shown)
    left = ngettext(
        "%(number)d more stands in the review report of the cycle, among the activities of partners.",
        "%(number)d more stand in the review report of the cycle, among the activities of partners.",
        number,
    )
    note = _note(rule, left % {"number": number} if number else "")
    return (Bullets(shown), note) if shown else (note,)


def sources(own: ReviewFacts, room: Room) -> tuple[Block, ...]:
    """Evidence, each piece once, in the order of the updates."""
    found = {source.title: source for update in reversed(own.updates) for source in reversed(update.sources)}
    titles = list(reversed(found))
    if not titles:
        return (Paragraph(_("No released update names a source."), is_numbered=True),)
    shown = fitting(titles, room.others, room.lines["sources"])
    text = ngettext(
        "The updates name %(number)d source by its title.", "The updates name %(number)d sources by their titles.",
        len(titles),
    )  # fmt: skip
    left = _under_codes(len(titles) - len(shown))
    citations = tuple(Citation(title, web_link(found[title].address)) for title in shown)
    said = f"{text % {'number': len(titles)}} {left}".strip()
    return (Paragraph(said, citations=citations, is_numbered=True),)


def _of_each_pillar(own: ReviewFacts, updates: Sequence[ReleasedUpdate], at_most: int) -> list[ReleasedUpdate]:
    """The first few of each pillar, in the order of the pillars."""
    chosen: list[ReleasedUpdate] = []
    for pillar in own.pillars:
        codes = {item.code for item in pillar.items}
        chosen += [update for update in updates if update.item in codes][:at_most]
    return chosen


def _line(own: ReviewFacts, update: ReleasedUpdate, section: str, after: str = "", before: str = "") -> Line:
    """Code and short title, and what the section says in this language."""
    title = next(words(item.short_title) for item in own.items if item.code == update.item)
    said = f"{before}{update.item} {title}. {after}".strip()
    in_short = " ".join(_said(update, section).split())
    return Line(said, f"{said} {quoted(in_short)}" if in_short else said)


def _said(update: ReleasedUpdate, name: str) -> str:
    """The words of a section in this language, as written or as translated; empty where there are none."""
    for section in update.sections:
        if section.name == name:
            return section.words.text if update.language == language() else section.words.translated(language())
    return ""


def _activity(activity: ActivityFacts) -> str:
    days = dict.fromkeys(one for one in (activity.starts_on, activity.ends_on) if one)
    dates = words(activity.dates_as_stated) or " – ".join(map(day, days))
    return f"{words(activity.title)} ({dates})." if dates else f"{words(activity.title)}."


def _under_codes(number: int) -> str:
    """How many are not shown, and where they stand; empty where all are."""
    text = ngettext(
        "%(number)d more stands in the review report of the cycle, under the code of its item.",
        "%(number)d more stand in the review report of the cycle, under the codes of their items.",
        number,
    )
    return text % {"number": number} if number else ""


def _note(*texts: str) -> Note:
    return Note(" ".join(_filled(texts)))


def _filled(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]
