"""Stored answers: a repeated request with the same key gets the answer that it got before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from commitments.models.people import Person


class StoredReply(models.Model):
    """The answer to one POST, kept in the transaction of what it did."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.JSONField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_reply_a_key")]
        verbose_name_plural = "stored replies"

    def __str__(self) -> str:
        return self.key
