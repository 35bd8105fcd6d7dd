"""How the public pages write wordings, quotations, cells and figures. Escaping is the templates' business."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.content import ADOPTED, Answer, Trend, reader_language, reading, translation_read
from commitments.guidance import GUIDANCE, LANGUAGE_NAMES
from commitments.models import Participation
from commitments.models.partners import kind_in_words
from reporting.charts.tones import label, parts
from reporting.charts.wording import in_words
from reporting.document import Block, Tone, web_link
from reporting.facts import Place, ReleasedUpdate, ReviewFacts, StateFacts, Wording
from reporting.figures import Figures
from reporting.review_report.wording import cited, text_blocks, words
from reporting.site.asking import language_asked_for
from reporting.site.wording import sign, why

register = template.Library()


@register.filter
def told(wording: Wording) -> str:
    """Titles and names in the reader's language, where there is a translation."""
    return words(wording)


@register.filter
def lang(wording: Wording) -> str:
    """The attribute of an element that `told` fills, where that is not in the language of the page."""
    spoken = next((code for code in reading() if wording.translated(code)), ADOPTED)
    return "" if spoken == reading()[0] else format_html(' lang="{}"', spoken)


@register.simple_tag
def report_language() -> str:
    """The one of the languages of reports that the reader reads."""
    return reader_language()


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
def is_rating(tone: Tone) -> bool:
    """Whether something is released; else it is a reason why nothing is there."""
    return not why(tone)


@register.filter
def web(address: str) -> str:
    """The address where a browser may be sent to it, else empty."""
    return web_link(address)


@register.filter
def language_name(code: str) -> str:
    return str(LANGUAGE_NAMES.get(code, code))


@register.filter
def kind_of_activity(kind: str) -> str:
    return str(kind_in_words(kind))


@register.filter
def role_of_partner(role: str) -> str:
    return str(Participation.Role(role).label)


@register.inclusion_tag("reporting/site/parts/quote.html")
def quote(wording: Wording, place: Place | None = None) -> dict[str, Any]:
    """Adopted wording letter for letter with its lines, and beside it the unofficial translation, marked as such."""
    translation = translation_read(dict(wording.translations), ADOPTED)
    return {"adopted": wording.text, "adopted_in": ADOPTED, "place": place, "translation": translation}


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
            "translation": translation_read(dict(section.words.translations), update.language),
        }
        for section in update.sections
    ]
    return {
        "update": update,
        "tone": Tone(update.rating),
        "answers": _answers(update),
        "sections": sections,
        "written_in": update.language,
        "is_foreign": update.language != reading()[0],
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


@register.simple_block_tag
def page_title(content: str) -> str:
    """For the browser, and for whoever shows a link to the page."""
    return format_html('<title>{0}</title>\n    <meta property="og:title" content="{0}">', unescape(content).strip())


@register.simple_block_tag
def page_description(content: str) -> str:
    head = '<meta name="description" content="{0}">\n    <meta property="og:description" content="{0}">'
    return format_html(head, unescape(content).strip())


@register.inclusion_tag("site/addresses.html", takes_context=True)
def addresses(context: dict[str, Any]) -> dict[str, Any]:
    """Where the page stands for good: one address for everybody, and one in each language."""
    request = context["request"]
    return {
        "address": request.build_absolute_uri(request.path),
        "asked": language_asked_for(request),
        "languages": [code for code, _name in settings.LANGUAGES],
    }


@register.simple_tag(takes_context=True)
def same_page(context: dict[str, Any]) -> str:
    """This page with all that was asked of it but the language."""
    request = context["request"]
    asked = request.GET.copy()
    if "language" not in asked:
        return str(request.get_full_path())
    del asked["language"]
    return f"{request.path}?{asked.urlencode()}".removesuffix("?")


@register.inclusion_tag("site/menu.html", takes_context=True)
def main_menu(context: dict[str, Any], is_in_it: bool = True) -> dict[str, Any]:
    """The main menu, with the part that the page stands in marked as such."""
    path = context["request"].path if is_in_it else ""
    places = [(label, reverse(route)) for route, label in MENU]
    return {"lines": [(label, place, path.startswith(place)) for label, place in places]}
