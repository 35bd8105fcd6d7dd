"""The look: one home of colours that stand out by day and by night, no rule that nobody needs, little to load."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.reporting.test_palette import contrast

ROOT = Path(__file__).resolve().parent.parent
STATIC = (ROOT / "commitments/static", ROOT / "reporting/static")
DESK = STATIC[0] / "desk"
THEME = DESK / "theme.css"
DESK_LOOK = (DESK / "vendor/bootstrap.parts.css", THEME, DESK / "desk.css")
SITE_LOOK = (THEME, STATIC[1] / "reporting/site.css")
OWN = (DESK / "desk.css", SITE_LOOK[1])
OTHERS = (STATIC[1] / "reporting/report.css", STATIC[0] / "commitments/admin.css")
SCRIPTS = [path for folder in STATIC for path in folder.rglob("*.js")]
TAG, PRINTED = re.compile(r"\{%.*?%\}", re.DOTALL), re.compile(r"\{\{.*?\}\}")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|:[^;{]*\b(?:white|black|red|green|blue|gr[ae]y)\b", re.IGNORECASE
)
# Made up as they are used, from a name of the domain: `tone-limited`, `status-draft`.
MADE = re.compile(r"^(?:tone|fill|standing|status|stage|span|outcome|is|btn|alert|card)-")
WRITTEN = [path for app in ("commitments", "reporting", "jpoa") for path in (ROOT / app).rglob("*")
           if path.suffix in {".html", ".py", ".js"} and "vendor" not in path.parts]  # fmt: skip


def rules(path: Path) -> str:
    """The stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def classes(path: Path) -> set[str]:
    selectors = re.findall(r"[^{}]+(?=\{)", rules(path))
    return {name for one in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", one)}


def colours() -> dict[str, dict[str, str]]:
    """The custom properties by scheme; what the night does not name is as by day."""
    day, night = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", part)) for part in rules(THEME).split("@media", 1))
    whole = {name: value if len(value) == 7 else "#" + "".join(2 * one for one in value[1:])
             for name, value in day.items()}  # fmt: skip
    return {"day": whole, "night": whole | {name: value for name, value in night.items() if len(value) == 7}}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_colours_have_one_home(path):
    assert COLOUR.findall(rules(path)) == []


TEXT = [(ink, ground) for ink in ("ink", "quiet", "link") for ground in ("paper", "shade", "note", "field")] + [
    *[("ink", ground) for ground in ("added", "removed", "found", "cleared", "accepted", "published", "in-force")],
    *[("link", ground) for ground in ("accepted", "cleared", "published")],
    *[(ink, ground) for ink in ("late", "good") for ground in ("paper", "shade")],
    *[("on-press", ground) for ground in ("press", "press-hover", "idle")],
    *[("good", "added"), ("late", "note"), ("on-head", "head"), ("unread", "on-head"), ("link-hover", "paper")],
]
EDGES = [
    *[("edge", ground) for ground in ("paper", "field", "shade")],
    *[("focus", ground) for ground in ("paper", "shade", "field", "note")],
    *[("press", "paper"), ("focus-on-head", "head"), ("amber", "paper"), ("late", "paper")],
]


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(
    ("pairs", "least"), [pytest.param(TEXT, 4.5, id="text"), pytest.param(EDGES, 3, id="edges and the focus")]
)
def test_what_is_seen_stands_out_from_its_ground(scheme, pairs, least):
    named = colours()[scheme]

    faint = {pair: round(contrast(named[pair[0]], named[pair[1]]), 2) for pair in pairs}

    assert {pair: found for pair, found in faint.items() if found < least} == {}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_rule_is_for_a_class_that_nothing_has(path):
    words = set(re.findall(r"[\w-]+", " ".join(one.read_text(encoding="utf-8") for one in WRITTEN)))

    assert {name for name in classes(path) if name not in words and not MADE.match(name)} == set()


def test_every_class_of_a_page_has_a_rule():
    """Of Bootstrap only what is used is here, so a class of its that is not would do nothing."""
    ruled = {name for path in (*DESK_LOOK, *SITE_LOOK, *OTHERS) for name in classes(path)}
    scripted = set(re.findall(r"[\w-]+", " ".join(path.read_text(encoding="utf-8") for path in SCRIPTS)))
    pages = {path: PRINTED.sub("?", TAG.sub(" ", path.read_text(encoding="utf-8"))) for path in WRITTEN
             if path.suffix == ".html" and "admin" not in path.parts}  # fmt: skip

    worn = {(path.name, name) for path, page in pages.items() for attribute in re.findall(r'class="([^"]*)"', page)
            for name in attribute.split() if "?" not in name and not MADE.match(name)}  # fmt: skip

    assert {one for one in worn if one[1] not in ruled | scripted} == set()


@pytest.mark.parametrize(("look", "most"), [(DESK_LOOK, 18_000), (SITE_LOOK, 7_000)], ids=["desk", "site"])
def test_the_look_is_light(look, most):
    """Packed, as it is sent: a page shows nothing before it is here."""
    assert sum(len(gzip.compress(path.read_bytes())) for path in look) < most
