"""A signature says itself of which State and cycle it is: the contribution beside it goes on being written in secret."""

import django.db.models.deletion
from django.db import migrations, models

from commitments.migrations._append_only import allowed

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
        allowed("reporting_signature"),
        migrations.AddField("signature", "cycle", named("cycle")),
        migrations.AddField("signature", "member_state", named("memberstate")),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
