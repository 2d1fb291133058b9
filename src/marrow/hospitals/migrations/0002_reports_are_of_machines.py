"""A report of broken equipment is about a machine of the hospital. What was told in words becomes a
machine, from which day it was down and from which it worked again, through the journal.
"""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from marrow.core.journal import Act, journal
from marrow.core.viewer import Viewer

MOVE = Act("enter_reported_machine", "Entered a machine that was reported broken")


def to_machines(apps: Any, _editor: Any) -> None:
    told = list(apps.get_model("hospitals", "EquipmentReport").objects.order_by("reported_at"))
    if not told:
        return
    # the journal writes the rows of today's models, and asks them only where a report stands
    from marrow.capacity.models import Equipment, EquipmentChange  # noqa: PLC0415
    from marrow.hospitals.models import EquipmentReport  # noqa: PLC0415

    mended: dict[tuple[UUID, str], tuple[Equipment, dt.date]] = {}
    now = timezone.now()
    for old in told:
        since = old.broken_since or timezone.localdate(old.reported_at)
        key = (old.organisation_id, old.equipment)
        scope = f"organisation:{old.organisation_id}"
        with journal(MOVE, by=Viewer(via="command"), at=now, scope=scope) as page:
            machine, works_since = mended.pop(key, (None, None))
            if machine is None or works_since is None or since < works_since:
                machine = Equipment(
                    id=uuid4(), organisation_id=old.organisation_id, label=old.equipment
                )
                page.save(machine)
            said = {"equipment": machine, "told_by": old.reported_by}
            down = EquipmentChange(
                id=uuid4(), state="DOWN", on=since, told_at=old.reported_at, **said
            )
            page.save(down)
            if old.mended_on:
                mended[key] = machine, old.mended_on
                works = {"state": "WORKS", "on": old.mended_on, "words": old.mended_how}
                page.save(EquipmentChange(id=uuid4(), told_at=now, **works, **said))
            row = EquipmentReport.objects.get(pk=old.pk)
            row.change, row.since_known = down, old.broken_since is not None
            page.save(row)


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0004_machines_of_any_kind"),
        ("core", "0005_answered_requests"),
        ("hospitals", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "equipmentreport", "change",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="report",
                to="capacity.equipmentchange",
            ),
        ),
        migrations.AddField("equipmentreport", "since_known", models.BooleanField(null=True)),
        migrations.RunPython(to_machines, migrations.RunPython.noop),
    ]  # fmt: skip
