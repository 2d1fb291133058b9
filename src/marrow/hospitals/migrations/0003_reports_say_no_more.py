import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hospitals", "0002_reports_are_of_machines")]

    operations = [
        migrations.RemoveIndex("equipmentreport", "report_of_hospital"),
        migrations.RemoveField("equipmentreport", "equipment"),
        migrations.RemoveField("equipmentreport", "broken_since"),
        migrations.RemoveField("equipmentreport", "mended_on"),
        migrations.RemoveField("equipmentreport", "mended_how"),
        migrations.AlterField(
            "equipmentreport", "change",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="report",
                to="capacity.equipmentchange",
            ),
        ),
        migrations.AlterField("equipmentreport", "since_known", models.BooleanField()),
        migrations.AddIndex(
            "equipmentreport",
            models.Index(fields=["organisation"], name="report_of_a_hospital"),
        ),
    ]  # fmt: skip
