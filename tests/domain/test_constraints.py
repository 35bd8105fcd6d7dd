"""What must never be false, the database refuses, whoever writes: one attempt to break each constraint."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commitments.models import (
    ActionItem,
    Adoption,
    Agency,
    Appointment,
    Assessment,
    Batch,
    BatchRow,
    Choice,
    Commitment,
    Cycle,
    Digest,
    Event,
    Evidence,
    MemberState,
    Notice,
    Objective,
    Participation,
    Partner,
    PartnerActivity,
    Person,
    Pillar,
    Plan,
    PlanParagraph,
    Reading,
    Release,
    Reminder,
    Revision,
    RoadmapProvision,
    StoredReply,
    SubMeasure,
    ThematicGroup,
    Theme,
    Update,
)


def again(model, **changed):
    """Insert the first row of a table once more, with these columns otherwise."""
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    row = {name: getattr(model.objects.order_by("pk").first(), name) for name in fields}
    if "uid" in row:
        row["uid"] = model._meta.get_field("uid").get_default()
    model(**{**row, **changed}).save(force_insert=True)


def set_to(model, **changed):
    """Change a row of a table directly."""
    first = model.objects.order_by("pk").first()
    assert model.objects.filter(pk=first.pk).update(**changed) == 1


def event(**changed):
    Event.objects.create(
        **{"subject": "x", "sequence": 1, "move": "x", "by_name": "x", "at": timezone.now(), "hash": "x", **changed}
    )


def reading(world, **facts):
    who, state = world.who("editor"), world.states["KAZ"]
    Reading.objects.create(once="x", member_state=state, person=who, person_name="x", kind="update", key="x", **facts)


def release_for_another(world):
    """A second release of one commitment in one cycle, of another State's update and revision."""
    update = world.walk("submitted", "TJK")
    again(Release, update_id=update.pk, revision_id=update.current_revision_id)


@pytest.fixture
def rows(world):
    """At least one row in every table that has a constraint."""
    update = world.walk("accepted", item="I.1.1")
    person, state, today = world.who("editor"), world.states["KAZ"], timezone.now().date()
    Assessment.make(update.current_revision, by=person, observations="Clear.")
    update.publish(by=person, version=update.version)
    Adoption.objects.create(plan=world.plan, member_state=state, role="adopted", on=today)
    PlanParagraph.objects.create(plan=world.plan, part="preamble", number=1, text="x")
    group = ThematicGroup.objects.create(objective=Objective.objects.first(), slug="youth", position=1, title="x")
    SubMeasure.objects.create(action_item=group.objective.action_items.first(), code="x", position=1, text="x")
    RoadmapProvision.objects.create(
        plan=world.plan, part="monitoring", code="A.M.1", position=1, text="x", short_title="x"
    )
    activity = PartnerActivity.objects.create(slug="x", kind="workshop", title="x", summary="x", source="x")
    Participation.objects.create(activity=activity, partner=Partner.objects.get(), role="lead")
    StoredReply.objects.create(person=person, key="x", request_hash="x", status=200)
    Theme.objects.create(slug="youth", title="Youth")
    Evidence.objects.create(**Evidence.of_update(update), kind="reference", title="Gazette", added_by=person)
    Choice.objects.create(person=person, kind="waiting", how="none")
    Digest.objects.create(person=person, day=today)
    Reminder.objects.create(
        topic="due", role="editor", person=person, member_state=state, cycle=world.cycle, origin="automatic",
        day=today, occasion="x",
    )  # fmt: skip
    Batch.prepare("publish", [(update, update.version)], by=person)
    return world


