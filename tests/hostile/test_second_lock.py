"""Row-level security on PostgreSQL: it holds by itself, whoever forgets the rule of the querysets, and hides nothing
that the rule shows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model, Q, QuerySet

from commitments import querysets
from commitments.models import (
    Batch,
    Commitment,
    Event,
    Evidence,
    Invitation,
    Release,
    Revision,
    Update,
)
from commitments.models.invitations import HOLDER
from commitments.querysets.asking import mandate_of
from commitments.screens.account import FIRST_KEPT
from commitments.second_lock import NOBODY, SYSTEM, reading_as
from commitments.verification import TAKEN_BACK
from commitments.workflow import CLEARED_STATUSES, Role
from reporting.management.securing import is_bound, locked_tables
from reporting.models import querysets as report_querysets
from tests import tripwire
from tests.depth import drawn
from tests.hostile import canaries
from tests.hostile.desk_places import pages, uids
from tests.hostile.hidden import MARK, keep_at_every_border, read_at_home
from tests.hostile.test_canaries import everything, sightings
from tests.owner import owning_the_tables

second_lock = pytest.mark.second_lock  # there is one on PostgreSQL alone
CAST = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "focal.tjk", "coordinator.tjk", "reviewer", "editor",
        "partner", "observer", "nobody", "administrator", None)  # fmt: skip
BEYOND = ("focal.tjk", "coordinator.tjk", "partner", "observer", "nobody", "administrator", None)
LOCKED = {model._meta.db_table: model for model in apps.get_models() if model._meta.db_table in locked_tables()}

# Tables without a policy, and why a reader who got at one would read no word of a State that is not released.
OPEN = {
    "public": "plan adoption planparagraph pillar objective thematicgroup theme actionitem actionitem_themes "
    "submeasure roadmapprovision memberstate cycle extension partner partneractivity partneractivity_member_states "
    "partneractivity_action_items participation",
    "keys, names and dates": "commitment commitment_contributing_agencies revision_evidence appointment person "
    "person_groups person_user_permissions tokenname notice digest choice calendaraddress",
}
OPEN_OF_REPORTS = {"keys, names and dates": "report seat"}
STILL_NAMED = "what the secretariat had is still named by its item once the State has recalled it"
PLACES = {
    "commitments/desk/notices.py": [STILL_NAMED, STILL_NAMED],
    "commitments/models/events.py": ["the record goes on, whoever of those in it may read it"],
    "commitments/models/invitations.py": [HOLDER, HOLDER],
    "commitments/models/updates.py": [
        "whoever sends it back to the State does not see it afterwards",
        "the secretariat opens drafts that it does not see",
    ],
    "commitments/readings.py": ["who has read is written into a log that the reader does not see"],
    "commitments/screens/account.py": [FIRST_KEPT],
    "commitments/telling/deadlines.py": ["how often the dates of a cycle were set stands in everybody's calendar"],
    "commitments/verification.py": [TAKEN_BACK],
    "reporting/queries/in_force.py": [TAKEN_BACK],
}


@pytest.fixture
def kept() -> str:
    """Asked for by who needs a world with something to hide."""
    return MARK


@pytest.fixture
def at_work(world, kept) -> None:
    """The secretariat is about to do something to many, and a State invites, reminds, reads and asks again."""
    update, coordinator = world.update("KAZ", "II.1.1"), world.who("coordinator.kaz")
    Batch.prepare("accept", [(update, update.version)], by=world.who("editor"))
    agency = update.commitment.lead_agency
    Invitation.send("later@example.org", MARK, Role.FOCAL_POINT, by=coordinator, agency=agency)
    read_at_home(world, MARK)
    keep_at_every_border(world, MARK)


def name_of(world, who: str | None) -> str:
    return str(world.who(who).pk) if who else NOBODY


def shown(model: type[Model], reader: str) -> set[int]:
    """The keys of all rows that the database gives this reader when no code narrows them."""
    with reading_as(reader):
        return set(model._base_manager.values_list("pk", flat=True))


def ruled(model: type[Model], person) -> set[int]:
    """The same by the rule of the querysets; where a model has none, it goes with what it belongs to."""
    if model._meta.model_name == "planned":
        seen = Commitment.objects.visible_to(person)
        return set(model._base_manager.filter(commitment__in=seen).values_list("pk", flat=True))
    if model._meta.model_name == "passageversion":
        seen = apps.get_model("reporting", "passage").objects.visible_to(person)
        return set(model._base_manager.filter(passage__in=seen).values_list("pk", flat=True))
    if model._meta.model_name == "batchrow":
        return set(model._base_manager.filter(batch__in=Batch.objects.visible_to(person)).values_list("pk", flat=True))
    if model._meta.model_name == "storedreply":
        return set(model._base_manager.filter(person=person).values_list("pk", flat=True))
    rows = model._default_manager.visible_to(person)
    if model._meta.model_name == "signature":  # what a State has signed anew since, it alone goes on reading
        last = model._default_manager.in_force().values("pk")
        rows = rows.filter(Q(pk__in=last) | Q(member_state__in=mandate_of(person).state_ids))
    seen = set(rows.values_list("pk", flat=True))
    if model is Revision:  # words in force are read through their release, and the lock has no half of a row
        seen |= set(Release.objects.visible_to(person).values_list("revision", flat=True))
    return seen


@second_lock
@pytest.mark.parametrize("who", CAST)
def test_it_hides_nothing_that_the_rule_shows_and_shows_no_more_of_another_state(world, kept, who, tally, at_work):
    person, reader = world.who(who) if who else None, name_of(world, who)
    inside = {"focal.kaz", "contributor.kaz", "coordinator.kaz"}
    more = {}
    for table, model in LOCKED.items():
        first, second = ruled(model, person), shown(model, reader)
        assert first <= second, (table, "hidden though it may be seen")
        more |= {table: len(second - first)} if second > first else {}
        tally(rows=model._base_manager.count())

    nouns = ("update", "revision", "event", "evidence", "assessment", "agency", "invitation", "reading", "reminder")
    allowed = {f"commitments_{noun}" for noun in nouns}  # the border of the State is all that it draws
    assert set(more) <= (allowed | {"reporting_edition"} if who in inside else {"commitments_event"})
    if "commitments_event" in more and who not in inside:
        assert who in ("reviewer", "editor")
        assert shown(Event, reader) - ruled(Event, person) <= moves_between_states_and_the_secretariat()


def moves_between_states_and_the_secretariat() -> set[int]:
    """Its own moves and those that came to it: it knows of them, also of what it sees no longer."""
    between = Q(from_status__in=CLEARED_STATUSES) | Q(to_status__in=CLEARED_STATUSES)
    of_updates = Event.objects.exclude(update=None).exclude(audience="state")
    return set(of_updates.filter(between).values_list("pk", flat=True))


@second_lock
def test_there_is_something_to_hide_in_every_table(world, kept, at_work):
    assert [table for table, model in LOCKED.items() if not shown(model, SYSTEM) - shown(model, NOBODY)] == []


@pytest.fixture
def no_first_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if everybody who wrote a query had forgotten the rule."""
    for module in (querysets, report_querysets):
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, QuerySet) and "visible_to" in vars(one):
                monkeypatch.setattr(one, "visible_to", lambda self, person: self.all())
    yield
    tripwire.seen.clear()  # which has seen as much, like who searches every answer
    canaries.sighted.clear()


