"""What a revision says is hashed with a salt from now on. Revisions of before keep their hash, and have none.

The database has the default too, for those who still write as before while this runs. Whoever goes back keeps the salts
beside the table until they come forward again: without them no receipt of the meantime could be checked.
"""

from django.db import migrations, models

from commitments.migrations._append_only import allowed, forbidden

TABLE, KEPT = "commitments_revision", "commitments_revision_salts"


def keep(apps, schema_editor):
    schema_editor.execute(f"CREATE TABLE {KEPT} AS SELECT id, salt FROM {TABLE} WHERE salt <> ''")


def put_back(apps, schema_editor):
    if KEPT in schema_editor.connection.introspection.table_names():
        of = f"FROM {KEPT} k WHERE k.id = {TABLE}.id"
        schema_editor.execute(f"UPDATE {TABLE} SET salt = (SELECT k.salt {of}) WHERE EXISTS (SELECT 1 {of})")
        schema_editor.execute(f"DROP TABLE {KEPT}")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0013_always_placed")]

    operations = [
        allowed(TABLE),
        migrations.AddField("revision", "salt", models.CharField(max_length=32, blank=True, default="", db_default="")),
        migrations.RunPython(put_back, keep),
        forbidden(TABLE),
    ]