SCOPE = "appointment_scope_fits_role"
ATTEMPTS = [
    ("one_person_an_address", lambda world: again(Person, email="FOCAL.KAZ@example.org")),
    ("one_commitment_each", lambda world: again(Commitment)),
    ("agency_slug_once_a_state", lambda world: again(Agency)),
    (SCOPE, lambda world: set_to(Appointment, role="observer")),  # the first is a focal point's
    (SCOPE, lambda world: set_to(Appointment, role="coordinator")),
    (SCOPE, lambda world: set_to(Appointment, agency=None)),
    (SCOPE, lambda world: set_to(Appointment, member_state=None)),
    (SCOPE, lambda world: set_to(Appointment, partner=Partner.objects.get())),
    (SCOPE, lambda world: set_to(Appointment, role="king")),
    (SCOPE, lambda world: again(Appointment, role="partner", agency_id=None, member_state_id=None)),
    (SCOPE, lambda world: again(Appointment, role="editor", agency_id=None)),
    ("appointment_ends_after_it_starts", lambda world: set_to(Appointment, ends_on=dt.date(2000, 1, 1))),
    ("partner_once_an_activity", lambda world: again(Participation)),
    ("pillar_code_once", lambda world: again(Pillar)),
    ("objective_code_once", lambda world: again(Objective)),
    ("group_slug_once", lambda world: again(ThematicGroup)),
    ("sub_measure_code_once", lambda world: again(SubMeasure)),
    ("provision_code_once", lambda world: again(RoadmapProvision)),
    ("item_code_once", lambda world: again(ActionItem)),
    ("item_addressee_known", lambda world: set_to(ActionItem, addressee="nobody")),
    ("one_adoption_a_state", lambda world: again(Adoption)),
    ("one_paragraph_a_place", lambda world: again(PlanParagraph)),
    ("cycle_dates_in_order", lambda world: set_to(Cycle, opens_on=dt.date(2099, 1, 1))),
    ("cycle_dates_in_order", lambda world: set_to(Cycle, submissions_due_on=dt.date(2099, 1, 1))),
    ("cycle_dates_in_order", lambda world: set_to(Cycle, clearances_due_on=dt.date(2099, 1, 1))),
    ("cycle_dates_in_order", lambda world: set_to(Cycle, closes_on=dt.date(2000, 1, 1))),
    ("one_reply_a_key", lambda world: again(StoredReply)),
    ("assessment_reply_is_signed", lambda world: set_to(Assessment, reply="Thank you.")),
    ("assessment_reply_is_signed", lambda world: set_to(Assessment, replied_by=world.who("editor"))),
    ("one_update_each", lambda world: again(Update)),
    ("update_status_known", lambda world: set_to(Update, status="lost")),
    ("update_audience_known", lambda world: set_to(Update, audience="everyone")),
    ("update_audience_known", lambda world: set_to(Update, audience="")),
    ("update_rating_known", lambda world: set_to(Update, rating="good")),
    ("update_trend_known", lambda world: set_to(Update, trend="up")),
    ("update_adopted_known", lambda world: set_to(Update, adopted="perhaps")),
    ("update_applied_known", lambda world: set_to(Update, applied="perhaps")),
    ("update_beyond_draft_has_revision", lambda world: set_to(Update, status="submitted", current_revision=None)),
    ("update_beyond_draft_is_reconfirmed", lambda world: set_to(Update, to_be_reconfirmed=True)),
    ("revisions_numbered_once", lambda world: again(Revision)),
    ("revisions_numbered_from_one", lambda world: again(Revision, number=0)),
    ("one_release_in_force", release_for_another),
    ("release_rating_known", lambda world: set_to(Release, rating="good")),
    ("released_beyond_the_state", lambda world: set_to(Release, audience="state")),
    ("released_beyond_the_state", lambda world: set_to(Release, audience="")),
    ("evidence_fits_its_kind", lambda world: set_to(Evidence, url="https://example.org")),
    ("evidence_fits_its_kind", lambda world: set_to(Evidence, kind="link")),
    ("evidence_fits_its_kind", lambda world: set_to(Evidence, kind="file")),
    ("evidence_fits_its_kind", lambda world: set_to(Evidence, kind="link", url="https://a.org", file="a.pdf")),
    ("evidence_fits_its_kind", lambda world: set_to(Evidence, kind="file", url="https://a.org", file="a.pdf")),
    ("evidence_fits_its_kind", lambda world: set_to(Evidence, kind="rumour")),
    ("one_choice_a_kind", lambda world: again(Choice, how="digest")),
    ("one_digest_a_day", lambda world: again(Digest)),
    ("notice_is_of_a_move_or_a_reminder", lambda world: set_to(Notice, event=None)),
    ("notice_is_of_a_move_or_a_reminder", lambda world: set_to(Notice, reminder=Reminder.objects.get())),
    ("reminders_counted_by_day", lambda world: again(Reminder, occasion="")),
    ("one_reminder_an_occasion", lambda world: again(Reminder, turn=2)),
    ("batch_move", lambda world: set_to(Batch, move="edit")),
    ("batch_ends_once_started", lambda world: set_to(Batch, started_at=None, finished_at=timezone.now())),
    ("batch_row_outcome", lambda world: set_to(BatchRow, outcome="lost")),
    ("one_row_an_update", lambda world: again(BatchRow)),
    ("evidence_scan_known", lambda world: set_to(Evidence, scan="perhaps")),
    ("reading_channel_known", lambda world: reading(world, channel="fax")),
    ("events_numbered_once", lambda world: again(Event)),
    ("events_numbered_from_one", lambda world: event(sequence=0)),
]


@pytest.mark.parametrize(("constraint", "act"), ATTEMPTS)
def test_the_database_refuses_to_break(rows, constraint, act):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act(rows)

    assert names_it(constraint, str(refusal.value))


def names_it(constraint: str, message: str) -> bool:
    """PostgreSQL names every constraint; SQLite names checks, and of unique ones the columns."""
    if constraint in message:
        return True
    unique = next(one for one in constraints().values() if one.name == constraint)
    return connection.vendor == "sqlite" and all(name in message for name in unique.fields)


def constraints() -> dict:
    ours = apps.get_app_config("commitments").get_models()
    return {constraint.name: constraint for model in ours for constraint in model._meta.constraints}


def test_every_constraint_is_tried():
    assert {constraint for constraint, _ in ATTEMPTS} == set(constraints())


UNIQUE = [
    (MemberState, ["iso_alpha2", "iso_alpha3", "m49"]),
    (Person, ["email", "uid"]),
    (Plan, ["slug"]),
    (Cycle, ["slug"]),
    (Theme, ["slug"]),
    (Partner, ["slug"]),
    (PartnerActivity, ["slug"]),
]


@pytest.mark.parametrize(("model", "field"), [(model, field) for model, fields in UNIQUE for field in fields])
def test_a_natural_key_is_given_once(rows, model, field):
    taken = getattr(model.objects.order_by("pk").first(), field)
    others = {name: str(number) for number, name in enumerate(dict(UNIQUE)[model], 7) if name not in {field, "uid"}}

    with pytest.raises(IntegrityError, match="one_person_an_address|" + field), transaction.atomic():
        again(model, **others, **{field: taken})


@pytest.mark.parametrize("name", ["update", "revision"])
def test_an_update_has_one_release_and_a_revision_too(rows, name):
    other = Revision.objects.order_by("pk").last()
    rows.walk("submitted", "TJK")
    fresh = Revision.objects.order_by("pk").last()
    assert fresh != other
    elsewhere = {"cycle_id": fresh.update.cycle_id, "commitment_id": fresh.update.commitment_id}
    taken = {"update": {"revision_id": fresh.pk}, "revision": {"update_id": fresh.update_id}}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        again(Release, **elsewhere, **taken[name])
