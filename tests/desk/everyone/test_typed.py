"""What was typed can be shown again, whatever the form; what is not typed as words never is."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.test import RequestFactory
from django.urls import get_resolver

from commitments.desk.typed import WORDS, typed_in
from commitments.screens.forms import DeskForm


def forms_under(form: type[DeskForm]) -> Iterator[type[DeskForm]]:
    for one in form.__subclasses__():
        yield one
        yield from forms_under(one)


def test_no_field_that_people_type_in_is_missing():
    assert get_resolver().url_patterns  # every page is there, and with it its forms

    typed = {
        name
        for form in forms_under(DeskForm)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea | forms.TextInput) and not isinstance(field, forms.DateField)
    }

    assert {"why", "action_items", "reason"} <= typed
    assert typed - set(WORDS) == set()


def test_words_are_shown_and_a_password_never():
    request = RequestFactory().post("/desk/", {"why": "in the text", "password": "secret", "login": "x", "reason": ""})

    assert typed_in(request) == ["in the text"]
