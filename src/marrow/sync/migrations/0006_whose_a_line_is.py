"""Whose office looks after a line that was set aside, and whether it is a call for help, stand on
the line; of those that were set aside before, the work that was opened about each says it."""

from django.db import migrations, models


def as_their_work_says(apps, schema_editor):
    receipts = apps.get_model("sync", "Receipt").objects
    work = apps.get_model("sources", "WorkItem").objects.filter(key__startswith="set-aside:")
    told = work.values_list("key", "code", "about_model", "about")
    for key, code, model, about in told.iterator(chunk_size=500):
        receipts.filter(pk=int(key.partition(":")[2])).update(
            mission=about if model == "missions.mission" else None,
            urgent=code == "SET_ASIDE_URGENT",
        )


class Migration(migrations.Migration):

    dependencies = [
        ("sources", "0001_initial"),
        ("sync", "0005_a_loss_that_will_never_come"),
    ]

    operations = [
        migrations.AddField("receipt", "mission", models.UUIDField(null=True)),
        migrations.AddField("receipt", "urgent", models.BooleanField(default=False)),
        migrations.AddIndex(
            "receipt", models.Index(fields=["outcome", "settled_at"], name="lines_that_wait")
        ),
        migrations.AddIndex(
            "receipt",
            models.Index(
                condition=models.Q(("settled_at__isnull", False)),
                fields=["settled_at"],
                name="lines_settled",
            ),
        ),
        migrations.RunPython(as_their_work_says, migrations.RunPython.noop),
    ]
