"""Why single updates are not cleared, said at the list of them: a line of the explanation that a State signs."""

from __future__ import annotations

import pytest

from reporting.models import Contribution
from reporting.models.explaining import explained, named

CONTRIBUTION = "/desk/contributions/review-2028/KAZ/"
STATEMENT = {"version": 0, "text": "Kazakhstan reports.", "original_language": "en", "audience": "public"}
WHY = {"items": ["I.1.1", "I.1.2"], "why": "The law\nis being drafted."}


def test_what_is_ticked_is_a_line_of_the_explanation_and_marked_as_explained(browser, world):
    answer = browser("coordinator.kaz").post(CONTRIBUTION, STATEMENT | WHY, follow=True)

    shown = {row.commitment.action_item.code: is_named for row, _address, is_named in answer.context["open_updates"]}
    assert Contribution.objects.get().explanation == "- I.1.1, I.1.2: The law is being drafted."
    assert shown == {"I.1.1": True, "I.1.2": True, "II.1.1": False}
    assert answer.context["unexplained"] == 1


def test_it_goes_to_words_typed_in_the_same_press(browser, world):
    browser("coordinator.kaz").post(CONTRIBUTION, STATEMENT | WHY | {"explanation": "Elections were held."})

    written = Contribution.objects.get()
    assert written.explanation == "Elections were held.\n- I.1.1, I.1.2: The law is being drafted."
    assert written.text == "Kazakhstan reports."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"items": ["I.1.1"]}, "Say why"),
        ({"why": "The law."}, "Tick in the list above"),
        ({"items": ["I.9.9"], "why": "The law."}, "I.9.9"),
        ({"items": ["I.1.1"], "why": "Passport 123456789012."}, "identity"),
    ],
)
def test_half_an_explanation_is_refused_with_what_was_ticked_and_typed(browser, world, words, told):
    answer = browser("coordinator.kaz").post(CONTRIBUTION, STATEMENT | words)

    page = answer.content.decode()
    assert (answer.status_code, told in page) == (400, True)
    assert answer.context["ticked"] == words.get("items", [])
    assert words.get("why", "") in page


def test_nothing_open_is_ticked_beforehand_but_what_is_asked_for(browser, world):
    browser("coordinator.kaz").post(CONTRIBUTION, STATEMENT | WHY)
    page = browser("coordinator.kaz")

    plain, rest = (page.get(address).content.decode() for address in (CONTRIBUTION, f"{CONTRIBUTION}?choose=rest"))

    assert (plain.count(" checked"), rest.count(" checked")) == (0, 1)


@pytest.mark.parametrize("who", ["focal.kaz", "contributor.kaz"])
def test_focal_points_are_offered_no_boxes(browser, world, who):
    assert 'name="items"' not in browser(who).get(CONTRIBUTION).content.decode()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", []),
        ("Nothing is named.", []),
        ("For I.1.1 and IV.SPRR.3.", ["I.1.1", "IV.SPRR.3"]),
        ("I.4.1–I.4.3, I.4.7", ["I.4.1", "I.4.2", "I.4.3", "I.4.7"]),
        ("I.4.9 - I.5.1", ["I.4.9", "I.5.1"]),
        ("I.4.3-I.4.1", ["I.4.3", "I.4.1"]),
        (f"I.1.{'9' * 5000}", []),
    ],
)
def test_a_text_names_codes_and_ranges_within_an_objective(text, codes):
    assert list(named(text)) == codes


def test_what_is_explained_anew_leaves_its_earlier_line():
    first = explained("Elections were held.", ["I.1.1", "I.1.2", "I.1.3", "I.2.1"], "The law waits.")

    second = explained(first, ["I.1.2", "I.2.1"], "Nobody is in office.")
    third = explained(second, ["I.1.1", "I.1.3"], "A court decides.")

    assert first == "Elections were held.\n- I.1.1–I.1.3, I.2.1: The law waits."
    assert second == "Elections were held.\n- I.1.1, I.1.3: The law waits.\n- I.1.2, I.2.1: Nobody is in office."
    assert third == "Elections were held.\n- I.1.2, I.2.1: Nobody is in office.\n- I.1.1, I.1.3: A court decides."
