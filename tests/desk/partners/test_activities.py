"""An activity is told, changed and ended by the partner that leads it, in its own words, on the record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from commitments.errors import Forbidden, Invalid, StaleVersion, VersionMissing, WrongStatus
from commitments.management.loading.partners import load_partner_activities
from commitments.models import ActionItem, Event, Participation, Partner, PartnerActivity
from commitments.workflow import Role
from tests.builders import person
from tests.desk.partners.conftest import HOME, activity, sent

CAST = ("partner", "other", "observer", "nobody", "administrator", "focal.kaz", "coordinator.kaz", "editor")
NEW = {"kind": "workshop", "title": "A new one", "summary": "What is done.", "action_items": "i.1.2, II.1.1",
       "member_states": ["KAZ", "UZB"], "version": "0", "partner": "helper"}  # fmt: skip
TODAY = timezone.now().date


def test_a_partner_tells_of_an_activity_that_it_leads(partners, browser):
    answer = browser("partner").post(f"{HOME}activities/add/", NEW)

    made = PartnerActivity.objects.get()
    assert answer["Location"] == f"{HOME}activities/a-new-one/"
    assert [(one.partner.slug, one.role) for one in made.participations.all()] == [("helper", "lead")]
    assert set(made.action_items.values_list("code", flat=True)) == {"I.1.2", "II.1.1"}
    assert set(made.member_states.values_list("iso_alpha3", flat=True)) == {"KAZ", "UZB"}
    [event] = Event.objects.filter(subject="activity:a-new-one")
    assert (event.move, event.by_name, event.changes["partner"]) == ("add", "partner", "helper")


@pytest.mark.parametrize("who", [one for one in CAST if one not in ("partner", "other")])
def test_nobody_but_partners_adds_one(partners, browser, who):
    answers = [browser(who).get(f"{HOME}activities/add/"), browser(who).post(f"{HOME}activities/add/", NEW)]

    assert [one.status_code for one in answers] == [403, 403]
    assert not PartnerActivity.objects.exists()


def test_a_partner_adds_none_in_the_name_of_another(partners, browser):
    answer = browser("other").post(f"{HOME}activities/add/", NEW)

    assert answer.status_code == 400
    with pytest.raises(Forbidden):
        PartnerActivity.add(Partner.objects.get(slug="helper"), by=partners.who("other"), title="x")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 251}, "title"),
        ({"summary": ""}, "summary"),
        ({"kind": "party"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"action_items": ""}, "action_items"),
        ({"action_items": "I.9.9"}, "action_items"),
        ({"action_items": "x" * 3000}, "action_items"),
        ({"member_states": ["ZZZ"]}, "member_states"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"starts_on": "2026-03-01", "ends_on": "2026-02-01"}, "ends_on"),
        ({"summary": "Passport AB 1234567 was shown."}, "summary"),
        ({"summary": "a\0b"}, "summary"),
        ({"summary": "x" * 5001}, "summary"),
        ({"starts_on": "1066-01-01"}, "starts_on"),
    ],
)
def test_what_is_wrong_is_named_at_its_field_and_what_was_typed_stays(partners, browser, wrong, field):
    answer = browser("partner").post(f"{HOME}activities/add/", NEW | {"title": "Kept words"} | wrong)

    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert f'href="#id_{field}' in answer.content.decode()  # or the first of its choices
    assert not PartnerActivity.objects.exists()


@pytest.mark.parametrize("who", CAST)
def test_everybody_reads_an_activity_and_its_leading_partner_alone_may_write(partners, browser, who):
    found = activity(partners)

    page = browser(who).get(f"{HOME}activities/{found.slug}/")

    assert page.status_code == 200
    assert ("Change it" in page.content.decode()) is (who == "partner")


@pytest.mark.parametrize("who", [one for one in CAST if one != "partner"])
def test_nobody_else_changes_or_ends_it(partners, browser, who):
    found = activity(partners)
    place = f"{HOME}activities/{found.slug}/"

    answers = [browser(who).post(place, NEW), browser(who).post(f"{place}end/", {"version": "0", "reason": "x"})]

    assert [one.status_code for one in answers] == [403, 403]
    found.refresh_from_db()
    assert (found.title, found.version, found.ends_on) == ("A course for judges", 0, None)


def test_a_partner_that_only_supports_an_activity_does_not_write_it(partners):
    found = activity(partners)
    Participation.objects.create(activity=found, partner=Partner.objects.get(slug="other"), role="supporting")

    with pytest.raises(Forbidden):
        found.change(by=partners.who("other"), version=0, title="Mine")


def test_a_partner_whose_role_has_ended_writes_nothing(partners):
    found, someone = activity(partners), partners.who("partner")
    someone.appointments.get().retire(by=None, reason="Left.")

    with pytest.raises(Forbidden):
        found.change(by=partners.who("partner"), version=0, title="Still me")


def test_only_what_was_touched_is_changed_and_recorded(partners, browser):
    found, visitor = activity(partners), browser("partner")
    place = f"{HOME}activities/{found.slug}/"

    answer = visitor.post(place, sent(partners, visitor.get(place).context["form"], title="Another title"))

    found.refresh_from_db()
    assert answer.status_code == 302
    assert (found.title, found.summary, found.version) == ("Another title", "Judges learn.", 1)
    assert Event.objects.get(move="change").changes == {"title": "Another title"}


def test_two_who_write_at_once_see_both_texts(partners, browser):
    person(partners, "colleague", Role.PARTNER, partner=Partner.objects.get(slug="helper"))
    found, one, two = activity(partners), browser("partner"), browser("colleague")
    place = f"{HOME}activities/{found.slug}/"
    first, second = (visitor.get(place).context["form"] for visitor in (one, two))

    saved = one.post(place, sent(partners, first, title="Of the first", place="Osh"))
    late = two.post(place, sent(partners, second, title="Of the second"))

    page = late.content.decode()
    assert (saved.status_code, late.status_code) == (302, 412)
    assert "Of the first" in page and "Of the second" in page
    again = two.post(place, sent(partners, late.context["form"], title="Of both"))
    found.refresh_from_db()
    assert again.status_code == 302
    assert (found.title, found.place, found.version) == ("Of both", "Osh", 2)


def test_a_version_has_to_be_named(partners):
    found, someone = activity(partners), partners.who("partner")

    with pytest.raises(VersionMissing):
        found.change(by=someone, version=None, title="x")
    with pytest.raises(StaleVersion):
        found.end(by=someone, version=7, reason="x")


@pytest.mark.parametrize(("on", "ends_on"), [("", 0), (None, 0), (-1, -1)])
def test_an_activity_ends_with_a_reason_and_stays_on_the_record(partners, browser, on, ends_on):
    found = activity(partners)
    day = (TODAY() + dt.timedelta(days=on)).isoformat() if on else ""

    answer = browser("partner").post(
        f"{HOME}activities/{found.slug}/end/", {"version": "0", "reason": "Done.", "on": day}
    )

    found.refresh_from_db()
    assert answer.status_code == 302
    assert found.ends_on == TODAY() + dt.timedelta(days=ends_on)
    assert Event.objects.get(move="end").reason == "Done."


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"reason": ""}, Invalid),
        ({"on": "2000-01-01"}, Invalid),
        ({"on": "2099-01-01"}, Invalid),
        ({"on": "soon"}, Invalid),
    ],
)
def test_an_end_that_cannot_be_is_refused(partners, given, refusal):
    found = activity(partners, starts_on="2020-01-01")

    with pytest.raises(refusal):
        found.end(by=partners.who("partner"), version=0, **{"reason": "Done."} | given)


def test_what_has_ended_does_not_end_again(partners):
    found = activity(partners, starts_on="2020-01-01", ends_on="2021-01-01")

    with pytest.raises(WrongStatus):
        found.end(by=partners.who("partner"), version=0, reason="Again.")


def test_a_loaded_activity_keeps_its_source_and_lines_and_a_load_keeps_the_partner_s_words(partners):
    for code in ("II.2.2", "III.1.3"):
        ActionItem.objects.create(plan=partners.plan, objective=partners.items["I.1.1"].objective, code=code,
                                  position=50, text="x", short_title="x", addressee="national")  # fmt: skip
    load_partner_activities()
    found = PartnerActivity.objects.get(slug="tokyo-workshop-2025")
    person(partners, "iij", Role.PARTNER, partner=Partner.objects.get(slug="iij"))

    found.change(by=partners.who("iij"), version=0, title="As we call it", starts_on="2025-02-10")
    load_partner_activities()

    found.refresh_from_db()
    assert (found.title, found.source, found.lines) == ("As we call it", "iij-tokyo-workshop-2025", [1, 18])
    assert found.dates_as_stated == ""
    assert PartnerActivity.objects.get(slug="tokyo-workshop-2025").partners.count() == 4


def test_two_of_one_title_have_two_addresses(partners):
    assert [activity(partners).slug, activity(partners).slug] == ["a-course-for-judges", "a-course-for-judges-2"]


def test_a_title_in_cyrillic_has_an_address_and_is_found(partners, browser):
    found = activity(partners, title="Курс для судей", title_ru="Курс для судей")

    page = browser("focal.kaz").get("/desk/search/", {"q": "судьи курсы", "kind": "activities"})

    assert found.slug == "activity"
    assert [hit.address for group, _ in page.context["groups"] for hit in group.hits] == [f"{HOME}activities/activity/"]


def test_what_is_typed_is_text_and_never_markup(partners, browser):
    found = activity(partners, title="<script>alert(1)</script>", summary="<img src=x>")

    page = browser("observer").get(f"{HOME}activities/{found.slug}/").content.decode()

    assert "<script>alert" not in page and "<img" not in page


@pytest.mark.parametrize("slug", ["never-was", "x" * 90])
def test_an_activity_that_is_not_there_is_404(partners, browser, slug):
    assert browser("partner").get(f"{HOME}activities/{slug}/").status_code == 404
