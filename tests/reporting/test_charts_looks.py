"""Pictures can be read: by anybody, in grey, in a small window, on paper, and they carry nothing but a picture."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pytest
from django.utils import translation

from reporting import charts
from reporting.charts import tones
from reporting.charts.lettering import shortened, width
from reporting.document import Figure, Tone
from reporting.facts import StateFacts, Wording
from reporting.renderers import palette, typesetting
from tests.reporting.drawn import all_words, ground, pixels, root
from tests.reporting.pictured import HOSTILE, facts, full_cycle, pillars, states

PLACE = {"table": "numbers", "anchor": "picture"}
LONG = Wording("Democratic and very long " * 16)
KINDS = {
    "a full cycle": full_cycle(),
    "nothing reported": facts(),
    "a running cycle": facts(states=tuple(replace(state, is_over=False) for state in states())),
    "nothing due": facts(pillars=pillars(is_owed=False)),
    "one State": full_cycle(states=states(1)),
    "three States": full_cycle(states=states(3)),
    "titles of 400 signs": full_cycle(pillars=pillars(LONG)),
    "hostile titles": full_cycle(pillars=pillars(Wording(HOSTILE * 8))),
    "long names": full_cycle(states=tuple(StateFacts(f"S{n}", LONG, True) for n in range(5))),
}
ELEMENTS = {"svg", "title", "desc", "defs", "pattern", "g", "rect", "line", "path", "text", "tspan"}


@cache
def drawn(kind: str, language: str = "en") -> list[Figure]:
    chosen = KINDS[kind]
    with translation.override(language):
        made = (
            charts.heat(chosen, **PLACE),
            charts.bars(chosen, **PLACE),
            charts.coverage(chosen, **PLACE),
            charts.trends(chosen, **PLACE),
            charts.timeline(chosen, chosen.items[0], **PLACE),
        )
    return [figure for figure in made if figure]


ALL = [pytest.param(kind, language, id=f"{kind}, {language}") for kind in KINDS for language in ("en", "ru")]


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_no_words_leave_the_picture(kind, language):
    for figure in drawn(kind, language):
        _, _, wide, high = map(float, root(figure).get("viewBox").split())
        for words in all_words(figure):
            assert words.left >= 0 and words.right <= wide and words.top >= 0 and words.bottom <= high, words


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_no_words_run_into_others(kind, language):
    for figure in drawn(kind, language):
        assert [pair for pair in combinations(all_words(figure), 2) if pair[0].meets(pair[1])] == []


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_words_stand_out_from_what_they_stand_on(kind, language):
    for figure in drawn(kind, language):
        for words in all_words(figure):
            assert contrast(words.fill, ground(figure, words)) >= 4.5, words


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_nothing_but_a_picture(kind):
    for figure in drawn(kind):
        nodes = list(root(figure).iter())
        assert {node.tag.rpartition("}")[2] for node in nodes} <= ELEMENTS
        names = {name for node in nodes for name in node.attrib}
        assert not [name for name in names if name in {"style", "class"} or name.startswith("on") or "href" in name]
        values = " ".join(value for node in nodes for value in node.attrib.values())
        defined = {node.get("id") for node in root(figure).findall(".//{*}pattern")}
        assert set(re.findall(r"url\((.*?)\)", values)) == {f"#{name}" for name in defined}


def test_a_picture_says_how_large_it_is_and_no_wider_than_a_page():
    for figure in drawn("a full cycle"):
        svg = root(figure)
        assert svg.get("viewBox") == f"0 0 {svg.get('width')} {svg.get('height')}"
        assert float(svg.get("width")) * 72 / 96 <= 467
        assert float(svg.get("height")) * 72 / 96 <= 660


@pytest.mark.parametrize("figure", drawn("hostile titles"), ids=lambda figure: figure.caption[:20])
def test_words_of_others_are_words(figure):
    assert "<script" not in figure.svg
    assert "\x00" not in figure.svg
    assert "</text>" in "".join(root(figure).itertext())


def drawing(job):
    with typesetting.Typesetter() as typesetter:
        return typesetter.typeset("figure.typ", job, "png", dt.date(2026, 7, 1))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_the_typesetter_draws_stays_inside(language, monkeypatch):
    monkeypatch.setattr(typesetting, "RESOLUTION", 36)
    margin = 60

    for figure in drawn("a full cycle", language):
        svg = root(figure)
        wide, high = float(svg.get("width")), float(svg.get("height"))
        size = f'viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}"'
        wider, higher = wide + 2 * margin, high + 2 * margin
        framed = f'viewBox="-{margin} -{margin} {wider:g} {higher:g}" width="{wider:g}" height="{higher:g}"'
        assert size in figure.svg
        job = {"svg": figure.svg.replace(size, framed), "alt": figure.alt}
        rows = pixels(drawing(job))
        edge = round(len(rows[0]) // 4 * margin / wider) - 1
        white = bytes([255] * 4 * edge)
        assert {row[: 4 * edge] for row in rows} | {row[-4 * edge :] for row in rows} == {white}
        assert any(set(row) != {255} for row in rows)


@pytest.mark.parametrize("kind", ["titles of 400 signs", "hostile titles"])
def test_the_typesetter_has_nothing_to_say_against_odd_words(kind, monkeypatch):
    monkeypatch.setattr(typesetting, "RESOLUTION", 36)

    for figure in drawn(kind):
        job = {"svg": figure.svg, "alt": figure.alt}
        assert drawing(job).startswith(b"\x89PNG")


def test_areas_are_told_apart_by_an_outline():
    for figure in drawn("a full cycle"):
        rectangles = [node for node in root(figure).findall("{*}rect") if node.get("stroke") not in {None, "none"}]
        assert rectangles or figure.caption.startswith("Implemented")
        assert all(contrast(node.get("stroke"), "#ffffff") >= 3 for node in rectangles)


# How two kinds of colour-blind readers see red, green and blue light (Viénot, Brettel and Mollon, 1999).
SIGHT = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


@pytest.mark.parametrize("sight", SIGHT)
def test_neighbouring_ratings_differ_for_every_reader(sight):
    ratings = [tone for tone in tones.STACK if not is_patterned(tone)]

    assert len(ratings) == 4
    for one, other in pairwise(seen_as(palette.PALETTE[tone].background, sight) for tone in ratings):
        assert distance(one, other) >= 15


def test_ratings_grow_lighter_from_implemented_to_not_started():
    ratings = [tone for tone in tones.STACK if not is_patterned(tone)]
    lightness = [lab(light(palette.PALETTE[tone].background))[0] for tone in ratings]

    assert all(lighter - darker >= 5 for darker, lighter in pairwise(lightness))


def test_what_is_no_rating_has_a_pattern_of_its_own():
    chosen = (Tone.NOT_APPLICABLE, Tone.NO_INFORMATION, Tone.NOT_RELEASED, Tone.WITHDRAWN)

    patterns = [pattern_of(tone) for tone in chosen]
    assert all(patterns) and len(set(patterns)) == len(chosen)


def test_lines_differ_without_their_colours():
    lines = [node for node in root(charts.trends(KINDS["a full cycle"], **PLACE)) if "L" in node.get("d", "")]

    assert len({node.get("stroke-dasharray") for node in lines}) == len(lines) == 4
    assert all(contrast(node.get("stroke"), "#ffffff") >= 4.5 for node in lines)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("Short", 100, "Short"),
        ("Two  words\n", 100, "Two words"),
        ("Prevent the spread of terrorism", 100, "Prevent the…"),
        ("First, second", 45, "First…"),
        ("Unbreakable" * 3, 60, "Unbreak…"),
        ("Anything", 5, ""),
        ("", 5, ""),
    ],
)
def test_words_are_cut_between_words_and_never_longer_than_their_room(text, room, expected):
    line = shortened(text, room, 12)

    assert line == expected
    assert width(line, 12) <= room


def is_patterned(tone: Tone) -> bool:
    return bool(pattern_of(tone))


def pattern_of(tone: Tone) -> str:
    return "".join(re.findall(r"url\(#([\w-]+)\)", "".join(tones.area(tone, 0, 0, 9, 9))))


def light(colour: str) -> tuple[float, ...]:
    """Linear red, green and blue of #rrggbb."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def seen_as(colour: str, sight: str) -> tuple[float, ...]:
    return tuple(
        min(1, max(0, sum(part * channel for part, channel in zip(row, light(colour), strict=True))))
        for row in SIGHT[sight]
    )


def lab(linear: tuple[float, ...]) -> tuple[float, float, float]:
    """CIE L*, a* and b*, by the white of daylight."""
    red, green, blue = linear
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """CIE76: about 2.3 can just be noticed."""
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 counts it."""
    brightness = [
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), light(colour), strict=True)) for colour in (one, other)
    ]
    return (max(brightness) + 0.05) / (min(brightness) + 0.05)
