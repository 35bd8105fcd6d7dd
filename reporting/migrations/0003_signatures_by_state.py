"""A signature says itself of which State and cycle it is: the contribution beside it goes on being written in secret."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

append_only = import_module("reporting.migrations.0002_append_only")
COPY = """
UPDATE reporting_signature SET
    cycle_id = (SELECT c.cycle_id FROM reporting_contribution c WHERE c.id = contribution_id),
    member_state_id = (SELECT c.member_state_id FROM reporting_contribution c WHERE c.id = contribution_id)
"""


def named(model):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to=f"commitments.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [("commitments", "0008_planned_only_apart"), ("reporting", "0002_append_only")]

    operations = [
        migrations.RunPython(append_only.allow, append_only.forbid),
        migrations.AddField("signature", "cycle", named("cycle")),
        migrations.AddField("signature", "member_state", named("memberstate")),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
