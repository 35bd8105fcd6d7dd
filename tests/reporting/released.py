"""How the tests of reports release words, by the moves of real people, and what they read in a report."""

from __future__ import annotations

import datetime as dt

from commitments.content import SECTIONS
from commitments.models import Update
from reporting.document import Bullets, Document, Paragraph, Quote, Table, plain
from reporting.facts import ReviewFacts
from reporting.queries import review_facts
from reporting.renderers import RENDERERS
from reporting.review_report import review_report
from tests.builders import World
from tests.reporting.readers import squeezed, text_of

MADE_ON = dt.date(2026, 7, 1)


def facts_for(world: World, audience: str = "public", *, after_days: int = 0) -> ReviewFacts:
    """The facts of the world's cycle as they stand at noon, some days from today."""
    day = world.cycle.opens_on + dt.timedelta(days=10 + after_days)
    return review_facts(world.cycle.slug, audience, now=dt.datetime.combine(day, dt.time(12), dt.UTC))


def attach(world: World, update: Update, title: str, *, audience: str = "public", url: str = "") -> Update:
    """Add a piece of evidence to a draft."""
    focal = world.who(f"focal.{update.commitment.member_state.iso_alpha3.lower()}")
    kind = "link" if url else "reference"
    piece = {"kind": kind, "title": title, "url": url, "audience": audience}
    return update.edit(by=focal, version=update.version, attach=piece)


def publish(world: World, update: Update, audience: str = "public") -> Update:
    """Walk a complete draft on until it is published."""
    state = update.commitment.member_state.iso_alpha3.lower()
    update.submit(by=world.who(f"focal.{state}"), version=update.version)
    update.clear(by=world.who(f"coordinator.{state}"), version=update.version, audience=audience)
    update.accept(by=world.who("editor"), version=update.version)
    return update.publish(by=world.who("editor"), version=update.version)


def canaries() -> dict[str, str]:
    """A word in every section that occurs nowhere else."""
    return {name: f"Canary-{name}." for name in SECTIONS}


def report_of(world: World, audience: str = "public", *, language: str = "en", after_days: int = 0) -> Document:
    facts = facts_for(world, audience, after_days=after_days)
    return review_report(facts, made_on=MADE_ON, language=language)


def table(document: Document, anchor: str) -> Table:
    return next(one for one in document.tables if one.anchor == anchor)


def texts(document: Document) -> list[str]:
    """All running text, leads included, in order."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(f"{block.lead} {plain(block.text)}".strip())
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Quote):
            found.append(block.text)
    return found


def shown(document: Document, extension: str) -> str:
    """All that the file of a format shows, without what line breaking adds or takes away."""
    return squeezed(text_of(extension, RENDERERS[extension].render(document)))
