"""Word's own numbering: headings I., A., 1., (a) by their styles, paragraphs through the whole document.

Who adds a heading or a paragraph in Word gets the next number, and the ones after it move on.
"""

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from reporting.renderers.docx_xml import element

NUMBERED_PARAGRAPH = "Numbered Paragraph"
_HEADINGS, _PARAGRAPHS = "90", "91"
# For each level of heading: Word's name of the numerals, the pattern, the room that the number takes in twips.
_LEVELS = (
    ("upperRoman", "%1.", 850),
    ("upperLetter", "%2.", 567),
    ("decimal", "%3.", 567),
    ("lowerLetter", "(%4)", 567),
)
_FIRST_LINE = "680"  # twips to the text of a numbered paragraph; its other lines begin at the margin


def prepare(word: WordDocument) -> None:
    """Define both numberings and tie them to the styles "Heading 1" to "Heading 4" and "Numbered Paragraph"."""
    numbering = word.part.numbering_part.element
    styles = {style.name: style for style in word.styles}
    headings = _definition(numbering, _HEADINGS)
    for level, (form, pattern, room) in enumerate(_LEVELS):
        style = styles[f"Heading {level + 1}"]
        properties = _level(headings, level, form, pattern, style.style_id)
        element("w:ind", properties, left=str(room), hanging=str(room))
        _tie(style, _HEADINGS, level)
    paragraphs = _definition(numbering, _PARAGRAPHS)
    style = styles[NUMBERED_PARAGRAPH]
    properties = _level(paragraphs, 0, "decimal", "%1.", style.style_id)
    element("w:tab", element("w:tabs", properties), val="num", pos=_FIRST_LINE)
    element("w:ind", properties, left="0", firstLine="0")
    _tie(style, _PARAGRAPHS, 0)
    for number in (_HEADINGS, _PARAGRAPHS):
        element("w:abstractNumId", element("w:num", numbering, numId=number), val=number)


def take_number_away(properties: Any) -> None:
    """Let a paragraph of a numbered style stand without a number, at the margin."""
    numbered = element("w:numPr", properties)
    element("w:ilvl", numbered, val="0")
    element("w:numId", numbered, val="0")
    element("w:ind", properties, left="0", firstLine="0")


def _definition(numbering: Any, number: str) -> Any:
    """Word wants all definitions before all lists that use them."""
    made = element("w:abstractNum", abstractNumId=number)
    element("w:multiLevelType", made, val="multilevel")
    place = next((child for child in numbering if child.tag == qn("w:num")), None)
    if place is None:
        numbering.append(made)
    else:
        place.addprevious(made)
    return made


def _level(definition: Any, level: int, form: str, pattern: str, style: str) -> Any:
    """Add a level; return the properties of its paragraphs, still empty."""
    made = element("w:lvl", definition, ilvl=str(level))
    element("w:start", made, val="1")
    element("w:numFmt", made, val=form)
    element("w:pStyle", made, val=style)
    element("w:suff", made, val="tab")
    element("w:lvlText", made, val=pattern)
    element("w:lvlJc", made, val="left")
    return element("w:pPr", made)


def _tie(style: Any, number: str, level: int) -> None:
    numbered = style.element.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = int(number)
