"""The few pieces of WordprocessingML that python-docx has no words for.

Text goes in as the text of an element, so that it can never become markup.
"""

import re
from hashlib import sha256
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reporting.renderers.spacing import bound

_CYRILLIC = re.compile("[\u0400-\u04ff]")

# What Word calls the languages; others are passed on as they are.
_LOCALES = {
    "en": "en-GB",
    "ru": "ru-RU",
    "kk": "kk-KZ",
    "ky": "ky-KG",
    "tg": "tg-Cyrl-TJ",
    "tk": "tk-TM",
    "uz": "uz-Latn-UZ",
}


def element(tag: str, parent: Any = None, **attributes: str) -> Any:
    """Return a new element such as "w:br" with attributes in the same namespace."""
    made = OxmlElement(tag)
    prefix = tag.split(":", maxsplit=1)[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), value)
    if parent is not None:
        parent.append(made)
    return made


def locale(language: str, text: str = "") -> str:
    """Return the language tag that Word expects for a language code; Uzbek is written in two scripts."""
    if language == "uz" and _CYRILLIC.search(text):
        return "uz-Cyrl-UZ"
    return _LOCALES.get(language, language)


def add_run(parent: Any, text: str, *, is_bold: bool = False, colour: str = "", language: str = "") -> Any:
    """Append a run to a paragraph's or hyperlink's element; line feeds become line breaks."""
    run = element("w:r", parent)
    if is_bold or colour or language:
        properties = element("w:rPr", run)
        if is_bold:
            element("w:b", properties)
        if colour:
            element("w:color", properties, val=colour.lstrip("#"))
        if language:
            element("w:lang", properties, val=locale(language, text))
    for index, line in enumerate(text.split("\n")):
        if index:
            element("w:br", run)
        words = element("w:t", run)
        words.text = bound(line)
        words.set(qn("xml:space"), "preserve")
    return run


def add_link(
    paragraph: Paragraph, target: str, text: str, names: dict[str, str], *, colour: str = "", language: str = ""
) -> None:
    """Append a link to an anchor ("#...", by its bookmark name) or to a web address; `colour` over the style's own."""
    if target.startswith("#"):
        link = element("w:hyperlink", paragraph._p, anchor=names[target[1:]], history="1")
    else:
        link = element("w:hyperlink", paragraph._p, history="1")
        link.set(qn("r:id"), _related(paragraph, target))
    run = add_run(link, text, colour=colour, language=language)
    style = element("w:rStyle", val="Hyperlink")
    if run.rPr is None:
        run.insert(0, OxmlElement("w:rPr"))
    run.rPr.insert(0, style)


def _related(paragraph: Paragraph, target: str) -> str:
    """Return the identifier of a web address among the file's relations.

    It follows from the address: python-docx's own way compares the address with every other one.
    """
    relations = paragraph.part.rels
    identifier = f"link{sha256(target.encode()).hexdigest()[:20]}"
    if identifier not in relations:
        relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, target, identifier, is_external=True)
    return identifier


def add_reference(paragraph: Paragraph, name: str, instruction: str, shown: str) -> None:
    """Append a link to a bookmark whose words are a field: Word counts them anew when something is put in between."""
    link = element("w:hyperlink", paragraph._p, anchor=name, history="1")
    add_field(link, instruction, shown, style="Hyperlink")


def add_field(parent: Any, instruction: str, shown: str, *, style: str = "", is_bold: bool = False) -> None:
    """Append a field such as PAGE with the text to show until Word counts for itself."""
    for kind in ("begin", "separate", "end"):
        if kind == "end":
            _dressed(add_run(parent, shown), style, is_bold)
        element("w:fldChar", _dressed(element("w:r", parent), style, is_bold), fldCharType=kind)
        if kind == "begin":
            code = element("w:instrText", _dressed(element("w:r", parent), style, is_bold))
            code.text = f" {instruction} "
            code.set(qn("xml:space"), "preserve")


def _dressed(run: Any, style: str, is_bold: bool) -> Any:
    """Give a run without properties a style of characters, if one is named, and bold letters, if they are wanted."""
    properties = OxmlElement("w:rPr")
    if style:
        element("w:rStyle", properties, val=style)
    if is_bold:
        element("w:b", properties)
    run.insert(0, properties)
    return run


def add_bookmark(paragraph: Paragraph, name: str, number: int, start: int = 1) -> None:
    """Make a paragraph, from its part `start` on, a place that links can lead to; the number is unique in the file."""
    paragraph._p.get_or_add_pPr()
    paragraph._p.insert(start, element("w:bookmarkStart", id=str(number), name=name))
    element("w:bookmarkEnd", paragraph._p, id=str(number))


def add_rule(properties: Any, side: str, size: str, colour: str = "000000") -> None:
    """Draw a line above ("top") or under ("bottom") paragraphs; the size is in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    element(f"w:{side}", borders, val="single", sz=size, space="4", color=colour.lstrip("#"))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def shade(cell_properties: Any, colour: str) -> None:
    """Give a table cell a background."""
    element("w:shd", cell_properties, val="clear", color="auto", fill=colour.lstrip("#"))


def twips(points: float) -> str:
    """Return points as the twentieths that Word measures in."""
    return str(round(points * 20))
