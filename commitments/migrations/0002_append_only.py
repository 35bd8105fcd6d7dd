"""The database itself refuses to change what has been recorded: events, revisions, and what belongs to a revision."""

from django.db import migrations

TABLES = ["commitments_event", "commitments_revision", "commitments_revision_evidence"]

POSTGRESQL = """
CREATE FUNCTION jpoa_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)  # its percent sign is no parameter
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION jpoa_append_only()"
            )
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            if schema_editor.connection.vendor == "postgresql":
                action = "EXECUTE FUNCTION jpoa_append_only()"
            else:
                action = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW {action}"
            )


def allow(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete", *(["truncate"] if postgresql else [])):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION jpoa_append_only()")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
