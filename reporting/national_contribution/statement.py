"""What the State says of the cycle as a whole, and what its coordinator signs for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commitments.guidance import LANGUAGE_NAMES
from reporting import figures
from reporting.document import Block, Heading, Note, Paragraph
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript, Statement
from reporting.review_report.narrative import narrative
from reporting.review_report.wording import day, language, text_blocks, words


def statement(cleared: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """The statement and why some updates are not cleared; or that there is none yet."""
    signed = _signed(cleared, manuscript)
    written = narrative(cleared, manuscript, "statement")
    heading = Heading(1, _("Statement"), "statement", is_numbered=True)
    if signed:
        said = (*_words(signed), *written)
    else:
        said = written or (Paragraph(_("The State has written no statement for this cycle yet."), is_numbered=True),)
    return (
        heading,
        *said,
        Paragraph(_signature(signed), is_numbered=True),
        Heading(1, _("What is not cleared, and why"), "explanation", is_numbered=True),
        *_explanation(cleared, manuscript),
    )


def signing(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """The words of the declaration, and the receipt."""
    declaration = _(
        "By signing, the national coordinator declares on behalf of %(state)s that the updates listed in the manifest "
        "are cleared as they stand here, that every other update due in this cycle is explained, and that together "
        "they are the national contribution of %(state)s to this review."
    )
    receipt = _(
        "The receipt is a SHA-256 of what was signed for: of every cleared update its status, its audience and the "
        "hash of its revision, and the words of the statement and of the explanation. If one of them changes, so does "
        "the receipt."
    )
    signed = _signed(facts, manuscript)
    return (
        Heading(1, _("Declaration"), "declaration", is_numbered=True),
        Paragraph(declaration % {"state": words(facts.states[0].name)}, is_numbered=True),
        Paragraph(_signature(signed), is_numbered=True),
        Paragraph(receipt, is_numbered=True),
    )


def _signed(facts: ReviewFacts, manuscript: Manuscript) -> Statement | None:
    """The State's last signature."""
    own = [one for one in manuscript.statements if one.state == facts.states[0].code]
    return own[-1] if own else None


def _words(signed: Statement) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = text_blocks(signed.text.text, "", written_in=signed.language)
    if signed.language == language():
        return blocks
    if translated := signed.text.translated(language()):
        return *blocks, *text_blocks(translated, _("Translation:"), written_in=language())
    name = LANGUAGE_NAMES.get(signed.language, signed.language)
    return *blocks, Note(_("The statement was written in this language: %(language)s.") % {"language": name})


def _signature(signed: Statement | None) -> str:
    if signed is None:
        return _("This contribution is not signed yet: it is no declaration of the State.")
    text = _("Signed by the national coordinator on %(day)s. Receipt:\n%(receipt)s")
    return text % {"day": day(signed.signed_on), "receipt": signed.receipt}


def _explanation(cleared: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    written = narrative(cleared, manuscript, "explanation")
    if written:
        return written
    silence = _("No explanation is given here.")
    said = (
        silence if figures.of_all(cleared).empty else _("Every update that is due is here: nothing is left to explain.")
    )
    return (Paragraph(said, is_numbered=True),)
