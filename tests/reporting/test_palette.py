"""The colours of the tones: one home, words that can be read on each, and an order that stays in grey."""

import re
from itertools import pairwise

import pytest

from reporting.document import Tone
from reporting.renderers import html, palette


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """How light a colour looks, 0 to 100 (CIE L*)."""
    return 116 * luminance(colour) ** (1 / 3) - 16


@pytest.mark.parametrize("tone", [tone for tone in Tone if tone])
def test_words_on_every_tone_can_be_read(tone):
    colours = palette.PALETTE[tone]

    assert contrast(colours.background, colours.text) >= 4.5


def test_ratings_grow_darker_in_steps_that_grey_shows():
    greys = [lightness(palette.PALETTE[tone].background) for tone in palette.RATINGS]

    assert all(lighter - darker >= 8 for lighter, darker in pairwise(greys))


def test_no_two_tones_look_the_same():
    looks = [colours.background for colours in palette.PALETTE.values()]

    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("colour", [*palette.SERIES, palette.ACCENT, palette.INK])
def test_lines_and_words_stand_out_on_paper(colour):
    assert contrast(colour, palette.PAPER) >= 4.5


@pytest.mark.parametrize(
    ("name", "expected"),
    [("limited", Tone.LIMITED), ("withdrawn", Tone.WITHDRAWN), ("empty", Tone.NOT_RELEASED)],
)
def test_a_bar_has_the_colours_of_its_tone(name, expected):
    colours = palette.PALETTE[expected]

    assert (palette.fill(name), palette.text_on(name)) == (colours.background, colours.text)


def test_bars_without_a_tone_take_colours_in_turn():
    assert [palette.fill("pillar-I", place) for place in (0, 1, 6)] == [*palette.SERIES[:2], palette.SERIES[0]]
    assert palette.text_on("pillar-I") == palette.PAPER


def test_the_stylesheet_has_the_colours_of_the_palette():
    rules = re.findall(r"\.tone-(\w+) \{ background: (#\w{6}); color: (#\w{6}); \}", html.stylesheet())

    assert {tone: (background, text) for tone, background, text in rules} == {
        tone.value: (colours.background, colours.text) for tone, colours in palette.PALETTE.items()
    }


def test_no_rule_of_the_page_paints_over_a_tone():
    """A first column stays white under what scrolls beneath it, but for cells that have a tone."""
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", html.stylesheet())

    painted = [one for where, what in rules if "background: #ffffff" in what for one in where.split(",")]

    assert [one for one in painted if "tbody" in one]
    assert all(':not([class*="tone-"])' in one for one in painted if "tbody" in one)
