"""What a State plans stands in rows of its own: who leads an item may be joined to by everybody, its words may not."""

import django.db.models.deletion
from django.db import migrations, models

WORDS = "planned_measures, target_on, place_in_strategy"
TAKE = f"""
INSERT INTO commitments_planned (commitment_id, {WORDS})
SELECT id, {WORDS} FROM commitments_commitment
WHERE planned_measures <> '' OR target_on IS NOT NULL OR place_in_strategy <> ''
"""
GIVE_BACK = f"""
UPDATE commitments_commitment SET ({WORDS}) = (
    SELECT {WORDS} FROM commitments_planned WHERE commitment_id = commitments_commitment.id
) WHERE id IN (SELECT commitment_id FROM commitments_planned)
"""


class Migration(migrations.Migration):
    dependencies = [("commitments", "0006_profiles")]

    operations = [
        migrations.CreateModel(
            name="Planned",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_measures", models.TextField(blank=True, verbose_name="planned measures")),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="target date")),
                ("place_in_strategy", models.TextField(blank=True, verbose_name="place in the national strategy")),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="commitments.commitment",
                    ),
                ),
            ],
            options={"verbose_name": "planned measures", "verbose_name_plural": "planned measures"},
        ),
        migrations.RunSQL(TAKE, GIVE_BACK),
    ]
