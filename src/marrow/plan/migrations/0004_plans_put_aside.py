from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0003_words_in_other_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='scenario',
            name='aside_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='scenario',
            name='aside_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='scenario',
            name='aside_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
