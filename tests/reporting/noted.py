"""Notes on one State made in memory, and what the tests of them read."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.full_cycle import full_cycle
from reporting.document import Bullets, Document, Note, plain
from reporting.facts import EarlierCycle, Place, ReviewFacts, Section, SourceFacts, Tombstone, Wording
from reporting.manuscript import Passage
from reporting.state_note import build
from tests.reporting.small_plan import MADE_ON, activity, written


def note(told: ReviewFacts, *passages: Passage, state: str = "KAZ", language: str = "en", **more) -> Document:
    scope = f"state:{state}"
    return build(told, written(*passages, **more), made_on=MADE_ON, language=language, scope=scope)


def lines(document: Document, heading: str) -> list[str]:
    """What stands in bullets under a heading."""
    found, under = [], ""
    for block in document.blocks:
        under = block.text if block.kind == "heading" else under
        if isinstance(block, Bullets) and under == heading:
            found += map(plain, block.items)
    return found


def notes(document: Document) -> str:
    return " ".join(plain(block.text) for block in document.blocks if isinstance(block, Note))


def crowded(language: str, length: int) -> ReviewFacts:
    """Every State reports on every item, each text of one length, with late, withdrawn and supported ones."""
    whole = full_cycle()
    words = {"en": "The agency trained border officers and reports on it. ", "ru": "Ведомство обучило пограничников. "}
    text = (words[language] * 20)[:length]
    said = tuple(
        Section(name, Wording(text)) for name in ("measures_taken", "challenges", "next_steps", "assistance_needed")
    )
    title = Wording(text[:80])
    updates = tuple(
        replace(
            one, language=language, is_late=True, next_steps_on=MADE_ON, sections=said,
            sources=(SourceFacts(f"{one.item} {text}", "https://law.example/"),),
        )
        for one in whole.updates
    )  # fmt: skip
    pillars = tuple(
        replace(
            pillar,
            objectives=tuple(
                replace(one, items=tuple(replace(item, short_title=title) for item in one.items))
                for one in pillar.objectives
            ),
        )
        for pillar in whole.pillars
    )
    activities = tuple(
        replace(activity(f"a{number}", "I.1.1"), title=Wording(text), place=Place("report")) for number in range(9)
    )
    earlier: tuple[EarlierCycle, ...] = ()
    gone = (Tombstone("KAZ", "I.1.1", "a"),)
    return replace(whole, updates=updates, pillars=pillars, activities=activities, earlier=earlier, tombstones=gone)
