"""What editors wrote: passages with their figures filled in, their sources linked, good practices in boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from reporting.document import Block, Box, Bullets, Citation, Paragraph
from reporting.facts import ReviewFacts, Wording
from reporting.manuscript import Cited, Manuscript, Passage
from reporting.models import Form
from reporting.placeholders import fill
from reporting.review_report.wording import anchor, language, text_blocks, words


def narrative(facts: ReviewFacts, manuscript: Manuscript, *sections: str) -> tuple[Block, ...]:
    """The passages of these sections in their order: numbered paragraphs, and boxes for good practices."""
    return tuple(
        block
        for section in sections
        for passage in manuscript.of(section)
        for block in _passage(facts, manuscript, passage)
    )


def unnumbered(facts: ReviewFacts, manuscript: Manuscript, section: str) -> tuple[Paragraph | Bullets, ...]:
    """The passages of a section as they stand inside a box."""
    return tuple(block for passage in manuscript.of(section) for block in _inner(facts, manuscript, passage))


def good_practices(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Passage, ...]:
    """The passages that stand in boxes, whatever their section; none that rests on what is withdrawn."""
    boxed = (one for one in manuscript.passages if one.form == Form.GOOD_PRACTICE)
    return tuple(one for one in boxed if not _withdrawn(facts, one))


def filled(facts: ReviewFacts, manuscript: Manuscript, wording: Wording) -> tuple[str, str]:
    """An editor's words with figures in place of their names, and the language that they are in."""
    written_in = manuscript.masthead.original_language
    shown_in = language() if wording.translated(language()) else written_in
    return fill(words(wording), facts), shown_in


def _passage(facts: ReviewFacts, manuscript: Manuscript, passage: Passage) -> Iterator[Block]:
    blocks = _inner(facts, manuscript, passage)
    if not blocks:
        return
    if passage.form == Form.GOOD_PRACTICE and not _withdrawn(facts, passage):
        yield Box(_box_title(facts, manuscript, passage), blocks, anchor=_anchor(passage))
        return
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield replace(block, is_numbered=True, anchor="" if place else _anchor(passage))
        else:
            yield block


def _inner(facts: ReviewFacts, manuscript: Manuscript, passage: Passage) -> tuple[Paragraph | Bullets, ...]:
    """The words and, after the last of them, where they come from; or why they are not shown."""
    if gone := _withdrawn(facts, passage):
        return (Paragraph(_why_not_shown(facts, gone)),)
    text, written_in = filled(facts, manuscript, passage.text)
    blocks = text_blocks(text, "", written_in=written_in)
    if not blocks:
        return ()
    return *blocks[:-1], replace(blocks[-1], citations=tuple(_citation(facts, one) for one in passage.cites))


def _box_title(facts: ReviewFacts, manuscript: Manuscript, passage: Passage) -> str:
    title, _written_in = filled(facts, manuscript, passage.title)
    return _("Good practice: %(title)s") % {"title": title} if title else _("Good practice")


def _withdrawn(facts: ReviewFacts, passage: Passage) -> tuple[Cited, ...]:
    gone = {(one.state, one.item) for one in facts.tombstones}
    return tuple(one for one in passage.cites if (one.state, one.item) in gone)


def _why_not_shown(facts: ReviewFacts, gone: tuple[Cited, ...]) -> str:
    text = _("A passage that stood here is not shown: it rests on what has been withdrawn by its State (%(updates)s).")
    return text % {"updates": "; ".join(_named(facts, one) for one in gone)}


def _citation(facts: ReviewFacts, cited: Cited) -> Citation:
    update = facts.update(cited.state, cited.item)
    return Citation(_named(facts, cited), f"#{anchor(update)}" if update else "")


def _named(facts: ReviewFacts, cited: Cited) -> str:
    """“Kazakhstan, I.1.1”; a State that is no longer under review goes by its code."""
    names = {state.code: words(state.name) for state in facts.states}
    return f"{names.get(cited.state, cited.state)}, {cited.item}"


def _anchor(passage: Passage) -> str:
    return f"passage-{passage.uid}" if passage.uid else ""
