"""Pictures: the figures of the report and no others, each beside the table of the same numbers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.utils import translation

from commitments.content import Rating
from reporting import charts, figures
from reporting.charts import tones
from reporting.document import Document, Tone
from reporting.facts import Tombstone, Wording
from tests.reporting.drawn import areas, root, texts
from tests.reporting.pictured import HOSTILE, facts, full_cycle, pillars, states, update

PLACE = {"table": "numbers", "anchor": "picture"}
FULL = full_cycle()
LETTERS = {tones.letter(tone): tone for tone in (*tones.STACK, Tone.NOT_RELEASED)}
CELL = re.compile(r"(?:[ISLNA?□]\d+\u00a0?)+")


def numbers(text: str) -> dict[Tone, int]:
    """What letters with numbers say: "I2 L3" or "I 2 + L 3"."""
    return {LETTERS[letter]: int(number) for letter, number in re.findall(r"([ISLNA?□])\s?(\d+)", text)}


def counted(one: figures.Figures) -> dict[Tone, int]:
    ratings = {Tone(rating): number for rating, number in one.ratings}
    return {tone: number for tone, number in {**ratings, Tone.NOT_RELEASED: one.empty}.items() if number}


def drawn(chosen=FULL) -> list:
    """Every picture there is of these facts, each with its table."""
    item = chosen.items[0]
    pairs = [
        (charts.heat(chosen, **PLACE), charts.heat_table(chosen, anchor="numbers")),
        (charts.bars(chosen, **PLACE), charts.bars_table(chosen, anchor="numbers")),
        (charts.coverage(chosen, **PLACE), charts.coverage_table(chosen, anchor="numbers")),
        (charts.trends(chosen, **PLACE), charts.trends_table(chosen, anchor="numbers")),
        (charts.timeline(chosen, item, **PLACE), charts.timeline_table(chosen, item, anchor="numbers")),
    ]
    return [pair for pair in pairs if pair[0]]


def test_every_cell_of_the_heat_picture_adds_up_to_what_is_due():
    cells = [numbers(text) for text in texts(charts.heat(FULL, **PLACE)) if CELL.fullmatch(text)]
    objectives = [one for pillar in FULL.pillars for one in pillar.objectives]

    expected = [figures.of_state(FULL, state.code, one.items) for one in objectives for state in FULL.states]
    assert cells == [counted(one) for one in expected]
    assert [sum(cell.values()) for cell in cells] == [one.due for one in expected]


def test_every_bar_shows_a_sum_that_adds_up_to_what_is_due():
    figure = charts.bars(FULL, **PLACE)
    sums = [text.partition(" = ") for text in texts(figure) if " = " in text]

    expected = [*figures.by_pillar(FULL).values(), figures.of_all(FULL)]
    assert [numbers(terms) for terms, _, _ in sums] == [counted(one) for one in expected]
    assert [int(re.match(r"\d+", total)[0]) for _, _, total in sums] == [one.due for one in expected]
    assert [text for text in texts(figure) if text.startswith("Reported")] == [
        f"Reported: {one.reported} of {one.due}" for one in expected
    ]


def test_parts_of_a_bar_are_as_wide_as_their_share():
    one = figures.of_all(FULL)
    last = max(top for _, top, _, high, _ in areas(charts.bars(FULL, **PLACE)) if high == 24)
    drawn_last = [
        wide
        for _, top, wide, high, fill in areas(charts.bars(FULL, **PLACE))
        if high == 24 and top == last and fill.startswith("#")
    ]

    assert drawn_last == pytest.approx([619 * n / one.due for _, n in tones.parts(FULL, one) if n], abs=0.01)


@pytest.mark.parametrize("updates", [FULL.updates, FULL.updates[:40], (), (update("KAZ", "I.4.25"),)])
def test_coverage_counts_the_items_with_an_update(updates):
    chosen = facts(updates=updates)
    figure = charts.coverage(chosen, **PLACE)

    rows = figures.coverage(chosen)
    assert [text for text in texts(figure) if re.fullmatch(r"\d+ of \d+", text)] == [
        f"{one.touched} of {one.items}" for one in rows
    ]
    squares = [int(text) for text in texts(figure)[1:] if re.fullmatch(r"[1-9]\d*", text)]
    assert squares == [len(chosen.updates_on(item.code)) for item in chosen.items if chosen.updates_on(item.code)]


def test_a_line_leads_through_the_share_of_every_cycle():
    figure = charts.trends(FULL, **PLACE)
    dashes = [node for node in root(figure) if "L" in node.get("d", "")]

    for node, pillar in zip(dashes, FULL.pillars, strict=True):
        heights = [float(point.split()[1]) for point in node.get("d")[1:].split("L")]
        shares = [one.figures.reached / one.figures.due for one in figures.through_cycles(FULL, pillar.items)]
        assert heights == pytest.approx([214 - 200 * share for share in shares], abs=0.01)


def test_a_line_ends_with_its_share_and_what_it_was_counted_from():
    shown = texts(charts.trends(FULL, **PLACE))

    for code, one in figures.by_pillar(FULL).items():
        assert f"{code} {one.reached_share} % ({one.reached} of {one.due})" in shown


def test_a_timeline_shows_how_each_state_rated_each_time_and_why_there_is_no_rating():
    item = FULL.items[0]
    shown = [text[0] for text in texts(charts.timeline(FULL, item, **PLACE)) if text[0] in LETTERS][-20:]

    expected = [tone for _state, cells in figures.history(FULL, item) for tone in cells]
    assert [LETTERS[letter] for letter in shown] == expected


def test_a_timeline_says_that_an_update_was_withdrawn_and_no_more():
    chosen = facts(tombstones=(Tombstone("KAZ", "I.1.1", "a1"),))

    cells = figures.history(chosen, chosen.items[0])
    assert [row[-1] for _state, row in cells] == [Tone.WITHDRAWN, *[Tone.NOT_RELEASED] * 4]


def test_what_is_due_while_the_cycle_runs_is_awaited():
    running = facts(states=tuple(replace(state, is_over=False) for state in states()))

    assert "□ Awaiting" in texts(charts.bars(running, **PLACE))
    assert "empty" in {column.key for column in charts.bars_table(running, anchor="a").columns}


def test_every_picture_is_accepted_beside_its_table():
    for figure, table in drawn():
        document = Document("Report", dt.date(2026, 7, 1), (figure, table))
        assert document.tables[0].number == "1"


@pytest.mark.parametrize("make", [charts.heat_table, charts.bars_table])
def test_every_row_of_a_table_adds_up(make):
    table = make(FULL, anchor="numbers")
    keys = [column.key for column in table.columns]

    for row in (*table.rows, table.footer):
        number = {key: cell.value for key, cell in zip(keys, row, strict=True)}
        parts = sum(number[rating.value] for rating in Rating)
        assert parts == number["reported"]
        assert parts + number["empty"] == number["due"]
        assert number["share"] == figures.share(number["reported"], number["due"])


@pytest.mark.parametrize("make", [charts.heat_table, charts.bars_table, charts.coverage_table])
def test_the_rows_of_a_table_add_up_to_its_last(make):
    table = make(FULL, anchor="numbers")

    for place, column in enumerate(table.columns):
        if column.kind == "number":
            assert sum(row[place].value for row in table.rows) == table.footer[place].value


def test_every_share_through_the_cycles_is_shown_with_what_it_was_counted_from():
    sums = charts.trends_sums(FULL, anchor="numbers")

    shares = [cell.value for row in charts.trends_table(FULL, anchor="numbers").rows for cell in row[1:]]
    assert [row[-1].value for row in sums.rows] == shares
    for row in sums.rows:
        *parts, due, share = (cell.value for cell in row[2:])
        assert (sum(parts), figures.share(parts[0], due)) == (due, share)


def test_alternative_texts_tell_the_main_figures():
    one = figures.of_all(FULL)
    told = {figure.caption: figure.alt for figure, _table in drawn()}

    assert all(f"{one.reported} of {one.due}" in told[name] for name in told if name.startswith(("Status", "Ratings")))
    assert "176 of 176" in next(told[name] for name in told if name.startswith("Items"))
    assert all(root(figure).find("{*}desc").text == figure.alt for figure, _table in drawn())


def test_the_same_facts_make_the_same_picture():
    assert [figure for figure, _table in drawn()] == [figure for figure, _table in drawn(full_cycle())]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_two_tones_share_a_letter(language):
    with translation.override(language):
        letters = [tones.letter(tone) for tone in (*tones.STACK, Tone.NOT_RELEASED, Tone.NOT_DUE, Tone.WITHDRAWN)]

    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize(
    ("number", "is_drawn"), [(0, False), (1, True), (3, True), (5, True), (6, False), (193, False)]
)
def test_the_heat_picture_is_left_out_where_its_columns_would_be_too_narrow(number, is_drawn):
    assert (charts.heat(facts(states=states(number)), **PLACE) is not None) == is_drawn


def test_a_line_needs_a_cycle_to_come_from():
    assert charts.trends(facts(), **PLACE) is None


@pytest.mark.parametrize(
    "odd",
    [
        facts(pillars=()),
        facts(pillars=pillars(is_owed=False)),
        facts(states=()),
        full_cycle(states=states(1)),
        full_cycle(states=states(193)),
        full_cycle(pillars=pillars(is_owed=False)),
        full_cycle(pillars=pillars(Wording(HOSTILE * 8))),
    ],
    ids=["no pillar", "nothing due", "no State", "one State", "193 States", "earlier, nothing due", "hostile titles"],
)
def test_odd_facts_are_drawn_as_well(odd):
    made = [
        charts.heat(odd, **PLACE),
        charts.bars(odd, **PLACE),
        charts.coverage(odd, **PLACE),
        charts.trends(odd, **PLACE),
    ]
    made += [charts.timeline(odd, item, **PLACE) for item in odd.items[:1]]

    assert all(root(figure).tag.endswith("svg") and figure.alt for figure in made if figure)


def test_where_nothing_is_due_the_picture_says_so():
    assert "Nothing is due." in texts(charts.bars(facts(pillars=pillars(is_owed=False)), **PLACE))
    assert "Not due" in texts(charts.heat(facts(pillars=pillars(is_owed=False)), **PLACE))
