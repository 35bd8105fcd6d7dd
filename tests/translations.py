"""Keeps the catalogues in order: `python -m tests.translations` says what is wrong, `--write` mends it and compiles.

The Russian one is complete. The others may lack messages, which are then read in Russian; what they have is whole.

Code is read by Babel, templates by Django's own `templatize`, catalogues by polib: no GNU gettext is needed.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tests.translations_of_libraries import compiled_for

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("commitments", "jpoa", "operations", "reporting")
CATALOGUES = ROOT / "jpoa" / "locale"
COMPLETE = "ru"
CONTEXT = (1, "c")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (CONTEXT, 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (CONTEXT, 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]  # context, English words


@dataclass
class Message:
    """Words that a person reads, and where."""

    key: Key
    plural: str = ""
    files: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    messages = read_sources()
    problems = []
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po")):
        if arguments == ["--write"]:
            write(path, messages)
        problems += [f"{path.relative_to(ROOT)}: {problem}" for problem in look_over(path, messages)]
    for folder in sorted((CATALOGUES / "falling_back").iterdir()):
        path = CATALOGUES / "libraries" / folder.name / "LC_MESSAGES" / "django.mo"
        if arguments == ["--write"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(compiled_for(folder.name))
        if not path.exists() or path.read_bytes() != compiled_for(folder.name):
            problems.append(f"{path.relative_to(ROOT)}: what libraries say has changed")
    print("\n".join([*problems, f"{len(messages)} messages, {len(problems)} problems."]))
    return bool(problems)


def read_sources() -> dict[Key, Message]:
    """Every message of code and templates, in the order of files and lines."""
    messages: dict[Key, Message] = {}
    for path in sorted(path for source in SOURCES for path in (ROOT / source).rglob("*")):
        for key, plural in _read(path):
            message = messages.setdefault(key, Message(key))
            message.plural = message.plural or plural
            if (name := str(path.relative_to(ROOT))) not in message.files:
                message.files.append(name)
    return messages


def _read(path: Path) -> Iterator[tuple[Key, str]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_text(encoding="utf-8")
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        source = "\n".join(line.strip() for line in source.splitlines())
    else:
        return
    for _line, words, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        singular, *plural = (words,) if isinstance(words, str) else [word for word in words if word]
        yield (context, singular), plural[0] if plural else ""


def look_over(path: Path, messages: dict[Key, Message]) -> Iterator[str]:
    """What keeps this catalogue from being complete and fresh."""
    catalogue = polib.pofile(str(path))
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    if path.parts[-3] == COMPLETE:
        yield from (f"missing: {key[1]!r}" for key in messages if key not in known)
    yield from (f"in no source: {key[1]!r}" for key in known if key not in messages)
    for entry in catalogue:
        if fault := _fault(entry):
            yield f"{fault}: {entry.msgid!r}"
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        yield "the compiled catalogue is stale"


def _fault(entry: polib.POEntry) -> str | None:
    words: Iterable[str] = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    if entry.obsolete or entry.fuzzy or not all(words):
        return "not translated"
    if any(set(PLACEHOLDER.findall(text)) != wanted for text in words):
        return "other placeholders"
    return None


def write(path: Path, messages: dict[Key, Message]) -> None:
    """Add what is new where nothing may lack, drop what no source says any more, keep every translation, compile."""
    catalogue = polib.pofile(str(path), wrapwidth=110)
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    plurals = range(int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[1]))
    catalogue.clear()
    for key, message in messages.items():
        if key not in known and path.parts[-3] != COMPLETE:
            continue
        entry = known.get(key) or polib.POEntry(msgctxt=key[0], msgid=key[1])
        if entry.msgid_plural != message.plural:
            entry.msgid_plural, entry.msgstr = message.plural, ""
            entry.msgstr_plural = dict.fromkeys(plurals, "") if message.plural else {}
        entry.flags = ["python-format"] if "%(" in key[1] + message.plural else []
        entry.occurrences = [(name, "") for name in message.files]
        catalogue.append(entry)
    catalogue.save(newline="\n")
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
