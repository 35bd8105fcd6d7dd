"""Files of evidence wait for whatever scans them; those that are there have been passed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0009_readings'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='scan',
            field=models.CharField(choices=[('waiting', 'Being checked'), ('passed', 'Checked'), ('refused', 'Refused by the check')], default='passed', max_length=10),
        ),
        migrations.AddField(
            model_name='evidence',
            name='scan_begun_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='scan_reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('scan__in', ['waiting', 'passed', 'refused'])), name='evidence_scan_known'),
        ),
    ]
