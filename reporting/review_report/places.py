"""The sections in which editors write, and their names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reporting.facts import ObjectiveFacts, ReviewFacts
from reporting.review_report.wording import words

SPRR = "sprr"
_SPRR_BLOCK = ".SPRR"  # how the code of the unnumbered block of the plan ends


def is_sprr(objective: ObjectiveFacts) -> bool:
    """Whether this is the block on screening, prosecution, rehabilitation and reintegration."""
    return objective.code.endswith(_SPRR_BLOCK)


def objective_section(code: str) -> str:
    """The section of an objective: `objective-I-1` for I.1."""
    return f"objective-{code.replace('.', '-')}"


def sections(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    """(slug, label) of every section that editors write in, in the order in which they stand."""
    before = (
        ("summary", _("Summary")),
        ("introduction", _("Introduction")),
        ("participation", _("Participation and quality of the information")),
        ("picture", _("Regional picture")),
    )
    after = (
        ("threads", _("Gender, youth and human rights")),
        ("gender", _("Gender and age")),
        ("youth", _("Youth")),
        ("human-rights", _("Human rights")),
        ("joint", _("Items for the States together")),
        ("strategies", _("National strategies")),
        ("partners", _("Support of partners")),
        ("assistance", _("Assistance needed")),
        ("annex-a", _("The roadmap of the plan, point by point")),
        ("conclusions", _("Conclusions")),
        ("recommendations", _("Recommendations")),
    )
    return (*before, *_objectives(facts), *after)


def _objectives(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    objectives = [one for pillar in facts.pillars for one in pillar.objectives]
    listed = [(objective_section(one.code), _label(one)) for one in objectives if not is_sprr(one)]
    return (*listed, *((SPRR, _label(one)) for one in objectives if is_sprr(one)))


def _label(objective: ObjectiveFacts) -> str:
    return _("Objective %(code)s. %(title)s") % {"code": objective.code, "title": words(objective.title)}
