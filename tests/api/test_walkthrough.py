"""The walk-through of the API in the documents is true: its commands are run, and print what it says."""

import shutil

import pytest
from django.core.management import call_command

from tests.walkthrough import DOCUMENT, written


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl on this machine")
@pytest.mark.django_db(transaction=True)
def test_walkthrough_prints_what_the_document_says(live_server, tmp_path):
    call_command("load_all", verbosity=0)

    assert written(live_server.url, tmp_path) == DOCUMENT.read_text(encoding="utf-8")
