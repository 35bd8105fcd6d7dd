"""A person's own time zone and names of tokens; words to be searched; partners write their activities themselves."""

import django.db.models.deletion
from django.db import migrations, models

from commitments.content import SECTIONS
from commitments.search import search_text

AT_ONCE = 500


def words(content, without=()):
    told = [name for name in SECTIONS if name not in without]
    yield from (getattr(content, name) for name in told)
    for texts in content.translations.values():
        yield from (texts[name] for name in told if name in texts)


def names(commitment):
    state = commitment.member_state
    return [commitment.action_item.code, state.name, *(texts.get("name", "") for texts in state.translations.values())]


def store(rows, *fields):
    for start in range(0, len(rows), AT_ONCE):
        rows[0]._meta.model.objects.bulk_update(rows[start : start + AT_ONCE], fields)


def store_words(apps, schema_editor):
    """Of what stands already; from now on they are stored as it is written."""
    place = ("commitment__member_state", "commitment__action_item")
    updates = list(apps.get_model("commitments", "Update").objects.select_related(*place))
    for update in updates:
        if any(words(update)):
            update.search_text = search_text([*names(update.commitment), *words(update)])
    store(updates, "search_text")
    releases = list(apps.get_model("commitments", "Release").objects.select_related("revision", *place))
    for release in releases:
        told, open_words = words(release.revision), words(release.revision, without=release.withheld_sections)
        release.search_text = search_text([*names(release.commitment), *told])
        release.open_search_text = search_text([*names(release.commitment), *open_words])
    store(releases, "search_text", "open_search_text")
    activities = list(apps.get_model("commitments", "PartnerActivity").objects.all())
    for activity in activities:
        texts = [activity.title, activity.summary, activity.place]
        for translated in activity.translations.values():
            texts += [translated.get(name) or "" for name in ("title", "summary", "place")]
        activity.search_text = search_text(texts)
    store(activities, "search_text")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0005_notices"), ("knox", "0009_extend_authtoken_field")]
    operations = [
        migrations.AddField(
            "person", "time_zone", models.CharField("time zone", blank=True, default="", max_length=50)
        ),
        migrations.CreateModel(
            name="TokenName",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="called",
                        serialize=False,
                        to="knox.authtoken",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
            ],
        ),
        migrations.AddField("update", "search_text", models.TextField(blank=True, default="")),
        migrations.AddField("release", "search_text", models.TextField(blank=True, default="")),
        migrations.AddField("release", "open_search_text", models.TextField(blank=True, default="")),
        migrations.AddField("partneractivity", "search_text", models.TextField(blank=True, default="")),
        migrations.AddField("partneractivity", "version", models.PositiveIntegerField(default=0)),
        migrations.RunPython(store_words, migrations.RunPython.noop),
    ]
