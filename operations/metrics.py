"""Counters for Prometheus. No label holds a State, a code or a person.

With several processes each counts in a file of its own in PROMETHEUS_MULTIPROC_DIR, and whichever is asked adds them
up. Every counter has a label: a process that counts nothing leaves no file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db import Error
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from operations.backups.shelf import newest
from reporting.background import worker_seen

METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_counted = CollectorRegistry()
_requests = Counter("jpoa_requests", "Requests answered.", ["route", "method", "status"], registry=_counted)
_latency = Histogram("jpoa_request_seconds", "Time to an answer.", ["route"], buckets=SECONDS, registry=_counted)
_outages = Counter("jpoa_database_errors", "Requests the database could not answer.", ["kind"], registry=_counted)
_mails = Counter("jpoa_mails", "Mails, by what became of them.", ["outcome"], registry=_counted)
_refused = Counter("jpoa_sign_in_failures", "Wrong address, password or code.", ["door"], registry=_counted)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    route = route or "none"
    _requests.labels(route, method if method in METHODS else "other", str(status)).inc()
    _latency.labels(route).observe(seconds)


def count_outage(exception: BaseException) -> None:
    _outages.labels(type(exception).__name__).inc()


def count_mails(outcome: str, number: int) -> None:
    _mails.labels(outcome).inc(number)


def count_failed_sign_in(**facts: Any) -> None:
    """Called with whatever the sign-in tells of itself; none of it is kept."""
    request = facts.get("request")
    _refused.labels("api" if request is not None and request.path.startswith("/api/") else "page").inc()


def written() -> bytes:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(_counted)
    registry.register(_Standing())
    return generate_latest(registry)


class _Standing:
    """What is looked up when it is asked for. Where the database cannot say, the line is absent."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with suppress(Error):
            for status in ("READY", "RUNNING", "FAILED"):
                count = DBTaskResult.objects.filter(status=status).count()
                yield GaugeMetricFamily(f"jpoa_tasks_{status.lower()}", "Work in the background.", value=count)
        if seen := worker_seen():
            yield GaugeMetricFamily("jpoa_worker_seen_timestamp_seconds", "A worker was last seen.", value=seen)
        if made_at := newest():
            name, told = "jpoa_last_backup_timestamp_seconds", "The newest whole backup here was begun."
            yield GaugeMetricFamily(name, told, value=made_at.timestamp())
