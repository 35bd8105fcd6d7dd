"""Compares a database with a journal of what was sent and acknowledged: `python -m tests.lost.checker JOURNAL URL`.

It knows the tables and the journal, and nothing of the application or of its framework.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2

EVENTS = """SELECT e.subject, e.sequence, e.move, e.to_status, e.changes, e.previous_hash, e.hash, r.number, r.results
FROM commitments_event e LEFT JOIN commitments_revision r ON r.id = e.revision_id
WHERE e.subject LIKE 'update:%' ORDER BY e.subject, e.sequence"""
UPDATES = """SELECT 'update:' || y.slug || ':' || s.iso_alpha3 || ':' || i.code, u.version, u.status, u.results,
(SELECT count(*) FROM commitments_revision r WHERE r.update_id = u.id)
FROM commitments_update u JOIN commitments_cycle y ON y.id = u.cycle_id
JOIN commitments_commitment c ON c.id = u.commitment_id JOIN commitments_memberstate s ON s.id = c.member_state_id
JOIN commitments_actionitem i ON i.id = c.action_item_id"""


def faults(journal: Path, url: str) -> list[str]:
    """What of the journal the database does not bear out; nothing, if no acknowledged word is lost."""
    entries = [json.loads(line) for line in journal.read_text().splitlines()]
    events: dict[str, list[tuple]] = defaultdict(list)
    for subject, *event in _rows(url, EVENTS):
        events[subject].append(tuple(event))
    updates = {subject: rest for subject, *rest in _rows(url, UPDATES)}
    found = []
    for subject in sorted({entry["subject"] for entry in entries}):
        own = [entry for entry in entries if entry["subject"] == subject]
        found += [f"{subject}: {fault}" for fault in _of_one(own, events[subject], updates[subject])]
    return found


def _rows(url: str, question: str) -> list[tuple]:
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            return database.execute(question).fetchall()
    with closing(psycopg2.connect(url)) as database, database.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def _of_one(entries: list[dict[str, Any]], events: list[tuple], update: list[Any]) -> Iterator[str]:
    sent = {(entry["version"], entry["move"], entry["text"]) for entry in entries}
    told = {(entry["version"], entry["move"], entry["text"]) for entry in entries if entry["is_told"]}
    words, status, previous, revisions, present = "", "draft", "", 0, set()
    for place, (number, move, after, written, before_it, own, revision, revised) in enumerate(events, 1):
        changes = json.loads(written) if isinstance(written, str) else written
        if (number, before_it) != (place, previous):
            yield f"event {place} is missing, or does not follow"
        revisions += move == "submit"
        words, status, previous = changes.get("results", words), after, own
        present.add((number, move, changes.get("results", "")))
        if revisions and (revision, revised if move == "submit" else words) != (revisions, words):
            yield f"event {number} ({move}) does not have revision {revisions} with the words submitted"
    yield from (f"acknowledged and lost: {one}" for one in sorted(told - present))
    yield from (f"never sent: {one}" for one in sorted(present - sent))
    if [len(events), status, words, revisions] != update:
        yield f"is {update}, and its events say {[len(events), status, words, revisions]}"


if __name__ == "__main__":
    sys.exit("\n".join(faults(Path(sys.argv[1]), sys.argv[2])) or None)
