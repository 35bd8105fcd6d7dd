"""The styles of a Word document: named, so that an editor can change them in one place."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from reporting.renderers import docx_numbering, palette
from reporting.renderers.docx_numbering import NUMBERED_PARAGRAPH
from reporting.renderers.docx_xml import add_rule, element, locale
from reporting.renderers.layout import PORTRAIT_WIDTH

FONT = "Times New Roman"
# Of the paragraph that ends a section after a table: it takes no room.
SECTION_END = "Section End"
_ACCENT = RGBColor.from_string(palette.ACCENT.lstrip("#"))

# name: (based on, size in points, space before, space after, bold)
_TEXT_STYLES: dict[str, tuple[str, float, float, float, bool]] = {
    "Normal": ("", 10.5, 0, 6, False),
    "Title": ("Normal", 19, 18, 4, True),
    "Subtitle": ("Normal", 13, 0, 6, False),
    "Heading 1": ("Normal", 14, 18, 6, True),
    "Heading 2": ("Normal", 12, 14, 6, True),
    "Heading 3": ("Normal", 10.5, 12, 4, True),
    "Heading 4": ("Normal", 10.5, 10, 4, False),
    "Caption": ("Normal", 9.5, 10, 4, True),
    "List Bullet": ("Normal", 10.5, 0, 3, False),
    "Quote": ("Normal", 10.5, 4, 4, False),
    "Source Line": ("Normal", 8.5, 0, 6, False),
    "Small Print": ("Normal", 8.5, 2, 6, False),
    "Symbol": ("Normal", 13, 0, 6, False),
    "Distribution": ("Normal", 10, 0, 0, False),
    "Session": ("Normal", 10.5, 4, 0, False),
    "Masthead": ("Normal", 10.5, 0, 2, False),
    NUMBERED_PARAGRAPH: ("Normal", 10.5, 0, 6, False),
    "Contents Title": ("Normal", 14, 14, 6, True),
    "toc 1": ("Normal", 10.5, 0, 2, False),
    "toc 2": ("Normal", 10.5, 0, 2, False),
    "toc 3": ("Normal", 10.5, 0, 2, False),
    "toc 4": ("Normal", 10.5, 0, 2, False),
    "Table Text": ("Normal", 8, 1, 1, False),
    "Table Heading": ("Table Text", 7, 1, 1, True),
    "Table Number Heading": ("Table Heading", 7, 1, 1, True),
    "Table Number": ("Table Text", 8, 1, 1, False),
    "Figure": ("Normal", 10.5, 6, 0, False),
    SECTION_END: ("Normal", 1, 0, 0, False),
    "Header": ("Normal", 8.5, 0, 0, False),
    "Footer": ("Normal", 8, 0, 0, False),
}
_COLOURED = ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Contents Title")
_KEPT_WITH_NEXT = {*_COLOURED, "Caption", "Table Heading", "Figure"} - {"Title"}

# Where distribution, date and original language begin, in points from the margin.
_DISTRIBUTION = 300

# What a number takes in the list of contents, level by level, in points: XVIII., A., 1., (a).
_NUMBER_ROOMS = (36, 20, 20, 20)

# Word's settings stand in a fixed order; these, as far as they are there, follow hyphenation.
_AFTER_HYPHENATION = ("w:characterSpacingControl", "w:compat", "w:rsids", "m:mathPr", "w:themeFontLang")


def prepare(word: WordDocument, language: str) -> None:
    """Set fonts, sizes, colours and the language of a new document."""
    for name, (base, size, before, after, is_bold) in _TEXT_STYLES.items():
        style = _style(word, name)
        if base:
            style.base_style = word.styles[base]
        _set_font(style, size, is_bold, name in _COLOURED)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.keep_with_next = name in _KEPT_WITH_NEXT
    _set_contents(word)
    word.styles["Quote"].paragraph_format.left_indent = Pt(18)
    word.styles["Heading 4"].font.italic = True
    for name in ("Table Number", "Table Number Heading"):
        word.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.styles["Symbol"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_rule(word.styles["Symbol"].element.get_or_add_pPr(), "bottom", "6")
    word.styles["Distribution"].paragraph_format.left_indent = Pt(_DISTRIBUTION)
    docx_numbering.prepare(word)
    _add_link_style(word)
    _set_language(word, language)


def _set_contents(word: WordDocument) -> None:
    """A number at the left, the heading beside it, the page at the right: so Word fills the list in, too."""
    left = 0
    for level, room in enumerate(_NUMBER_ROOMS, 1):
        left += room
        form = word.styles[f"toc {level}"].paragraph_format
        form.left_indent, form.first_line_indent, form.right_indent = Pt(left), Pt(-room), Pt(30)
        form.line_spacing = 1
        form.tab_stops.add_tab_stop(Pt(left))
        form.tab_stops.add_tab_stop(Pt(PORTRAIT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    word.styles[SECTION_END].paragraph_format.line_spacing = Pt(1)


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    if name not in word.styles:
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    style: Any = word.styles[name]
    return style


def _set_font(style: ParagraphStyle, size: float, is_bold: bool, is_coloured: bool) -> None:
    properties = style.element.get_or_add_rPr()
    for stale in properties.findall(qn("w:rFonts")) + properties.findall(qn("w:spacing")):
        properties.remove(stale)
    style.font.name = FONT
    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), is_bold, False
    style.font.color.rgb = _ACCENT if is_coloured else RGBColor(0, 0, 0)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _add_link_style(word: WordDocument) -> None:
    style: Any = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb = _ACCENT
    style.font.underline = True


def _set_language(word: WordDocument, language: str) -> None:
    """Tell Word which language to spell-check and hyphenate, and a reader which to pronounce."""
    for default in word.styles.element.iter(qn("w:rPrDefault")):
        properties = default.find(qn("w:rPr"))
        for stale in properties.findall(qn("w:lang")):
            properties.remove(stale)
        element("w:lang", properties, val=locale(language), eastAsia=locale(language))
    settings = word.settings.element
    hyphenation = element("w:autoHyphenation", val="true")
    settings.insert_element_before(hyphenation, *_AFTER_HYPHENATION)
