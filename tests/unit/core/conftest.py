"""A journal of a few pages, and hands that alter what the database holds."""

from __future__ import annotations

from typing import Any

import pytest

from marrow.directory.actions import add_alias, name_organisation
from marrow.directory.models import Organisation
from tests.builders import NOW, OFFICE, a_hospital


@pytest.fixture
def hospital(places: Any) -> Organisation:
    """An organisation with a few changes, each in a page of its own."""
    row = a_hospital("Ignace Test")
    name_organisation(organisation=row.pk, names={"fr": "Ignace Deen"}, by=OFFICE, at=NOW)
    add_alias(organisation=row.pk, text="Ignace", language="fr", by=OFFICE, at=NOW)
    a_hospital("Another")
    return row
