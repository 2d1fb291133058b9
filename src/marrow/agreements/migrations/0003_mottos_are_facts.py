"""The motto of a service is kept in one place: a fact of its programme. What was told of a motto kept
apart becomes that fact, through the journal, with its words and document.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone

from marrow.core.journal import Act, journal
from marrow.core.viewer import Viewer

MOVE = Act("move_motto", "Moved a motto to its programme")


def to_facts(apps: Any, _editor: Any) -> None:
    mottos = dict(
        apps.get_model("agreements", "Tenet").objects.filter(kind="MOTTO").values_list("pk", "programme")
    )
    if not mottos:
        return
    # the journal writes the rows of today's models, and asks them only where a motto stands
    from marrow.agreements.models import Tenet  # noqa: PLC0415
    from marrow.sources.models import Fact  # noqa: PLC0415

    for tenet in Tenet.objects.filter(pk__in=mottos):
        programme = mottos[tenet.pk]
        known = Fact.objects.filter(about=programme, field="motto", standing="SHOWN").exists()
        scope = f"programme:{programme}"
        with journal(MOVE, by=Viewer(via="command"), at=timezone.now(), scope=scope) as page:
            for fact in Fact.objects.filter(about=tenet.pk):
                fact.about_model, fact.about = "programmes.programme", programme
                fact.field = "motto"
                fact.standing = "ALSO" if known and fact.standing == "SHOWN" else fact.standing
                page.save(fact)
            page.remove(tenet)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_firsts"),
        ("core", "0004_lines_and_counter_sealed"),
        ("programmes", "0001_initial"),
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(to_facts, migrations.RunPython.noop),
        migrations.RemoveField("tenet", "kind"),
        migrations.AlterModelOptions("tenet", {"ordering": ["id"]}),
    ]
