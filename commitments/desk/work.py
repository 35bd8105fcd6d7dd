"""What waits for whoever is signed in, in the order in which it needs doing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.desk.asking import page


@page("GET", "HEAD")
def work(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/desk/work.html")
