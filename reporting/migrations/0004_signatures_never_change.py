"""Now that every signature has its State and cycle, both are required, and the database refuses changes again."""

import django.db.models.deletion
from django.db import migrations, models

from commitments.migrations._append_only import forbidden


def named(model):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to=f"commitments.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_signatures_by_state")]

    operations = [
        migrations.AlterField("signature", "cycle", named("cycle")),
        migrations.AlterField("signature", "member_state", named("memberstate")),
        forbidden("reporting_signature"),
    ]
