"""The named questions. `visible_to(person)` is the one rule of who sees what; every channel asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from commitments.mandates import Mandate
from commitments.workflow import CLEARED_STATUSES, Audience


def mandate_of(person: Any) -> Mandate:
    """The person's mandate as read once for this request; a Mandate is taken as it is."""
    if isinstance(person, Mandate):
        return person
    return getattr(person, "mandate", None) or Mandate.of(person)


def _model(start: Any, *fields: str) -> Any:
    """The model that these relations lead to. Models import this module, so it cannot import them."""
    for field in fields:
        start = start._meta.get_field(field).related_model
    return start


def in_force(today: dt.date, path: str = "") -> Q:
    """Appointments in force on this day. `path` leads to them and ends in `__`."""
    ends = Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gt": today})
    return ends & Q(**{f"{path}starts_on__lte": today})


class AppointmentQuerySet(QuerySet):
    def live(self) -> Self:
        """In force today."""
        return self.filter(in_force(timezone.now().date()))

    def visible_to(self, person: Any) -> Self:
        """Officers of a State see that State's; the secretariat and administrators all; everybody their own."""
        mandate = mandate_of(person)
        if mandate.is_secretariat or mandate.is_administrator:
            return self.all()
        return self.filter(Q(member_state__in=mandate.state_ids) | Q(person=mandate.person_id))


class AgencyQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Officers of a State see that State's; the secretariat, and administrators who appoint, see all."""
        mandate = mandate_of(person)
        if mandate.is_secretariat or mandate.is_administrator:
            return self.all()
        return self.filter(member_state__in=mandate.state_ids)


class CommitmentQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """A State's own officers: planned measures are the State's own words."""
        return self.filter(member_state__in=mandate_of(person).state_ids)

    def of_agencies(self, agency_ids: Any) -> Self:
        """Led or contributed to by one of these agencies."""
        contributing = _model(self.model).contributing_agencies.through.objects.filter(
            commitment=OuterRef("pk"), agency__in=agency_ids
        )
        return self.filter(Q(lead_agency__in=agency_ids) | Exists(contributing))


class KeyedQuerySet(QuerySet):
    """Rows of one cycle and one commitment, known by a natural key: `cycle:KAZ:I.1.1`."""

    KEY = ("cycle__slug", "commitment__member_state__iso_alpha3", "commitment__action_item__code")

    def at(self, cycle: str, state: str, code: str) -> Self:
        """The one under this key."""
        return self.filter(**dict(zip(self.KEY, (cycle, state, code), strict=True)))

    def by_keys(self, keys: Iterable[str]) -> dict[str, Any]:
        """The rows under these keys, by key, in the order of the query; under what is no key there is none."""
        wanted = {key for key in keys if key.count(":") == 2 and len(key) < 200 and key.isprintable()}
        parts = {f"{path}__in": {key.split(":")[n] for key in wanted} for n, path in enumerate(self.KEY)}
        near: Any = self.filter(**parts).select_related("cycle", "commitment__member_state", "commitment__action_item")
        return {row.key: row for row in near if row.key in wanted}


class UpdateQuerySet(KeyedQuerySet):
    """Working copies. What is released is read through `ReleaseQuerySet`, never from here."""

    def visible_to(self, person: Any) -> Self:
        """A coordinator sees the State's; a focal point the agency's, and the State's once cleared;
        the secretariat what is cleared beyond the State; nobody else any."""
        mandate = mandate_of(person)
        rule = Q(pk__in=[])
        if mandate.coordinated_state_ids:
            rule |= Q(commitment__member_state__in=mandate.coordinated_state_ids)
        if mandate.agency_ids:
            rule |= Q(commitment__member_state__in=mandate.state_ids, status__in=CLEARED_STATUSES)
            rule |= self._own_agency(mandate)
        if mandate.is_secretariat:
            rule |= Q(status__in=CLEARED_STATUSES) & ~Q(audience=Audience.STATE)
        return self.filter(rule)

    def _own_agency(self, mandate: Mandate) -> Q:
        through = _model(self.model, "commitment").contributing_agencies.through
        contributing = through.objects.filter(commitment=OuterRef("commitment"), agency__in=mandate.agency_ids)
        own = Q(commitment__lead_agency__in=mandate.agency_ids) | Q(Exists(contributing))
        return own & Q(commitment__member_state__in=mandate.state_ids)

    def coordinated_by(self, person: Any) -> Self:
        """Of the States that this person coordinates."""
        return self.filter(commitment__member_state__in=mandate_of(person).coordinated_state_ids)

    def as_listed(self) -> Self:
        """With what lists tell of an update: its names, the moves that are open, the days that are left."""
        names = ("lead_agency", "member_state", "action_item__objective__pillar")
        rows = self.select_related("cycle", "current_revision", *(f"commitment__{name}" for name in names))
        return rows.prefetch_related("cycle__extensions", "commitment__contributing_agencies")

    def due(self) -> Self:
        """What a State owes: national and joint items, not the partners' own."""
        return self.exclude(commitment__action_item__addressee="partner")


