"""Nothing is deleted, nothing is added where no verb adds it, and a superuser sees no unreleased word."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import Model

from commitments.admin.base import DeskAdmin
from commitments.models import ActionItem, Agency, Cycle, Evidence, Invitation, Release
from tests.admin.conftest import LIST, move_of, page_of
from tests.builders import person

SECRET = "Unreleased words about a measure."
NOUNS = sorted(admin.site._registry, key=lambda noun: noun.__name__)
CAST = ("focal.kaz", "coordinator.kaz", "reviewer", "editor", "partner", "administrator")
ADDS = {"editor": {Cycle}, "coordinator.kaz": {Agency, Invitation}, "administrator": {Invitation}}


def list_of(noun: type[Model]) -> str:
    return f"/admin/commitments/{noun._meta.model_name}/"


def test_every_page_keeps_the_house_rules():
    assert NOUNS
    assert all(isinstance(page, DeskAdmin) for page in admin.site._registry.values())


@pytest.mark.parametrize("name", CAST)
def test_nothing_is_deletable_by_anybody(world, browser, name):
    world.walk("published", "KAZ", "I.1.2")
    client = browser(name)

    for noun in NOUNS:
        row = noun._default_manager.first()
        if row is not None:
            address = admin.site._registry[noun].url_of(row, "delete")
            assert client.post(address, {"post": "yes"}).status_code in (403, 404)
            assert noun._default_manager.filter(pk=row.pk).exists()
        chosen = {"action": "delete_selected", "_selected_action": [row.pk if row else 1], "post": "yes"}
        client.post(list_of(noun), chosen)
        assert row is None or noun._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", CAST)
def test_rows_are_added_only_where_a_verb_adds_them(world, browser, name):
    client = browser(name)

    added = {noun for noun in NOUNS if client.get(f"{list_of(noun)}add/").status_code == 200}

    assert added == ADDS.get(name, set())


@pytest.mark.parametrize("name", CAST)
def test_the_plan_is_read_only(world, browser, name):
    item = ActionItem.objects.get(code="I.1.1")
    address = f"/admin/commitments/actionitem/{item.pk}/change/"

    page = browser(name).get(address)
    browser(name).post(address, {"text": "Something else.", "code": "I.1.1", "short_title": "X"})

    assert "To do I.1.1." in page.content.decode()
    assert 'name="text"' not in page.content.decode()
    assert ActionItem.objects.get(code="I.1.1").text == "To do I.1.1."


@pytest.mark.parametrize("status", ["draft", "submitted", "cleared", "accepted", "published"])
def test_a_superuser_sees_no_content_anywhere(world, browser, status):
    update = world.walk(status, measures_taken=SECRET)
    addresses = ["/admin/", page_of(update), LIST, *(list_of(noun) for noun in NOUNS)]
    if update.current_revision:
        addresses.append(page_of(update).replace("/update/", "/revision/").replace("change/", "1/change/"))

    client = browser("administrator")

    assert [address for address in addresses if SECRET in client.get(address).content.decode()] == []
    assert client.get(page_of(update)).status_code == 403
    assert client.post(move_of(update, "publish"), {"version": update.version}).status_code == 403


def test_djangos_own_permissions_open_nothing(world, browser):
    outsider = person(world, "outsider")
    outsider.user_permissions.set(Permission.objects.all())
    partner = world.who("partner")
    partner.user_permissions.set(Permission.objects.all())

    assert browser("outsider").get("/admin/", follow=True).status_code == 403
    assert browser("partner").get(LIST).status_code == 403


def test_revisions_of_other_states_are_not_read_here_even_when_released(world, browser):
    world.walk("published", "TJK", "I.1.2", audience="public")
    assert Release.objects.visible_to(world.who("coordinator.kaz")).count() == 1

    listed = browser("coordinator.kaz").get("/admin/commitments/revision/").context["cl"].result_list

    assert list(listed) == []


def test_the_evidence_of_a_draft_is_nobody_elses(world, browser):
    update = world.update()
    attach = {"kind": "reference", "title": "A secret report", "audience": "public"}
    update.edit(by=world.who("focal.kaz"), version=0, attach=attach)
    assert Evidence.objects.count() == 1

    for name in ("coordinator.tjk", "reviewer", "partner", "administrator"):
        assert browser(name).get(page_of(update)).status_code in (403, 404)


@pytest.mark.parametrize("key", ["1", "review-2028/KAZ", "review-2028/KAZ/I.1.2/x", "x/y/z", "%00/KAZ/I.1.2"])
def test_a_malformed_address_is_absent(world, browser, key):
    assert browser("focal.kaz").get(f"{LIST}{key}/change/").status_code == 404


@pytest.mark.parametrize("uid", ["1", "not-a-uid", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_identifier_is_absent(world, browser, uid):
    assert browser("coordinator.kaz").get(f"/admin/commitments/event/{uid}/change/").status_code == 404


def test_pages_ask_for_no_inline_style_or_script(world, browser):
    update = world.walk("submitted")
    client = browser("coordinator.kaz")

    for address in ("/admin/", LIST, page_of(update), "/admin/commitments/invitation/add/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert " style=" not in page
        assert "<style" not in page
        assert not [tag for tag in page.split("<script")[1:] if " src=" not in tag.split(">")[0]]
