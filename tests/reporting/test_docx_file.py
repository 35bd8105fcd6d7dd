"""What the Word file says of itself, and what it carries along: settings, pictures, relations."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from docx.shared import Pt

from reporting.document import Citation, Paragraph
from reporting.renderers import render
from reporting.renderers.layout import PORTRAIT_WIDTH
from tests.reporting.readers import alternative_texts, open_docx
from tests.reporting.specimen import specimen

TAGS = {"en": "en-GB", "ru": "ru-RU"}


@pytest.fixture(scope="module")
def word() -> Any:
    return open_docx(render(specimen(), "docx"))


def test_pictures_keep_to_the_margins_and_have_identifiers_and_words_of_their_own(word):
    inlines = word.element.xpath("//wp:inline")

    assert [inline.docPr.get("descr") for inline in inlines] == alternative_texts(specimen())
    assert len({inline.docPr.get("id") for inline in inlines}) == len(inlines)
    for inline in inlines:
        assert {inline.get(f"dist{side}") for side in "TBLR"} == {"0"}
        assert inline.extent.cx <= Pt(PORTRAIT_WIDTH)


@pytest.mark.parametrize(("language", "decimal", "separator"), [("en", ".", ","), ("ru", ",", ";")])
def test_the_file_opens_as_word_writes_today_in_its_own_language(language, decimal, separator):
    word = open_docx(render(specimen(language=language), "docx"))

    settings = word.settings.element
    assert settings.xpath("string(.//w:compatSetting[@w:name='compatibilityMode']/@w:val)") == "15"
    assert settings.xpath("string(w:zoom/@w:percent)") == "100"
    assert settings.xpath("string(w:decimalSymbol/@w:val)") == decimal
    assert settings.xpath("string(w:listSeparator/@w:val)") == separator
    assert settings.xpath("string(w:themeFontLang/@w:val)") == TAGS[language]
    assert word.core_properties.language == language


def test_nothing_of_the_template_is_left(word):
    parts = {str(part.partname): part.blob for part in word.part.package.iter_parts()}

    assert not any("thumbnail" in name for name in parts)
    assert b"Macintosh" not in parts["/docProps/app.xml"]


def test_every_relation_leads_to_a_part_that_is_there():
    archive = zipfile.ZipFile(BytesIO(render(specimen(), "docx")))
    names = set(archive.namelist())

    for name in (one for one in names if one.endswith(".rels")):
        folder = name.partition("_rels/")[0]
        for relation in fromstring(archive.read(name)):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target")
                resolved = target.lstrip("/") if target.startswith("/") else f"{folder}{target}"
                assert posixpath.normpath(resolved) in names


def test_an_address_that_is_linked_to_twice_is_named_once():
    twice = (Citation("law", "https://law.example/1"), Citation("the same", "https://law.example/1"))

    word = open_docx(render(specimen(blocks=(Paragraph("Said.", citations=twice),)), "docx"))

    addresses = [one.target_ref for one in word.part.rels.values() if one.is_external]
    assert addresses == ["https://law.example/1"]
    assert len(word.element.xpath("//w:hyperlink[@r:id]")) == 2
