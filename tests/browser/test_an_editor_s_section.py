"""An editor writes in a section: figures and citations come into the passage by a press, the section by writing."""

from __future__ import annotations

from reporting.models import Passage
from tests.browser.conftest import SAVED
from tests.desk.reports.conftest import SECTION, address, report, write

__all__ = ["report"]


def test_a_figure_and_a_citation_are_put_in_and_saved_and_the_section_is_let_go(world, report, sign_in):
    passage = write(world, report, "Reported: ")
    page = sign_in("editor")
    page.goto(address(report, f"sections/{SECTION}/"))
    text = page.locator("textarea[name=text]").first

    text.press("End")
    page.locator("[data-seat=own]").wait_for()
    page.locator("[data-insert='{{ reported }}']").first.click()
    page.locator("details.item:has([data-cite]) > summary").first.click()
    page.locator("[data-cite]").first.click()

    told = page.locator("#inserted").inner_text()
    with page.expect_response(lambda answer: f"/passages/{passage.uid}/" in answer.url, timeout=SAVED):
        page.locator(".passage form[data-keep] button[type=submit]").first.click()
    page.goto("/desk/reports/")
    page.goto(address(report, f"sections/{SECTION}/"))

    saved = Passage.objects.get(pk=passage.pk)
    assert (saved.text, saved.cites) == ("Reported:{{ reported }}", ["KAZ:I.1.2"])
    assert told == "Cited: KAZ:I.1.2"
    assert page.locator("[data-seat]").get_attribute("data-seat") == "free"


def test_a_press_is_sent_once(world, report, sign_in):
    passage = write(world, report, "Reported.")
    page, sent = sign_in("editor"), []
    page.goto(address(report, f"sections/{SECTION}/"))
    page.on("request", lambda asked: sent.append(asked.url) if f"/passages/{passage.uid}/" in asked.url else None)

    with page.expect_response(lambda answer: f"/passages/{passage.uid}/" in answer.url, timeout=SAVED):
        page.locator(".passage form[data-keep] button[type=submit]").first.click()
    page.wait_for_timeout(300)

    assert len(sent) == 1
