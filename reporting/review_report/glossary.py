"""What the words of the report mean, in plain language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commitments.content import Rating
from reporting.charts import tones
from reporting.document import Block, Cell, Column, Paragraph, Table, Tone


def glossary() -> tuple[Block, ...]:
    remark = _(
        "A rating says how far an action has come. Beside it stand the trend since the last cycle and two answers that "
        "reviewers ask for apart: whether the action is adopted in law or policy, and whether it is applied in "
        "practice. Many items of the plan are continuing duties: they stay implemented only while they are sustained, "
        "and this is reconfirmed in each cycle."
    )
    columns = (Column("term", _("Term"), 2), Column("meaning", _("Meaning"), 6))
    ratings = tuple((Cell(str(rating.label), Tone(rating.value)), Cell(_ratings()[rating])) for rating in Rating)
    reasons = tuple((Cell(tones.label(tone), tone), Cell(meaning)) for tone, meaning in _reasons().items())
    terms = tuple((Cell(term), Cell(meaning)) for term, meaning in (*_of_the_plan(), *_of_reporting()))
    return (
        Paragraph(remark, is_numbered=True),
        Table(_("Ratings"), columns, ratings, sheet=_("Ratings"), anchor="ratings-table"),
        Table(_("Why a cell is empty"), columns, reasons, sheet=_("Empty cells"), anchor="reasons-table"),
        Table(_("Words of this report"), columns, terms, sheet=_("Glossary"), anchor="glossary-table"),
    )


def _ratings() -> dict[Rating, str]:
    return {
        Rating.NOT_STARTED: _("No measure has been taken yet. A reason is given. This is not a zero."),
        Rating.LIMITED: _("Measures have been taken; the greater part of the action is still to come."),
        Rating.SUBSTANTIAL: _("The greater part of the action has been taken; some of it is still to come."),
        Rating.IMPLEMENTED: _("The action has been taken in full and is being kept up."),
        Rating.NOT_APPLICABLE: _("The action does not apply to the State. A reason is given."),
        Rating.NO_INFORMATION: _("The State has no information to give on the action. A reason is given."),
    }


def _reasons() -> dict[Tone, str]:
    return {
        Tone.NOT_DUE: _("The action item is addressed to the United Nations and organizations: no State owes it."),
        Tone.AWAITING: _("The cycle has not ended, and no update is released to the readers of this report."),
        Tone.NOT_RELEASED: _(
            "The cycle has ended, and no update is released to the readers of this report. Whether one exists that "
            "other readers may see, this report does not tell."
        ),
        Tone.WITHDRAWN: _("An update was released and its State has withdrawn it since. Its words are not shown."),
    }


def _of_the_plan() -> tuple[tuple[str, str], ...]:
    return (
        (_("Plan"), _("The Joint Plan of Action in the edition that this cycle reviews.")),
        (_("Pillar"), _("One of the four parts of the plan, as in the Global Counter-Terrorism Strategy.")),
        (_("Objective"), _("What a pillar sets out to reach; each holds action items.")),
        (_("Action item"), _("One commitment of the plan in its adopted wording, known by a code such as I.1.1.")),
        (_("Sub-measure"), _("One of the lines that spell out an action item.")),
        (_("Addressee"), _("Whom an action item speaks to: each State, the States together, or the United Nations and "
                           "organizations.")),
        (_("SPRR"), _("Screening, prosecution, rehabilitation and reintegration: the last, unnumbered block of the "
                      "plan.")),
        (_("Roadmap"), _("Annex A of the plan: how it is carried out, followed and made known.")),
    )  # fmt: skip


def _of_reporting() -> tuple[tuple[str, str], ...]:
    return (
        (_("Review cycle"), _("A period of reporting for a review of the Global Strategy by the General Assembly.")),
        (_("Update"), _("What one Member State reports on one action item in one cycle.")),
        (_("Due"), _("Updates that States owe: one for each State on each item addressed to the States.")),
        (_("Reported"), _("Updates that are due and released to the readers of this report.")),
        (_("Trend"), _("Which way things have moved since the last report: forward, unchanged or backward.")),
        (_("Reconfirmed"), _("Said again to hold: text carried over from the last cycle does not count before that.")),
        (_("National coordinator"), _("The person who clears updates for a State and decides who may read them.")),
        (_("Audience"), _("Who may read an update: the State, the United Nations, the participating States, or all.")),
        (_("Revision"), _("An update as it was submitted, kept unchanged and known by its hash.")),
        (_("Evidence"), _("A file or link that supports an update, with an audience of its own.")),
        (_("Partner"), _("An organization, donor or civil-society body that supports the plan.")),
        (_("Fingerprint"), _("Digits computed from every word of this report. The same report has the same "
                             "fingerprint.")),
    )  # fmt: skip
