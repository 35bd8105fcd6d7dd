"""What has served its time is taken away; what may still be asked for stays."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from knox.models import AuthToken

from commitments.models import StoredReply


def test_old_replies_and_expired_tokens_go_and_others_stay(world):
    focal, now = world.who("focal.kaz"), timezone.now()
    for key, age in (("old", 31), ("young", 29)):
        StoredReply.objects.create(
            person=focal, key=key, request_hash="x", status=200, made_at=now - dt.timedelta(days=age)
        )
    with time_machine.travel(now - dt.timedelta(days=2)):
        AuthToken.objects.create(focal)
    living, _ = AuthToken.objects.create(focal)

    call_command("tidy", stdout=io.StringIO())

    assert list(StoredReply.objects.values_list("key", flat=True)) == ["young"]
    assert list(AuthToken.objects.all()) == [living]


@pytest.mark.same_on_every_engine
def test_what_the_cache_keeps_no_longer_goes_and_the_rest_stays(db, settings):
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    }
    call_command("createcachetable", "cache")
    cache.set("over", "x", 60)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        cache.set("living", "x", 60)

        call_command("tidy", stdout=io.StringIO())

        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM cache")
            assert cursor.fetchall() == [(":1:living",)]
