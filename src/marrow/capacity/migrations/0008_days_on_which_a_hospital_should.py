from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capacity', '0007_on_whose_word_a_step_ended'),
    ]

    operations = [
        migrations.AddField(
            model_name='expected',
            name='from_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='expected',
            name='until_on',
            field=models.DateField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name='expected',
            name='a_hospital_is_expected_once',
        ),
        migrations.AddConstraint(
            model_name='expected',
            constraint=models.UniqueConstraint(
                condition=models.Q(('until_on', None)), fields=('list', 'organisation'),
                name='a_hospital_is_expected_once',
            ),
        ),
    ]
