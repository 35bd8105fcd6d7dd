"""Search over all that whoever is signed in may see."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.desk.asking import page
from commitments.desk.filters import FilterForm, choice
from commitments.desk.paging import page_number
from commitments.screens.finding import LIMIT, LONGEST, MOST_WORDS, Question, Source, look
from commitments.screens.sources import SOURCES, by_code

FIRST, PAGE, LAST_PAGE = 5, 20, 50  # hits of each group at first; of one group on a page; pages


class SearchForm(FilterForm):
    """The words and the filters. Choices that are not offered are told so, and nothing is searched."""

    q = forms.CharField(
        label=gettext_lazy("Search for"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = choice(gettext_lazy("Kind"))
    state = choice(gettext_lazy("Member State"))
    cycle = choice(gettext_lazy("Review cycle"))
    pillar = choice(gettext_lazy("Pillar"))

    def __init__(self, sent: QueryDict, sources: Sequence[Source]) -> None:
        given = sent.copy()
        given["q"] = _plain(sent.get("q", ""))
        super().__init__(given)
        self.offer("kind", [(one.kind, one.label) for one in sources])

    def question(self, person: Any) -> Question:
        given = self.cleaned_data
        return Question(given["q"], person, state=given["state"], cycle=given["cycle"], pillar=given["pillar"])


@page("GET", "HEAD")
def search(request: HttpRequest, also: Sequence[Source] = ()) -> HttpResponse:
    """Every group with its first hits, or one group page by page. `also` are groups of other apps."""
    sources = [*SOURCES, *also]
    form = SearchForm(request.GET, sources)
    context: dict[str, Any] = {"form": form, "words": form.data["q"], "limit": LIMIT, "number": 1}
    if form.is_valid() and form.cleaned_data["q"]:
        question = form.question(request.user)
        context |= {"problem": _problem(question)}
        if not context["problem"]:
            context |= _found(request, question, sources, form.cleaned_data["kind"])
    return render(request, "commitments/desk/search.html", context)


def _problem(question: Question) -> str:
    """Why nothing can be looked for with these words; empty where something can."""
    if len(question.words) > LONGEST:
        return _("That is too long to search for. Give at most %(count)d characters.") % {"count": LONGEST}
    sought = question.sought
    if not sought:
        return _("Give a word, or a code such as II.3.2: signs alone find nothing.")
    if len(sought.whole) >= MOST_WORDS:
        return _("Give at most %(count)d words.") % {"count": MOST_WORDS}
    return ""


def _found(request: HttpRequest, question: Question, sources: Sequence[Source], kind: str) -> dict[str, Any]:
    number, chosen = min(page_number(request), LAST_PAGE), [one for one in sources if one.kind == kind]
    if chosen:
        groups = [look(chosen[0], question, start=(number - 1) * PAGE, size=PAGE)]
    else:
        groups = [look(source, question, size=FIRST) for source in sources]
    coded = by_code(question) if number == 1 else []
    return {
        "is_searched": True,
        "coded": coded,
        "groups": [(group, _address(request, kind=group.source.kind)) for group in groups if group.hits],
        "is_one": bool(chosen),
        "number": number,
        "part": _beside(request, number, has_next=groups[0].has_next) if chosen else {},
        "everything": _address(request, kind="") if kind else "",
        "without_filters": _address(request, kind="", state="", cycle="", pillar="") if question.filters else "",
    }


def _beside(request: HttpRequest, number: int, *, has_next: bool) -> dict[str, str]:
    """The addresses of the pages beside this one, as `paging.Part` has them."""
    after = _address(request, page=number + 1) if has_next and number < LAST_PAGE else ""
    return {"before": _address(request, page=number - 1) if number > 1 else "", "after": after}


def _address(request: HttpRequest, **changed: Any) -> str:
    """This search with some of its choices changed; from the first page again unless that is what is changed."""
    kept = {name: request.GET.get(name, "") for name in SearchForm.base_fields} | changed
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in kept.items() if value})
    return f"?{query.urlencode()}"


def _plain(text: str) -> str:
    """As it is kept: composed, on one line, without characters that are not to be seen."""
    shown = "".join(" " if unicodedata.category(one)[0] == "C" else one for one in text[: 2 * LONGEST])
    return " ".join(unicodedata.normalize("NFC", shown).split())
