"""The typesetter's process: what becomes of it, of its memory and of whoever waits for it."""

from __future__ import annotations

import datetime as dt
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reporting.renderers import typesetter as process
from reporting.renderers.typesetting import Typesetter

DAY = dt.date(2026, 7, 1)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="9"><rect width="{0}" height="9"/></svg>'


def drawn(typesetter, wide=9):
    return typesetter.typeset("figure.typ", {"svg": DRAWING.format(wide), "alt": "A box."}, "png", DAY)


def the_process(typesetter):
    """What no reader of files asks for: the process that waits for the next job."""
    (idle,) = typesetter._idle
    return idle._process


def test_one_process_sets_one_file_after_another_each_in_a_fork():
    with Typesetter() as typesetter:
        first = drawn(typesetter)
        number = the_process(typesetter).pid

        assert (drawn(typesetter), the_process(typesetter).pid) == (first, number)
        with pytest.raises(RuntimeError, match="The typesetter failed"):
            typesetter.typeset("figure.typ", {"svg": "<svg", "alt": "none"}, "png", DAY)
        assert (drawn(typesetter), the_process(typesetter).pid) == (first, number)


def test_several_threads_get_each_what_it_asked_for():
    with Typesetter() as typesetter, ThreadPoolExecutor(3) as pool:
        asked = list(range(10, 22))

        assert list(pool.map(lambda wide: drawn(typesetter, wide), asked)) == [drawn(typesetter, one) for one in asked]


def test_no_process_is_left_when_the_work_is_done():
    with Typesetter() as typesetter:
        drawn(typesetter)
        left = the_process(typesetter)

    assert left.returncode == 0


def test_who_waits_for_a_process_that_is_killed_is_told_and_the_next_gets_a_new_one():
    with Typesetter() as typesetter:
        drawn(typesetter)
        os.kill(the_process(typesetter).pid, signal.SIGKILL)

        with pytest.raises(RuntimeError, match="The typesetter failed"):
            drawn(typesetter)
        assert drawn(typesetter)


def test_who_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(process, "_SECONDS", 0)

    with Typesetter() as typesetter, pytest.raises(RuntimeError, match="took more than 0 seconds"):
        drawn(typesetter)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc on this machine")
def test_the_process_sees_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "of ours")

    with Typesetter() as typesetter:
        drawn(typesetter)
        seen = Path(f"/proc/{the_process(typesetter).pid}/environ").read_bytes()

    assert b"SECRET_KEY" not in seen
    assert b"PYTHONUTF8=1" in seen