@second_lock
@pytest.mark.battery("A7")
@pytest.mark.usefixtures("kept", "no_first_lock")
@pytest.mark.parametrize("reader", BEYOND)
def test_with_the_first_lock_off_nobody_reads_another_state_s_words(world, visit, reader, tally):
    asked = [*everything(world), *(place for place in pages(uids()) if "q=" not in place)]
    asked = drawn(asked, BEYOND.index(reader))

    assert sightings(visit(reader), asked) == []
    tally(answers=len(asked))


@pytest.mark.battery("A7")
def test_with_the_first_lock_off_only_the_second_stands_between(world, kept, visit, no_first_lock):
    """The same questions are answered with everything where there is no second lock, so that the net is not empty."""
    place = "/api/v1/updates/review-2028:KAZ:I.1.2/"

    assert bool(sightings(visit("coordinator.tjk"), [place])) == (connection.vendor != "postgresql")


@second_lock
def test_the_web_server_owns_nothing_and_cannot_step_around_the_lock(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = user")
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        assert {table for (table,) in cursor.fetchall()} == set(locked_tables()) == set(LOCKED)
    assert is_bound()
    with owning_the_tables():
        assert not is_bound()


RECORD = ("commitments_event", "commitments_revision", "commitments_revision_evidence", "reporting_edition",
          "reporting_signature", "reporting_passageversion")  # fmt: skip


FORBIDDEN = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE", "ALTER TABLE {} DISABLE TRIGGER ALL",
             "ALTER TABLE {} DISABLE ROW LEVEL SECURITY", "DROP TABLE {} CASCADE")  # fmt: skip


