"""The lists of likely doubles and of a place's organisations walk an index each."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def where_they_lie(apps: Any, editor: Any) -> None:
    likeness = apps.get_model("directory", "Likeness")
    organisation = apps.get_model("directory", "Organisation")
    area = organisation.objects.filter(pk=models.OuterRef("one")).values("area")
    likeness.objects.update(area=models.Subquery(area))


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='likeness',
            name='likeness_alike',
        ),
        migrations.RemoveIndex(
            model_name='organisation',
            name='organisation_area',
        ),
        migrations.RemoveIndex(
            model_name='organisation',
            name='organisation_stands',
        ),
        migrations.AlterField(
            model_name='organisation',
            name='successor',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='area',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.area'),
        ),
        migrations.RunPython(where_they_lie, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='likeness',
            index=models.Index(fields=['-alike', 'kilometres', 'id'], name='likeness_alike'),
        ),
        migrations.AddIndex(
            model_name='likeness',
            index=models.Index(fields=['area', '-alike', 'kilometres', 'id'], name='likeness_area'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(condition=models.Q(('successor', None)), fields=['area', 'kind', 'id'], name='organisation_area'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(condition=models.Q(('successor', None)), fields=['kind'], name='organisation_stands'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(condition=models.Q(('successor__isnull', False)), fields=['successor'], name='organisation_merged'),
        ),
    ]
