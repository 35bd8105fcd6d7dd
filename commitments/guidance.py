"""What each field of an update is called and what belongs in it: one place for every form, page and template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Guidance:
    """The name of a field and, in a sentence or two, what belongs in it."""

    label: Any
    text: Any = ""


NO_PERSONAL_DATA = _(
    "Do not write personal data of individuals (names of suspects, victims or returnees, identity numbers, addresses) "
    "or operational information (methods, places or dates of operations, names of sources)."
)

GUIDANCE: dict[str, Guidance] = {
    "rating": Guidance(
        _("Rating"),
        _("How far the action has come, in the State's own judgement. It is not compared with other States."),
    ),
    "rating_reason": Guidance(
        _("Reason for the rating or trend"),
        _("Needed when not started, not applicable, no information, or moving backward. Say why in a few sentences."),
    ),
    "trend": Guidance(_("Trend"), _("Which way things have moved since the last report.")),
    "adopted": Guidance(_("Adopted"), _("Is it adopted in a law, strategy, policy or regulation?")),
    "applied": Guidance(_("Applied"), _("Is it applied in practice, whether or not it is written in law?")),
    "measures_taken": Guidance(
        _("Measures taken"),
        _("What has been done in this period: laws, programmes, training, institutions, with dates and numbers."),
    ),
    "results": Guidance(
        _("Results"), _("What has changed because of it, and how you know: figures, evaluations, examples.")
    ),
    "challenges": Guidance(_("Challenges"), _("What stands in the way: law, resources, skills, coordination.")),
    "lessons_learned": Guidance(
        _("Lessons learned"), _("What others could use: what worked, what did not, and what you would do otherwise.")
    ),
    "next_steps": Guidance(_("Next steps"), _("What comes next, and who does it.")),
    "next_steps_on": Guidance(_("Next steps by"), _("The date by which the next steps should be taken.")),
    "assistance_needed": Guidance(
        _("Assistance needed"), _("What help would be welcome, of which kind, from whom if you know, and for what.")
    ),
    "resources_in_cash": Guidance(
        _("Resources in cash"), _("Money spent or set aside, with currency, period and source (budget, donor).")
    ),
    "resources_in_kind": Guidance(_("Resources in kind"), _("Staff, premises, equipment, expertise.")),
    "gender_and_age": Guidance(
        _("Gender and age"), _("How women and men, girls and boys are affected, consulted and counted.")
    ),
    "human_rights": Guidance(
        _("Human-rights safeguards"), _("Oversight, remedies, data protection, review by a court or an ombudsperson.")
    ),
    "original_language": Guidance(
        _("Language of this text"), _("The language you write in. Translations come beside.")
    ),
    "translations": Guidance(_("Translations"), _("Your own translation, kept beside the original.")),
    "to_be_reconfirmed": Guidance(
        _("What was carried over still holds"),
        _("The text was carried over from the last cycle. Correct it where needed, then confirm it here."),
    ),
    "withheld_sections": Guidance(
        _("Sections to withhold"),
        _("Ticked sections stay with the State and the UN, whoever else reads the rest. The coordinator decides."),
    ),
}

LANGUAGE_NAMES: dict[str, Any] = {
    "en": _("English"),
    "ru": _("Russian"),
    "kk": _("Kazakh"),
    "ky": _("Kyrgyz"),
    "tg": _("Tajik"),
    "tk": _("Turkmen"),
    "uz": _("Uzbek"),
}

# How the form and the page group the fields.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("How far it has come"), ("rating", "trend", "rating_reason", "adopted", "applied")),
    (_("What was done and what came of it"), ("measures_taken", "results", "challenges", "lessons_learned")),
    (_("What comes next"), ("next_steps", "next_steps_on", "assistance_needed")),
    (_("Resources"), ("resources_in_cash", "resources_in_kind")),
    (_("People and their rights"), ("gender_and_age", "human_rights")),
)
