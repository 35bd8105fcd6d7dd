"""The life of a report: its stages, and the steps between them in one table that every channel reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Where a report stands, and only that."""

    OUTLINE = "outline", _("Outline")
    DRAFTING = "drafting", pgettext_lazy("stage of a report", "Drafting")
    CLEARANCE = "clearance", _("Internal clearance")
    CIRCULATED = "circulated", _("Circulated to the States")
    FINAL = "final", pgettext_lazy("stage of a report", "Final")
    ISSUED = "issued", pgettext_lazy("stage of a report", "Issued")


class Need(TextChoices):
    """What a step asks for besides a secretariat role."""

    EDITOR = "editor", _("a secretariat editor")
    REASON = "reason", _("a reason")
    EARLY_REASON = "early_reason", _("a reason, before the States' last day to comment")
    FOUR_EYES = "four_eyes", _("somebody other than who asked for clearance")
    CIRCULATION = "circulation", _("a kind of report that States check")
    NO_CIRCULATION = "no_circulation", _("a kind of report that States need not check")
    ANSWERS = "answers", _("every comment answered")
    FIGURES = "figures", _("every figure in the text known, and nothing cited that was taken back")


@dataclass(frozen=True)
class Step:
    """One row of the table. `name` is the verb that every channel uses."""

    name: str
    source: Stage
    target: Stage
    needs: frozenset[Need] = field(default_factory=frozenset)
    label: Any = ""
    freezes: str = ""  # the form of the edition that this step makes, see models.Edition.Form

    @property
    def reads_facts(self) -> bool:
        return bool(self.freezes) or Need.FIGURES in self.needs


def _step(name: str, source: Stage, target: Stage, *needs: Need, label: Any, freezes: str = "") -> Step:
    return Step(name, source, target, frozenset(needs), label, freezes)


STEPS: tuple[Step, ...] = (
    _step("draft", Stage.OUTLINE, Stage.DRAFTING, Need.EDITOR, label=_("Begin drafting")),
    _step("submit", Stage.DRAFTING, Stage.CLEARANCE, Need.EDITOR, Need.FIGURES, label=_("Ask for internal clearance")),
    _step("return", Stage.CLEARANCE, Stage.DRAFTING, Need.REASON, label=_("Return to drafting")),
    _step(
        "circulate", Stage.CLEARANCE, Stage.CIRCULATED, Need.FOUR_EYES, Need.CIRCULATION,
        label=_("Clear and circulate to the States"), freezes="draft",
    ),
    _step("clear", Stage.CLEARANCE, Stage.FINAL, Need.FOUR_EYES, Need.NO_CIRCULATION, label=_("Clear")),
    _step(
        "close", Stage.CIRCULATED, Stage.FINAL, Need.EDITOR, Need.ANSWERS, Need.EARLY_REASON,
        label=_("Close the fact check"),
    ),
    _step("reopen", Stage.FINAL, Stage.DRAFTING, Need.EDITOR, Need.REASON, label=_("Take back to drafting")),
    _step("issue", Stage.FINAL, Stage.ISSUED, Need.EDITOR, Need.FIGURES, label=_("Issue"), freezes="issue"),
    _step(
        "correct", Stage.ISSUED, Stage.ISSUED, Need.EDITOR, Need.REASON, Need.FIGURES,
        label=_("Issue a corrigendum"), freezes="corrigendum",
    ),
)  # fmt: skip

# What the editors write is open to them at these stages; after circulation, to meet comments; after issue, to correct.
WRITABLE = frozenset({Stage.OUTLINE, Stage.DRAFTING, Stage.CIRCULATED, Stage.ISSUED})
STEP_NAMES = tuple(dict.fromkeys(step.name for step in STEPS))


def steps_from(stage: str) -> Iterable[Step]:
    return (step for step in STEPS if step.source == stage)
