"""Notices in the desk, digests and reminders."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0004_batches")]
    operations = []
