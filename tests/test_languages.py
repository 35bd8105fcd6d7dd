"""Seven languages: five of them say what they can themselves, the rest in Russian, and write dates their own way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.core import mail
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext, pgettext

from commitments.content import LANGUAGES, reader_language, reading, translation_read
from commitments.models import Choice
from commitments.models.notices import Kind
from commitments.worksheets.columns import COLUMNS, label, options
from reporting.facts import Wording
from reporting.review_report.wording import words

PARTIAL = ("kk", "ky", "tg", "tk", "uz")
OWN = {  # language: what it calls itself, "Sign in", 5 December 2026 at 7:30, a number
    "en": ("English", "Sign in", "5 December 2026, 07:30", "1234.5"),
    "ru": ("Русский", "Войти", "5 декабря 2026 года, 7:30", "1234,5"),
    "kk": ("Қазақша", "Кіру", "2026\u202fж. 5 желтоқсан, 07:30", "1234,5"),
    "ky": ("Кыргызча", "Кирүү", "2026-ж., 5-декабрь, 07:30", "1234,5"),
    "tg": ("Тоҷикӣ", "Ворид шудан", "5 декабри соли 2026, 07:30", "1234,5"),
    "tk": ("Türkmençe", "Girmek", "5 dekabr 2026, 07:30", "1234,5"),
    "uz": ("Oʻzbekcha", "Kirish", "5-dekabr, 2026, 07:30", "1234,5"),
}


def test_the_site_speaks_what_updates_are_written_in():
    assert tuple(code for code, _name in settings.LANGUAGES) == LANGUAGES
    assert dict(settings.LANGUAGES) == {code: one[0] for code, one in OWN.items()}


@pytest.mark.parametrize("code", OWN)
def test_words_dates_and_numbers_are_those_of_the_language(code):
    _name, sign_in, instant, number = OWN[code]

    with translation.override(code):
        assert gettext("Sign in") == sign_in
        assert date_format(dt.datetime(2026, 12, 5, 7, 30), "DATETIME_FORMAT") == instant  # noqa: DTZ001
        assert number_format(1234.5) == number


@pytest.mark.parametrize("code", PARTIAL)
def test_every_month_has_its_own_name(code):
    with translation.override("ru"):
        russian = [date_format(dt.date(2026, month, 1), "DATE_FORMAT") for month in range(1, 13)]
    with translation.override(code):
        own = [date_format(dt.date(2026, month, 1), "DATE_FORMAT") for month in range(1, 13)]

    assert len(set(own)) == 12
    assert not set(own) & set(russian)


@pytest.mark.parametrize("code", PARTIAL)
@pytest.mark.parametrize(("count", "form"), [(1, "1 слово"), (2, "2 слова"), (5, "5 слов"), (21, "21 слово")])
def test_what_a_language_cannot_count_is_counted_by_the_rule_of_russian(code, count, form, monkeypatch):
    singular = ("%(n)d marked as read.", "%(n)d marked as read.")

    with translation.override("ru"):
        russian = ngettext(*singular, count)
    with translation.override(code):
        assert ngettext(*singular, count) == russian
        assert ngettext("%(days)d day", "%(days)d days", count) != form


@pytest.mark.parametrize("code", PARTIAL)
@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("What the sources say of the plan of 2011 is given in English only.", "Сведения источников"),  # ours
        ("Recovery Codes", "Коды восстановления"),  # a library's, which speaks Kyrgyz and Uzbek itself
    ],
)
def test_what_a_language_has_no_words_for_is_said_in_russian_and_not_in_english(code, english, russian):
    with translation.override(code):
        said = gettext(english)

    assert said != english
    assert said.startswith(russian) or code in ("ky", "uz")


def test_english_stays_english():
    with translation.override("en"):
        assert gettext("Sign in") == "Sign in"
        assert ngettext("%(n)d marked as read.", "%(n)d marked as read.", 5) == "%(n)d marked as read."
        assert pgettext("alt. month", "May") == "May"


@pytest.mark.parametrize(
    ("code", "read", "of_reports"),
    [("en", ("en",), "en"), ("ru", ("ru",), "ru"), ("kk", ("kk", "ru"), "ru"), ("uz", ("uz", "ru"), "ru")],
)
def test_a_reader_reads_their_own_language_and_else_russian(code, read, of_reports):
    with translation.override(code):
        assert reading() == read
        assert reader_language() == of_reports


@pytest.mark.parametrize(
    ("code", "written_in", "shown"),
    [
        ("en", "ru", ("en", "English")),
        ("en", "en", ("", "")),
        ("ru", "en", ("ru", "Русский")),
        ("ru", "ru", ("", "")),
        ("kk", "en", ("kk", "Қазақша")),
        ("kk", "kk", ("", "")),
        ("kk", "ru", ("kk", "Қазақша")),
        ("tg", "en", ("ru", "Русский")),
        ("tg", "ru", ("", "")),
    ],
)
def test_beneath_words_stands_the_translation_that_the_reader_needs(code, written_in, shown):
    texts = {"en": "English", "ru": "Русский", "kk": "Қазақша"}

    with translation.override(code):
        assert translation_read(texts, written_in) == shown


def test_a_title_is_told_in_russian_where_it_is_not_kept_in_the_language():
    title = Wording("Youth", (("ru", "Молодёжь"),))

    with translation.override("uz"):
        assert words(title) == "Молодёжь"
    with translation.override("en"):
        assert words(title) == "Youth"


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "original_language"])
def test_no_word_of_a_worksheet_means_one_thing_here_and_another_there(name):
    meant: dict[str, set[str]] = {}
    for code in LANGUAGES:
        with translation.override(code):
            for value, said in options(name).items():
                meant.setdefault(str(said).casefold(), set()).add(value)

    assert not [said for said, values in meant.items() if len(values) > 1]


def test_no_heading_of_a_worksheet_means_two_columns():
    meant: dict[str, set[str]] = {}
    for code in LANGUAGES:
        with translation.override(code):
            for name in COLUMNS:
                meant.setdefault(str(label(name)).casefold(), set()).add(name)

    assert not [said for said, names in meant.items() if len(names) > 1]


@pytest.mark.parametrize("code", OWN)
def test_a_language_is_chosen_by_the_browser_or_by_hand(world, client, code):
    asked = client.get("/", headers={"accept-language": f"{code}-XX, en;q=0.5"}).content.decode()
    client.get(f"/in/{code}/")
    chosen = client.get("/").content.decode()
    client.post("/language/setlang/", {"language": code, "next": "/accounts/login/"})
    door = client.get("/accounts/login/").content.decode()

    for page in (asked, chosen, door):
        assert f'<html lang="{code}">' in page
        for other, (name, *_rest) in OWN.items():
            assert f'lang="{other}"' in page
            assert name in page
        assert ("data-partly-translated" in page) is (code in PARTIAL)


@pytest.mark.parametrize("code", PARTIAL)
def test_the_desk_speaks_the_language_with_its_own_dates(world, client, code):
    someone = world.who("focal.kaz")
    someone.prefer(by=someone, language=code)
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/desk/", headers={"accept-language": code}).content.decode()

    with translation.override(code):
        assert gettext("My work") in page
        assert date_format(world.cycle.submissions_due_on, "DATE_FORMAT") in page
    with translation.override("en"):
        assert date_format(world.cycle.submissions_due_on, "DATE_FORMAT") not in page


def test_mail_comes_in_kyrgyz(world, django_capture_on_commit_callbacks):
    someone = world.who("coordinator.kaz")
    someone.prefer(by=someone, language="ky")
    Choice.choose(by=someone, hows=dict.fromkeys(Kind.values, "at_once"))
    update = world.walk("draft")

    with django_capture_on_commit_callbacks(execute=True):
        update.submit(by=world.who("focal.kaz"), version=update.version)

    [message] = mail.outbox
    assert "отчет сиздин макулдашууңузду күтүүдө" in message.subject
    assert "Көрүү үчүн кириңиз:" in message.body
    assert "Sign in" not in message.body


@pytest.mark.parametrize(("code", "lang"), [("en", ""), ("ru", ""), ("tk", ' lang="ru"')])
def test_a_title_that_is_not_in_the_language_of_the_page_is_marked(world, client, code, lang):
    item = world.items["I.1.2"]
    item.translations = {"ru": {"short_title": "Сделать"}}
    item.save()
    title = "Do I.1.2" if code == "en" else "Сделать"

    page = client.get("/plan/items/I.1.2/", headers={"accept-language": code}).content.decode()

    assert f"<h1{lang}>I.1.2 {title}</h1>" in page
