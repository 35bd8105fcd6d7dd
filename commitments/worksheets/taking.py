"""Which updates a person may take away, and what goes into their worksheet. A fixed number of reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from commitments.models import Agency, Commitment, Cycle, MemberState, Release, Revision, Update
from commitments.querysets import mandate_of
from commitments.readings import told
from commitments.waiting import current_cycles
from commitments.workflow import Status
from commitments.worksheets.columns import WRITTEN, value_in, worded

ALL = ""  # whatever this person may edit


@dataclass(frozen=True)
class Taken:
    """One row of a worksheet: a draft, in plain strings."""

    key: str
    version: int
    code: str
    short_title: str
    adopted_text: str
    lead_agency: str
    values: dict[str, str]


@dataclass(frozen=True)
class Released:
    """What the State released last on an action item, in words."""

    code: str
    short_title: str
    cycle: str
    words: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """All that a worksheet says."""

    cycle: str
    of: str
    due: list[tuple[str, str]]  # the last day to report, and where it ends: in the capital of each State
    rows: list[Taken]
    released: list[Released] = field(default_factory=list)


def cycles_to_take(person: Any) -> list[Cycle]:
    """Cycles in which something may be written by whoever may write at all, the newest first."""
    return current_cycles() if mandate_of(person).state_ids else []


def first_open(person: Any, cycles: list[Cycle]) -> str:
    """The first of these in which a State of this person still has time, to be offered before the others."""
    states = list(MemberState.objects.filter(pk__in=mandate_of(person).state_ids))
    return next((cycle.slug for cycle in cycles if any(cycle.accepts(state) for state in states)), "")


def scopes(person: Any) -> list[tuple[str, str]]:
    """What a person may choose to take: everything, a State that they coordinate, or one of its or their agencies."""
    mandate = mandate_of(person)
    states = {state.pk: state for state in MemberState.objects.filter(pk__in=mandate.state_ids).order_by("name")}
    agencies = Agency.objects.visible_to(mandate).filter(retired_on=None).order_by("name", "pk")
    found = []
    for state in states.values():
        is_coordinated = state.pk in mandate.coordinated_state_ids
        found += [(state.iso_alpha3, str(state))] if is_coordinated else []
        for agency in agencies:
            if agency.member_state_id == state.pk and (is_coordinated or agency.pk in mandate.agency_ids):
                found.append((f"{state.iso_alpha3}:{agency.slug}", f"{state}: {agency.own_name()}"))
    return found


def drafts_to_take(person: Any, cycle: Cycle, scope: str = ALL) -> list[Update]:
    """Drafts that this person may edit now, in the order of the plan."""
    mandate = mandate_of(person)
    state, _colon, agency = scope.partition(":")
    rows = Update.objects.visible_to(mandate).filter(cycle=cycle, status=Status.DRAFT)
    if state:
        rows = rows.filter(commitment__member_state__iso_alpha3=state)
    if agency:
        of_agency = Agency.objects.visible_to(mandate).filter(member_state__iso_alpha3=state, slug=agency)
        rows = rows.filter(commitment__in=Commitment.objects.visible_to(mandate).of_agencies(of_agency))
    joined = rows.select_related(*(f"commitment__{name}" for name in ("member_state", "action_item", "lead_agency")))
    ordered = joined.prefetch_related("commitment__contributing_agencies").order_by(
        "commitment__member_state__name", "commitment__action_item__position"
    )
    found = list(ordered)
    for update in found:
        update.cycle = cycle  # with its extensions at hand
    return [update for update in found if "edit" in update.allowed_moves(mandate)]


def sheet_of(person: Any, cycle: Cycle, updates: list[Update]) -> Sheet:
    """What the worksheet of these drafts says, in the language in force."""
    told(*updates)
    states = {update.commitment.member_state_id: update.commitment.member_state for update in updates}
    return Sheet(
        cycle=str(cycle),
        of=", ".join(str(state) for state in states.values()),
        due=[_last_day(cycle, state) for state in states.values()],
        rows=[_taken(update) for update in updates],
        released=_released(person, cycle, updates),
    )


def _last_day(cycle: Cycle, state: MemberState) -> tuple[str, str]:
    day = state.last_day(cycle.due_at(state))
    return day.isoformat(), str(state.in_language("capital"))


def _taken(update: Update) -> Taken:
    item, agency = update.commitment.action_item, update.commitment.lead_agency
    return Taken(
        key=update.key,
        version=update.version,
        code=item.code,
        short_title=str(item.in_language("short_title")),
        adopted_text=_adopted(item),
        lead_agency=agency.own_name() if agency else "",
        values={name: value_in(update, name) for name in WRITTEN},
    )


def _adopted(item: Any) -> str:
    """The adopted wording; below it the unofficial translation, named as such, where the reader has one."""
    translated, named = item.in_language("text"), _("Unofficial translation:")
    return str(item.text) if translated == item.text else f"{item.text}\n\n{named} {translated}"


def _released(person: Any, cycle: Cycle, updates: list[Update]) -> list[Released]:
    """What was released last in an earlier cycle on the same commitments, as far as this person may read it."""
    mandate = mandate_of(person)
    commitments = {update.commitment_id: update.commitment for update in updates}
    rows = Release.objects.visible_to(mandate).filter(commitment__in=commitments, cycle__opens_on__lt=cycle.opens_on)
    joined = rows.select_related("cycle", "revision", "commitment").order_by("cycle__opens_on")
    last = {row.commitment_id: row for row in joined}
    found = []
    for key, commitment in commitments.items():
        release = last.get(key)
        if release is not None:
            told(release)
            found.append(_in_words(commitment, release, release.read_by(mandate)))
    return found


def _in_words(commitment: Commitment, release: Release, read: Revision) -> Released:
    words = {name: worded(name, value_in(read, name)) for name in WRITTEN if name != "to_be_reconfirmed"}
    item = commitment.action_item
    return Released(item.code, str(item.in_language("short_title")), str(release.cycle), words)
