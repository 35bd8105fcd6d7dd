"""The statements of the limit, on both engines: each answers one JSON text."""

from __future__ import annotations

from typing import Any

from commitments.content import SECTIONS

PLACE = {
    "key": "c.slug || ':' || s.iso_alpha3 || ':' || i.code",
    "cycle": "c.slug",
    "member_state": "s.iso_alpha3",
    "action_item": "i.code",
    "short_title": "i.short_title",
    "pillar": "p.code",
    "objective": "o.code",
    "addressee": "i.addressee",
}
RATINGS = ("rating", "trend", "adopted", "applied")
# The joins stand in the order in which they are best made; the connection tells PostgreSQL not to look for another.
PLACES = """
    JOIN commitments_memberstate s ON s.id = k.member_state_id
    JOIN commitments_actionitem i ON i.id = k.action_item_id
    JOIN commitments_objective o ON o.id = i.objective_id
    JOIN commitments_pillar p ON p.id = o.pillar_id
"""
JOINS = f"""
    JOIN commitments_cycle c ON c.id = u.cycle_id
    JOIN commitments_commitment k ON k.id = u.commitment_id
    {PLACES}
"""
LETTERS = {"limited": "l", "substantial": "s", "implemented": "i"}
TO_THE_UN = "u.status IN ('cleared', 'accepted', 'published') AND u.audience <> 'state'"

WRITE = "UPDATE commitments_update SET results = ?, version = version + 1 WHERE id = ? AND version = ? RETURNING id"


class Dialect:
    """How each engine builds JSON."""

    def __init__(self, *, is_postgresql: bool) -> None:
        self.is_postgresql = is_postgresql

    def row(self, columns: dict[str, str]) -> str:
        build = "json_build_object" if self.is_postgresql else "json_object"
        pairs = ", ".join(f"'{name}', {sql}" for name, sql in columns.items())
        return f"{build}({pairs})"

    def rows(self, columns: dict[str, str], rest: str) -> str:
        """All rows in one JSON array."""
        if self.is_postgresql:
            return f"SELECT coalesce(json_agg(t.r), '[]')::text FROM (SELECT {self.row(columns)} AS r {rest}) t"
        return f"SELECT json_group_array(json(t.r)) FROM (SELECT {self.row(columns)} AS r {rest}) t"

    def json(self, column: str) -> str:
        return column if self.is_postgresql else f"json({column})"

    def json_of(self, query: str) -> str:
        return f"({query})::json" if self.is_postgresql else f"json(({query}))"

    def yes_no(self, column: str) -> str:
        return column if self.is_postgresql else f"json(CASE {column} WHEN 1 THEN 'true' ELSE 'false' END)"

    def holds(self, column: str, name: str) -> str:
        return f"{column} ? '{name}'" if self.is_postgresql else f"instr({column}, '\"{name}\"')"

    def instant(self, column: str) -> str:
        if self.is_postgresql:
            return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
        return f"replace({column}, ' ', 'T') || 'Z'"

    def uuid(self, column: str) -> str:
        if self.is_postgresql:
            return column
        cuts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        return " || '-' || ".join(f"substr({column}, {start}, {length})" for start, length in cuts)


def event_statement(*, is_postgresql: bool) -> str:
    """A line in the log for the version that the row has now; takes an identifier, the changes, the row."""
    uid, changes = ("?::uuid", "?::jsonb") if is_postgresql else ("?", "?")
    return f"""
        INSERT INTO commitments_event (uid, subject, sequence, move, from_status, to_status, audience, by_name, at,
            reason, changes, previous_hash, hash, update_id)
        SELECT {uid}, 'limit:' || u.id, u.version, 'edit', u.status, u.status, u.audience, 'limit',
            CURRENT_TIMESTAMP, '', {changes}, '', '', u.id
        FROM commitments_update u WHERE u.id = ?
    """


def statements(keys: dict[str, Any], *, is_postgresql: bool) -> dict[str, str]:
    """One statement for each question that only reads."""
    dialect = Dialect(is_postgresql=is_postgresql)
    updates = _update_columns(dialect)
    source = f"FROM commitments_update u {JOINS} LEFT JOIN commitments_agency a ON a.id = k.lead_agency_id"
    narrow = (
        f"FROM commitments_commitment k {PLACES} JOIN commitments_update u ON u.commitment_id = k.id "
        "JOIN commitments_cycle c ON c.id = u.cycle_id LEFT JOIN commitments_agency a ON a.id = k.lead_agency_id"
    )
    page = "ORDER BY u.cycle_id, u.commitment_id LIMIT 50"
    asked = f"s.iso_alpha3 = '{keys['state']}' AND p.code = 'II' AND u.status = 'published'"
    return {
        "list": dialect.rows(updates, f"{source} WHERE {TO_THE_UN} {page}"),
        "moves": dialect.rows(updates, f"{source} WHERE {TO_THE_UN} {page}"),
        "filter": dialect.rows(updates, f"{narrow} WHERE {TO_THE_UN} AND {asked} {page}"),
        "scoped": _scoped(dialect, keys, page),
        **_matrices(dialect, keys),
    }


