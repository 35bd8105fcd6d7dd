"""B10: a report is of one moment, whatever is written while it is made; of the same moment it is the same file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from tests.depth import FULL, rounds
from tests.lost.asking import Answer, at_once
from tests.lost.conftest import Place
from tests.lost.serving import ROOT, environment

pytestmark = pytest.mark.django_db
WORDS = ("Alphaword", "Omegaword")  # of the two updates that change places
FORMATS = ("json", "html", "docx")


@contextmanager
def flipping(place: Place) -> Iterator[list[int]]:
    """While the block runs; afterwards, how often they changed places."""
    pair = dict(zip(WORDS, (place.updates.pop(), place.updates.pop()), strict=True))
    people = {f"{part} {word}": pair[word][part] for word in WORDS for part in ("focal", "coordinator")}
    people["editor"] = place.facts["secretariat"]["editor"]
    facts = {"updates": {word: update["key"] for word, update in pair.items()}, "people": people}
    command = [sys.executable, "-m", "tests.lost.flipping", json.dumps(facts)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    flips: list[int] = []
    with subprocess.Popen(command, cwd=ROOT, env=environment(place.url, place.folder), **pipes) as writer:
        try:
            assert writer.stdout.readline().strip() == "ready"
            yield flips
            flips.append(int(writer.communicate("stop\n", timeout=60)[0]))
        finally:
            writer.kill()


def words_in(answer: Answer, form: str) -> list[str]:
    """Of which of the two the report speaks: by the words of the update and by the name of the activity."""
    content = answer.content
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return [word for word in WORDS if word.encode() in content]


def made_elsewhere(place: Place, slug: str, form: str) -> bytes:
    """By a process of its own, which remembers nothing and orders its sets otherwise."""
    words = ["review_report", "--cycle", slug, "--audience", "un", "--format", form, "--output", "-"]
    seeded = environment(place.url, place.folder) | {"PYTHONHASHSEED": "7"}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=seeded, check=True, capture_output=True
    ).stdout


@pytest.mark.battery("B10")
def test_no_report_mixes_two_moments_and_the_same_moment_is_the_same_file(place: Place, tally) -> None:
    editor, number = place.secretariat("editor"), rounds(4, 300)
    slug = place.updates[-1]["key"].split(":")[0]  # the cycle of those that change places
    ask = [partial(editor.get, f"review-reports/{slug}.{form}?audience=un") for form in FORMATS]
    seen: list[str] = []

    with flipping(place) as flips:
        for _ in range(number):
            for answer, form in zip(at_once(ask), FORMATS, strict=True):
                assert answer.status == 200, answer.content
                words = words_in(answer, form)
                assert len(words) == 1, (form, words)
                assert b"A project called" in answer.content or form == "docx"
                seen += words

    assert flips[0] > number
    assert number < 10 or set(seen) == set(WORDS)
    for form in (*FORMATS, "xlsx", "pdf") if FULL else FORMATS[-1:]:
        assert made_elsewhere(place, slug, form) == editor.get(f"review-reports/{slug}.{form}?audience=un").content
    tally(reports=number * len(FORMATS), flips=flips[0])
