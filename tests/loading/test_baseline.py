"""The baseline, partner activities and demonstration accounts are loaded by the rules that bind everybody."""

import pytest

from commitments.management.loading.baseline import load_baseline
from commitments.management.loading.demonstration import load_demonstration
from commitments.management.loading.tally import fixture
from commitments.models import Appointment, Cycle, Event, Evidence, PartnerActivity, Person, Release, Update
from commitments.workflow import MOVE_NAMES, Role
from tests.standing import load_everything, standing


@pytest.fixture
def loaded(db) -> str:
    return standing(load_everything)


def test_everything_loads_and_a_second_time_changes_nothing(loaded):
    entries = fixture("baseline-2022")["updates"]
    released = {
        (release.commitment.member_state.iso_alpha3, release.commitment.action_item.code): release
        for release in Release.objects.select_related("revision", "commitment__member_state", "commitment__action_item")
    }

    assert released.keys() == {(entry["member_state"], entry["action_item"]) for entry in entries}
    for entry in entries:
        release = released[entry["member_state"], entry["action_item"]]
        assert release.revision.measures_taken == entry["measures_taken"]
        assert release.rating == entry["rating"]
        assert release.audience == "public"
        assert release.revision.evidence.count() == len(entry["sources"])
    assert load_baseline().lines() == [f"progress updates: {len(entries)} unchanged"]
    assert PartnerActivity.objects.count() == len(fixture("partner-activities")["activities"])

    # every published update got there by moves that are on the record
    for update in Update.objects.filter(status="published"):
        moves = list(update.events.order_by("sequence").values_list("move", flat=True))
        assert moves[-4:] == ["submit", "clear", "accept", "publish"]
        assert len(moves) == update.version
    assert not Evidence.objects.exclude(title__contains="line").exists()

    # the next cycle is open, and carries the baseline forward for reconfirmation
    cycle = Cycle.objects.get(slug="tenth-review-2028")
    assert cycle.updates.count() == 880
    assert cycle.updates.filter(to_be_reconfirmed=True).count() == len(entries)
    assert set(Event.objects.exclude(update=None).values_list("move", flat=True)) <= set(MOVE_NAMES)


def test_service_accounts_keep_no_power(loaded):
    service = Person.objects.filter(email__endswith="@service.invalid")

    assert service.exists()
    for person in service:
        assert not person.is_active
        assert not person.has_usable_password()
        assert not person.mandate.holdings


def test_demonstration_has_an_account_for_every_role(loaded):
    assert set(Appointment.objects.live().values_list("role", flat=True)) == set(Role.values)
    assert not Update.objects.filter(cycle__slug="tenth-review-2028", commitment__lead_agency=None).exists()
    assert "coordinator.kaz@demo.invalid" in loaded


def test_demonstration_accounts_exist_only_where_the_settings_say_so(db, settings):
    settings.DEMONSTRATION = False

    with pytest.raises(Exception, match="DEMONSTRATION"):
        load_demonstration()
    assert not Person.objects.exists()
