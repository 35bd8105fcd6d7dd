"""Filters by natural key and by choice. A value that names nothing is refused, never quietly ignored."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.api.asking import refuse
from commitments.api.kept import keys_named
from commitments.api.keys import named
from commitments.errors import Invalid, NotVisible, Problem
from commitments.models import ActionItem, Agency, Cycle, MemberState, Objective, Partner, Pillar, Plan, Theme
from commitments.querysets import mandate_of


class Named(django_filters.CharFilter):
    """Rows that belong to what this code names, resolved to keys first so that the page's query stays narrow."""

    def __init__(self, field_name: str, model: type[Model], code: str, *, many: bool = False) -> None:
        super().__init__(field_name=field_name)
        self.named_model, self.code, self.many = model, code, many

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        keys = keys_named(self.named_model, self.code, value)
        if not keys:
            raise refuse(self.name, "unknown", _("This names nothing."))
        belongs = {f"{self.field_name}__in": keys}
        if self.many:  # as a subquery: a join would repeat rows
            return queryset.filter(pk__in=queryset.model._default_manager.filter(**belongs).values("pk"))
        return queryset.filter(**belongs)

    @property
    def name(self) -> str:
        return next(name for name, one in self.parent.filters.items() if one is self)


class Keyed(django_filters.CharFilter):
    """Rows that belong to what a key of several parts names. A key that names nothing finds nothing:
    whether it is there at all is not told."""

    def __init__(self, paths: tuple[str, ...], through: str = "") -> None:
        """`through` leads from a row to what bears the parts of the key, and ends in `__`."""
        super().__init__(field_name=f"{through}{paths[0]}")
        self.paths = tuple(f"{through}{path}" for path in paths)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        try:
            return named(queryset, self.paths, value)
        except NotVisible:
            return queryset.none()


class AgencyNamed(Named):
    """By `KAZ:interior`, among the agencies that the reader can see; led or contributed."""

    def __init__(self, commitment: str = "") -> None:
        """`commitment` is the path from a row to its commitment, ending in `__`."""
        super().__init__("lead_agency", Agency, "slug")
        self.commitment = commitment

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        state, _colon, slug = value.partition(":")
        visible = Agency.objects.visible_to(mandate_of(self.parent.request.user))
        agency = visible.filter(member_state__iso_alpha3=state, slug=slug).first()
        if agency is None:
            raise refuse(self.name, "unknown", _("There is no such agency that you can see."))
        contributes = queryset.model._default_manager.filter(**{f"{self.commitment}contributing_agencies": agency})
        return queryset.filter(Q(**{f"{self.commitment}lead_agency": agency}) | Q(pk__in=contributes.values("pk")))


class Text(django_filters.CharFilter):
    """Exactly this text."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, strip=False)


class OneOf(django_filters.ChoiceFilter):
    """One of the choices, spelled as they are."""

    def __init__(self, field_name: str, choices: Any, **extra: Any) -> None:
        super().__init__(field_name=field_name, choices=choices, null_label=None, empty_label=None, **extra)


class YesNo(django_filters.TypedChoiceFilter):
    """`true` or `false`, and nothing else."""

    def __init__(self, field_name: str | None = None, **extra: Any) -> None:
        super().__init__(
            field_name=field_name,
            choices=[("true", "true"), ("false", "false")],
            coerce=lambda value: value == "true",
            **extra,
        )


def of_state(path: str, *, many: bool = False) -> Named:
    return Named(path, MemberState, "iso_alpha3", many=many)


def of_plan(path: str) -> Named:
    return Named(path, Plan, "slug")


def of_cycle(path: str) -> Named:
    return Named(path, Cycle, "slug")


def of_pillar(path: str, *, many: bool = False) -> Named:
    return Named(path, Pillar, "code", many=many)


def of_objective(path: str) -> Named:
    return Named(path, Objective, "code")


def of_pillar_of_item(path: str) -> Named:
    """`path` leads to an action item."""
    return Named(path, ActionItem, "objective__pillar__code")


def of_objective_of_item(path: str) -> Named:
    return Named(path, ActionItem, "objective__code")


def of_item(path: str, *, many: bool = False) -> Named:
    return Named(path, ActionItem, "code", many=many)


def of_theme(path: str) -> Named:
    return Named(path, Theme, "slug", many=True)


def of_partner(path: str) -> Named:
    return Named(path, Partner, "slug", many=True)


def filtered(
    filterset: type[django_filters.FilterSet] | None, queryset: QuerySet, parameters: Mapping[str, str], request: Any
) -> QuerySet:
    """The rows that pass. Filters that are not asked for are not even built."""
    if filterset is None:
        return queryset
    asked = {name: value for name, value in parameters.items() if name in filterset.base_filters}
    if not asked:
        return queryset
    if blank := [name for name, value in asked.items() if value == ""]:
        raise refuse(blank[0], "required", _("Give a value, or leave it out."))
    narrow = _only(filterset, tuple(sorted(asked)))  # type: ignore[arg-type]
    values = _values(narrow.base_filters, asked)
    filters = narrow(queryset=queryset, request=request).filters
    for name, value in values.items():
        queryset = filters[name].filter(queryset, value)
    return queryset


@lru_cache(maxsize=512)
def _only(filterset: type[django_filters.FilterSet], names: tuple[str, ...]) -> type[django_filters.FilterSet]:
    """The same filter set with these filters only: each request copies all that a filter set has."""
    narrow: Any = type(filterset.__name__, (filterset,), {})
    narrow.base_filters = {name: filterset.base_filters[name] for name in names}
    return narrow


def _values(declared: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    """What each filter takes, or all that is wrong. A form for it would cost more than the filters do."""
    values, problems = {}, []
    for name, text in asked.items():
        try:
            values[name] = declared[name].field.clean(text)
        except ValidationError as error:
            problems.append(_problem(name, declared[name], error))
    if problems:
        raise Invalid(problems=problems)
    return values


def _problem(name: str, declared: Any, error: ValidationError) -> Problem:
    if error.code != "invalid_choice":
        return Problem(name, error.code or "invalid", error.messages[0])
    choices = ", ".join(str(value) for value, _label in declared.extra["choices"])
    return Problem(name, "choice", _("One of: %(choices)s.") % {"choices": choices})
