"""Moves on many updates at once, made in the background."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0003_cache_table")]
    operations = []
