"""The few pieces of WordprocessingML that python-docx has no words for.

Text goes in as the text of an element, so that it can never become markup.
"""

import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

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
        words.text = line
        words.set(qn("xml:space"), "preserve")
    return run


def add_link(
    paragraph: Paragraph, target: str, text: str, names: dict[str, str], *, colour: str = "", language: str = ""
) -> None:
    """Append a link to an anchor ("#...", by its bookmark name) or to a web address; `colour` over the style's own."""
    if target.startswith("#"):
        link = element("w:hyperlink", paragraph._p, anchor=names[target[1:]], history="1")
    else:
        identifier = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = element("w:hyperlink", paragraph._p, history="1")
        link.set(qn("r:id"), identifier)
    run = add_run(link, text, colour=colour, language=language)
    style = element("w:rStyle", val="Hyperlink")
    if run.rPr is None:
        run.insert(0, OxmlElement("w:rPr"))
    run.rPr.insert(0, style)


def add_field(parent: Any, instruction: str, shown: str) -> None:
    """Append a field such as PAGE with the text to show until Word counts for itself."""
    for kind in ("begin", "separate", "end"):
        if kind == "end":
            add_run(parent, shown)
        element("w:fldChar", element("w:r", parent), fldCharType=kind)
        if kind == "begin":
            code = element("w:instrText", element("w:r", parent))
            code.text = f" {instruction} "
            code.set(qn("xml:space"), "preserve")


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make a paragraph a place that links can lead to; the number is unique in the file."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
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
