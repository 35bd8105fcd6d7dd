"""The main menu marks the page that one is on, or the one that it belongs to."""

from __future__ import annotations

import re

import pytest

UPDATE = "review-2028/KAZ/I.1.2/"


@pytest.mark.parametrize(
    ("who", "path", "marked"),
    [
        ("focal.kaz", "", ["My work"]),
        ("focal.kaz", f"updates/{UPDATE}", ["My work"]),
        ("focal.kaz", "contributions/review-2028/KAZ/", ["Reports"]),
        ("focal.kaz", "profile/", []),
        ("focal.kaz", "notices/", []),
        ("coordinator.kaz", "assignments/KAZ/I.1.2/", ["Assignments"]),
        ("editor", "batches/", ["Review"]),
        ("editor", "plan-cycle/", ["Cycles"]),
    ],
)
def test_the_page_or_what_it_belongs_to_is_marked(browser, who, path, marked):
    page = browser(who).get(f"/desk/{path}").content.decode()

    menu = page[page.index('id="menu"') : page.index("</nav>")]
    assert re.findall(r'aria-current="page">([^<]+)<', menu) == marked