class PartnerActivityQuerySet(QuerySet):
    """What partners do for the plan is public."""

    def led_by(self, person: Any) -> Self:
        """Led by an organization that this person acts for: theirs to write."""
        participations = _model(self.model, "participations").objects
        leads = participations.filter(activity=OuterRef("pk"), role="lead", partner__in=mandate_of(person).partner_ids)
        return self.filter(Exists(leads))

    def under_way(self, today: dt.date) -> Self:
        """Not ended: going on, planned, or without an end."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class ReleaseQuerySet(KeyedQuerySet):
    """Revisions in force: all that reports, public pages and other States read."""

    def visible_to(self, person: Any) -> Self:
        """By audience; a State's own officers read all that their State has released."""
        mandate = mandate_of(person)
        rule = Q(audience__in=mandate.audiences)
        if mandate.state_ids:
            rule |= Q(commitment__member_state__in=mandate.state_ids)
        return self.filter(rule)

    def released_to(self, audience: str) -> Self:
        """All that a reader of this audience reads, whoever they are: what a report for it is made from."""
        width = Audience(audience).width
        return self.filter(audience__in=[wide for wide in Audience if wide.width >= width])


class RevisionQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """With the update, every revision for its State; for the secretariat the one cleared; and what is in force."""
        mandate = mandate_of(person)
        updates = _model(self.model, "update").objects
        releases = _model(self.model, "release").objects
        rule = Q(release__in=releases.visible_to(mandate))
        if mandate.state_ids:
            rule |= Q(update__in=updates.visible_to(mandate), update__commitment__member_state__in=mandate.state_ids)
        if mandate.is_secretariat:
            rule |= Q(update__in=updates.visible_to(mandate), pk=F("update__current_revision"))
        return self.filter(rule)

    def returned_by_secretariat(self, person: Any) -> Self:
        """Earlier revisions that the secretariat itself sent back, of updates that it sees now, for itself alone.

        What a State kept inside, or took back by its own recall or withdrawal, is not among them.
        """
        mandate = mandate_of(person)
        if not mandate.is_secretariat:
            return self.none()
        seen = self.filter(update__in=_model(self.model, "update").objects.visible_to(mandate))
        returns = _model(self.model, "events").objects.filter(move="return", from_status=CLEARED_STATUSES[0])
        return seen.filter(Exists(returns.exclude(audience=Audience.STATE).filter(revision=OuterRef("pk"))))


class EventQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """A State's officers see the history of what they see; the secretariat only moves between it and the State.

        Saves, submissions and returns inside a State stay inside it.
        """
        mandate = mandate_of(person)
        updates = _model(self.model, "update").objects.visible_to(mandate)
        seen = Q(Exists(updates.filter(pk=OuterRef("update"))))  # asked of each event, and of no other update
        rule = Q(update=None, member_state__in=mandate.state_ids)
        if mandate.state_ids:
            rule |= seen & Q(member_state__in=mandate.state_ids)
        if mandate.is_secretariat:
            between = Q(from_status__in=CLEARED_STATUSES) | Q(to_status__in=CLEARED_STATUSES)
            rule |= seen & between & ~Q(audience=Audience.STATE)
            rule |= Q(update=None) & ~Q(subject__startswith="commitment:")
        return self.filter(rule)