@second_lock
@pytest.mark.battery("B11")
@pytest.mark.parametrize("table", [*RECORD, "django_migrations"])
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_web_server_may_add_to_the_record_and_change_nothing_of_it(db, table, statement):
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@second_lock
@pytest.mark.parametrize("how", ["none", "'; RESET ROLE; --", "9" * 30, "", "System"])
def test_a_name_that_names_nobody_reads_what_everybody_reads(world, kept, how):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jpoa.reader', %s, true); SELECT count(*) FROM commitments_update", [how])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT set_config('jpoa.reader', %s, true); SELECT count(*) FROM commitments_release", [how])
        assert cursor.fetchone() == (Release.objects.filter(audience="public").count(),)


@second_lock
def test_who_is_suspended_or_no_longer_or_not_yet_appointed_reads_what_everybody_reads(world, at_work):
    coordinator, focal = world.who("coordinator.kaz"), world.who("focal.kaz")
    coordinator.change(by=world.who("administrator"), reason="x", is_active=False)
    focal.appointments.get().retire(by=world.who("administrator"), reason="x")

    readers = [name_of(world, who) for who in ("coordinator.kaz", "focal.kaz", "nobody")]  # suspended, ended, to begin
    for model in (Update, Revision, Evidence):
        assert [shown(model, reader) for reader in readers] == [shown(model, NOBODY)] * 3


@second_lock
@pytest.mark.django_db(transaction=True)
def test_who_reads_is_forgotten_with_the_statement():
    def named() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('jpoa.reader', true)")
            return cursor.fetchone()[0]

    with reading_as("42"):
        assert named() == "42"
    assert named() == "system"  # as the settings of the tests say
    with transaction.atomic():
        with reading_as(NOBODY):
            assert named() == NOBODY
        assert named() == "system"


@second_lock
def test_a_cursor_that_stays_on_the_server_reads_for_nobody_who_was_named_before_it(world, kept):
    with reading_as(NOBODY):
        shown_to_nobody = Event.objects.count()

    read_on_the_server = sum(1 for _event in Event.objects.iterator())

    assert read_on_the_server == Event.objects.count() > shown_to_nobody


def _dotted(file: Path, root: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts)


def unlocked_places() -> Iterator[tuple[str, str]]:
    root = Path(querysets.__file__).parents[2]
    for folder in ("commitments", "reporting", "jpoa"):
        for file in sorted((root / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "unlocked":
                    why = node.args[0]
                    named = getattr(import_module(_dotted(file, root)), why.id) if isinstance(why, ast.Name) else ""
                    yield str(file.relative_to(root)), named or ast.literal_eval(why)


def test_the_lock_is_opened_in_the_reviewed_places_alone():
    found: dict[str, list[str]] = {}
    for file, why in unlocked_places():
        found.setdefault(file, []).append(why)

    assert found == PLACES


def test_every_table_is_locked_or_stands_in_the_reviewed_list_of_those_that_are_not():
    opened = {f"commitments_{name}" for names in OPEN.values() for name in names.split()}
    opened |= {f"reporting_{name}" for names in OPEN_OF_REPORTS.values() for name in names.split()}
    own = [model for model in apps.get_models(include_auto_created=True)
           if model._meta.app_label in ("commitments", "reporting")]  # fmt: skip

    assert {model._meta.db_table for model in own} == opened | set(locked_tables())
    assert not opened & set(locked_tables())
