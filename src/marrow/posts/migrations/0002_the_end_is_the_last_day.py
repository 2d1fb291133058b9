from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("posts", "0001_initial")]

    operations = [
        migrations.RenameField("extension", "until_on", "planned_end_on"),
    ]
