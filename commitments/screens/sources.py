"""The groups of what can be found, each through its own door, and how one line of each is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.content import SECTIONS, reading
from commitments.models import (
    ActionItem,
    Agency,
    Appointment,
    Objective,
    PartnerActivity,
    Person,
    Pillar,
    Release,
    RoadmapProvision,
    SubMeasure,
    Update,
)
from commitments.querysets import mandate_of
from commitments.readings import told
from commitments.screens.finding import Hit, Question, Source
from commitments.search import excerpt, marked
from commitments.workflow import Status


def by_code(question: Question) -> list[Hit]:
    """What is called so in the plan: it stands before everything else."""
    code, hits = question.code, []
    if not code or question.filters:
        return []
    kinds: dict[Any, Callable[[Any, Question], Hit]] = {
        ActionItem: _item,
        Objective: _objective,
        Pillar: _pillar,
        RoadmapProvision: _point,
    }
    for model, shown in kinds.items():
        hits += [shown(row, question) for row in model.objects.filter(code=code).order_by("-plan__adopted_on")[:1]]
    measures = SubMeasure.objects.filter(code=code).select_related("action_item")
    return hits + [_measure(row, question) for row in measures.order_by("-action_item__plan__adopted_on")[:1]]


# --- The plan -----------------------------------------------------------------------------------


def _items(question: Question) -> QuerySet:
    rows = ActionItem.objects.filter(question.sought.matches(), question.within(pillar="objective__pillar__code"))
    return rows.order_by("-plan__adopted_on", "position")


def _item(item: ActionItem, question: Question) -> Hit:
    return _hit(question, item.titled, reverse("site-item", args=[item.code]), "", _told(item, "text"))


def _headings(question: Question) -> list[Any]:
    within = question.within(pillar="code")
    pillars = Pillar.objects.filter(within).order_by("-plan__adopted_on", "position")
    objectives = Objective.objects.filter(question.within(pillar="pillar__code"))
    objectives = objectives.order_by("-plan__adopted_on", "position")
    return [row for row in (*pillars, *objectives) if question.sought.is_in(_words(row, "title", "introduction"))]


def _heading(row: Any, question: Question) -> Hit:
    return _pillar(row, question) if isinstance(row, Pillar) else _objective(row, question)


def _objective(row: Objective, question: Question) -> Hit:
    address = reverse("site-objective", args=[row.code])
    return _hit(question, row.titled, address, str(_("Objective")), _told(row, "introduction"))


def _pillar(row: Pillar, question: Question) -> Hit:
    address = reverse("site-pillar", args=[row.code])
    return _hit(question, row.titled, address, str(_("Pillar")), _told(row, "introduction"))


def _measures(question: Question) -> list[SubMeasure]:
    rows = SubMeasure.objects.filter(question.within(pillar="action_item__objective__pillar__code"))
    rows = rows.select_related("action_item").order_by("-action_item__plan__adopted_on", "action_item", "position")
    return [row for row in rows if question.sought.is_in(_words(row, "text"))]


def _measure(row: SubMeasure, question: Question) -> Hit:
    address = reverse("site-item", args=[row.action_item.code])
    return _hit(question, row.code, address, str(row.action_item.in_language("short_title")), _told(row, "text"))


def _points(question: Question) -> list[RoadmapProvision]:
    rows = RoadmapProvision.objects.order_by("-plan__adopted_on", "position")
    return [row for row in rows if question.sought.is_in([row.code, *_words(row, "short_title", "text")])]


def _point(row: RoadmapProvision, question: Question) -> Hit:
    address = f"{reverse('site-roadmap')}#{row.code}"
    return _hit(question, row.titled, address, "", _told(row, "text"))


# --- What States report ---------------------------------------------------------------------------

_PLACE = ("cycle", "commitment__member_state", "commitment__action_item")
_WITHIN = {
    "state": "commitment__member_state__iso_alpha3",
    "cycle": "cycle__slug",
    "pillar": "commitment__action_item__objective__pillar__code",
}
_ORDER = ("-cycle__opens_on", "commitment__action_item__position", "commitment__member_state__name", "pk")


def _updates(question: Question) -> QuerySet:
    rows = Update.objects.visible_to(question.person).filter(question.sought.matches(), question.within(**_WITHIN))
    return rows.select_related(*_PLACE).order_by(*_ORDER)


def _update(update: Update, question: Question) -> Hit:
    address, about = (
        reverse("desk-update", args=update.key.split(":")),
        f"{update.cycle} · {update.get_status_display()}",
    )
    told(update)
    return _hit(question, _named(update), address, about, _ordered(update))


def _releases(question: Question) -> QuerySet:
    """Sections withheld from this person are not looked into. What stands among their updates is not shown twice."""
    mandate = mandate_of(question.person)
    everything, open_words = question.sought.matches("search_text"), question.sought.matches("open_search_text")
    rule = everything if mandate.is_secretariat else open_words
    if mandate.state_ids:
        rule |= everything & Q(commitment__member_state__in=mandate.state_ids)
    shown = Update.objects.visible_to(mandate).filter(status=Status.PUBLISHED)
    rows = Release.objects.visible_to(mandate).filter(rule, question.within(**_WITHIN)).exclude(update__in=shown)
    return rows.select_related("revision", *_PLACE).order_by(*_ORDER)


def _release(release: Release, question: Question) -> Hit:
    words = _ordered(release.revision, release.withheld_from(question.person))
    address = reverse("desk-release", args=release.key.split(":"))
    told(release)
    return _hit(question, _named(release), address, str(release.cycle), words)


def _named(row: Any) -> str:
    return f"{row.commitment.member_state}: {row.commitment.action_item.titled}"


def _ordered(content: Any, withheld: Iterable[str] = ()) -> list[str]:
    """The words of an update, those in the reader's language first."""
    names = [name for name in SECTIONS if name not in withheld]
    kept = [content.translations.get(language, {}) for language in reading()]
    own = [next(filter(None, (texts.get(name) for texts in kept)), "") for name in names]
    return [*filter(None, own), *content.words(without=withheld)]


