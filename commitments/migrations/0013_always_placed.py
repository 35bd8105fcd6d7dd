"""Now that every revision and all evidence has its place, both are required, and the database refuses changes again."""

import django.db.models.deletion
from django.db import migrations, models

from commitments.migrations._append_only import forbidden


def place(model, name):
    belongs = models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to=f"commitments.{name}"
    )
    return migrations.AlterField(model, name, belongs)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0012_placed")]

    operations = [
        *(place(model, name) for model in ("revision", "evidence", "release") for name in ("cycle", "commitment")),
        forbidden("commitments_revision"),
    ]
