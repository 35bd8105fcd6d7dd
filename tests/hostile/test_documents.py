"""What means something to a template, a typesetter, a field or XML stands in documents as it was written: every kind of
report, opened again by other libraries than those that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pypdf
import pytest

from commitments.content import SECTIONS
from reporting.cleaning import clean_text
from reporting.document import Document
from reporting.facts import Participant, ReviewFacts, SourceFacts, Wording
from reporting.kinds import KINDS
from reporting.manuscript import FollowUp, Manuscript, Masthead, Recommendation, Remark, Statement
from reporting.renderers import render
from tests.depth import FULL, SEED, chance, rounds
from tests.hostile.payloads import CONTROL, TYPESET
from tests.reporting.readers import Page, all_words, open_docx, squeezed, text_of
from tests.reporting.small_plan import ITEMS, MADE_ON, NAMES, activity, facts, passage, source, update

pytestmark = [pytest.mark.battery("C5"), pytest.mark.same_on_every_engine]

SCOPES = {"national": "state:KAZ", "state-note": "state:KAZ", "thematic": "pillar:I"}
OUTSIDE = "https://law.example/act"
PLAIN = ("The agency trained officers.", "Обучены сотрудники.", "№ 5 of 3 March 2022, 12 % of posts;", "Ҳисобот.")
# What a reader of another library cannot be asked to give back as it was put: letters that join, turn or are pictures.
UNREADABLE = re.compile("[^\u0020-\u007e\u00a0-\u00ff\u0400-\u04ff\u2010-\u2026№₸€]|\u00ad")
# In a PDF letters stand as they are seen, and what is turned takes the signs beside it along.
TURNING = re.compile("[\u0590-\u06ff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CODES = [code for rows in ITEMS.values() for code, *_rest in rows]
RUNNING = {"script", "iframe", "object", "embed", "form", "input", "base", "link", "frame", "video", "audio", "img"}
FIELDS = ("PAGE", "NUMPAGES", "TOC", "REF", "SEQ", "STYLEREF", "SECTIONPAGES", "NUMWORDS")


class Narrator:
    """Narratives of payloads between plain words, each with a number of its own."""

    def __init__(self, draw: Random, *, turns: bool = True) -> None:
        self.draw, self.told = draw, []
        self.words = [text for text in TYPESET if turns or not TURNING.search(text)]

    def __call__(self, *, short: bool = False) -> Wording:
        words = [self.draw.choice(self.words) for _each in range(1 if short else self.draw.randint(1, 4))]
        words += [self.draw.choice(PLAIN)] + ([self.draw.choice(CONTROL)] if self.draw.random() < 0.2 else [])
        self.draw.shuffle(words)
        text = f"{self.draw.choice((' ', '', chr(10))).join(words)} ({len(self.told) + 1001})"
        self.told.append(text)
        return Wording(text[-200:] if short else text)


def written(narrator: Narrator) -> tuple[ReviewFacts, Manuscript]:
    """Every State reports on every item, each section a narrative; and editors wrote everywhere they can."""
    updates = [
        update(
            state, code, ("limited", "substantial", "not_started")[place % 3],
            words={name: narrator().text for name in SECTIONS},
            sources=(source(narrator(short=True).text, OUTSIDE), SourceFacts(narrator(short=True).text, "")),
        )
        for state in NAMES for place, code in enumerate(CODES)
    ]  # fmt: skip
    words = {"title": narrator(short=True), "summary": narrator(), "venue": narrator(short=True)}
    helped = replace(activity("one", "I.1.1"), **words, participants=(Participant(narrator(short=True), "lead"),))
    told = facts(*updates, activities=(helped,))
    manuscript = Manuscript(
        masthead=Masthead("A/82/123", narrator(short=True).text, narrator(short=True).text),
        recommendations=(Recommendation(1, narrator(), "states", ("I.1.1",)),),
        follow_ups=(FollowUp(2, narrator(), "partners", "in_hand", narrator()),),
        remarks=(Remark("TJK", "1", narrator().text, "en", "partly", narrator().text),),
        statements=(Statement("KAZ", narrator(), "en", MADE_ON, "cd" * 32),),
    )
    return told, manuscript


def documents(narrator: Narrator) -> Iterator[tuple[str, Document]]:
    told, manuscript = written(narrator)
    for name, kind in KINDS.items():
        # Two braces in a passage ask for a figure, and an unknown one is said to be so: see tests/reporting.
        passages = tuple(
            passage(slug, narrator().text.replace("{{", "{ {"), ("KAZ", "I.1.1"))
            for slug, _label in kind.sections(told)
        )
        manuscript = replace(manuscript, passages=passages)
        yield name, kind.build(told, manuscript, made_on=MADE_ON, language="en", scope=SCOPES.get(name, ""))


@pytest.mark.parametrize("turn", range(rounds(1, 34)))
def test_every_narrative_stands_in_every_document_as_it_was_written(turn, tally):
    turns = bool((turn + SEED) % 2)
    narrator = Narrator(chance("documents", turn), turns=turns)

    for place, (name, document) in enumerate(documents(narrator)):
        words = squeezed("".join(all_words(document)))
        told = [text for text in narrator.told if squeezed(clean_text(text)) in words]
        for written_as in ("html", "docx", *(["pdf"] if FULL or place == turn % len(KINDS) else [])):
            content = render(document, written_as)
            shown = squeezed(text_of(written_as, content))
            asked = all_words(document)
            if written_as == "pdf":
                asked = [] if turns else [text for text in asked if not UNREADABLE.search(text)]
            assert [text for text in asked if not _stands(squeezed(text), shown, written_as)] == [], (name, written_as)
            assert list(FAULTS[written_as](content)) == [], (name, written_as)
            tally(**{f"narratives in {written_as}": len(told)})
    assert len(told) > 1


def _stands(text: str, shown: str, written_as: str) -> bool:
    """Whether it is there whole, or in a PDF in two parts with the head and the foot of a page between them."""
    if text in shown or written_as != "pdf":
        return text in shown
    return any(text[:place] in shown and text[place:] in shown for place in range(1, len(text)))


def _acting_in_html(content: bytes) -> Iterator[str]:
    for tag, attributes in Page(content).tags:
        yield from [tag] if tag in RUNNING else []
        yield from [name for name in attributes if name.startswith("on")]
        for name in ("href", "src", "action", "xlink:href"):
            if (place := attributes.get(name, "#")) and not place.startswith(("#", OUTSIDE)):
                yield place


def _acting_in_docx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                links = re.findall(r"<Relationship [^>]*TargetMode=\"External\"[^>]*>", archive.read(name).decode())
                yield from [link for link in links if f'Target="{OUTSIDE}' not in link]
    word = open_docx(content)
    stories = [word.element, *(part._element for one in word.sections for part in (one.header, one.footer))]
    for story in stories:
        for node in [*story.iter("{*}instrText"), *story.iter("{*}fldSimple")]:
            written_as = (node.text or "").strip() or next(iter(node.attrib.values()), "")
            yield from [written_as] if not written_as.startswith(FIELDS) else []
        yield from (node.tag for name in ("altChunk", "object", "control") for node in story.iter(f"{{*}}{name}"))


def _acting_in_pdf(content: bytes) -> Iterator[str]:
    pdf = pypdf.PdfReader(io.BytesIO(content))
    yield from (name for name in ("/OpenAction", "/AA", "/AcroForm") if name in pdf.trailer["/Root"])
    for page in pdf.pages:
        for one in page.get("/Annots", ()):
            act = one.get_object().get("/A", {})
            kind, place = act.get("/S", "/GoTo"), str(act.get("/URI", OUTSIDE))
            yield from [f"{kind} {place}"] if kind not in ("/GoTo", "/URI") or not place.startswith(OUTSIDE) else []


FAULTS = {"html": _acting_in_html, "docx": _acting_in_docx, "pdf": _acting_in_pdf}
