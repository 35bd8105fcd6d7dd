"""Lists: pages by key, sparse fields, ordering, totals when asked for, and nothing that is not known."""

from __future__ import annotations

import csv
import io

import pytest

from commitments.models import ActionItem
from tests.builders import World

PUBLIC = ["plans", "pillars", "objectives", "action-items", "roadmap", "member-states", "cycles",
          "published-updates", "partner-activities"]  # fmt: skip
PRIVATE = ["commitments", "updates", "revisions", "events", "evidence", "assessments", "agencies", "appointments",
           "tokens"]  # fmt: skip


@pytest.fixture
def many_items(world: World) -> list[str]:
    """60 more items of the plan, as numerous as a real objective never is."""
    first = world.items["I.1.1"]
    rows = [
        ActionItem(
            plan=first.plan, objective=first.objective, code=f"I.1.{number}", position=number, text="x",
            short_title=f"Item {number}", addressee="national",
        )
        for number in range(10, 70)
    ]  # fmt: skip
    ActionItem.objects.bulk_create(rows)
    return list(ActionItem.objects.order_by("position").values_list("code", flat=True))


def pages(caller, place: str) -> list[dict]:
    """Every row, page after page."""
    rows = []
    while place:
        content = caller.get(place).json()
        rows += content["results"]
        place = content["next"]
    return rows


@pytest.mark.parametrize("place", PUBLIC)
def test_everybody_reads_the_public_nouns(world, call, place):
    assert call().get(f"{place}/").status_code == 200


@pytest.mark.parametrize("place", PRIVATE)
def test_the_others_want_a_token(world, call, place):
    assert call().get(f"{place}/").status_code == 401
    assert call("nobody").get(f"{place}/").status_code == 200


def test_a_page_holds_50_unless_asked_otherwise(call, many_items):
    caller = call()

    assert len(caller.get("action-items/").json()["results"]) == 50
    assert len(caller.get("action-items/?limit=7").json()["results"]) == 7
    assert len(caller.get("action-items/?limit=200").json()["results"]) == 64
    assert caller.get("action-items/?limit=200").json()["next"] is None


@pytest.mark.parametrize("limit", [1, 7, 63, 64, 65])
@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_hold_every_row_once_and_in_order(call, many_items, limit, sign):
    rows = pages(call(), f"action-items/?limit={limit}&fields=code&ordering={sign}position")

    expected = many_items[::-1] if sign else many_items
    assert [row["code"] for row in rows] == expected


def test_a_row_written_in_between_moves_no_other(world, call, many_items):
    caller = call()
    first = caller.get("action-items/?limit=10&fields=code").json()
    world.items["I.1.1"].pk, world.items["I.1.1"].code, world.items["I.1.1"].position = None, "I.0.1", 0
    world.items["I.1.1"].save(force_insert=True)

    second = caller.get(first["next"]).json()

    assert [row["code"] for row in second["results"]] == many_items[10:20]


