"""Who has read what a State has not released. The database takes new rows, changes none, and lets go of old ones only."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


TABLE = "commitments_reading"
YOUNG = "is a log: nothing in it changes, and nothing younger than a year is dropped"
# What must go for privacy goes by age; no row that is young enough to matter can be made away with.
POSTGRESQL = f"""
CREATE FUNCTION jpoa_reading_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < now() - interval '1 year' THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION '{TABLE} {YOUNG}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def forbid(apps, schema_editor):
    refuse = f"SELECT RAISE(ABORT, '{TABLE} {YOUNG}')"
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute(f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN {refuse}; END")
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
            f"WHEN OLD.at >= datetime('now', '-1 year') BEGIN {refuse}; END"
        )
        return
    schema_editor.execute(POSTGRESQL, params=None)
    for verb, each in (("UPDATE", "FOR EACH ROW"), ("DELETE", "FOR EACH ROW"), ("TRUNCATE", "")):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} {each} "
            "EXECUTE FUNCTION jpoa_reading_log()"
        )


def allow(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for verb in ("update", "delete", *(["truncate"] if postgresql else [])):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{verb}" + (f" ON {TABLE}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION jpoa_reading_log()")


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0008_planned_only_apart'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('once', models.CharField(editable=False, max_length=64, unique=True)),
                ('person_name', models.CharField(max_length=200, verbose_name='who')),
                ('role', models.CharField(blank=True, choices=[('focal_point', 'Focal point'), ('coordinator', 'National coordinator'), ('reviewer', 'Secretariat reviewer'), ('editor', 'Secretariat editor'), ('partner', 'Partner'), ('observer', 'Observer')], max_length=20, verbose_name='acting as')),
                ('kind', models.CharField(choices=[('update', 'Working copy'), ('revision', 'Submitted revision'), ('evidence', 'Evidence'), ('planned', 'Planned measures'), ('observations', 'Observations and reply'), ('history', 'Reasons and changes in the history'), ('contribution', 'National contribution'), ('comment', 'Comment on a report'), ('report', 'Report with words not released to everybody')], max_length=20, verbose_name='what')),
                ('key', models.CharField(max_length=120)),
                ('item', models.CharField(blank=True, max_length=20, verbose_name='action item')),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('part', models.CharField(blank=True, max_length=40)),
                ('channel', models.CharField(choices=[('desk', 'Desk'), ('admin', 'Administration'), ('api', 'API'), ('export', 'Table'), ('file', 'File')], max_length=10, verbose_name='by way of')),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.agency')),
                ('member_state', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.memberstate')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('state_served', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.memberstate')),
            ],
            options={
                'verbose_name': 'reading',
                'verbose_name_plural': 'readings',
                'indexes': [models.Index(fields=['member_state', 'at', 'uid'], name='readings_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['desk', 'admin', 'api', 'export', 'file'])), name='reading_channel_known')],
            },
        ),
        migrations.RunPython(forbid, allow),
    ]
