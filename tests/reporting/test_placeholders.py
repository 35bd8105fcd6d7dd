"""Figures in what people write: filled from the facts, from a closed list, and nothing else is touched."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reporting import figures
from reporting.facts import (
    ActivityFacts,
    CycleFacts,
    ItemFacts,
    ObjectiveFacts,
    PillarFacts,
    Place,
    PlanFacts,
    ReleasedUpdate,
    ReviewFacts,
    StateFacts,
    ThemeFacts,
    Wording,
)
from reporting.placeholders import fill, names, unknown

NONE = Wording("")
PLACE = Place("plan")
THEMES = ("youth", "border-security")


def _item(code: str, is_owed: bool = True, *, themes: tuple[str, ...] = ()) -> ItemFacts:
    addressee = "national" if is_owed else "partner"
    return ItemFacts(code, Wording(code), Wording(code), addressee, is_owed, PLACE, themes=themes)


def _pillar(code: str, *objectives: tuple[str, tuple[ItemFacts, ...]]) -> PillarFacts:
    return PillarFacts(
        code, Wording(code), tuple(ObjectiveFacts(one, Wording(one), items) for one, items in objectives)
    )


def _update(state: str, item: str, rating: str) -> ReleasedUpdate:
    return ReleasedUpdate(state, item, rating, "forward", "yes", "yes", "public", "en")


def _activity(slug: str, states: tuple[str, ...], items: tuple[str, ...]) -> ActivityFacts:
    return ActivityFacts(slug, "project", Wording(slug), NONE, None, None, NONE, NONE, PLACE, (), states, items)


@pytest.fixture(scope="module")
def facts() -> ReviewFacts:
    """Two pillars, one objective of which has no number but a name; eight due of two States, three reported."""
    day = dt.date(2026, 1, 1)
    return ReviewFacts(
        audience="public",
        plan=PlanFacts("plan", NONE, day, "Tashkent", "plan"),
        cycle=CycleFacts("cycle", NONE, NONE, None, day, day, day, "closed", NONE),
        states=(StateFacts("KAZ", Wording("Kazakhstan"), True), StateFacts("TJK", Wording("Tajikistan"), True)),
        pillars=(
            _pillar(
                "I", ("I.1", (_item("I.1.1", themes=("youth",)), _item("I.1.2"))), ("I.2", (_item("I.2.1", False),))
            ),
            _pillar(
                "IV",
                ("IV.1", (_item("IV.1.1"),)),
                ("IV.SPRR", (_item("IV.SPRR.1", themes=("youth", "border-security")),)),
            ),
        ),
        mandate=(),
        updates=(
            _update("KAZ", "I.1.1", "implemented"),
            _update("KAZ", "I.2.1", "limited"),
            _update("TJK", "I.1.1", "limited"),
            _update("TJK", "IV.SPRR.1", "not_applicable"),
        ),
        activities=(
            _activity("everywhere", (), ()),
            _activity("first", ("KAZ",), ("I.1.1",)),
            _activity("second", ("KAZ", "TJK"), ("I.1.2", "IV.SPRR.1")),
        ),
        released_on=None,
        themes=tuple(ThemeFacts(slug, Wording(slug)) for slug in THEMES),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("due", "8"),
        ("reported", "3"),
        ("reported_share", "37.5"),
        ("empty", "5"),
        ("rated.implemented", "1"),
        ("rated.limited", "1"),
        ("rated.not_applicable", "1"),
        ("rated.substantial", "0"),
        ("items", "5"),
        ("touched", "3"),
        ("states", "2"),
        ("states_reporting", "2"),
        ("activities", "3"),
        ("pillar.I.due", "4"),
        ("pillar.I.items", "3"),
        ("pillar.I.touched", "2"),
        ("pillar.IV.states", "2"),
        ("pillar.IV.states_reporting", "1"),
        ("pillar.I.activities", "2"),
        ("pillar.IV.activities", "1"),
        ("objective.I.2.due", "0"),
        ("objective.I.2.reported_share", "–"),
        ("objective.I.2.touched", "1"),
        ("objective.IV.SPRR.rated.not_applicable", "1"),
        ("objective.IV.SPRR.reported_share", "50.0"),
        ("theme.youth.due", "4"),
        ("theme.youth.reported", "3"),
        ("theme.youth.reported_share", "75.0"),
        ("theme.border-security.rated.not_applicable", "1"),
        ("theme.border-security.activities", "1"),
        ("state.KAZ.due", "4"),
        ("state.KAZ.reported", "1"),
        ("state.KAZ.touched", "2"),
        ("state.KAZ.states", "1"),
        ("state.TJK.rated.limited", "1"),
        ("state.TJK.activities", "1"),
    ],
)
def test_a_name_is_its_figure(facts, name, value):
    assert fill(f"({{{{ {name} }}}})", facts) == f"({value})"
    assert names(facts)[name] == value
    assert unknown(f"{{{{{name}}}}}", facts) == []


def test_the_list_is_sorted_and_holds_every_pillar_objective_theme_and_state(facts):
    listed = names(facts)

    assert list(listed) == sorted(listed)
    assert len(listed) == 15 * (1 + 2 + 4 + 2 + 2)


def test_a_passage_keeps_all_its_other_words(facts):
    text = "Of {{due}} due, {{ reported }} ({{\treported_share\u00a0}} per cent) came; {{ due }} {are} due.\n"

    assert fill(text, facts) == "Of 8 due, 3 (37.5 per cent) came; 8 {are} due.\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ nothing }}", ["nothing"]),
        ("{{ Due }} {{ rated }} {{ rated.good }}", ["Due", "rated", "rated.good"]),
        (
            "{{ pillar.V.due }} {{ pillar.I }} {{ pillar.due }} {{ .due }}",
            ["pillar.V.due", "pillar.I", "pillar.due", ".due"],
        ),
        ("{{ objective.IV.SPRR.1.due }}", ["objective.IV.SPRR.1.due"]),
        ("{{ state.kaz.due }} {{ state.UZB.due }}", ["state.kaz.due", "state.UZB.due"]),
        ("{{ due|safe }} {{ due + 1 }} {{ facts.updates }}", ["due|safe", "due + 1", "facts.updates"]),
        ("{{ settings.SECRET_KEY }} {% debug %} %(due)s", ["settings.SECRET_KEY"]),
        ("{{}} {{ }}", [""]),
        ("{{ due }} {{ x }} {{ y }} {{ x }}", ["x", "y"]),
        ("{{ due } and {{ reported }}", ["{{ due }"]),
        ("{{ due", ["{{ due"]),
        ("due }} of {{ due }}", ["}}"]),
        ("{{{ due }}}", ["{{{ due }}}"]),
        ("{{{{ due }}}}", ["{{{{ due }}}}"]),
        ("{{ {{ due }} }}", ["{{", "}}"]),
        ("{ due } {due} } {", []),
        ("nothing at all", []),
    ],
)
def test_what_is_unknown_or_badly_braced_is_told_and_left_as_it_stands(facts, text, found):
    assert unknown(text, facts) == found
    for name in found:
        assert name in fill(text, facts)


@pytest.mark.parametrize(
    ("language", "whole", "share"), [("en", "1,250", "43.5"), ("ru", "1\u00a0250", "43,5"), ("en-gb", "1,250", "43.5")]
)
def test_numbers_are_written_as_the_active_language_writes_them(facts, monkeypatch, language, whole, share):
    counted = figures.Figures(1250, (("limited", 544),))
    monkeypatch.setattr("reporting.placeholders.figures.of_items", lambda _facts, _items: counted)

    with translation.override(language):
        assert fill("{{ due }}; {{ reported_share }}", facts) == f"{whole}; {share}"


def test_figures_are_those_of_the_report(facts):
    narrower = replace(facts, updates=facts.updates[:1])

    assert fill("{{ reported }}", narrower) == str(figures.of_all(narrower).reported) == "1"


@given(text=st.text(alphabet="{} .duerptI\n", max_size=60))
def test_any_text_is_filled_without_harm_and_whatever_is_left_is_told(facts, text):
    filled = fill(text, facts)

    if not unknown(text, facts):
        assert "{{" not in filled and "}}" not in filled
    assert fill(filled, facts).count("{{") == filled.count("{{") or unknown(text, facts)
