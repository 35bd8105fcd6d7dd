"""Writers who go on whatever happens to the server, and a journal on the disk of what they were told."""

from __future__ import annotations

import json
import os
import time
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread

from tests.lost.asking import Answer, Caller, Lost
from tests.lost.conftest import Place

COMPLETE = {"rating": "limited", "trend": "forward", "adopted": "yes", "applied": "partly", "measures_taken": "A law."}
BREATH = 0.05  # seconds, before asking again
SAVES = 6  # before it is submitted, and returned
DONE, NOT_NOW = 200, (500, 502, 503)


class Journal:
    """A line is on the disk before its request is sent, and again before its answer is believed."""

    def __init__(self, path: Path) -> None:
        self.path, self.told, self.names, self._lock = path, 0, count(), Lock()

    def note(self, subject: str, version: int, move: str, text: str, *, is_told: bool) -> None:
        entry = {"subject": subject, "version": version, "move": move, "text": text, "is_told": is_told}
        with self._lock, self.path.open("a") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
            self.told += is_told


class Writer:
    """Saves, submits and has returned one update, over and over; of what got no answer it learns by asking again."""

    def __init__(self, place: Place, journal: Journal, update: dict[str, str], stop: Event) -> None:
        self.journal, self.stop = journal, stop
        self.subject, self.where = f"update:{update['key']}", f"updates/{update['key']}/"
        self.focal, self.coordinator = place.caller(update["focal"]), place.caller(update["coordinator"])
        self.refusals, self.version, self.status = [], 0, "draft"

    def write(self) -> None:
        """Until it is told to stop; every write is then either answered or known of."""
        self._learn()
        while not self.stop.is_set():
            if self.status == "submitted":
                self._move(self.coordinator, "return", {"reason": "Once more."})
            elif self.version % (SAVES + 2) == SAVES:
                self._move(self.focal, "submit", {})
            else:
                self._save()

    def _save(self) -> None:
        text = f"Text {next(self.journal.names)}"
        self._note("edit", text, is_told=False)
        try:
            answer = self.focal.write("PATCH", self.where, COMPLETE | {"results": text}, version=self.version)
        except Lost:
            return self._learn()
        return self._heed(answer, "edit", text)

    def _move(self, who: Caller, move: str, words: dict[str, str]) -> None:
        """Repeated under one key until there is an answer: it must be done once."""
        key = f"{self.subject}-{self.version}-{move}-{next(self.journal.names)}"
        self._note(move, "", is_told=False)
        while True:
            try:
                answer = who.write("POST", f"{self.where}{move}/", words, version=self.version, key=key)
            except Lost:
                time.sleep(BREATH)
            else:
                if answer.status not in NOT_NOW:
                    return self._heed(answer, move, "")
                self._refused(answer)

    def _heed(self, answer: Answer, move: str, text: str) -> None:
        if answer.status in NOT_NOW:
            self._refused(answer)
            return self._learn()
        assert answer.status == DONE, answer.content
        self._note(move, text, is_told=True)
        self.version, self.status = answer.body["version"], answer.body["status"]
        return None

    def _learn(self) -> None:
        """What stands now: the write that got no answer may or may not have been made."""
        while True:
            try:
                answer = self.focal.get(f"{self.where}?fields=version,status")
            except Lost:
                time.sleep(BREATH)
            else:
                if answer.status == DONE:
                    self.version, self.status = answer.body["version"], answer.body["status"]
                    return
                self._refused(answer)

    def _refused(self, answer: Answer) -> None:
        self.refusals.append(answer.status)
        time.sleep(BREATH)

    def _note(self, move: str, text: str, *, is_told: bool) -> None:
        self.journal.note(self.subject, self.version + 1, move, text, is_told=is_told)


class Writers:
    """Several at once, for as long as the block lasts. What goes wrong in one of them fails the test."""

    def __init__(self, place: Place, journal: Journal, number: int) -> None:
        self.journal, self.stop = journal, Event()
        self.writers = [Writer(place, journal, update, self.stop) for update in place.updates[:number]]
        self.failures: list[BaseException] = []

    def __enter__(self) -> Writers:
        self.threads = [Thread(target=self._run, args=[writer]) for writer in self.writers]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def wait_for(self, more: int, seconds: float = 60) -> None:
        """Until so many more writes are acknowledged."""
        goal, until = self.journal.told + more, time.monotonic() + seconds
        while self.journal.told < goal:
            assert time.monotonic() < until, f"Only {self.journal.told} of {goal}."
            assert not self.failures, self.failures
            time.sleep(0.005)

    def _run(self, writer: Writer) -> None:
        try:
            writer.write()
        except BaseException as failure:  # told to whoever waits
            self.failures.append(failure)
