"""The plan is loaded letter for letter, and what is published stays."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from commitments.management.loading.plan import load_plans
from commitments.management.loading.states import load_member_states
from commitments.models import ActionItem, Adoption, Pillar, Plan, PlanParagraph, RoadmapProvision, SubMeasure
from tests.standing import standing

CHECKSUMS = json.loads((Path(__file__).parent.parent / "data" / "plan-2022.sha256.json").read_text())
ITEMS_PER_OBJECTIVE = {
    "I": [9, 3, 9, 25, 5, 6],
    "II": [10, 10, 9, 8, 15, 6, 6],
    "III": [10, 5, 4],
    "IV": [6, 8, 5, 17],
}
GROUPS = {"I.4": [13, 8, 4], "II.5": [8, 7], "IV.SPRR": [3, 7, 7]}


def load_the_plan() -> None:
    load_member_states()
    load_plans()


@pytest.fixture
def plan(db) -> Plan:
    standing(load_the_plan)
    return Plan.objects.get(slug="jpoa-2022")


def test_every_adopted_text_is_the_adopted_wording(plan):
    texts = dict(ActionItem.objects.values_list("code", "text"))
    texts |= dict(SubMeasure.objects.values_list("code", "text"))
    texts |= dict(RoadmapProvision.objects.values_list("code", "text"))
    for paragraph in PlanParagraph.objects.exclude(part="roadmap"):
        texts[f"{paragraph.part}.{paragraph.number}"] = paragraph.text
    for pillar in Pillar.objects.all():
        texts |= {f"{pillar.code}.introduction.{n}": text for n, text in enumerate(pillar.introduction, 1)}

    assert {code: hashlib.sha256(text.encode()).hexdigest() for code, text in texts.items()} == CHECKSUMS


def test_plan_has_the_printed_shape(plan):
    counts = {
        pillar.code: [objective.action_items.count() for objective in pillar.objectives.order_by("position")]
        for pillar in plan.pillars.order_by("position")
    }
    groups: dict[str, list[int]] = {}
    for item in plan.action_items.exclude(group=None).select_related("objective", "group").order_by("position"):
        groups.setdefault(item.objective.code, []).append(item.group.position)

    assert counts == ITEMS_PER_OBJECTIVE
    assert {code: [Counter(found)[n] for n in sorted(set(found))] for code, found in groups.items()} == GROUPS
    assert SubMeasure.objects.count() == 11
    assert dict(Counter(plan.roadmap.values_list("part", flat=True))) == {
        "implementation": 6,
        "monitoring": 5,
        "communication": 4,
    }
    assert plan.paragraphs.filter(part="operative").count() == 6


def test_codes_run_through_an_objective_across_its_groups(plan):
    for objective in plan.objectives.all():
        codes = objective.action_items.order_by("position").values_list("code", flat=True)
        assert list(codes) == [f"{objective.code}.{n}" for n in range(1, len(codes) + 1)]


def test_every_item_has_lines_a_short_title_and_a_russian_text(plan):
    for item in plan.action_items.all():
        assert 593 <= item.first_line <= item.last_line <= 932
        assert 0 < len(item.short_title) <= 80
        assert item.in_language("text", "ru") != item.text
        assert item.in_language("short_title", "ru") != item.short_title


def test_adoption_is_recorded_for_each_state_and_edition(plan):
    rows = Adoption.objects.values_list("plan__slug", "member_state__iso_alpha3", "role")
    adopted = {(slug, iso): role for slug, iso, role in rows}

    assert len(adopted) == 10
    assert adopted["jpoa-2011", "UZB"] == "observer"
    assert {role for (slug, _), role in adopted.items() if slug == "jpoa-2022"} == {"adopted"}
    assert plan.supersedes.slug == "jpoa-2011"


def test_loading_twice_changes_nothing(plan):
    lines = load_plans().lines()

    assert not [line for line in lines if "created" in line or "changed" in line.replace("unchanged", "")]


def test_adopted_wording_under_a_published_code_cannot_change(plan):
    ActionItem.objects.filter(code="I.1.1").update(text="Other words.")

    with pytest.raises(CommandError, match=r"I\.1\.1 is published"):
        load_plans()


def test_a_published_code_cannot_be_taken_away(plan):
    item = ActionItem.objects.get(code="I.1.1")
    ActionItem.objects.create(
        plan=plan, objective=item.objective, code="I.1.99", position=999, text="x", short_title="x", addressee="joint"
    )

    with pytest.raises(CommandError, match=r"I\.1\.99"):
        load_plans()
