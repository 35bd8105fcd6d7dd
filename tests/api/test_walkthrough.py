"""The walk-through of the API in the documents is true: its commands are run, and print what it says."""

import shutil

import pytest

from tests.standing import load_the_demonstration, standing
from tests.walkthrough import DOCUMENT, written

pytestmark = pytest.mark.same_on_every_engine


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Begun once the database is there: before that it would take it for one in memory, and share one connection."""
    return live_server


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl on this machine")
@pytest.mark.django_db(transaction=True)
def test_walkthrough_prints_what_the_document_says(live_server, tmp_path):
    standing(load_the_demonstration)

    assert written(live_server.url, tmp_path) == DOCUMENT.read_text(encoding="utf-8")
