"""The walk-through of the API in the documents is true: its commands are run, and print what it says."""

import shutil

import pytest

from tests.standing import load_everything, standing
from tests.walkthrough import DOCUMENT, written


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl on this machine")
@pytest.mark.django_db(transaction=True)
def test_walkthrough_prints_what_the_document_says(live_server, tmp_path):
    standing(load_everything)

    assert written(live_server.url, tmp_path) == DOCUMENT.read_text(encoding="utf-8")
