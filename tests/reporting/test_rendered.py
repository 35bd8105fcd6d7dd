"""A heavy file is made once and kept under its document's fingerprint; one request at a time makes another."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.cache import caches

from reporting import rendered as module
from reporting.document import Document, Paragraph
from reporting.rendered import Busy, rendered
from reporting.renderers import RENDERERS

DOCUMENT = Document(title="Title", language="en", blocks=(Paragraph("Words."),), date_on=dt.date(2027, 1, 1))
HEAVY = [name for name, renderer in RENDERERS.items() if renderer.is_heavy]


@pytest.fixture(autouse=True)
def nothing_is_kept():
    caches["files"].clear()


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """Titles of the documents that a renderer was asked for, in turn."""
    asked: list[str] = []

    def render(self, document: Document) -> bytes:
        asked.append(document.title)
        return f"{self.name} of {document.title}".encode()

    monkeypatch.setattr("reporting.renderers.Renderer.render", render)
    return asked


def test_what_a_typesetter_or_an_office_format_takes_is_heavy():
    assert set(HEAVY) == {"docx", "pdf", "xlsx"}


@pytest.mark.parametrize("name", HEAVY)
def test_the_same_document_is_made_once_in_each_format(made, name):
    first = [rendered(DOCUMENT, RENDERERS[name]) for _ in range(2)]

    assert first == [f"{name} of Title".encode()] * 2
    assert made == ["Title"]


def test_another_document_and_another_format_are_others(made):
    asked = [(DOCUMENT, "pdf"), (replace(DOCUMENT, title="Other"), "pdf"), (DOCUMENT, "docx")]

    files = {rendered(document, RENDERERS[name]) for document, name in asked}

    assert len(files) == len(made) == 3


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_one_does_not_wait_for_ever_and_a_light_one_not_at_all(made, monkeypatch, name):
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.01)
    with module._one_at_a_time:
        with pytest.raises(Busy):
            rendered(DOCUMENT, RENDERERS[name])
        assert rendered(DOCUMENT, RENDERERS["json"]) == b"json of Title"

    assert rendered(DOCUMENT, RENDERERS[name]) == f"{name} of Title".encode()


def test_a_renderer_that_fails_lets_the_next_one_begin(monkeypatch):
    def refuse(self, document: Document) -> bytes:
        raise RuntimeError("The typesetter refuses.")

    monkeypatch.setattr("reporting.renderers.Renderer.render", refuse)

    for _ in range(2):
        with pytest.raises(RuntimeError):
            rendered(DOCUMENT, RENDERERS["pdf"])


def test_a_full_disk_keeps_nobody_from_their_file(made, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caches["files"], "set", full)

    assert rendered(DOCUMENT, RENDERERS["pdf"]) == b"pdf of Title"