# --- Partners, agencies, people -------------------------------------------------------------------


def _activities(question: Question) -> QuerySet:
    within = {"state": "member_states__iso_alpha3", "pillar": "action_items__objective__pillar__code"}
    rows = PartnerActivity.objects.filter(question.sought.matches())
    for name, path in within.items():
        rows = rows.filter(question.within(**{name: path}))
    return rows.prefetch_related("partners").order_by(F("starts_on").desc(nulls_last=True), "slug").distinct()


def _activity(row: PartnerActivity, question: Question) -> Hit:
    partners = ", ".join(str(one) for one in row.partners.all())
    address = reverse("desk-activity", args=[row.slug])
    return _hit(question, str(row.in_language("title")), address, partners, _told(row, "summary"))


def _agencies(question: Question) -> list[Agency]:
    rows = Agency.objects.visible_to(question.person).filter(question.within(state="member_state__iso_alpha3"))
    rows = rows.select_related("member_state").order_by("member_state__name", "name", "pk")
    return [row for row in rows if question.sought.is_in(_words(row, "name"))]


def _agency(row: Agency, question: Question) -> Hit:
    address = reverse("admin:commitments_agency_change", args=[f"{row.member_state.iso_alpha3}/{row.slug}"])
    return _hit(question, row.own_name(), address, str(row.member_state), [])


def _people(question: Question) -> list[Person]:
    """Those whose appointments this person may see, by name."""
    held = Appointment.objects.visible_to(question.person)
    held = held.filter(question.within(state="member_state__iso_alpha3"))
    rows = Person.objects.filter(pk__in=held.values("person")).order_by("full_name", "uid")
    return [row for row in rows if question.sought.is_in([row.full_name])]


def _person(row: Person, question: Question) -> Hit:
    mandate = mandate_of(question.person)
    if row.pk == mandate.person_id:
        return _hit(question, str(row), reverse("desk-profile"), str(_("You")), [])
    return _hit(question, str(row), reverse("admin:commitments_person_change", args=[row.uid]), "", [])


# --- Words ------------------------------------------------------------------------------------------


def _hit(question: Question, title: str, address: str, about: str, texts: Sequence[str]) -> Hit:
    sought = question.sought
    return Hit(marked(title, sought), address, about, excerpt(texts, sought))


def _told(row: Any, *fields: str) -> list[str]:
    """These fields, in the reader's language first and then in the others."""
    return [*_lines(row.in_language(name) for name in fields), *_words(row, *fields)]


def _words(row: Any, *fields: str) -> list[str]:
    """These fields in every language that they are kept in."""
    kept = [row.translations[language].get(name) or "" for language in row.translations for name in fields]
    return [*_lines(getattr(row, name) for name in fields), *_lines(kept)]


def _lines(texts: Iterable[Any]) -> Iterator[str]:
    """Paragraphs kept as a list count as so many texts."""
    for text in texts:
        yield from text if isinstance(text, list) else [text]


PLAN, REPORTED = frozenset({"pillar"}), frozenset({"state", "cycle", "pillar"})
SOURCES: tuple[Source, ...] = (
    Source("items", _("Action items"), _items, _item, PLAN),
    Source("headings", _("Pillars and objectives"), _headings, _heading, PLAN),
    Source("measures", _("Sub-measures"), _measures, _measure, PLAN),
    Source("roadmap", _("Roadmap provisions"), _points, _point),
    Source("updates", _("Progress updates that you work on"), _updates, _update, REPORTED),
    Source("releases", _("Released by Member States"), _releases, _release, REPORTED),
    Source("activities", _("Partner activities"), _activities, _activity, frozenset({"state", "pillar"})),
    Source("agencies", _("Agencies"), _agencies, _agency, frozenset({"state"})),
    Source("people", _("People"), _people, _person, frozenset({"state"})),
)
