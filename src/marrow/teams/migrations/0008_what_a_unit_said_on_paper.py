from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0007_the_few_of_a_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='unit_answered_by',
            field=models.CharField(blank=True, default='', max_length=160),
            preserve_default=False,
        ),
    ]
