"""Take away what has served its time. Run it once a day."""

import datetime as dt
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone
from knox.models import get_token_model

from commitments.models import Notice, Reading, StoredReply

KEPT_FOR = dt.timedelta(days=30)


class Command(BaseCommand):
    help = (
        "Delete expired sessions and tokens, answers kept for repeated requests for more than 30 days, "
        "notices of more than 180 days, readings older than READINGS_KEPT_DAYS, and what the cache keeps no longer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        replies, _ = StoredReply.objects.filter(made_at__lt=now - KEPT_FOR).delete()
        tokens, _ = get_token_model().objects.filter(expiry__lt=now).delete()
        notices = Notice.let_go(now)
        readings, _ = Reading.objects.outlived(now).delete()
        call_command("clearsessions")
        cached = _let_go_of_cached(now)
        kinds = f"{replies} stored replies, {tokens} expired tokens, {notices} notices, {readings} readings, "
        kinds += f"{cached} entries of the cache"
        self.stdout.write(f"Deleted: {kinds}, and expired sessions.")


def _let_go_of_cached(now: dt.datetime) -> int:
    """Django itself takes away what has run out only when its place is asked for again, or the table is full."""
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [connection.ops.adapt_datetimefield_value(now)])
        return int(cursor.rowcount)
