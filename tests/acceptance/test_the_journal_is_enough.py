"""The journal of the whole demonstration, folded into empty tables, gives every table again."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import connection

from marrow.core.journal.folding import fold, journalled_models, rebuild, table
from marrow.core.journal.verifying import verify
from marrow.sources.models import Fact
from tests.builders import SHARED

RECORDS = SHARED / "data/medical_teams/team_records_16_countries.csv"


@pytest.mark.django_db(transaction=True)
def test_the_journal_of_the_whole_demonstration_gives_every_table_again() -> None:
    call_command("demo", verbosity=0, stdout=io.StringIO())
    if RECORDS.exists():
        call_command("import", "teams", str(RECORDS), "--quiet", stdout=io.StringIO())
    models = journalled_models()
    before = {model: table(model) for model in models}
    for model in models:
        assert fold(model) == before[model], model
    assert Fact.objects.exists()
    with connection.constraint_checks_disabled():
        for model in models:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
        for model in models:
            rebuild(model)
    assert {model: table(model) for model in models} == before
    assert not verify().broken
