"""What a State has taken back stays so, whatever it publishes or signs and whatever is issued afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from commitments.errors import Invalid
from reporting.issuing import drift_of, frozen_snapshot, shown_snapshot
from reporting.models import Contribution, Passage, Report
from tests.reporting.reports import EARLY
from tests.reporting.test_editions import SECRET, issue, revise, step, withdraw, words_of
from tests.reporting.worlds import earlier_cycle

pytestmark = pytest.mark.same_on_every_engine


@pytest.fixture
def reported(world):
    world.walk("published", item="I.1.2", results=SECRET, rating="substantial", audience="public")
    world.walk("published", "TJK", "I.1.2", audience="public")
    return world


def publish_mended(world, audience="public", withheld=(), **content):
    """From where a withdrawal leaves an update, or from a release in force, to a release of other words."""
    focal, coordinator, editor = (world.who(name) for name in ("focal.kaz", "coordinator.kaz", "editor"))
    update = world.update()
    if update.status == "published":
        update.revise(by=coordinator, version=update.version)
    else:
        update.recall(by=coordinator, version=update.version, reason="Without the court.")
    update = world.update()
    update.edit(by=focal, version=update.version, values=content)
    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience=audience, withheld_sections=list(withheld))
    update.accept(by=editor, version=update.version)
    update.publish(by=editor, version=update.version)


def sign(world, **words):
    coordinator, kaz = world.who("coordinator.kaz"), world.states["KAZ"]
    before = Contribution.objects.filter(cycle=world.cycle, member_state=kaz).first()
    one = Contribution.write(world.cycle, kaz, by=coordinator, version=before.version if before else 0, **words)
    one.sign(by=coordinator, version=one.version, manifest=lambda _one: (b"{}", 0))


def refused_passages(refusal) -> list[tuple[str, str]]:
    return [(problem.field, problem.rule) for problem in refusal.value.problems]


# --- In editions that are issued -----------------------------------------------------------------


def test_withdrawn_words_stay_gone_when_mended_words_are_published(reported):
    edition = issue(reported, text="They tell us: " + SECRET)
    withdraw(reported, "KAZ", "I.1.2")

    publish_mended(reported, results="Courts sit.")

    shown = shown_snapshot(edition)
    assert SECRET not in words_of(shown)
    assert "They tell us" not in words_of(shown)
    assert [(one.state, one.item) for one in shown.facts.tombstones] == [("KAZ", "I.1.2")]
    drift = drift_of(edition)
    assert (drift.changed, drift.withdrawn, drift.added) == ((), (("KAZ", "I.1.2"),), ())


def test_nobody_reads_them_again_over_http(reported, client):
    edition = issue(reported, text="They tell us: " + SECRET)
    withdraw(reported, "KAZ", "I.1.2")
    publish_mended(reported, results="Courts sit.")

    for address in (f"/api/v1/editions/{edition.key}/snapshot/", f"/api/v1/editions/{edition.key}.html"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()


def test_words_taken_back_from_the_public_stay_in_editions_for_those_who_could_read_on(reported):
    public, un = issue(reported), issue(reported, audience="un")

    publish_mended(reported, "un", results="For the UN.")
    publish_mended(reported, "public", results="For everybody.")

    assert SECRET not in words_of(shown_snapshot(public))
    assert shown_snapshot(un) == frozen_snapshot(un)


def test_words_that_become_wider_are_taken_back_from_nobody(reported):
    reported.walk("published", "UZB", "I.1.2", results="First words.", audience="un")
    edition = issue(reported, audience="un", cites=["UZB:I.1.2"])
    update, coordinator = reported.update("UZB", "I.1.2"), reported.who("coordinator.uzb")
    update.revise(by=coordinator, version=update.version)
    reported.walk("published", "UZB", "I.1.2", results="Second words.", audience="public")

    assert shown_snapshot(edition) == frozen_snapshot(edition)


def test_what_was_kept_to_the_state_stays_gone_too(reported):
    edition = issue(reported)
    focal, coordinator = reported.who("focal.kaz"), reported.who("coordinator.kaz")
    update = reported.update()
    update.revise(by=coordinator, version=update.version)
    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="state")

    publish_mended(reported, results="Courts sit.")

    assert SECRET not in words_of(shown_snapshot(edition))


def test_a_section_withheld_stays_gone_when_its_next_words_are_not(reported):
    edition = issue(reported, cites=["TJK:I.1.2"])
    publish_mended(reported, withheld=["results"], results=SECRET + " Still.")
    publish_mended(reported, results="Courts sit.")

    shown = shown_snapshot(edition)

    assert SECRET not in words_of(shown)
    assert not shown.facts.tombstones, "the rest of it was never taken back"


def test_a_passage_that_cites_a_section_withheld_later_loses_its_words(reported):
    public = issue(reported, text="They tell us: " + SECRET)
    un = issue(reported, audience="un", text="They tell us: " + SECRET)

    publish_mended(reported, withheld=["results"], results=SECRET + " Still.")

    assert SECRET not in words_of(shown_snapshot(public))
    assert "They tell us" in words_of(shown_snapshot(un)), "the UN reads what is withheld from the others"


@pytest.mark.parametrize(("withdrawn_first", "kept"), [(True, 0), (False, 1)])
def test_an_earlier_rating_stays_unless_it_was_taken_back(reported, withdrawn_first, kept):
    before = replace(reported, cycle=earlier_cycle(reported))
    before.walk("published", item="I.1.2", rating="substantial", audience="public")
    edition = issue(reported)
    assert [one.rating for one in shown_snapshot(edition).facts.earlier[0].ratings] == ["substantial"]

    if withdrawn_first:
        withdraw(before, "KAZ", "I.1.2")
    publish_mended(before, rating="limited")

    assert [one.rating for one in shown_snapshot(edition).facts.earlier[0].ratings] == ["substantial"] * kept


def test_a_statement_taken_back_stays_so_when_another_is_signed(reported):
    sign(reported, text="We have done much.", audience="public")
    edition = issue(reported)
    sign(reported, text="Between us and the UN.", audience="un")
    assert "We have done much." not in words_of(shown_snapshot(edition))

    sign(reported, text="We have done a little.", audience="public")

    assert "We have done much." not in words_of(shown_snapshot(edition))


def test_a_statement_signed_anew_for_the_same_readers_changes_nothing(reported):
    sign(reported, text="We have done much.", audience="public")
    edition = issue(reported)

    sign(reported, text="We have done more.", audience="public")

    assert shown_snapshot(edition) == frozen_snapshot(edition)


# --- Before the next edition is frozen -------------------------------------------------------------


@pytest.mark.parametrize("again", [False, True], ids=["nothing since", "mended words since"])
def test_what_is_withdrawn_during_the_fact_check_stops_the_issue_until_the_passage_is_mended(reported, again):
    editor, reviewer = reported.who("editor"), reported.who("reviewer")
    report = Report.begin("regional", reported.cycle, by=editor, audience="public")
    step(report, "draft", editor)
    passage = Passage.add(report, "summary", by=editor, text="It says: " + SECRET, cites=["KAZ:I.1.2"])
    step(report, "submit", editor)
    step(report, "circulate", reviewer, comments_due_on=timezone.now().date() + dt.timedelta(days=9))
    withdraw(reported, "KAZ", "I.1.2")
    if again:
        publish_mended(reported, results="Courts sit.")
    step(report, "close", editor, reason=EARLY)

    with pytest.raises(Invalid) as refusal:
        step(report, "issue", editor)

    assert refused_passages(refusal) == [(f"passages.{passage.uid}.cites", "gone")]
    assert "KAZ:I.1.2" in str(refusal.value.problems[0].message)
    assert not report.editions.filter(form="issue").exists()

    step(report, "reopen", editor, reason="KAZ took its words back.")
    passage.refresh_from_db()
    passage.edit(by=editor, version=passage.version, text="It says more.", cites=["KAZ:I.1.2"] if again else [])
    step(report, "submit", editor)
    step(report, "circulate", reviewer, comments_due_on=timezone.now().date() + dt.timedelta(days=9))
    step(report, "close", editor, reason=EARLY)
    step(report, "issue", editor)
    assert "It says more." in words_of(shown_snapshot(report.editions.get(form="issue")))


def withdrawn(world):
    withdraw(world, "KAZ", "I.1.2")


def withdrawn_and_mended(world):
    withdrawn(world)
    publish_mended(world, results="Courts sit.")


def withheld(world):
    publish_mended(world, withheld=["results"], results=SECRET + " Still.")


def withheld_and_mended(world):
    withheld(world)
    publish_mended(world, results="Courts sit.")


@pytest.mark.parametrize("taken_back", [withdrawn, withdrawn_and_mended, withheld, withheld_and_mended])
def test_no_corrigendum_prints_again_what_was_taken_back(reported, taken_back):
    edition = issue(reported, text="They tell us: " + SECRET)
    report, editor = edition.report, reported.who("editor")
    taken_back(reported)

    with pytest.raises(Invalid) as refusal:
        step(report, "correct", editor, reason="Another table was wrong.")

    passage = Passage.objects.get()
    assert refused_passages(refusal) == [(f"passages.{passage.uid}.cites", "gone")]

    passage.retire(by=editor, version=passage.version)
    step(report, "correct", editor, reason="Another table was wrong.")
    assert SECRET not in words_of(shown_snapshot(report.editions.get(form="corrigendum")))


def test_what_is_merely_revised_stops_no_corrigendum(reported):
    edition = issue(reported, text="They tell us: " + SECRET)
    revise(reported, results="Another court sits.")

    step(edition.report, "correct", reported.who("editor"), reason="Another table was wrong.")

    assert "They tell us" in words_of(shown_snapshot(edition.report.editions.get(form="corrigendum")))


def test_a_report_for_the_un_goes_on_citing_what_the_un_still_reads(reported):
    edition = issue(reported, audience="un", text="They tell us: " + SECRET)
    publish_mended(reported, "un", withheld=["results"], results=SECRET + " Still.")

    step(edition.report, "correct", reported.who("editor"), reason="Another table was wrong.")

    assert "They tell us" in words_of(shown_snapshot(edition.report.editions.get(form="corrigendum")))


def test_a_passage_that_cites_what_was_never_released_stops_the_submission(reported):
    editor = reported.who("editor")
    report = Report.begin("regional", reported.cycle, by=editor, audience="public")
    step(report, "draft", editor)
    passage = Passage.add(report, "summary", by=editor, text="It says more.", cites=["UZB:II.1.1", "TJK:I.1.2"])

    with pytest.raises(Invalid) as refusal:
        step(report, "submit", editor)

    assert refused_passages(refusal) == [(f"passages.{passage.uid}.cites", "gone")]
    message = str(refusal.value.problems[0].message)
    assert "UZB:II.1.1" in message and "TJK" not in message
