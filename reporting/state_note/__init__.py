"""The note on one Member State: two pages of A4 on what it has released. Facts in, document out.

What the rules choose fits two pages; words that editors write are theirs to keep short. Nothing is cut: what has no
room is left out whole, and the note says how much that is and where it stands.
"""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from reporting import portion
from reporting.document import Block, Document, Heading
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.masthead import masthead
from reporting.review_report.wording import words
from reporting.short_report import unlinked
from reporting.state_note.chosen import measures, needs, next_steps, partners, sources
from reporting.state_note.drafted import commented, lines_taken, recommended
from reporting.state_note.participation import participation
from reporting.state_note.room import beside

__all__ = ["build", "sections"]


def sections(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    """What editors write, in the order it stands; but for the first, it takes the place of what the rules choose."""
    return (
        ("participation", _("Who reports")),
        ("measures", _("Main measures and results")),
        ("challenges", _("Challenges and assistance needed")),
        ("partners", _("Activities of partners")),
        ("next", _("Next steps")),
    )


def build(
    facts: ReviewFacts, manuscript: Manuscript, *, made_on: dt.date, language: str = "en", scope: str = ""
) -> Document:
    """The note on the State of `scope`, such as state:KAZ. Raises ValueError where there is no such State."""
    kind, _colon, code = scope.partition(":")
    if kind != "state":
        raise ValueError(f"A note is on one State, such as state:KAZ, and not on {scope!r}.")
    own, manuscript = portion.of_state(facts, code), portion.written_on_state(manuscript, code)
    with translation.override(language):
        name = words(own.states[0].name)
        room = beside(lines_taken(manuscript))
        return Document(
            title=_("Note on %(state)s") % {"state": name},
            subtitle=words(facts.cycle.title),
            symbol=manuscript.masthead.symbol,
            language=language,
            date_on=made_on,
            meta=masthead(facts, manuscript),
            contents_depth=0,
            blocks=(
                Heading(1, _("What %(state)s reports") % {"state": name}, "report"),
                *unlinked(facts, manuscript, "participation"),
                *participation(own),
                *_part(facts, manuscript, "measures", measures(own, room)),
                *_part(facts, manuscript, "challenges", needs(own, room)),
                *_part(facts, manuscript, "partners", partners(own, room)),
                *_part(facts, manuscript, "next", next_steps(own, made_on, room)),
                *recommended(facts, manuscript),
                *commented(own, manuscript),
                Heading(2, _("Sources"), "sources"),
                *sources(own, room),
            ),
        )


def _part(facts: ReviewFacts, manuscript: Manuscript, section: str, chosen: tuple[Block, ...]) -> tuple[Block, ...]:
    """A section with what editors wrote, or else with what the rules choose."""
    heading = Heading(2, dict(sections(facts))[section], section)
    return heading, *(unlinked(facts, manuscript, section) or chosen)
