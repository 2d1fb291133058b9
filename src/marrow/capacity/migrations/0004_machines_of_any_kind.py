from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("capacity", "0003_appraisal")]

    operations = [
        migrations.AlterField("equipment", "machine", models.CharField(blank=True, max_length=40)),
        migrations.AddIndex(
            "equipment", models.Index(fields=["machine"], name="machine_by_code")
        ),
        migrations.AddIndex(
            "presence",
            models.Index(fields=["kind", "resource", "role", "specialty"], name="presence_of_thing"),
        ),
    ]  # fmt: skip