class EvidenceQuerySet(QuerySet):
    def live(self) -> Self:
        return self.filter(retired_at=None)

    def visible_to(self, person: Any) -> Self:
        """One by one, by its own audience and by that of the update or the release it belongs to."""
        mandate = mandate_of(person)
        updates = _model(self.model, "update").objects.visible_to(mandate)
        releases = _model(self.model, "revisions", "release").objects
        released = Exists(releases.visible_to(mandate).filter(revision__evidence=OuterRef("pk")))
        rule = Q(released, audience__in=mandate.audiences)
        if mandate.state_ids:
            rule |= Q(update__in=updates, update__commitment__member_state__in=mandate.state_ids)
            rule |= Q(released, update__commitment__member_state__in=mandate.state_ids)
        if mandate.is_secretariat:
            current = Q(update__in=updates, revisions=F("update__current_revision"))
            rule |= Q(pk__in=_model(self.model).objects.filter(current).exclude(audience=Audience.STATE).values("pk"))
        return self.filter(rule)

    def shown_with_releases(self, person: Any, releases: Mapping[int, int]) -> Self:
        """What `visible_to` comes to for the evidence of releases that this person is being shown anyway.

        `releases`: revision -> Member State, of these alone; the rows can be read by `revisions`.
        """
        mandate = mandate_of(person)
        own = [revision for revision, state in releases.items() if state in mandate.state_ids]
        rule = Q(revisions__in=releases.keys() - own, audience__in=mandate.audiences)
        return self.filter(rule | Q(revisions__in=own) if own else rule)

    def shown_with_updates(self, person: Any) -> Self:
        """The same for the evidence of updates that this person is being shown: all of it to the State's officers."""
        mandate = mandate_of(person)
        if mandate.is_secretariat:
            return self.visible_to(mandate)
        return self.filter(update__commitment__member_state__in=mandate.state_ids)


class AssessmentQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """The secretariat, and the officers of the State concerned who see the update."""
        mandate = mandate_of(person)
        if mandate.is_secretariat:
            return self.all()
        updates = _model(self.model, "revision", "update").objects.visible_to(mandate)
        return self.filter(
            revision__update__in=updates,
            revision__update__commitment__member_state__in=mandate.state_ids,
        )


class BatchQuerySet(QuerySet):
    def lost(self) -> Self:
        """Started, not finished, and silent for a minute: whoever ran it is gone."""
        silent = self.filter(told_at__lt=timezone.now() - dt.timedelta(minutes=1))
        return silent.filter(started_at__isnull=False, finished_at=None)

    def visible_to(self, person: Any) -> Self:
        """The secretariat's own work."""
        return self.all() if mandate_of(person).is_secretariat else self.none()


class NoticeQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Everybody their own, and of these only what is about something that they may see now.

        The secretariat still reads that what it had was recalled: it could not see the update then, and must not be
        able to tell by this line what the State does with it next.
        """
        mandate = mandate_of(person)
        updates = _model(self.model, "event", "update").objects.visible_to(mandate)
        rule = Q(event=None) | Q(Exists(updates.filter(pk=OuterRef("event__update"))))
        if mandate.is_secretariat:
            rule |= Q(event__move="recall") & ~Q(event__audience=Audience.STATE)
            rule |= Q(event__subject__startswith="batch:")
        return self.filter(rule, person=mandate.person_id) if mandate.holdings else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def told(self) -> Self:
        """With all that a line about it names."""
        update = "event__update"
        names = ("cycle", "commitment__member_state", "commitment__action_item")
        return self.select_related(*(f"{update}__{name}" for name in names), "reminder__cycle")


class ReminderQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """The secretariat sees those of its own; a coordinator all of the State; everybody their own.

        Who is reminded by a coordinator or by the calendar is somebody for whom drafts wait: that is the State's.
        """
        mandate = mandate_of(person)
        rule = Q(person=mandate.person_id) | Q(member_state__in=mandate.coordinated_state_ids)
        if mandate.is_secretariat:
            rule |= Q(origin="secretariat")
        return self.filter(rule)
