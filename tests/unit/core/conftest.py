"""A journal of a few pages, and hands that alter what the database holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from marrow.core.backups import drilling
from marrow.directory.actions import add_alias, name_organisation
from marrow.directory.models import Organisation
from tests.builders import NOW, OFFICE, a_hospital
from tests.loaded import Loaded


@pytest.fixture
def hospital(places: Any) -> Organisation:
    """An organisation with a few changes, each in a page of its own."""
    row = a_hospital("Ignace Test")
    name_organisation(organisation=row.pk, names={"fr": "Ignace Deen"}, by=OFFICE, at=NOW)
    add_alias(organisation=row.pk, text="Ignace", language="fr", by=OFFICE, at=NOW)
    a_hospital("Another")
    return row


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    with closing(Loaded(dict(os.environ), tmp_path_factory.mktemp("loaded"))) as one:
        yield one


@pytest.fixture
def verified_at_once(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drill's process, which proves the journal of what was restored, need not load first."""

    def run(words: list[str], *, env: dict[str, str], **_how: Any) -> Any:
        return loaded.run(*words[1:], **env)

    monkeypatch.setattr(drilling, "subprocess", SimpleNamespace(run=run))
