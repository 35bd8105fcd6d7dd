"""The database itself refuses to change what has been issued, signed, or once written."""

from django.db import migrations

from commitments.migrations._append_only import forbidden


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("commitments", "0002_append_only")]
    operations = [forbidden("reporting_edition", "reporting_signature", "reporting_passageversion")]
