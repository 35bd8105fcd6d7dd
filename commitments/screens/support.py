"""What States ask for, who supports it, and where several partners meet: facts to agree by, never a ranking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from commitments.content import translation_read
from commitments.models import ActionItem, MemberState, PartnerActivity, Release
from commitments.querysets import mandate_of
from commitments.readings import told

ASKED = "assistance_needed"  # the section in which a State asks
Place = tuple[str, str]  # a State's code and an item's


@dataclass(frozen=True)
class Wanted:
    """Filters, by natural keys; none is all."""

    state: str = ""
    pillar: str = ""
    theme: str = ""
    kind: str = ""
    support: str = ""  # "none": nobody does now; "some": somebody does
    is_ours: bool = False
    with_ended: bool = False


@dataclass
class Request:
    """What one State asks for on one item, and what is done for the two."""

    release: Release
    text: str
    translation: tuple[str, str]  # its language, and itself
    going_on: list[PartnerActivity] = field(default_factory=list)
    ended: list[PartnerActivity] = field(default_factory=list)


@dataclass
class Meeting:
    """One item in one State, and the activities of several partners on it."""

    item: ActionItem
    state: MemberState
    activities: list[PartnerActivity]


# --- What is asked for ------------------------------------------------------------------------------------


def asking(person: Any, wanted: Wanted) -> QuerySet:
    """The last word that this person sees of each State on each item, where it asks for assistance openly.

    What is withheld from anybody is in no such list, so that it reads the same for all who may see the release.
    """
    seen = Release.objects.visible_to(person)
    later = seen.filter(commitment=OuterRef("commitment"), cycle__opens_on__gt=OuterRef("cycle__opens_on"))
    withheld = Cast("withheld_sections", TextField())  # a list, asked alike on both engines
    rows = seen.annotate(withheld_names=withheld).exclude(withheld_names__contains=f'"{ASKED}"')
    rows = rows.exclude(revision__assistance_needed="").filter(~Exists(later), _on(wanted, "commitment__"))
    if wanted.support:
        helped = PartnerActivity.objects.under_way(timezone.now().date()).filter(
            action_items=OuterRef("commitment__action_item"), member_states=OuterRef("commitment__member_state")
        )
        rows = rows.filter(~Exists(helped) if wanted.support == "none" else Exists(helped))
    names = ("revision", "cycle", "commitment__member_state", "commitment__action_item")
    return rows.select_related(*names).order_by(
        "commitment__action_item__position", "commitment__member_state__name", "pk"
    )


def requests_of(releases: Iterable[Release]) -> list[Request]:
    """Each with its words in the reader's language, and the activities on its item and State."""
    shown = list(releases)
    told(*shown)
    places = [_place(one) for one in shown]
    activities = _by_place(PartnerActivity.objects.all(), places)
    found = []
    for release, place in zip(shown, places, strict=True):
        content, here = release.revision, activities.get(place, [])
        texts = {language: texts.get(ASKED) for language, texts in content.translations.items()}
        translated = translation_read(texts, content.original_language)
        going_on, ended = [one for one in here if not one.has_ended()], [one for one in here if one.has_ended()]
        found.append(Request(release, content.assistance_needed, translated, going_on, ended))
    return found


def _place(release: Release) -> Place:
    return release.commitment.member_state.iso_alpha3, release.commitment.action_item.code


# --- What is done -----------------------------------------------------------------------------------------


def activities(person: Any, wanted: Wanted) -> QuerySet:
    """Activities of partners, the latest first; only those of this person's organizations where that is wanted."""
    rows = PartnerActivity.objects.all() if wanted.with_ended else _going_on()
    for condition in _each(wanted):
        rows = rows.filter(condition)
    if wanted.is_ours:
        rows = rows.filter(partners__in=mandate_of(person).partner_ids)
    rows = rows.prefetch_related("participations__partner", "member_states", "action_items")
    return rows.distinct().order_by(F("starts_on").desc(nulls_last=True), "slug")


def meetings(person: Any, wanted: Wanted, *, start: int, size: int) -> list[Meeting]:
    """Items and States on which at least two activities of at least two partners stand, in the order of the plan."""
    rows = PartnerActivity.objects.all() if wanted.with_ended else _going_on()
    item, state = "action_items__code", "member_states__iso_alpha3"
    order = ("action_items__position", "member_states__name", item, state)
    pairs = (
        rows.filter(action_items__isnull=False, member_states__isnull=False)
        .filter(_pairs_on(wanted))
        .values(*order)
        .annotate(count=Count("pk", distinct=True), partners_here=Count("participations__partner", distinct=True))
        .filter(count__gte=2, partners_here__gte=2)
    )
    if wanted.is_ours:
        ours = Q(participations__partner__in=mandate_of(person).partner_ids)
        pairs = pairs.annotate(ours=Count("pk", filter=ours)).filter(ours__gte=1)
    places = [(row[state], row[item]) for row in pairs.order_by(*order)[start : start + size]]
    return _met(rows, places)


def _met(rows: QuerySet, places: list[Place]) -> list[Meeting]:
    here = _by_place(rows, places)
    plan = ActionItem.objects.filter(code__in={code for _state, code in places}).order_by("plan__adopted_on")
    items = {row.code: row for row in plan}
    states = {row.iso_alpha3: row for row in MemberState.objects.filter(iso_alpha3__in={one for one, _code in places})}
    return [Meeting(items[code], states[state], here.get((state, code), [])) for state, code in places]


def _by_place(rows: QuerySet, places: list[Place]) -> dict[Place, list[PartnerActivity]]:
    """The activities of each place, the latest first."""
    states, codes = {state for state, _code in places}, {code for _state, code in places}
    near = rows.filter(Exists(_through("member_states", "memberstate__iso_alpha3__in", states)))
    near = near.filter(Exists(_through("action_items", "actionitem__code__in", codes)))
    near = near.prefetch_related("participations__partner", "member_states", "action_items")
    found: dict[Place, list[PartnerActivity]] = {}
    for one in near.order_by(F("starts_on").desc(nulls_last=True), "slug"):
        for state in one.member_states.all():
            for item in one.action_items.all():
                found.setdefault((state.iso_alpha3, item.code), []).append(one)
    return found


def _through(relation: str, path: str, keys: set[str]) -> QuerySet:
    through = getattr(PartnerActivity, relation).through
    return through.objects.filter(partneractivity=OuterRef("pk"), **{path: keys})


def _going_on() -> QuerySet:
    return PartnerActivity.objects.under_way(timezone.now().date())


# --- Filters ------------------------------------------------------------------------------------------------


def _on(wanted: Wanted, start: str) -> Q:
    """State, pillar and theme of a release."""
    paths = {
        f"{start}member_state__iso_alpha3": wanted.state,
        f"{start}action_item__objective__pillar__code": wanted.pillar,
        f"{start}action_item__themes__slug": wanted.theme,
    }
    return Q(**{path: value for path, value in paths.items() if value})


def _each(wanted: Wanted) -> list[Q]:
    """The conditions on an activity, each on its own relation."""
    paths = {
        "member_states__iso_alpha3": wanted.state,
        "action_items__objective__pillar__code": wanted.pillar,
        "action_items__themes__slug": wanted.theme,
        "kind": wanted.kind,
    }
    return [Q(**{path: value}) for path, value in paths.items() if value]


def _pairs_on(wanted: Wanted) -> Q:
    """The same of an item and a State that are looked at together."""
    condition = Q()
    for one in _each(wanted):
        condition &= one
    return condition
