"""The history of the five documents, loaded into a world of the places that it names."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.directory.demo import COUNTY
from marrow.missions import demo
from tests.builders import NOW, OFFICE, load_places
from tests.builders.kept import once

NAMED = """
CN CN-BJ CN-XZ CN-SH CN-GD CN-AH CN-LN CN-SN CN-NX CN-540100 CN-540200 CN-540400 CN-540500
CN-410225 CN-341221 CN-141032 GN TT BF VU LY YUCS LK KW ZM FJ PG AG JM 002 MG
"""


@pytest.fixture
def history(db: None) -> None:
    def loads() -> None:
        load_places(*NAMED.split(), COUNTY)
        demo.fill(OFFICE, NOW)

    once("history", loads)


@pytest.fixture
def visitor(history: None) -> Client:
    """A stranger who reads the public pages in English."""
    return Client(headers={"accept-language": "en"})
