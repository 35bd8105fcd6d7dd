"""What many tests stand on is built once, by the moves of its people; every later test is given the same rows again.

Building a world takes some 150 questions to the database, putting the rows back one for each table. Keys are kept: on
PostgreSQL a sequence never goes back, and SQLite counts on from the highest key.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from reporting.management.loading.demonstration import load_demonstration_reports
from reporting.models import Report

Built = TypeVar("Built")
THERE_ALREADY = {"contenttypes", "auth", "sites"}  # Django fills these as the tables are made
_standing: dict[tuple[Callable[[], Any], dt.date], tuple[bytes, list[tuple[type[Model], list[Model]]]]] = {}


def standing(build: Callable[[], Built]) -> Built:
    """What `build` builds today in an empty database. Its answer is copied, so no test sees another's."""
    built_on = build, timezone.now().date()
    if built_on not in _standing:
        built = build()
        _standing[built_on] = pickle.dumps(built), _rows()
        return built
    pickled, tables = _standing[built_on]
    with transaction.atomic():  # a row may stand before the one it points at
        for model, rows in tables:
            model._base_manager.bulk_create(rows)
    return pickle.loads(pickled)


def load_everything() -> str:
    """The plan, the baseline, partner activities and the demonstration's people. What the command prints."""
    out = io.StringIO()
    call_command("load_all", stdout=out)
    return out.getvalue()


def load_the_demonstration() -> list[Report]:
    """Everything, and the reports in the making on which the demonstration's people work, as `make run` begins."""
    standing(load_everything)
    return load_demonstration_reports()


def _rows() -> list[tuple[type[Model], list[Model]]]:
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.app_label not in THERE_ALREADY]
    tables = [(model, list(model._base_manager.order_by("pk"))) for model in models]
    return [(model, rows) for model, rows in tables if rows]
