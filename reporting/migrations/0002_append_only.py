"""The database itself refuses to change what has been issued, signed, or once written."""

from django.db import migrations

TABLES = ["reporting_edition", "reporting_signature", "reporting_passageversion"]


def forbid(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        if postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION jpoa_append_only()"
            )
        for verb in ("UPDATE", "DELETE"):
            action = (
                "EXECUTE FUNCTION jpoa_append_only()"
                if postgresql
                else f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW {action}"
            )


def allow(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete", *(["truncate"] if postgresql else [])):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}" + (f" ON {table}" if postgresql else ""))


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("commitments", "0002_append_only")]
    operations = [migrations.RunPython(forbid, allow)]
