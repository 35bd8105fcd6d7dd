"""A person's own time zone and the address of their calendar."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0005_notices")]
    operations = []
