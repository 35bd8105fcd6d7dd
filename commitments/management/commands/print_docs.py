"""Prints into docs/ what the code decides (the moves, how a refusal is answered), and what docs/permissions.csv states;
into README.md what docs/trust.md measured.

A page says where: between `<!-- print: NAME -->` and `<!-- end of print -->`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.utils.module_loading import import_string

from commitments import errors
from commitments.management import printed_asvs, printed_figures, printed_security
from commitments.management.printed import table
from commitments.workflow import MOVES, Audience, Capacity, Move, Need, Status

# Who, as docs/permissions.csv writes it -> as docs/roles.md does; other words stand for themselves.
NAMED = {
    "lead": "focal point of the lead agency",
    "contributing": "focal point of a contributing agency",
    "state": "the State",
    "officers": "all officers",
    "secretariat": "the secretariat",
    "signed-in": "everybody who has signed in",
    "owner": "whose own it is",
    "coordinator": "national coordinator",
    "reviewer": "secretariat reviewer",
    "editor": "secretariat editor",
}
PLACE = re.compile(r"(<!-- print: (?P<name>[a-z]+) -->\n).*?(<!-- end of print -->)", re.DOTALL)


class Command(BaseCommand):
    help = "Print the tables of docs/ from the code. With --check, change nothing and fail when a page is stale."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say which pages are stale")

    @no_translations
    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        stale = []
        root = Path(settings.BASE_DIR)
        for page in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
            written = page.read_text(encoding="utf-8")
            printed = PLACE.sub(_print, written)
            if printed != written:
                stale.append(page.name)
                if not check:
                    page.write_text(printed, encoding="utf-8")
        if stale and check:
            raise CommandError(f"Stale: {', '.join(stale)}. Run `make fix`.")
        self.stdout.write(f"Printed: {', '.join(stale)}." if stale else "The printed docs are fresh.")


def _print(place: re.Match[str]) -> str:
    name = place["name"]
    if name not in TABLES:
        raise CommandError(f"Nothing is printed under the name “{name}”; there are {', '.join(TABLES)}.")
    return f"{place[1]}\n{TABLES[name]()}\n\n{place[3]}"


def statuses() -> str:
    return table(["Status", "Name"], ([f"`{status}`", status.label] for status in Status))


def diagram() -> str:
    arrows = [
        f"    {source} --> {move.target}: {move.name}" for move in MOVES for source in Status if source in move.source
    ]
    start = f"    [*] --> {Status.DRAFT}: the cycle opens"
    return "\n".join(["```mermaid", "stateDiagram-v2", start, *arrows, "```"])


def moves() -> str:
    return table(
        ["Move", "From -> to", "By", "Needs", "Effect"],
        (
            [
                f"**{move.name}**",
                _way(move),
                "; ".join(str(capacity.label) for capacity in Capacity if capacity in move.by),
                "; ".join(str(need.label) for need in Need if need in move.needs) or "-",
                move.effect or "-",
            ]
            for move in MOVES
        ),
    )


def permissions() -> str:
    """The reviewed statement of who may do what, a table for each part; what lists and pages follow is left out."""
    parts: list[str] = []
    for title, rules in _parts_of_permissions():
        rows: dict[tuple[str, ...], list[str]] = {}
        for what, action, stage, who in rules:
            rows.setdefault((what, stage, who), []).append(action)
        printed = ([f"{what}: {_actions(rows[what, stage, who])}", _stages(stage), _people(who)]
                   for what, stage, who in rows)  # fmt: skip
        parts.append(f"### {title}\n\n{table(['What', 'While it is', 'Who'], printed)}")
    return "\n\n".join(parts)


def _parts_of_permissions() -> Iterator[tuple[str, list[list[str]]]]:
    """Each part of docs/permissions.csv with its rules, down to that of lists."""
    text = (Path(settings.BASE_DIR) / "docs" / "permissions.csv").read_text(encoding="utf-8")
    for part in text.split("\n# --- ")[1:]:
        title, _rule, lines = part.partition(" ---\n")
        if title.startswith("Lists"):
            return
        yield title, [row for row in csv.reader(lines.splitlines()) if row]


def _actions(actions: list[str]) -> str:
    """Each once: "read in the admin" beside "read" says nothing more."""
    own = [one for one in actions if not any(one.startswith(f"{other} ") for other in actions)]
    return ", ".join(f"**{one}**" for one in own)


def _stages(stage: str) -> str:
    """Stages are words parted by spaces; what begins with "of" or "for" is told as it stands."""
    return stage if stage.startswith(("of ", "for ")) else ", ".join(stage.split()) or "always"


def _people(who: str) -> str:
    return ", ".join(NAMED.get(word, word) for word in who.split())


def audiences() -> str:
    return table(["Audience", "Who may read"], ([f"`{audience}`", audience.label] for audience in Audience))


def refusals() -> str:
    """Each kind of refusal, with the HTTP status that the API's own handler answers it with."""
    answer = import_string(settings.REST_FRAMEWORK["EXCEPTION_HANDLER"])
    rows: list[list[Any]] = []
    for kind in errors.Refused.__subclasses__():
        rule = " ".join((kind.__doc__ or "").split())
        rows.append([answer(kind(), {}).status_code, f"`{kind.code}`", kind.title, rule])
    rows.sort(key=lambda row: row[:2])
    return table(["HTTP", "Kind", "What is said", "When"], rows)


def stages() -> str:
    """The life of a report."""
    steps = import_string("reporting.life.STEPS")
    arrows = [f"    {step.source} --> {step.target}: {step.name}" for step in steps]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {steps[0].source}: begin", *arrows, "```"])


def steps() -> str:
    return table(
        ["Step", "From -> to", "Needs", "Freezes"],
        (
            [
                f"**{step.name}**",
                f"{step.source} -> {step.target}",
                "; ".join(str(need.label) for need in sorted(step.needs)) or "-",
                f"an edition ({step.freezes})" if step.freezes else "-",
            ]
            for step in import_string("reporting.life.STEPS")
        ),
    )


def _way(move: Move) -> str:
    sources = ", ".join(source for source in Status if source in move.source)
    return f"{sources} -> {move.target}"


TABLES: dict[str, Callable[[], str]] = {
    "statuses": statuses,
    "diagram": diagram,
    "moves": moves,
    "permissions": permissions,
    "audiences": audiences,
    "refusals": refusals,
    "stages": stages,
    "steps": steps,
    "figures": printed_figures.figures,
    "asvstotals": printed_asvs.totals,
    "asvs": printed_asvs.chapters,
    **{
        name: getattr(printed_security, name) for name in ("limits", "lifetimes", "quotas", "files", "words", "headers")
    },
}
