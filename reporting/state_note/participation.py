"""Who reports, and the figures of one State in one table."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.content import Rating
from reporting import figures
from reporting.document import Block, Cell, Column, Kind, Paragraph, Table, Tone
from reporting.facts import ReviewFacts
from reporting.review_report.counting import beyond_note, empty_label, sums_note
from reporting.review_report.wording import number_cell, percent, words
from reporting.short_report import whose_words


def participation(own: ReviewFacts) -> tuple[Block, ...]:
    """What is due and reported, what came late or was withdrawn since, and whose words these are."""
    total = figures.of_all(own)
    text = _("%(state)s: updates due %(due)d, reported %(reported)d (%(share)s), %(empty_label)s %(empty)d.")
    said = text % {
        "state": words(own.states[0].name),
        "due": total.due,
        "reported": total.reported,
        "share": percent(total.reported_share),
        "empty_label": empty_label(own).lower(),
        "empty": total.empty,
    }
    late, gone = figures.timeliness(own).late, len(own.tombstones)
    remarks = [said]
    if late:
        remarks.append(ngettext("%(number)d came late.", "%(number)d came late.", late) % {"number": late})
    if gone:
        text = ngettext("%(number)d was withdrawn since.", "%(number)d were withdrawn since.", gone)
        remarks.append(text % {"number": gone})
    return Paragraph(" ".join((*remarks, whose_words(own))), is_numbered=True), _figures(own)


def _figures(own: ReviewFacts) -> Table:
    """A row for each rating, a column for each pillar: narrow enough for an upright page."""
    parts = [*(figures.of_items(own, pillar.items) for pillar in own.pillars), figures.of_all(own)]
    rated = ((Cell(str(one.label), Tone(one.value)), [part.rated(one) for part in parts]) for one in Rating)
    rows = (
        (Cell(_("Due")), [part.due for part in parts]),
        *rated,
        (Cell(_("Reported")), [part.reported for part in parts]),
        (Cell(empty_label(own)), [part.empty for part in parts]),
    )
    pillars = ((one.code, _("Pillar %(code)s") % {"code": one.code}) for one in own.pillars)
    return Table(
        caption=_("Updates by rating and pillar"),
        columns=(
            Column("rating", _("Updates"), 4),
            *(Column(key, label, 1, Kind.NUMBER) for key, label in (*pillars, ("all", _("All pillars")))),
        ),
        rows=tuple((name, *map(number_cell, numbers)) for name, numbers in rows),
        notes=(sums_note(empty_label(own)), *beyond_note(own)),
        sheet=_("Figures"),
        anchor="figures",
    )