@pytest.mark.parametrize("ordering", ["cycle", "action_item", "member_state", "status", "rating"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_updates_are_paged_alike_in_every_order(world, call, ordering, sign):
    world.walk("draft", item="I.1.1")
    world.walk("submitted", item="II.1.1")
    caller = call("coordinator.kaz")

    whole = caller.get(f"updates/?ordering={sign}{ordering}&fields=key").json()["results"]

    assert pages(caller, f"updates/?ordering={sign}{ordering}&fields=key&limit=1") == whole
    assert len(whole) == 4


def test_a_cursor_tells_nothing_and_cannot_be_made_up(world, call, many_items):
    caller = call()
    place = caller.get("action-items/?limit=3").json()["next"]
    cursor = place.rpartition("cursor=")[2]
    swapped = ("B" if cursor[5] == "A" else "A").join([cursor[:5], cursor[6:]])

    for wrong in ("x", "AAAA", swapped, cursor[:-3], cursor * 3, "é", "%00", "'; --"):
        answer = caller.get("action-items/", {"cursor": wrong})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "cursor"), wrong
    assert caller.get(f"action-items/?cursor={cursor}").status_code == 200
    assert caller.get(f"action-items/?cursor={cursor}&ordering=-position").status_code == 400
    assert caller.get(f"objectives/?cursor={cursor}").status_code == 400


def test_totals_only_when_asked_for(call, many_items):
    assert "count" not in call().get("action-items/").json()
    assert call().get("action-items/?count=true&limit=1").json()["count"] == 64
    assert call().get("action-items/?count=true&limit=1&addressee=partner").json()["count"] == 1


def test_only_the_fields_asked_for(world, call):
    row = call().get("action-items/?fields=short_title,code&limit=1").json()["results"][0]

    assert list(row) == ["short_title", "code"]
    assert call().get("action-items/I.1.1/?fields=code").json() == {"code": "I.1.1"}
    assert list(call("focal.kaz").get("updates/?fields=allowed_moves&limit=1").json()["results"][0]) == [
        "allowed_moves"
    ]


UNFIT = [
    ("action-items/?foo=1", "foo"),
    ("action-items/?code__startswith=I", "code__startswith"),
    ("action-items/?limit=0", "limit"),
    ("action-items/?limit=201", "limit"),
    ("action-items/?limit=-1", "limit"),
    ("action-items/?limit=ten", "limit"),
    ("action-items/?limit=" + "9" * 400, "limit"),
    ("action-items/?limit=١٠", "limit"),
    ("action-items/?limit=1&limit=2", "limit"),
    ("action-items/?count=yes", "count"),
    ("action-items/?fields=code,text,objective__plan", "fields"),
    ("action-items/?fields=_pk", "fields"),
    ("action-items/?fields=", "fields"),
    ("action-items/?ordering=text", "ordering"),
    ("action-items/?ordering=--position", "ordering"),
    ("action-items/?format=xml", "format"),
    ("action-items/?plan=jpoa-1999", "plan"),
    ("action-items/?pillar=IX", "pillar"),
    ("action-items/?pillar=", "pillar"),
    ("action-items/?addressee=everyone", "addressee"),
    ("action-items/?search=%2B%2B", "search"),
    ("action-items/?search=" + "x" * 1001, "search"),
    ("action-items/I.1.1/?ordering=position", "ordering"),
    ("published-updates/?member_state=kaz", "member_state"),
    ("published-updates/?commitment__member_state__iso_alpha3=KAZ", "commitment__member_state__iso_alpha3"),
    ("published-updates/?rating=great", "rating"),
    ("published-updates/?cycle=never", "cycle"),
    ("status-matrix/?cycle=never", "cycle"),
    ("status-matrix/?compact=1", "compact"),
    ("status-matrix/?limit=1", "limit"),
]


@pytest.mark.parametrize(("place", "field"), UNFIT, ids=lambda value: value[:40])
def test_a_parameter_that_is_unknown_or_unfit_is_refused_by_name(world, call, place, field):
    answer = call().get(place)

    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_a_private_parameter_is_refused_like_one_that_is_not_there(world, call):
    for query in ("last_edited_by__password__startswith=x", "ordering=last_edited_by__password", "agency=KAZ:interior"):
        assert call("focal.tjk").get(f"updates/?{query}").status_code == 400


def test_a_write_takes_no_parameters(world, call):
    answer = call("focal.kaz").write("patch", "updates/review-2028:KAZ:I.1.2/?force=1", {"results": "x"}, version=0)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "force")


def read_csv(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))


def test_a_list_is_a_table_too_and_then_it_is_whole(world, call, many_items):
    answer = call().get("action-items/?format=csv&fields=code,short_title")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="action-items.csv"'
    assert [row["code"] for row in read_csv(answer)] == many_items


def test_accept_asks_for_the_table_as_well(world, call):
    answer = call().get("action-items/", headers={"Accept": "text/csv"})

    assert read_csv(answer)[0]["code"] == "I.1.1"


def test_a_table_with_a_limit_links_to_the_next_page(world, call, many_items):
    caller = call()

    answer = caller.get("action-items/?format=csv&limit=3&fields=code")

    following = answer["Link"].removeprefix("<").partition(">")[0]
    assert [row["code"] for row in read_csv(answer)] == many_items[:3]
    assert [row["code"] for row in read_csv(caller.get(following))] == many_items[3:6]


# Text -> its cell. A file of commas is cut at semicolons and lines too, where a spreadsheet parts lists by those.
FORMULAS = {
    **{text: f"'{text}" for text in ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", '=HYPERLINK("https://example.org")')},
    "\t=1": "'\t'=1",
    "\r=1": "'\r'=1",
    " =1": "' =1",
    "'=1": "''=1",
    "x;=1+1;y": "x;'=1+1;y",
    "x\n- y\n@z": "x\n'- y\n'@z",
    "a = b; c - d": "a = b; c - d",
}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(world, call, text):
    ActionItem.objects.filter(code="I.1.1").update(short_title=text, text=text, sdg_targets=[text])

    row = read_csv(call().get("action-items/?format=csv&limit=1"))[0]

    assert [row[name] for name in ("short_title", "text", "sdg_targets")] == [FORMULAS[text]] * 3


def test_lists_in_a_cell_are_parted_by_semicolons_and_nothing_is_nothing(world, call):
    ActionItem.objects.filter(code="I.1.1").update(sdg_targets=["16.1", "16.a"])

    row = read_csv(call().get("action-items/?format=csv&limit=1"))[0]

    assert (row["sdg_targets"], row["group"]) == ("16.1; 16.a", "")
