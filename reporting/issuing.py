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
from commitments.workflow import Audience
from reporting.document import Document
from reporting.facts import EarlierCycle, ReleasedUpdate, ReviewFacts, Tombstone
from reporting.frozen import freeze, thaw
from reporting.kinds import KINDS
from reporting.life import Stage
from reporting.manuscript import NO_WORDS, Manuscript, Passage
from reporting.models import Edition, Kind, Report
from reporting.placeholders import unknown
from reporting.queries import progress_facts, review_facts
from reporting.queries.in_force import InForce, in_force, states_signing
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


# --- Editions ------------------------------------------------------------------------------------


def frozen_snapshot(edition: Edition) -> Snapshot:
    """Exactly what was frozen. For whoever may read it all: ask `shown_snapshot` for readers."""
    return thaw(edition.content, Snapshot)


def shown_snapshot(edition: Edition) -> Snapshot:
    """What was frozen, without the words that their States have withdrawn since: a tombstone stands in their place.

    While nothing is withdrawn this is the frozen snapshot itself, and makes the same bytes for ever.
    """
    snapshot = frozen_snapshot(edition)
    facts = snapshot.facts
    now = _in_force(facts)
    shown, tombstones = [], list(facts.tombstones)
    for update in facts.updates:
        held = now.get((facts.cycle.slug, update.state, update.item))
        if held is None:
            tombstones.append(Tombstone(update.state, update.item, update.revision))
        else:
            shown.append(_without_withheld(update, held, facts.audience))
    mended = replace(
        facts,
        updates=tuple(shown),
        tombstones=tuple(tombstones),
        earlier=tuple(_still_in_force(cycle, now) for cycle in facts.earlier),
    )
    signing = states_signing(facts.cycle.slug, facts.audience)
    gone = {(one.state, one.item) for one in tombstones}
    return replace(snapshot, facts=mended, manuscript=_without(snapshot.manuscript, gone, signing))


def drift_of(edition: Edition) -> Drift:
    """What has moved on since the edition was frozen. Shown beside it; the edition never changes."""
    facts = frozen_snapshot(edition).facts
    now = {place[1:]: held for place, held in _in_force(facts).items() if place[0] == facts.cycle.slug}
    then = {(update.state, update.item): update.revision for update in facts.updates}
    return Drift(
        changed=tuple(place for place, revision in then.items() if place in now and now[place].revision != revision),
        withdrawn=tuple(place for place in then if place not in now),
        added=tuple(sorted(place for place in now if place not in then)),
    )


def _in_force(facts: ReviewFacts) -> dict[tuple[str, str, str], InForce]:
    return in_force((facts.cycle.slug, *(cycle.slug for cycle in facts.earlier)), facts.audience)


def _without_withheld(update: ReleasedUpdate, held: InForce, audience: str) -> ReleasedUpdate:
    """Sections that the State withholds now are gone from what was frozen too."""
    if audience == Audience.UN or not held.withheld & {section.name for section in update.sections}:
        return update
    sections = tuple(section for section in update.sections if section.name not in held.withheld)
    return replace(
        update, sections=sections, next_steps_on=None if "next_steps" in held.withheld else update.next_steps_on
    )


def _still_in_force(cycle: EarlierCycle, now: dict[tuple[str, str, str], InForce]) -> EarlierCycle:
    ratings = tuple(one for one in cycle.ratings if (cycle.slug, one.state, one.item) in now)
    return replace(cycle, ratings=ratings)


def _without(manuscript: Manuscript, gone: set[tuple[str, str]], signing: frozenset[str]) -> Manuscript:
    """Passages that rest on withdrawn words lose their own, and a statement that its State has taken back is gone."""

    def rests_on(passage: Passage) -> bool:
        return any((cited.state, cited.item) in gone for cited in passage.cites)

    passages = (replace(one, text=NO_WORDS, title=NO_WORDS) if rests_on(one) else one for one in manuscript.passages)
    statements = (one for one in manuscript.statements if one.state in signing)
    return replace(manuscript, passages=tuple(passages), statements=tuple(statements))


@transaction.atomic
def begin(kind: str, cycle: Any, *, by: Person, **what: Any) -> Report:
    """Outline a report, its scope known to its kind."""
    report = Report.begin(kind, cycle, by=by, **what)
    if report.kind == Kind.THEMATIC and report.scope not in {scope for scope, _label in scopes(facts_of(report))}:
        raise Invalid(problems=[Problem("scope", "choice", _("There is nothing of this scope in the plan."))])
    return report
