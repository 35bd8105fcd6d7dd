"""How the public pages write wordings, quotations, cells and figures. Escaping is the templates' business."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.content import Answer, Trend
from commitments.guidance import GUIDANCE, LANGUAGE_NAMES
from commitments.models import Participation
from reporting.charts.tones import label, parts
from reporting.charts.wording import in_words
from reporting.document import Block, Tone, web_link
from reporting.facts import Place, ReleasedUpdate, ReviewFacts, StateFacts, Wording
from reporting.figures import Figures
from reporting.review_report.updates import translation_of
from reporting.review_report.wording import ADOPTED, cited, language, text_blocks
from reporting.site.wording import KINDS, sign, why

register = template.Library()


@register.filter
def told(wording: Wording) -> str:
    """Titles and names in the reader's language, where there is a translation."""
    return wording.within(language())


@register.filter
def named(states: tuple[StateFacts, ...], code: str) -> str:
    return next((told(state.name) for state in states if state.code == code), code)


@register.filter
def source(place: Place) -> str:
    """The document, and the lines in it."""
    return cited(place)


@register.filter
def blocks(text: str) -> tuple[Block, ...]:
    """A State's text as paragraphs and lists."""
    return text_blocks(text, "")


@register.filter
def web(address: str) -> str:
    """The address where a browser may be sent to it, else empty."""
    return web_link(address)


@register.filter
def language_name(code: str) -> str:
    return str(LANGUAGE_NAMES.get(code, code))


@register.filter
def kind_of_activity(kind: str) -> str:
    return str(KINDS.get(kind, kind))


@register.filter
def role_of_partner(role: str) -> str:
    return str(Participation.Role(role).label)


@register.inclusion_tag("reporting/site/parts/quote.html")
def quote(wording: Wording, place: Place | None = None) -> dict[str, Any]:
    """Adopted wording letter for letter with its lines, and beside it the unofficial translation, marked as such."""
    translated = wording.translated(language()) if language() != ADOPTED else ""
    return {"adopted": wording.text, "adopted_in": ADOPTED, "place": place, "translated": translated,
            "language": language()}  # fmt: skip


@register.inclusion_tag("reporting/site/parts/cell.html")
def cell(tone: Tone, is_short: bool = False) -> dict[str, Any]:
    """A rating or the reason for an empty cell: colour, sign and word together."""
    return {"tone": tone, "sign": sign(tone), "label": label(tone), "why": why(tone), "is_short": is_short}


@register.inclusion_tag("reporting/site/parts/bar.html")
def bar(facts: ReviewFacts, figures: Figures) -> dict[str, Any]:
    """What is due, as one bar: each rating, and what is not there."""
    shown = [(tone, number) for tone, number in parts(facts, figures) if number]
    return {"pieces": list(_pieces(shown, figures.due)), "words": in_words(shown)}


def _pieces(shown: list[tuple[Tone, int]], whole: int) -> Iterator[tuple[Tone, str, str]]:
    """Tone, beginning and width of each piece, in hundredths of the whole bar as SVG writes numbers."""
    before = 0
    for tone, number in shown:
        yield tone, f"{before * 100 / whole:.2f}%", f"{number * 100 / whole:.2f}%"
        before += number


@register.inclusion_tag("reporting/site/parts/legend.html")
def legend() -> dict[str, Any]:
    tones = (Tone.IMPLEMENTED, Tone.SUBSTANTIAL, Tone.LIMITED, Tone.NOT_STARTED, Tone.NOT_APPLICABLE,
             Tone.NO_INFORMATION, Tone.NOT_DUE, Tone.AWAITING, Tone.NOT_RELEASED)  # fmt: skip
    return {"tones": tones}


@register.inclusion_tag("reporting/site/parts/update.html")
def released(update: ReleasedUpdate) -> dict[str, Any]:
    """What one State reports: its judgement, its words as it wrote them, their translation, its sources."""
    sections = [
        {
            "title": GUIDANCE[section.name].label,
            "text": section.words.text,
            "translated": translation_of(section.words, update.language),
        }
        for section in update.sections
    ]
    return {
        "update": update,
        "tone": Tone(update.rating),
        "answers": _answers(update),
        "sections": sections,
        "written_in": update.language,
        "is_foreign": update.language != language(),
        "language": language(),
    }


def _answers(update: ReleasedUpdate) -> Iterator[tuple[str, str]]:
    if update.trend:
        yield _("Trend"), str(Trend(update.trend).label)
    if update.adopted:
        yield _("Adopted in law or policy"), str(Answer(update.adopted).label)
    if update.applied:
        yield _("Applied in practice"), str(Answer(update.applied).label)


MENU = (
    ("site-plan", gettext_lazy("The plan")),
    ("site-states", gettext_lazy("Member States")),
    ("site-matrix", gettext_lazy("Status matrix")),
    ("site-partners", gettext_lazy("Partners")),
    ("site-reports", gettext_lazy("Reports")),
    ("site-downloads", gettext_lazy("Downloads")),
)


@register.inclusion_tag("site/menu.html", takes_context=True)
def main_menu(context: dict[str, Any], is_in_it: bool = True) -> dict[str, Any]:
    """The main menu, with the part that the page stands in marked as such."""
    path = context["request"].path if is_in_it else ""
    places = [(label, reverse(route)) for route, label in MENU]
    return {"lines": [(label, place, path.startswith(place)) for label, place in places]}
