"""What stands above the text of a report, whatever its kind."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commitments.guidance import LANGUAGE_NAMES
from commitments.models import Phase
from commitments.workflow import Audience
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.wording import day, language, low, words


def masthead(facts: ReviewFacts, manuscript: Manuscript) -> tuple[tuple[str, str], ...]:
    """Lines as (label, value): an empty symbol is reserved, other empty parts are left out."""
    above = manuscript.masthead
    adopted = _("%(place)s, %(day)s") % {"place": words(facts.plan.adopted_at), "day": day(facts.plan.adopted_on)}
    lines = (
        (_("Symbol"), "" if above.symbol else _("to be assigned")),
        (_("Distribution"), _distribution(facts.audience)),
        (_("Original language"), _named(above.original_language)),
        (_("Session"), above.session),
        (_("Agenda item"), above.agenda_item),
        (_("Plan"), f"{words(facts.plan.title)} ({adopted})"),
        (_("Review cycle"), words(facts.cycle.title)),
        (_("Stage of the cycle"), str(Phase(facts.cycle.phase).label)),
    )
    return tuple((label, value) for label, value in lines if value)


def _named(code: str) -> str:
    """A language as running text names it: Russian writes it small."""
    name = str(LANGUAGE_NAMES.get(code, code))
    return low(name) if language() == "ru" else name


def _distribution(audience: str) -> str:
    """In the terms of United Nations documents."""
    terms = {
        Audience.PUBLIC: _("General"),
        Audience.PARTICIPANTS: _("Limited (participating States and the United Nations)"),
        Audience.UN: _("Restricted (United Nations)"),
        Audience.STATE: _("Restricted (the State itself)"),
    }
    return terms[Audience(audience)]
