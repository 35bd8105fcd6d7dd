"""What stands beside a section while it is written: its figures by name, and the updates on the items concerned."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from commitments.content import Rating
from commitments.guidance import GUIDANCE
from reporting.desk.figures import Named, groups
from reporting.facts import ItemFacts, ReleasedUpdate, ReviewFacts
from reporting.models import Report
from reporting.readings import told_report
from reporting.review_report.places import SPRR, is_sprr, objective_section
from reporting.review_report.wording import words
from reporting.thematic_report.scope import items_of


def beside_of(found: Report, facts: ReviewFacts, section: str, look: str = "") -> Beside:
    """What a thematic report is of stands first."""
    told_report(facts.cycle.slug, facts.audience)
    within = items_of(facts, found.scope) if found.scope else frozenset()
    return Beside(facts, section, look, within)


class Beside:
    """The facts of one report, as one section needs them. `look` names the objective whose updates are shown; else it
    is the section's own, or the first with an item that the report is of (`within`, or all)."""

    def __init__(self, facts: ReviewFacts, section: str, look: str = "", within: frozenset[str] = frozenset()) -> None:
        self.facts, self.section, self.within = facts, section, within
        self.objectives = [objective for pillar in facts.pillars for objective in pillar.objectives]
        self.is_of_one = any(self._is_here(one) for one in self.objectives)
        self.objective = self._chosen(look)

    @property
    def look(self) -> str:
        return self.objective.code if self.objective else ""

    def _chosen(self, look: str) -> Any:
        asked = [one for one in self.objectives if one.code == look]
        own = [one for one in self.objectives if self._is_here(one)]
        scoped = [one for one in self.objectives if self.within & {item.code for item in one.items}]
        return next(iter([*asked, *own, *scoped, *self.objectives]), None)

    def _is_here(self, objective: Any) -> bool:
        if self.section == SPRR:
            return is_sprr(objective)
        return self.section == objective_section(objective.code)

    @cached_property
    def items(self) -> list[tuple[ItemFacts, list[dict[str, Any]]]]:
        """Items of the objective shown, each with what the States released on it."""
        items = self.objective.items if self.objective else ()
        return [(item, [self._told(update) for update in self.facts.updates_on(item.code)]) for item in items]

    def choices(self) -> list[tuple[str, str]]:
        """The updates shown, to be cited: (key, label)."""
        return [(told["key"], told["label"]) for _item, updates in self.items for told in updates]

    def cited(self, keys: list[str]) -> list[dict[str, Any]]:
        """The words of what a passage cites; a key without a released update says so by itself."""
        found = []
        for key in keys:
            state, _colon, item = key.partition(":")
            update = self.facts.update(state, item)
            found.append(self._told(update) if update else {"key": key, "label": key, "sections": [], "is_gone": True})
        return found

    @cached_property
    def figures(self) -> list[tuple[str, list[Named]]]:
        """The figures that belong here, by what they are of: the objective shown, its pillar, and the whole."""
        pillar = self.look.split(".", maxsplit=1)[0]
        near, whole = [f"objective.{self.look}", f"pillar.{pillar}"], [""]
        listed = {group.of: group for group in groups(self.facts)}
        order = [*near, *whole] if self.is_of_one else [*whole, *near]
        return [(listed[of].label, list(listed[of].figures)) for of in order if of in listed]

    def _told(self, update: ReleasedUpdate) -> dict[str, Any]:
        name = words(self.facts.state(update.state).name)
        return {
            "key": f"{update.state}:{update.item}",
            "label": f"{name}, {update.item}",
            "state": name,
            "rating": Rating(update.rating).label if update.rating in Rating.values else "",
            "language": update.language,
            "sections": [(GUIDANCE[one.name].label, one.words) for one in update.sections],
            "is_gone": False,
        }
