"""The words that `0007` took along leave the table of commitments. PostgreSQL alters no table with a copy pending."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0007_planned_apart")]

    operations = [
        migrations.RemoveField(model_name="commitment", name=name)
        for name in ("place_in_strategy", "planned_measures", "target_on")
    ]
