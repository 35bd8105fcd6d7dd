"""People at the API, the app served on a database of its own, and databases beside that of the tests."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.api.conftest import call  # noqa: F401
from tests.lost.conftest import Place, Prepared, place_of_its_own, prepared  # noqa: F401
from tests.owner import instead_of_the_web_server
from tests.postgres import SERVER, WHEEL


def wheel_programs() -> Path:
    """The folder of pg_dump and its kind, as tests/postgres.py has them."""
    return Path(find_spec(WHEEL).origin).parent / SERVER / "bin"


@pytest.fixture(autouse=True, scope="module")
def by_the_owner_of_the_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Whoever keeps the site running is bound by no second lock: a backup has to be whole."""
    with django_db_blocker.unblock(), instead_of_the_web_server():
        yield


@pytest.fixture
def databases_beside(transactional_db: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs are found, and a backup may be opened.

    It is opened as a database of its own, which Django's test cases forbid unless it stands in the settings.
    """
    monkeypatch.setenv("PATH", f"{wheel_programs()}:{os.environ['PATH']}")
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


@pytest.fixture(scope="session")
def guarded(prepared: Prepared) -> Iterator[Place]:  # noqa: F811
    """The app on a PostgreSQL that sends every change to an archive, and has few connections to give."""
    archive = prepared.programs.new_folder(prepared.folder, "archive")
    settings = {"wal_level": "replica", "archive_mode": "on", "archive_command": f"cp %p {archive}/%f"}
    with place_of_its_own(prepared, max_connections="14", **settings) as found:
        yield found
