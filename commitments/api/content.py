"""The columns of what a State reports, the same for an update, a revision and a release; and what is withheld."""

from __future__ import annotations

from commitments.api import types
from commitments.api.keys import UPDATE_PATHS
from commitments.api.shapes import Column, Row, join_key
from commitments.content import SECTIONS
from commitments.models import ActionItem, Cycle, MemberState
from commitments.models.plan import Addressee
from commitments.models.revisions import stale_languages

SECTION_WORDS = {
    "rating_reason": "Why this rating or trend.",
    "measures_taken": "What has been done.",
}


# What an update or a release is about, read by the same paths from both.
ABOUT = (
    Column("key", UPDATE_PATHS, types.text("`cycle:KAZ:I.1.1`"), make=join_key),
    Column("cycle", "cycle__slug", types.text()),
    Column("member_state", "commitment__member_state__iso_alpha3", types.text()),
    Column("action_item", "commitment__action_item__code", types.text()),
    Column("short_title", "commitment__action_item__short_title", types.text()),
    Column("pillar", "commitment__action_item__objective__pillar__code", types.text()),
    Column("objective", "commitment__action_item__objective__code", types.text()),
    Column("addressee", "commitment__action_item__addressee", types.one_of(Addressee)),
)


ABOUT_KEPT = {"cycle": Cycle, "commitment__member_state": MemberState, "commitment__action_item": ActionItem}


def ratings(prefix: str = "") -> tuple[Column, ...]:
    return (
        Column("rating", f"{prefix}rating", types.rating(blank=True)),
        Column("trend", f"{prefix}trend", types.trend()),
        Column("adopted", f"{prefix}adopted", types.yes_partly_no("Whether it is adopted, in law or policy.")),
        Column("applied", f"{prefix}applied", types.yes_partly_no("Whether it is applied, in practice.")),
    )


def words(prefix: str = "", *, in_list: bool) -> tuple[Column, ...]:
    """Every section, with what belongs to them."""
    sections = tuple(
        Column(name, f"{prefix}{name}", types.text(SECTION_WORDS.get(name, "")), in_list=in_list) for name in SECTIONS
    )
    stamped = tuple(f"{prefix}{name}" for name in ("translations", *SECTIONS))
    return (
        *sections,
        Column("next_steps_on", f"{prefix}next_steps_on", types.day(null=True), in_list=in_list),
        Column("original_language", f"{prefix}original_language", types.language(), in_list=in_list),
        Column(
            "translations",
            stamped,
            types.thing("{language: {section: text}, with `is_stale` where the text has changed since}."),
            make=_translations,
            in_list=in_list,
        ),
    )


# The columns that hold what a State says: whoever is shown one of them has read it.
WORDS = frozenset({*SECTIONS, "translations", "evidence"})


def _translations(stored: dict[str, dict[str, str]], *sections: str) -> dict[str, Row]:
    """With whether each is stale. The hash of the original is not shown: it would betray withheld words."""
    if not stored:
        return {}
    stale = stale_languages(stored, dict(zip(SECTIONS, sections, strict=True)))
    return {
        language: {"is_stale": language in stale, **{name: text for name, text in texts.items() if name != "of"}}
        for language, texts in stored.items()
    }
