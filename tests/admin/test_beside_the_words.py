"""What stands beside the words of an update: evidence, translations, assessments."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Evidence, Update
from tests.admin.conftest import move_of, page_of, typed
from tests.builders import REPORTED

pytestmark = pytest.mark.same_on_every_engine


def html(answer) -> str:
    return answer.content.decode()


def test_evidence_is_added_with_the_draft_and_downloaded_as_a_file_that_no_browser_runs(world, browser):
    update, client = world.update(), browser("focal.kaz")
    file = SimpleUploadedFile("law.pdf", b"%PDF-1.4 text of the law")

    client.post(page_of(update), typed(update, evidence_title="The law", evidence_file=file, results="In force."))

    evidence = Evidence.objects.get()
    answer = client.get(f"{'/admin/commitments/update/'}evidence/{evidence.uid}/")
    assert (evidence.title, evidence.kind, evidence.update.results) == ("The law", "file", "In force.")
    assert answer["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 text of the law"
    assert browser("coordinator.tjk").get(f"/admin/commitments/update/evidence/{evidence.uid}/").status_code == 404


def test_evidence_without_a_file_or_address_is_a_reference_and_can_be_retired(world, browser):
    update, client = world.update(), browser("focal.kaz")
    client.post(page_of(update), typed(update, evidence_title="Law No. 5"))
    evidence = Evidence.objects.get()
    update.refresh_from_db()

    client.post(page_of(update), typed(update, press=f"retire:{evidence.uid}"))

    evidence.refresh_from_db()
    assert evidence.kind == "reference"
    assert evidence.retired_at is not None


def test_refused_evidence_keeps_the_words_typed_beside_it(world, browser):
    update = world.update()
    words = typed(update, evidence_title="A page", evidence_url="javascript:alert(1)", results="Kept.")

    answer = browser("focal.kaz").post(page_of(update), words)

    assert "A web address beginning with http:// or https://." in html(answer)
    assert answer.context["form"]["results"].value() == "Kept."
    assert not Evidence.objects.exists()


def test_a_translation_is_written_beside_the_original_and_shows_as_stale_when_it_changes(world, browser):
    update, client = world.walk("draft"), browser("focal.kaz")
    address = page_of(update).replace("change/", "translation/ru/")
    assert REPORTED["measures_taken"] in html(client.get(address))

    client.post(address, {"version": 1, "initial-measures_taken": "", "measures_taken": "Принят закон."})
    fresh = html(client.get(page_of(update)))
    update.refresh_from_db()
    update.edit(by=world.who("focal.kaz"), version=2, values={"measures_taken": "Another law was passed."})
    stale = html(client.get(page_of(update)))

    assert "Принят закон." in fresh
    assert "of an earlier text" not in fresh
    assert "of an earlier text" in stale


def test_observations_are_read_by_the_state_and_answered_once(world, browser):
    update = world.walk("cleared")
    browser("reviewer").post(move_of(update, "accept"), {"version": update.version, "observations": "Well told."})
    assessment = Update.objects.get(pk=update.pk).current_revision.assessments.get()
    reply = f"/admin/commitments/assessment/{assessment.uid}/do/reply/"

    client = browser("coordinator.kaz")
    client.post(reply, {"reply": "Thank you."})

    assessment.refresh_from_db()
    assert assessment.reply == "Thank you."
    assert client.post(reply, {"reply": "Again."}).status_code == 403
    assert "Well told." in html(client.get(page_of(update)))
