"""Each line and the counter get a seal of their own; what stands is sealed as it stands."""

from typing import Any

from django.db import migrations, models

from marrow.core.journal.sealing import SIGNED, counter_mac, line_mac

AT_ONCE = 1000


def seal_what_stands(apps: Any, editor: Any) -> None:
    Operation = apps.get_model("core", "Operation")
    waiting: list[Any] = []
    for row in Operation.objects.only("id", *SIGNED).order_by("id").iterator(chunk_size=AT_ONCE):
        row.mac = line_mac(f"@{row.id}", vars(row))
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            Operation.objects.bulk_update(waiting, ["mac"])
            waiting = []
    Operation.objects.bulk_update(waiting, ["mac"])
    seal = apps.get_model("core", "Seal").objects.order_by("-last").first()
    for counter in apps.get_model("core", "FeedCounter").objects.all():
        counter.mac = counter_mac(counter.number, seal.mac if seal else "")
        counter.save(update_fields=["mac"])


class Migration(migrations.Migration):
    dependencies = [("core", "0003_cache_lines")]

    operations = [
        migrations.AddField(
            "operation", "mac", models.CharField(blank=True, default="", max_length=80), False
        ),
        migrations.AddField(
            "feedcounter", "mac", models.CharField(blank=True, default="", max_length=64), False
        ),
        migrations.RunPython(seal_what_stands, migrations.RunPython.noop),
    ]
