"""A motto that was kept apart becomes a fact of its programme, and the journal still tells all."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from marrow.agreements.actions import tell_tenet
from marrow.agreements.models import Tenet
from marrow.core.journal.folding import fold, table
from marrow.core.words import names
from marrow.programmes.queries import motto_of
from marrow.sources.models import Fact
from tests.builders import NOW, PAPER
from tests.builders.agreeing import agreed

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("places")
def test_a_motto_kept_apart_becomes_the_programmes_with_its_words() -> None:
    world = agreed()
    row = tell_tenet(
        programme=world.programme.key, names=names("Teach"), source=PAPER, by=world.office, at=NOW
    )
    before = MigrationExecutor(connection).loader.project_state(("agreements", "0002_firsts"))
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE agreements_tenet ADD COLUMN kind varchar(6) NOT NULL DEFAULT 'MOTTO'"
        )
        try:
            import_module("marrow.agreements.migrations.0003_mottos_are_facts").to_facts(
                before.apps, None
            )
        finally:
            cursor.execute("ALTER TABLE agreements_tenet DROP COLUMN kind")
    motto = motto_of(world.programme)
    assert motto is not None
    assert (motto.value, motto.quote.text) == ("Teach", PAPER.words)
    assert not Tenet.objects.filter(pk=row.pk).exists()
    for model in (Tenet, Fact):
        assert fold(model) == table(model)