def row_query(keys: dict[str, Any], *, is_postgresql: bool) -> str:
    """One update in full, and its version."""
    dialect = Dialect(is_postgresql=is_postgresql)
    columns = _update_columns(dialect) | {name: f"u.{name}" for name in (*SECTIONS, "next_steps_on")}
    text = "::text" if is_postgresql else ""
    return (
        f"SELECT {dialect.row(columns)}{text}, u.version FROM commitments_update u {JOINS} "
        "LEFT JOIN commitments_agency a ON a.id = k.lead_agency_id WHERE u.id = ?"
    )


def _update_columns(dialect: Dialect) -> dict[str, str]:
    return {
        **PLACE,
        "lead_agency": "s.iso_alpha3 || ':' || a.slug",
        "status": "u.status",
        "version": "u.version",
        **{name: f"u.{name}" for name in RATINGS},
        "audience": "u.audience",
        "to_be_reconfirmed": dialect.yes_no("u.to_be_reconfirmed"),
        "last_edited_at": "NULL",
        "last_edited_by": "NULL",
        "withheld_sections": dialect.json("u.withheld_sections"),
    }


def _scoped(dialect: Dialect, keys: dict[str, Any], page: str) -> str:
    """What is released to the officers of one State, withheld sections and evidence by the rule."""
    home = f"k.member_state_id = {keys['state_id']}"
    reads = f"(u.audience IN ('participants', 'public') OR {home})"

    def section(name: str) -> str:
        is_open = f"{home} OR NOT {dialect.holds('u.withheld_sections', name)}"
        return f"CASE WHEN {is_open} THEN r.{name} ELSE '' END"

    columns = {
        **PLACE,
        **{name: f"r.{name}" for name in RATINGS},
        **{name: section(name) for name in SECTIONS},
        "next_steps_on": "r.next_steps_on",
        "original_language": "r.original_language",
        "translations": dialect.json("r.translations"),
        "withheld_sections": dialect.json("u.withheld_sections"),
        "audience": "u.audience",
        "released_at": dialect.instant("u.released_at"),
        "evidence": dialect.json_of(_evidence(dialect, home)),
    }
    source = f"FROM commitments_release u {JOINS} JOIN commitments_revision r ON r.id = u.revision_id"
    return dialect.rows(columns, f"{source} WHERE {reads} {page}")


def _evidence(dialect: Dialect, home: str) -> str:
    names = ("kind", "title", "url", "file_name", "size", "sha256", "audience")
    columns = {"uid": dialect.uuid("e.uid"), **{name: f"e.{name}" for name in names}}
    rest = (
        "FROM commitments_revision_evidence x JOIN commitments_evidence e ON e.id = x.evidence_id "
        f"WHERE x.revision_id = u.revision_id AND (e.audience IN ('participants', 'public') OR {home})"
    )
    return dialect.rows(columns, rest)


def _matrices(dialect: Dialect, keys: dict[str, Any]) -> dict[str, str]:
    """Items x States of the open cycle: what everybody may read, and `awaiting` where that is nothing."""
    source = (
        "FROM commitments_actionitem i CROSS JOIN commitments_memberstate s "
        "JOIN commitments_commitment k ON k.action_item_id = i.id AND k.member_state_id = s.id "
        f"LEFT JOIN commitments_release u ON u.commitment_id = k.id AND u.cycle_id = {keys['cycle_id']} "
        "AND u.audience = 'public' GROUP BY i.id, i.code, i.position ORDER BY i.position"
    )
    gather = "json_object_agg" if dialect.is_postgresql else "json_group_object"
    letter = " ".join(f"WHEN '{rating}' THEN '{letter}'" for rating, letter in LETTERS.items())
    letters = f"string_agg(CASE u.rating {letter} ELSE '.' END, '' ORDER BY s.name)"
    if not dialect.is_postgresql:
        letters = f"group_concat(CASE u.rating {letter} ELSE '.' END, '')"
    wide = {"action_item": "i.code", "cells": f"{gather}(s.iso_alpha3, coalesce(u.rating, 'awaiting'))"}
    matrix = dialect.rows(wide, source)
    compact = dialect.rows({"action_item": "i.code", "cells": letters}, source)
    return {"matrix5": matrix, "matrix193": matrix, "compact193": compact}
