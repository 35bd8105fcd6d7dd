"""What has served its time is taken away; what may still be asked for stays."""

import datetime as dt
import io

import time_machine
from django.core.management import call_command
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
