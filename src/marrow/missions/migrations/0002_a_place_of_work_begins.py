from django.db import migrations, models


class Migration(migrations.Migration):
    """Since when a team works at a place; empty of all that were told before: from its first day."""

    dependencies = [("missions", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="site", name="from_on", field=models.DateField(null=True)
        ),
    ]
