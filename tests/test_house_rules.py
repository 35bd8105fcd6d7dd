"""The house keeps its own rules: what a reviewer would otherwise have to look for in every change."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("commitments", "reporting", "operations", "jpoa")
CODE = (*APPS, "tests", "benchmarks")
THIS = Path(__file__).relative_to(ROOT)

# What has an audience, and the doors to it: the named questions of commitments/querysets/.
PRIVATE = {"Update", "Revision", "Event", "Evidence", "Assessment", "Release", "Commitment"}
DOORS = {"visible_to", "released_to", "shown_with_releases", "shown_with_updates"}
CHANNELS = ("commitments/api", "commitments/admin", "reporting")
APPEND_ONLY = {"Event", "Revision"}
IN_BULK = {"update", "bulk_create", "bulk_update", "delete", "update_or_create"}
DANGEROUS = re.compile(r"mark_safe|SafeString|\|\s*safe\b|autoescape off|csrf_exempt|RawSQL|\.extra\(|\.raw\(")
MARKUP_MADE_BY_SCRIPTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|createContextualFragment"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")
AVOIDED = re.compile(r"(?:^|_)(?:approv\w*|finali[sz]\w*|country|countries|utils|helpers?|misc)(?:_|$)", re.IGNORECASE)

Rule = Callable[[str, str], Iterator[str]]  # (path, source) -> what breaks it


@cache
def _files(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[tuple[str, str]]:
    """(path, text) of everything written by hand."""
    found = sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)
    kept = [path for path in found if "migrations" not in path.parts]
    return [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in kept]


_tree = cache(ast.parse)


def status_assignments(path: str, source: str) -> Iterator[str]:
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"\.status\s*=[^=]|update\(.*\bstatus=|[\"']status[\"'],\s*Status\.", line):
            yield f"{path}:{number}: {line.strip()}"


def long_files(path: str, source: str) -> Iterator[str]:
    if (lines := len(source.splitlines())) > 300:
        yield f"{path}: {lines} lines"


def long_functions(path: str, source: str) -> Iterator[str]:
    for node in ast.walk(_tree(source)):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (lines := node.end_lineno - node.lineno + 1) > 40
        ):
            yield f"{path}:{node.lineno}: {node.name} has {lines} lines"


def modules_without_a_docstring(path: str, source: str) -> Iterator[str]:
    if source.strip() and not ast.get_docstring(_tree(source)):
        yield path


def unscoped_reads(path: str, source: str) -> Iterator[str]:
    """`Update.objects` and then anything but a door; in the channels only."""
    if not path.startswith(CHANNELS):
        return
    tree = _tree(source)
    through_a_door = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in DOORS
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in {"objects", "_default_manager", "_base_manager"}:
            continue
        if isinstance(node.value, ast.Name) and node.value.id in PRIVATE and id(node) not in through_a_door:
            yield f"{path}:{node.lineno}: {ast.unparse(node)}"


def bulk_writes_to_what_is_append_only(path: str, source: str) -> Iterator[str]:
    for node in ast.walk(_tree(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in IN_BULK):
            continue
        words = {part.id for part in ast.walk(node.func) if isinstance(part, ast.Name)}
        if words & APPEND_ONLY:
            yield f"{path}:{node.lineno}: {ast.unparse(node.func)}"


def dangerous_doors(path: str, source: str) -> Iterator[str]:
    """Unless the reason stands beside it, in a comment on that line or the one above."""
    lines = source.splitlines()
    for number, line in enumerate(lines):
        reason = re.search(r"# |\{# |\{% comment ", line + (lines[number - 1] if number else ""))
        if DANGEROUS.search(line) and not reason:
            yield f"{path}:{number + 1}: {line.strip()}"


def unfinished_work(path: str, source: str) -> Iterator[str]:
    yield from _lines(UNFINISHED, path, source)


def _lines(pattern: re.Pattern[str], path: str, source: str) -> Iterator[str]:
    for number, line in enumerate(source.splitlines(), 1):
        if pattern.search(line):
            yield f"{path}:{number}: {line.strip()}"


def avoided_names(path: str, source: str) -> Iterator[str]:
    """Words that the glossary replaces, in the names of modules, classes and functions."""
    names = [Path(path).stem] + [
        node.name
        for node in ast.walk(_tree(source))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    yield from (f"{path}: {name}" for name in names if AVOIDED.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)))


def rules_hidden_in_signals(path: str, source: str) -> Iterator[str]:
    yield from _lines(re.compile(r"@receiver\(|\b(?:pre|post)_(?:save|delete)\b|m2m_changed"), path, source)


def skipped_tests(path: str, source: str) -> Iterator[str]:
    """Only for what a machine may lack: `skipif(..., reason="there is no ... on this machine")`."""
    for fault in _lines(re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)"), path, source):
        if "on this machine" not in fault:
            yield fault


def documents_that_know_the_database(path: str, source: str) -> Iterator[str]:
    if path.startswith(("reporting/document", "reporting/renderers/", "reporting/blocks")):
        yield from _lines(
            re.compile(r"^\s*(?:from|import) (?:django\.(?:db|apps)|commitments|reporting\.models)\b"), path, source
        )


# Each rule, the folders it holds in, and a breach that it has to notice.
RULES: list[tuple[Rule, tuple[str, ...], str]] = [
    (long_files, CODE, "\n" * 301),
    (long_functions, CODE, "def long():\n" + "    step()\n" * 40),
    (modules_without_a_docstring, CODE, "import os"),
    (unscoped_reads, APPS, "rows = Update.objects.filter(status='draft')"),
    (unscoped_reads, APPS, "class Shape:\n    queryset = Release.objects"),
    (bulk_writes_to_what_is_append_only, APPS, "Event.objects.filter(pk=1).delete()"),
    (dangerous_doors, APPS, "return mark_safe(words)"),
    (unfinished_work, CODE, "raise NotImplementedError"),
    (avoided_names, CODE, "class CountryView: ..."),
    (rules_hidden_in_signals, APPS, "post_save.connect(record)"),
    (skipped_tests, ("tests",), "@pytest.mark.skip"),
]


@pytest.mark.parametrize(("rule", "folders"), [(rule, folders) for rule, folders, _ in RULES])
def test_the_code_keeps_to_the_rule(rule, folders):
    files = [(path, source) for path, source in _files(*folders) if path != str(THIS)]

    assert [fault for path, source in files for fault in rule(path, source)] == []


@pytest.mark.parametrize(("rule", "breach"), [(rule, breach) for rule, _, breach in RULES])
def test_a_breach_of_the_rule_is_noticed(rule, breach):
    assert list(rule("commitments/api/example.py", breach))


def test_documents_do_not_know_the_database():
    files = _files("reporting")

    assert [fault for path, source in files for fault in documents_that_know_the_database(path, source)] == []
    assert list(documents_that_know_the_database("reporting/renderers/x.py", "from django.db import models"))


def test_status_is_assigned_on_one_line_of_the_domain():
    faults = [fault for path, source in _files("commitments") for fault in status_assignments(path, source)]

    assert len(faults) == 1, faults


def test_templates_open_no_dangerous_door():
    templates = _files(*APPS, suffixes=(".html",))

    assert [fault for path, source in templates for fault in dangerous_doors(path, source)] == []


def markup_put_together(path: str, source: str) -> Iterator[str]:
    """What `format_html` and its like are given first is markup: a constant, never words put into it beforehand."""
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("format_html"):
            parts = [part for part in ast.walk(node.args[0]) if isinstance(part, ast.Name) and part.id not in FROM_CODE]
            yield from (f"{path}:{node.lineno}: {part.id}" for part in parts)


# Names under which markup from code is put together, in reporting/renderers/html_elements.py and site/tags.py.
FROM_CODE = {"written", "contents", "between", "listed", "head", "len"}


def test_no_markup_is_put_together_from_words():
    assert [fault for path, source in _files(*APPS) for fault in markup_put_together(path, source)] == []
    assert list(markup_put_together("x.py", "format_html(f'<b>{words}</b>')"))


def test_no_script_of_ours_makes_markup_of_words():
    scripts = [(path, text) for path, text in _files(*APPS, suffixes=(".js",)) if "/vendor/" not in path]

    assert [fault for path, text in scripts for fault in _lines(MARKUP_MADE_BY_SCRIPTS, path, text)] == []
    assert len(scripts) > 2


def test_every_requirement_is_pinned():
    lines = [
        line.split("#")[0].strip()
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
    ]

    assert [line for line in lines if line and line != "-r requirements.txt" and "==" not in line] == []


def test_every_page_of_the_documentation_is_linked_from_the_readme_or_a_page_that_is():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        links = re.findall(r"\]\(([^)#:]+\.md)", page.read_text(encoding="utf-8"))
        targets = {(page.parent / link).resolve() for link in links}
        waiting += [target for target in targets if target.exists() and target not in reached | set(waiting)]

    pages = {path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "decisions"}
    assert sorted(str(page.relative_to(ROOT)) for page in pages - reached) == []
