"""What a Word file says of itself: how it wants to be laid out, and nothing left over from an empty template."""

from typing import Any

from babel import Locale
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from reporting.renderers.docx_xml import locale

# Word 2013 and later; anything lower opens in "compatibility mode", with tables that hang over the margins.
_LAYOUT = "15"
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>JPoA Tracker</Application></Properties>"
)


def prepare(word: WordDocument, language: str) -> None:
    """Set layout, decimal sign and language, and drop what the template says of itself."""
    settings = word.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _LAYOUT)
    for stale in settings.findall(f".//{qn('w:useFELayout')}"):
        stale.getparent().remove(stale)
    _set(settings, "w:zoom", val=None, percent="100")
    _set(settings, "w:themeFontLang", val=locale(language), eastAsia=None)
    decimal = Locale.parse(language).number_symbols["latn"]["decimal"]
    _set(settings, "w:decimalSymbol", val=decimal)
    _set(settings, "w:listSeparator", val=";" if decimal == "," else ",")
    _forget_template(word)


def _set(settings: Any, tag: str, **attributes: str | None) -> None:
    """Set attributes of a setting, and take away those that are None."""
    setting = settings.find(qn(tag))
    for name, value in attributes.items():
        if value is None:
            setting.attrib.pop(qn(f"w:{name}"), None)
        else:
            setting.set(qn(f"w:{name}"), value)


def _forget_template(word: WordDocument) -> None:
    """Drop the picture of an empty page, and the template's account of who wrote it with what."""
    package = word.part.package
    for identifier, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[identifier]
        elif relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            relation.target_part._blob = _APPLICATION
