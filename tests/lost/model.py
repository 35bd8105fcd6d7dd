"""What an update is, in forty lines from the book of rules: no table, name or line of the application is read here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

STATE, UN, HEAD = {"focal.kaz", "contributor.kaz", "coordinator.kaz"}, {"reviewer", "editor"}, {"coordinator.kaz"}
MOVES = {
    ("edit", "draft"): ("draft", STATE),
    ("submit", "draft"): ("submitted", {"focal.kaz"}),
    ("return", "submitted"): ("draft", HEAD),
    ("clear", "submitted"): ("cleared", HEAD),
    ("return", "cleared"): ("draft", UN),
    ("accept", "cleared"): ("accepted", UN),
    ("publish", "accepted"): ("published", {"editor"}),
    ("recall", "cleared"): ("draft", HEAD),
    ("recall", "accepted"): ("draft", HEAD),
    ("withdraw", "published"): ("accepted", HEAD),
    ("revise", "published"): ("draft", HEAD),
}
WIDTH = ["state", "un", "participants", "public"]


@dataclass
class Model:
    status, text, audience, writer, released = "draft", "", "un", "", None  # released: which revision, for whom
    moves: list[str] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)

    def verdict(self, who: str, move: str, version: int | None, words: dict[str, Any]) -> int:
        is_seen = who in STATE or (who in UN and self.audience != "state" and self.status not in ("draft", "submitted"))
        _to, by = MOVES.get((move, self.status), ("", set()))
        narrow, wide = (1, WIDTH.index(self.audience)) if move == "publish" else (0, 3)
        is_wide = "audience" in words and not narrow <= WIDTH.index(words["audience"]) <= wide
        lacks = {"submit": not self.text, "clear": not words, "publish": is_wide}.get(move, False)
        lacks = lacks or (move in ("return", "recall", "withdraw") and not words)
        fails = {404: not is_seen, 409: not by, 403: who not in by or (move == "clear" and who == self.writer)}
        fails |= {428: version is None, 412: version != len(self.moves), 400: lacks}
        return next((status for status, is_so in fails.items() if is_so), 200)

    def make(self, who: str, move: str, words: dict[str, Any]) -> None:
        if move == "edit" and words["measures_taken"] == self.text:
            return
        self.status = MOVES[move, self.status][0]
        self.moves.append(move)
        self.audience = {"clear": words.get("audience"), "withdraw": "un"}.get(move, self.audience)
        self.text, self.writer = (words["measures_taken"], who) if move == "edit" else (self.text, self.writer)
        self.revisions += [self.text] if move == "submit" else []
        if move == "publish":
            self.released = len(self.revisions), words.get("audience", self.audience)
        elif move == "withdraw" or (move == "clear" and self.audience == "state"):
            self.released = None
