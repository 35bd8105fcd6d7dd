"""Signed in as the web server is, a test may be who owns the tables for a moment: to tamper, to clear up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from reporting.management.securing import secure


def sign_in_as_the_web_server() -> None:
    """On PostgreSQL: bound by the second lock from here on, owning nothing; with a door back that only tests have."""
    signs_in = connection.settings_dict
    role, owner = f"web_{signs_in['NAME']}", signs_in["USER"]
    secure(role)
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT "{owner}" TO "{role}" WITH INHERIT FALSE, SET TRUE')
    connection.close()
    signs_in |= {"USER": role, "OWNER": owner}


def sign_in_as_owner() -> None:
    """At the end, before the database is dropped. Connections of threads that have ended may still stand: they go."""
    with connection.cursor() as cursor:
        others = "datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    connection.close()
    connection.settings_dict["USER"] = connection.settings_dict.pop("OWNER")


@contextmanager
def instead_of_the_web_server() -> Iterator[None]:
    """Signed in as the owner for as long as the block lasts. What was put back meanwhile is locked again."""
    signs_in = connection.settings_dict
    web = signs_in["USER"]
    if "OWNER" not in signs_in:  # SQLite knows no roles
        yield
        return
    connection.close()
    signs_in["USER"] = signs_in["OWNER"]
    yield
    secure(web)
    connection.close()
    signs_in["USER"] = web


def in_and_out() -> tuple[str, str]:
    """The statements between which one is the owner."""
    return f'SET ROLE "{connection.settings_dict["OWNER"]}"', "RESET ROLE"


@contextmanager
def owning_the_tables() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    become, be_oneself = in_and_out()
    with connection.cursor() as cursor:
        cursor.execute(become)
        yield
        cursor.execute(be_oneself)
