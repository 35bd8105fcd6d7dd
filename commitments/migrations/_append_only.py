"""Operations by which the database itself refuses to change the rows of a table, and by which it allows it again."""

from django.db.migrations import RunPython


def forbidden(*tables):
    """From here on rows of these tables are only added."""
    return RunPython(_each(tables, _forbid), _each(tables, _allow))


def allowed(*tables):
    """Until the next `forbidden` their rows may be changed: for a migration that gives them a column."""
    return RunPython(_each(tables, _allow), _each(tables, _forbid))


def _each(tables, act):
    def run(apps, schema_editor):
        for table in tables:
            act(schema_editor, table, schema_editor.connection.vendor == "postgresql")

    return run


def _forbid(schema_editor, table, postgresql):
    if postgresql:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION jpoa_append_only()"
        )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    action = "EXECUTE FUNCTION jpoa_append_only()" if postgresql else refuse
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW {action}"
        )


def _allow(schema_editor, table, postgresql):
    for verb in ("update", "delete", *(["truncate"] if postgresql else [])):
        schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}" + (f" ON {table}" if postgresql else ""))
