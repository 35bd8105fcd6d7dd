"""Revisions and evidence say themselves of which cycle and commitment they are: the update beside them goes on in secret."""

import django.db.models.deletion
from django.db import migrations, models

from commitments.migrations._append_only import allowed


def copy(table):
    took = ", ".join(
        f"{name}_id = (SELECT u.{name}_id FROM commitments_update u WHERE u.id = update_id)"
        for name in ("cycle", "commitment")
    )
    return migrations.RunSQL(f"UPDATE {table} SET {took}", migrations.RunSQL.noop)


def place(model, name):
    belongs = models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="%(class)ss",
        to=f"commitments.{name}",
    )
    return migrations.AddField(model, name, belongs)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0011_invitations")]

    operations = [
        allowed("commitments_revision"),
        *(place(model, name) for model in ("revision", "evidence") for name in ("cycle", "commitment")),
        copy("commitments_revision"),
        copy("commitments_evidence"),
    ]
