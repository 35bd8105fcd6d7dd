"""Now that every signature has its State and cycle, both are required, and the database refuses changes again."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

append_only = import_module("reporting.migrations.0002_append_only")


def named(model):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to=f"commitments.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_signatures_by_state")]

    operations = [
        migrations.AlterField("signature", "cycle", named("cycle")),
        migrations.AlterField("signature", "member_state", named("memberstate")),
        migrations.RunPython(append_only.forbid, append_only.allow),
    ]
