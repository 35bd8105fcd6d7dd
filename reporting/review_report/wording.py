"""How words, days, lines and figures are written in the language that is active."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from commitments.content import ADOPTED, Rating, reader_language, reading
from reporting.cleaning import clean_text
from reporting.document import Bullets, Cell, Paragraph, Quote, Reference, Text, Tone
from reporting.facts import PillarFacts, Place, ReleasedUpdate, ReviewFacts, Wording
from reporting.renderers.words import long_date
from reporting.sources import document

_BULLET = re.compile(r"^\s*[-–—•*]\s+")


def language() -> str:
    """The one of the report, or that in which its reader reads reports."""
    return reader_language()


def words(wording: Wording) -> str:
    """Titles and names, in the reader's language where there is a translation."""
    return wording.within(*reading())


def day(date: dt.date) -> str:
    """A date in full, day first."""
    return long_date(date, language())


def pillar_title(pillar: PillarFacts) -> str:
    return _("Pillar %(code)s. %(title)s") % {"code": pillar.code, "title": words(pillar.title)}


def low(label: object) -> str:
    """A label inside a sentence."""
    text = str(label)
    return text[:1].lower() + text[1:]


def span(place: Place) -> str:
    """The lines of a place; empty where none are recorded."""
    if not place.first_line:
        return ""
    if place.first_line == place.last_line:
        return _("line %(line)d") % {"line": place.first_line}
    return _("lines %(first)d-%(last)d") % {"first": place.first_line, "last": place.last_line}


def cited(place: Place) -> str:
    """A place in full: the document, and the lines in it."""
    return ", ".join(part for part in (str(document(place.document).title), span(place)) if part)


def quotes(wording: Wording, source: str) -> tuple[Quote, ...]:
    """Adopted wording letter for letter, and beneath it the unofficial translation for another reader."""
    quote = Quote(wording.text, source, language=ADOPTED)
    translated = wording.translated(language()) if language() != ADOPTED else ""
    if not translated:
        return (quote,)
    return quote, Quote(translated, _("unofficial translation"), language=language())


def number_cell(number: int) -> Cell:
    return Cell(str(number), value=number)


def percent(value: Decimal | None) -> str:
    """Per cent with one decimal as the reader's language writes it; a dash where nothing is due."""
    return "–" if value is None else f"{format_decimal(value, '0.0', locale=language())} %"


def percent_cell(value: Decimal | None) -> Cell:
    return Cell(percent(value), value=value)


def referring(text: str, **targets: str | Reference) -> Text:
    """A text whose %(name)s are links: an anchor is shown as the number of its table, paragraph or section."""
    links = {name: Reference(target) if isinstance(target, str) else target for name, target in targets.items()}
    parts = re.split(r"%\((\w+)\)s", text)
    return tuple(links[part] if place % 2 else part for place, part in enumerate(parts) if part)


def joined(texts: Iterable[Text], between: str = " ") -> Text:
    """Texts one after another as one."""
    parts: list[str | Reference] = []
    for text in texts:
        parts += [between] if parts else []
        parts += [text] if isinstance(text, str) else text
    return tuple(parts)


def rating_cell(update: ReleasedUpdate) -> Cell:
    """A rating in words, leading to what the State reports."""
    return Cell(str(Rating(update.rating).label), Tone(update.rating), link=f"#{anchor(update)}")


def anchor(update: ReleasedUpdate) -> str:
    """The name of the place in the document where the update stands."""
    return f"update-{update.state}-{update.item}"


def link_to_item(facts: ReviewFacts, code: str) -> Text:
    """A code that leads to its item where the report has words on it."""
    return (Reference(f"item-{code}", code),) if facts.updates_on(code) else code


def text_blocks(text: str, lead: str, *, written_in: str = "") -> tuple[Paragraph | Bullets, ...]:
    """A State's text as paragraphs and lists, letter for letter; the lead stands before the first of them."""
    blocks: list[Paragraph | Bullets] = []
    for lines, is_list in _runs(clean_text(text)):
        if is_list:
            blocks.append(Bullets(tuple(lines), language=written_in))
        else:
            blocks += [Paragraph(line, language=written_in) for line in lines]
    if blocks and isinstance(blocks[0], Paragraph):
        blocks[0] = replace(blocks[0], lead=lead)
    elif lead:
        blocks.insert(0, Paragraph(lead))
    return tuple(blocks)


def _runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """Lines that are list entries, or that are not, in runs; empty lines only part them."""
    run: list[str] = []
    is_list = False
    for line in (line.strip() for line in text.split("\n")):
        if not line:
            continue
        if bool(_BULLET.match(line)) != is_list and run:
            yield run, is_list
            run = []
        is_list = bool(_BULLET.match(line))
        run.append(_BULLET.sub("", line))
    if run:
        yield run, is_list
