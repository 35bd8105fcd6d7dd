"""The database itself refuses to change what has been recorded: events, revisions, and what belongs to a revision."""

from django.db import migrations

from commitments.migrations._append_only import forbidden

POSTGRESQL = """
CREATE FUNCTION jpoa_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)  # its percent sign is no parameter


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION jpoa_append_only()")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]
    operations = [
        migrations.RunPython(make, remove),
        forbidden("commitments_event", "commitments_revision", "commitments_revision_evidence"),
    ]
