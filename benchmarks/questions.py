"""What is asked, of whom, and under which address each system answers it."""

from __future__ import annotations

from typing import Any

from benchmarks.load import CLIENTS, Question
from benchmarks.table import CAREFUL, SUBJECT, SYSTEMS

# What a page of updates shows that any database holds, and what only the domain can say of an update.
STORED = (
    "key,cycle,member_state,action_item,short_title,pillar,objective,addressee,lead_agency,status,version,rating,trend,"
    "adopted,applied,audience,to_be_reconfirmed,last_edited_at,last_edited_by,withheld_sections"
)
DERIVED = ("due_at", "is_overdue", "allowed_moves")
# Name -> (who asks, what).
QUESTIONS: dict[str, tuple[str, str]] = {
    "list": ("editor", "updates/?limit=50&fields={stored}"),
    "moves": ("editor", "updates/?limit=50"),
    "filter": ("editor", "updates/?limit=50&fields={stored}&member_state={state}&pillar=II&status=published"),
    "scoped": ("focal_point", "published-updates/?limit=50"),
    "matrix5": ("", "status-matrix/?cycle={cycle}"),
    "matrix193": ("", "status-matrix/?cycle={cycle}"),
    "compact193": ("", "status-matrix/?cycle={cycle}&compact=true"),
    "write": ("coordinator", "updates/{key}/"),
}
FIVE_STATES = {"matrix5"}  # asked of a database with five States, as the plan has them
BASES = {SUBJECT: "/api/v1/", CAREFUL: "/careful/"}


def ask_of(name: str, system: str, keys: dict[str, Any]) -> Question:
    """The request that puts this question to this system. Each system writes to rows of its own."""
    reader, what = QUESTIONS[name]
    if system not in BASES:
        return Question(path=f"/{name}/") if name != "write" else Question(paths=_drafts(system, keys, "/write/{id}/"))
    headers = {"Authorization": f"Token {keys['tokens'][reader]}"} if reader else {}
    if name == "write":
        address = BASES[system] + (what if system == SUBJECT else "updates/{id}/")
        return Question(headers=headers, paths=_drafts(system, keys, address))
    return Question(path=BASES[system] + what.format(stored=STORED, **keys), headers=headers)


def _drafts(system: str, keys: dict[str, Any], address: str) -> tuple[str, ...]:
    start = SYSTEMS.index(system) * CLIENTS
    return tuple(address.format(**draft) for draft in keys["drafts"][start : start + CLIENTS])
