"""Reports that people write: which there are, where each stands, and the steps of its life."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api import bodies as common
from commitments.api import filters, types
from commitments.api.answers import answer
from commitments.api.keys import cycle_given, only, state_given
from commitments.api.shapes import Column, Gathered, Row, Shape
from commitments.api.views import Noun, Write
from commitments.api.writing import once, version_read
from commitments.content import clean_text
from commitments.errors import Forbidden
from commitments.mandates import Mandate
from commitments.models import Person
from commitments.workflow import Audience
from reporting.api import bodies
from reporting.api.working import TAG, tell_version
from reporting.issuing import begin, take_step
from reporting.life import STEP_NAMES, STEPS, Need, Stage
from reporting.models import Kind, Remark, Report

MAX_SCOPE = 60
MASTHEAD = ("symbol", "session", "agenda_item")
WORKINGS = ("passages", "seats", "recommendations", "remarks")


def _takes(name: str) -> Write:
    """What a step takes besides the version, as the table of steps says."""
    needs = {need for step in STEPS if step.name == name for need in step.needs}
    if name == "circulate":
        return Write(bodies.Circulate, ("comments_due_on",), is_versioned=True)
    if Need.EARLY_REASON in needs:
        return Write(bodies.StepWithEarlyReason, is_versioned=True)
    return Write(bodies.StepWithReason if Need.REASON in needs else common.Nothing, is_versioned=True)


STEPS_TAKE: dict[str, Write] = {name: _takes(name) for name in STEP_NAMES}


def allowed_steps(rows: list[Row], mandate: Mandate) -> list[list[str]]:
    """The steps open to the reader: asked once for all reports that stand alike."""
    if not mandate.is_secretariat:
        return [[] for _row in rows]
    circulated = [row["_pk"] for row in rows if row["stage"] == Stage.CIRCULATED]
    unanswered = Remark.objects.visible_to(mandate).filter(report__in=circulated, verdict="")
    open_ones = set(unanswered.values_list("report_id", flat=True)) if circulated else set()
    answers: dict[tuple, list[str]] = {}
    found = []
    for row in rows:
        report = Report(pk=row["_pk"], kind=row["kind"], audience=row["audience"], stage=row["stage"],
                        sent_by_id=row["_sent_by_id"])  # fmt: skip
        alike = (report.stage, report.is_circulated, report.sent_by_id == mandate.person_id, report.pk in open_ones)
        if alike not in answers:
            answers[alike] = report.allowed_steps(mandate)
        found.append(answers[alike])
    return found


def begun_by(rows: list[Row], mandate: Mandate) -> list[str | None]:
    """Who outlined it, for the secretariat."""
    if not mandate.is_secretariat:
        return [None for _row in rows]
    people = Person.objects.filter(pk__in={row["_made_by_id"] for row in rows} - {None})
    names = dict(people.values_list("pk", "full_name"))
    return [names.get(row["_made_by_id"]) for row in rows]


def links(rows: list[Row], mandate: Mandate) -> list[dict[str, str]]:
    """What belongs to each report, as far as the reader sees it, and the steps open to them."""

    def of(row: Row) -> dict[str, str]:
        slug = row["slug"]
        place, asked = reverse("report", args=[slug]), f"?report={slug}"
        found = {"self": place, "editions": reverse("editions") + asked}
        if mandate.is_secretariat:
            found |= {name: reverse(name) + asked for name in WORKINGS}
            found |= {name: f"{place}{name}/" for name in ("sections", "figures", "preview")}
            found |= {step: f"{place}{step}/" for step in row["allowed_steps"]}
        elif row["stage"] == Stage.CIRCULATED:
            found["remarks"] = reverse("remarks") + asked
        return found

    return [of(row) for row in rows]


def mask(row: Row, mandate: Mandate) -> None:
    """Beyond the secretariat a report has no workings: its masthead is read in its editions. A State that is asked to
    check a draft is told until when."""
    if mandate.is_secretariat:
        return
    blanks = {"version": None, "made_at": None, **dict.fromkeys(MASTHEAD, "")}
    if row["stage"] != Stage.CIRCULATED:
        blanks["comments_due_on"] = None
    row.update({name: blank for name, blank in blanks.items() if name in row})


class ReportFilters(FilterSet):
    cycle = filters.of_cycle("cycle")
    member_state = filters.of_state("member_state")
    kind = filters.OneOf("kind", Kind.choices)
    audience = filters.OneOf("audience", Audience.choices)
    stage = filters.OneOf("stage", Stage.choices)


class Reports(Noun):
    """Reports that you may see: what is issued; a State also what is circulated to it; the secretariat all."""

    tag = TAG
    model = Report
    key_paths = ("slug",)
    filterset = ReportFilters
    public_actions = frozenset({"list", "retrieve"})
    is_known_by_version = False  # the steps that are open change without it
    writes = {
        "create": Write(bodies.BeginReport, ("kind", "cycle"), status=201),
        "partial_update": Write(bodies.SetMasthead, is_versioned=True),
        **STEPS_TAKE,
    }
    orderings = {"slug": ("slug",), "cycle": ("cycle__opens_on", "slug")}
    shape = Shape(
        "Report",
        (
            Column("_pk", "pk"),
            Column("_sent_by_id", "sent_by_id"),
            Column("_made_by_id", "made_by_id"),
            Column("slug", "slug", types.text("Part of every address, for ever.")),
            Column("kind", "kind", types.one_of(Kind)),
            Column("cycle", "cycle__slug", types.text()),
            Column("member_state", "member_state__iso_alpha3", types.text("Of a note on one.", allow_null=True)),
            Column("scope", "scope", types.text("Of a thematic report: `pillar:II`.")),
            Column("audience", "audience", types.audience()),
            Column("stage", "stage", types.one_of(Stage, "Where it stands.")),
            Column("version", "version", types.number("What If-Match must name; for the secretariat.", null=True)),
            *(Column(name, name, types.text("For the secretariat; as issued, in the editions.")) for name in MASTHEAD),
            Column("comments_due_on", "comments_due_on", types.day("The last day for comments.", null=True)),
            Column("made_at", "made_at", types.instant("For the secretariat.", null=True)),
            Gathered(
                "made_by", types.text("For the secretariat.", allow_null=True), begun_by, needs=("_made_by_id",)
            ),
            Gathered(
                "allowed_steps",
                serializers.ListField(
                    child=serializers.ChoiceField(choices=STEP_NAMES), help_text="The steps that you could take now."
                ),
                allowed_steps,
                needs=("_pk", "kind", "audience", "stage", "_sent_by_id"),
            ),
            Gathered(
                "links",
                types.thing("What belongs to it, and the steps open to you."),
                links,
                needs=("slug", "stage", "allowed_steps"),
                in_list=False,
            ),
        ),
        mask=mask,
        mask_needs=("stage",),
    )  # fmt: skip

    def version_of(self, row: Row) -> int | None:
        return row["version"]

    def create(self, request: Request) -> HttpResponse:
        """Outline a report: one of a kind for a cycle, State, scope and audience."""
        return once(request, self._begin)

    def partial_update(self, request: Request, key: str) -> HttpResponse:
        """Write the masthead: only what is given is changed."""
        report = only(self.by_key(key, {}))
        texts = self.body()
        self._written(report, lambda: report.set_masthead(by=self.person, version=version_read(request), **texts))
        return self._shown(report)

    def step(self, request: Request, key: str) -> HttpResponse:
        """Take a step in the report's life, on the version that you have read."""
        return once(request, lambda: self._step(key))

    def _begin(self) -> HttpResponse:
        if not self.mandate.is_editor:
            raise Forbidden()
        body = self.body()
        state = body.get("member_state")
        report = begin(
            body["kind"],
            cycle_given("cycle", body["cycle"]),
            by=self.person,
            audience=body.get("audience", Audience.PUBLIC),
            member_state=None if state is None else state_given("member_state", state),
            scope=clean_text("scope", body.get("scope", ""), limit=MAX_SCOPE),
        )
        row = self.read_one(self.rows().filter(pk=report.pk))
        return answer(row, status=201, version=report.version, location=reverse("report", args=[report.slug]))

    def _step(self, key: str) -> HttpResponse:
        report = only(self.by_key(key, {}).select_related("cycle__plan", "member_state"))
        words = self.body()
        self._written(
            report,
            lambda: take_step(report, self.move_name, by=self.person, version=version_read(self.request), **words),
        )
        return self._shown(report)

    def _written(self, report: Report, act: Any) -> None:
        """As every versioned write; those beyond the secretariat are not told how often it was written."""
        if self.mandate.is_secretariat:
            tell_version(report, act, lambda: self.read_one(self.rows().filter(pk=report.pk)))
        else:
            act()

    def _shown(self, report: Report) -> HttpResponse:
        return answer(self.read_one(self.rows().filter(pk=report.pk)), version=report.version)
