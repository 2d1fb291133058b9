from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sync", "0007_photographs_that_wait_on_phones"),
    ]

    operations = [
        migrations.AddField("receipt", "parted", models.JSONField(null=True)),
    ]
