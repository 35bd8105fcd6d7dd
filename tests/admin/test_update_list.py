"""The list of updates: what each person sees of it, its filters, and its fixed price."""

from __future__ import annotations

import pytest

from commitments.models import Agency, Update
from tests.admin.conftest import LIST
from tests.builders import World


def keys(answer) -> set[str]:
    return {f"{row.commitment.member_state.iso_alpha3} {row.commitment.action_item.code}" for row in rows(answer)}


def rows(answer) -> list[Update]:
    return list(answer.context["cl"].result_list)


@pytest.fixture
def reported(world: World) -> World:
    world.walk("submitted", "KAZ", "I.1.2")
    world.walk("cleared", "KAZ", "II.1.1", rating="substantial")
    world.walk("accepted", "TJK", "I.1.2", audience="un")
    world.walk("cleared", "UZB", "I.1.2", audience="state")
    return world


SEEN = {
    "focal.kaz": {"KAZ I.1.1", "KAZ I.1.2", "KAZ II.1.1", "KAZ II.1.2"},
    "contributor.kaz": {"KAZ I.1.1", "KAZ II.1.1"},
    "coordinator.kaz": {"KAZ I.1.1", "KAZ I.1.2", "KAZ II.1.1", "KAZ II.1.2"},
    "coordinator.tjk": {"TJK I.1.1", "TJK I.1.2", "TJK II.1.1", "TJK II.1.2"},
    "reviewer": {"KAZ II.1.1", "TJK I.1.2"},
    "editor": {"KAZ II.1.1", "TJK I.1.2"},
}


@pytest.mark.parametrize(("name", "seen"), SEEN.items())
def test_everybody_sees_in_the_list_what_visible_to_says(reported, browser, name, seen):
    assert keys(browser(name).get(LIST)) == seen


@pytest.mark.parametrize("name", ["administrator", "partner"])
def test_who_reports_nothing_has_no_list(reported, browser, name):
    assert browser(name).get(LIST).status_code == 403


FILTERS = {
    "status=submitted": {"KAZ I.1.2"},
    "rating=substantial": {"KAZ II.1.1"},
    "pillar=II": {"KAZ II.1.1", "KAZ II.1.2"},
    "state=KAZ": {"KAZ I.1.1", "KAZ I.1.2", "KAZ II.1.1", "KAZ II.1.2"},
    "state=TJK": set(),
    "agency=KAZ:justice": {"KAZ I.1.1"},
    "agency=TJK:interior": set(),
    "cycle=review-2028&status=cleared": {"KAZ II.1.1"},
    "cycle=none-such": set(),
    "waiting=me": {"KAZ I.1.2"},
    "waiting=to_clear": {"KAZ I.1.2"},
    "waiting=overdue": set(),
    "waiting=to_review": set(),
    "q=II.1": {"KAZ II.1.1", "KAZ II.1.2"},
    "q=Do+II.1.2": {"KAZ II.1.2"},
}


@pytest.mark.parametrize(("asked", "found"), FILTERS.items())
def test_filters_narrow_and_never_widen(reported, browser, asked, found):
    assert keys(browser("coordinator.kaz").get(f"{LIST}?{asked}")) == found


def test_the_filter_of_states_offers_only_those_served(reported, browser):
    offered = browser("coordinator.kaz").get(LIST).content.decode()

    assert "?state=KAZ" in offered
    assert "state=TJK" not in offered


@pytest.mark.parametrize(
    "asked",
    [
        "last_edited_by__password__startswith=m",
        "commitment__member_state__iso_alpha3=KAZ",
        "measures_taken__contains=law",
        "status__exact=draft",
        "id__gt=1",
    ],
)
def test_a_lookup_that_is_no_named_filter_is_refused(reported, browser, asked):
    assert browser("reviewer").get(f"{LIST}?{asked}").status_code == 400


def test_the_secretariat_does_not_see_when_a_state_works_on_its_words(reported, browser):
    assert "edited" not in browser("reviewer").get(LIST).context["cl"].list_display
    assert "edited" in browser("focal.kaz").get(LIST).context["cl"].list_display


def test_the_columns_are_the_projects(reported, browser):
    shown = browser("focal.kaz").get(LIST).context["cl"].list_display

    assert [name for name in shown if name != "action_checkbox"] == [
        "code", "short_title", "state", "status", "rating", "edited", "remaining",
    ]  # fmt: skip


def test_the_list_takes_as_many_queries_for_four_rows_as_for_one(reported, browser, django_assert_max_num_queries):
    client = browser("coordinator.kaz")
    with django_assert_max_num_queries(20) as one:
        assert len(rows(client.get(f"{LIST}?status=cleared"))) == 1

    with django_assert_max_num_queries(20) as four:
        assert len(rows(client.get(f"{LIST}?state=KAZ"))) == 4

    assert len(four) == len(one)


def test_rows_are_addressed_by_natural_key(reported, browser):
    answer = browser("reviewer").get(LIST).content.decode()

    assert f'href="{LIST}review-2028/TJK/I.1.2/change/"' in answer


def test_an_agency_that_contributes_twice_lists_an_update_once(reported, browser):
    commitment = reported.update("KAZ", "I.1.1").commitment
    commitment.change(
        by=reported.who("coordinator.kaz"),
        version=0,
        contributing_agencies=list(Agency.objects.filter(member_state=reported.states["KAZ"])),
    )

    found = rows(browser("coordinator.kaz").get(f"{LIST}?agency=KAZ:interior"))

    assert len([row for row in found if row.commitment == commitment]) == 1
