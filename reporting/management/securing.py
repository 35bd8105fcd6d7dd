"""The second lock on PostgreSQL: policies on the tables, and a role for the web server that is bound by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction

WEB_ROLE = "jpoa_web"
RULES = Path(__file__).with_name("second_lock.sql")
_APPEND_ONLY = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'jpoa_append_only'
"""
_BOUND = """
SELECT rolname FROM pg_roles WHERE rolname = current_user AND NOT rolsuper AND NOT rolbypassrls
AND NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user)
AND (SELECT count(*) FROM pg_class WHERE relrowsecurity AND relname = ANY (%s)) = %s
"""


def locked_tables() -> list[str]:
    """Tables that have a policy, as the rules name them."""
    return re.findall(r"^-- policy: (\w+)$", RULES.read_text(), re.MULTILINE)


def is_bound() -> bool:
    """Whether whoever is connected now is held by a policy on every table that needs one."""
    tables = locked_tables()
    with connection.cursor() as cursor:
        cursor.execute(_BOUND, [tables, len(tables)])
        return cursor.fetchone() is not None


@transaction.atomic
def secure(role: str = WEB_ROLE, password: str = "") -> None:
    """Run by the owner of the tables, as often as wanted. `role` is made if it is not there."""
    with connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement)
        cursor.execute(_APPEND_ONLY)
        append_only = {table for (table,) in cursor.fetchall()}
        for statement in _grants(cursor, role, append_only):
            cursor.execute(statement)
        if password:
            cursor.execute(f"ALTER ROLE {connection.ops.quote_name(role)} PASSWORD %s", [password])


def _statements() -> Iterator[str]:
    functions, *policies = re.split(r"^-- policy: (\w+)$", RULES.read_text(), flags=re.MULTILINE)
    yield functions
    for table, rule in zip(policies[::2], policies[1::2], strict=True):
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"DROP POLICY IF EXISTS second_lock ON {table}"
        yield f"CREATE POLICY second_lock ON {table} USING ({rule.strip().removesuffix(';')})"


def _grants(cursor: Any, role: str, append_only: set[str]) -> Iterator[str]:
    """May sign in, read and write rows; may change no table, and of the record only add to it."""
    name = connection.ops.quote_name(role)
    cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s), current_schema()", [role])
    is_there, schema = cursor.fetchone()
    if not is_there:
        yield f"CREATE ROLE {name}"
    yield f"ALTER ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}"
    for table in connection.introspection.table_names(cursor):
        quoted = connection.ops.quote_name(table)
        yield f"REVOKE ALL ON {quoted} FROM {name}"
        yield f"GRANT {_rights(table, append_only)} ON {quoted} TO {name}"


def _rights(table: str, append_only: set[str]) -> str:
    if table == "django_migrations":
        return "SELECT"
    return "SELECT, INSERT" if table in append_only else "SELECT, INSERT, UPDATE, DELETE"
