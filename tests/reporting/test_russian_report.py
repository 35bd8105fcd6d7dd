"""The report in Russian: fixed words and titles in Russian, quotations as they were made."""

from __future__ import annotations

import pytest

from commitments.models import ActionItem, MemberState
from reporting.document import Paragraph, Quote
from reporting.renderers import RENDERERS
from tests.builders import World
from tests.reporting.readers import squeezed
from tests.reporting.released import report_of, shown, table, texts

pytestmark = pytest.mark.same_on_every_engine


@pytest.fixture
def russian(world) -> World:
    MemberState.objects.filter(iso_alpha3="KAZ").update(translations={"ru": {"name": "Казахстан"}})
    words = {"ru": {"short_title": "Делать дело", "text": "Сделать дело."}}
    ActionItem.objects.filter(code="I.1.2").update(translations=words)
    translations = {"ru": {"measures_taken": "Принят закон."}}
    world.walk("published", measures_taken="A law was passed.", translations=translations)
    return world


def test_a_russian_report_names_states_and_items_in_russian(russian):
    document = report_of(russian, language="ru")

    (row,) = [row for row in table(document, "matrix-I").rows if row[0].text == "I.1.2"]
    assert row[1].text == "Делать дело"
    assert "Казахстан" in [column.label for column in table(document, "matrix-I").columns]
    assert document.language == "ru"


def test_a_russian_report_quotes_the_adopted_text_and_marks_its_translation(russian):
    quotes = [one for one in report_of(russian, language="ru").blocks if isinstance(one, Quote)]

    assert [(one.text, one.language) for one in quotes] == [("To do I.1.2.", "en"), ("Сделать дело.", "ru")]
    assert quotes[1].source


def test_a_states_words_stand_in_their_own_language_with_the_translation_beneath(russian):
    said = [one for one in report_of(russian, language="ru").blocks if isinstance(one, Paragraph)]
    place = next(place for place, one in enumerate(said) if one.text == "A law was passed.")

    assert (said[place].language, said[place + 1].text, said[place + 1].language) == ("en", "Принят закон.", "ru")
    assert "Принят" not in "".join(texts(report_of(russian, language="en")))


@pytest.mark.parametrize("extension", list(RENDERERS))
def test_a_russian_report_opens_in_every_format(russian, extension):
    text = shown(report_of(russian, language="ru"), extension)

    for words in ("Казахстан", "Принят закон.", "2026-07-01" if extension == "json" else "1 июля 2026"):
        assert squeezed(words) in text
