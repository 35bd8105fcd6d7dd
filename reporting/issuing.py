"""Reports that people write: what is frozen of them, what is shown of that, and how far things have moved on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Problem
from commitments.models import Person
from reporting.document import Document
from reporting.facts import ReleasedUpdate, ReviewFacts, Tombstone, Wording
from reporting.frozen import freeze, thaw
from reporting.kinds import KINDS
from reporting.life import Stage
from reporting.manuscript import NO_WORDS, Manuscript, Passage
from reporting.models import Edition, Kind, Report
from reporting.placeholders import unknown
from reporting.queries import progress_facts, review_facts
from reporting.queries.in_force import Past, Since, past_of, statements_open
from reporting.queries.manuscript import manuscript_of
from reporting.readings import told_report
from reporting.thematic_report import scopes


@dataclass(frozen=True)
class Snapshot:
    """All that a document is made from. `form` numbers the shape of this JSON: a later one can still be read."""

    kind: str
    scope: str
    made_on: dt.date
    facts: ReviewFacts
    manuscript: Manuscript
    form: int = 1

    def document(self, language: str) -> Document:
        """The same snapshot and language make the same document."""
        told_report(self.facts.cycle.slug, self.facts.audience)
        return KINDS[self.kind].build(
            self.facts, self.manuscript, made_on=self.made_on, language=language, scope=self.scope
        )


@dataclass(frozen=True)
class Drift:
    """How far the updates have moved on since an edition froze them, as (State, item)."""

    changed: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.withdrawn or self.added)


def facts_of(report: Report, now: dt.datetime | None = None) -> ReviewFacts:
    """What the report is made from, as its audience may read it at this moment."""
    read = progress_facts if report.kind == Kind.PROGRESS else review_facts
    return read(report.cycle.slug, report.audience, now=now or timezone.now())


def snapshot_of(report: Report, facts: ReviewFacts | None = None) -> Snapshot:
    """The report as it stands now, dated today."""
    scope = f"state:{report.member_state.iso_alpha3}" if report.member_state else report.scope
    today = timezone.now().astimezone(dt.UTC).date()
    return Snapshot(report.kind, scope, today, facts or facts_of(report), manuscript_of(report))


def sections_of(report: Report, facts: ReviewFacts | None = None) -> dict[str, str]:
    """{slug: label} of the sections that editors write, in their order."""
    return dict(KINDS[report.kind].sections(facts or facts_of(report)))


def label_of(report: Report, section: Any, facts: ReviewFacts | None = None) -> str:
    """What a section is called. Raises Invalid for one that this kind of report does not have."""
    known = sections_of(report, facts)
    if not isinstance(section, str) or section not in known:
        message = _("There is no such section in this kind of report. Known: %(known)s.")
        raise Invalid(problems=[Problem("section", "unknown", message % {"known": ", ".join(known)})])
    return known[section]


def take_step(report: Report, name: str, *, by: Person, version: int | None, **words: Any) -> Report:
    """Take a step in the report's life, freezing an edition where the step makes one. Raises what the model raises.

    The facts are one consistent view, read before the report is locked; what people wrote is read under the lock.
    """
    facts = facts_of(report) if report.check_step(name, by=by).reads_facts else None

    def snapshot(locked: Report) -> bytes:
        frozen = snapshot_of(locked, facts)
        check_figures(frozen)
        check_citations(locked, frozen)
        if locked.stage == Stage.CLEARANCE:  # a draft for the States: what one of them said goes to no other
            frozen = replace(frozen, manuscript=replace(frozen.manuscript, remarks=()))
        return freeze(frozen)

    return report.take_step(name, by=by, version=version, snapshot=snapshot, **words)


def check_figures(snapshot: Snapshot) -> None:
    """Raise Invalid naming each passage and recommendation in which a figure is asked for that does not exist."""
    manuscript, problems = snapshot.manuscript, []
    written = [
        *((f"passages.{one.uid}.text", (one.text, one.title)) for one in manuscript.passages),
        *((f"recommendations.{one.number}.text", (one.text,)) for one in manuscript.recommendations),
        *((f"follow_ups.{one.number}.text", (one.remarks,)) for one in manuscript.follow_ups),
    ]
    for field, wordings in written:
        texts = [text for each in wordings for text in (each.text, *(words for _language, words in each.translations))]
        if names := sorted({name for text in texts for name in unknown(text, snapshot.facts)}):
            message = _("There is no figure of this name: %(names)s.") % {"names": ", ".join(names)}
            problems.append(Problem(field, "figure", message))
    if problems:
        raise Invalid(problems=problems)


def check_citations(report: Report, snapshot: Snapshot) -> None:
    """Raise Invalid naming each passage that may quote what its readers must not read, or must not read any more.

    It cites an update of which nothing is released to them, or of which something was taken back since the passage was
    saved: a fresh snapshot holds no trace of that, and would print the old words once more.
    """
    cited = {one.uid: {(place.state, place.item) for place in one.cites} for one in snapshot.manuscript.passages}
    released = {(update.state, update.item) for update in snapshot.facts.updates}
    past = _past_of(report, set().union(*cited.values()))
    problems = []
    for uid, saved_at in report.passages.filter(uid__in=cited).order_by("pk").values_list("uid", "last_edited_at"):
        places = cited[str(uid)]
        gone = {one for one in places if one not in released or (one in past and past[one].ended_after(saved_at))}
        if gone:
            message = _(
                "What is cited is not released to the readers of this report, or a State took something of it back "
                "after this was written: %(places)s. Change the passage, or take it out."
            )
            told = message % {"places": ", ".join(sorted(":".join(place) for place in gone))}
            problems.append(Problem(f"passages.{uid}.cites", "gone", told))
    if problems:
        raise Invalid(problems=problems)


def _past_of(report: Report, places: set[tuple[str, str]]) -> dict[tuple[str, str], Past]:
    """{(State, item): what the readers of this report were able to read of it}, of these places and maybe others."""
    if not places:
        return {}
    states, items = {state for state, _item in places}, {item for _state, item in places}
    at = {"commitment__member_state__iso_alpha3__in": states, "commitment__action_item__code__in": items}
    return {place[1:]: past for place, past in past_of(report.audience, cycle=report.cycle_id, **at).items()}


# --- Editions ------------------------------------------------------------------------------------


def frozen_snapshot(edition: Edition) -> Snapshot:
    """Exactly what was frozen. For whoever may read it all: ask `shown_snapshot` for readers."""
    return thaw(edition.content, Snapshot)


def shown_snapshot(edition: Edition) -> Snapshot:
    """What was frozen, without the words that their States have withdrawn since: a tombstone stands in their place.

    What was withdrawn stays so though its State has published other words since. While nothing is withdrawn this is
    the frozen snapshot itself, and makes the same bytes for ever.
    """
    snapshot = frozen_snapshot(edition)
    facts = snapshot.facts
    since = Since.of(facts)
    shown, whole, tombstones = [], set(), list(facts.tombstones)
    for update in facts.updates:
        withheld = since.withheld(update)
        if withheld is None:
            tombstones.append(Tombstone(update.state, update.item, update.revision))
            continue
        shown.append(_without_withheld(update, withheld))
        if not since.withheld_anew(update):
            whole.add((update.state, update.item))
    earlier = tuple(since.still_in_force(cycle) for cycle in facts.earlier)
    mended = replace(facts, updates=tuple(shown), tombstones=tuple(tombstones), earlier=earlier)
    statements = statements_open(facts.cycle.slug, facts.audience)
    return replace(snapshot, facts=mended, manuscript=_without(snapshot.manuscript, whole, statements))


def drift_of(edition: Edition) -> Drift:
    """What has moved on since the edition was frozen. Shown beside it; the edition never changes."""
    facts = frozen_snapshot(edition).facts
    since = Since.of(facts)
    now = {place[1:]: held for place, held in since.held.items() if place[0] == facts.cycle.slug}
    then = {(update.state, update.item): update for update in facts.updates}
    gone = {place for place, update in then.items() if since.withheld(update) is None}
    return Drift(
        changed=tuple(place for place in then if place not in gone and now[place].revision != then[place].revision),
        withdrawn=tuple(place for place in then if place in gone),
        added=tuple(sorted(place for place in now if place not in then)),
    )


def _without_withheld(update: ReleasedUpdate, withheld: frozenset[str]) -> ReleasedUpdate:
    """Sections that the State withholds now are gone from what was frozen too."""
    sections = tuple(section for section in update.sections if section.name not in withheld)
    return replace(update, sections=sections, next_steps_on=None if "next_steps" in withheld else update.next_steps_on)


def _without(
    manuscript: Manuscript, whole: set[tuple[str, str]], statements: frozenset[tuple[str, Wording]]
) -> Manuscript:
    """Passages lose their own words that rest on any that are not shown whole, and a statement that its State has
    taken back is gone."""

    def rests_on_all(passage: Passage) -> bool:
        return all((cited.state, cited.item) in whole for cited in passage.cites)

    passages = (
        one if rests_on_all(one) else replace(one, text=NO_WORDS, title=NO_WORDS) for one in manuscript.passages
    )
    shown = (one for one in manuscript.statements if (one.state, one.text) in statements)
    return replace(manuscript, passages=tuple(passages), statements=tuple(shown))


@transaction.atomic
def begin(kind: str, cycle: Any, *, by: Person, **what: Any) -> Report:
    """Outline a report, its scope known to its kind."""
    report = Report.begin(kind, cycle, by=by, **what)
    if report.kind == Kind.THEMATIC and report.scope not in {scope for scope, _label in scopes(facts_of(report))}:
        raise Invalid(problems=[Problem("scope", "choice", _("There is nothing of this scope in the plan."))])
    return report
