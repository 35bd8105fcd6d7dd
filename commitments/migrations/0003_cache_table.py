"""The table of the shared cache (rate limits of sign-in), so that nobody has to create it by hand."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0002_append_only")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
