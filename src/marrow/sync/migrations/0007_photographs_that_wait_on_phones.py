from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sync", "0006_whose_a_line_is"),
    ]

    operations = [
        migrations.AddField("installation", "pictures", models.PositiveIntegerField(null=True)),
    ]
