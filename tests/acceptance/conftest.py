"""The history of the five documents, loaded into a world of the places that it names."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.directory.actions import load_areas
from marrow.directory.gazetteer import places
from marrow.missions import demo
from tests.builders import NOW, OFFICE

NAMED = """
CN CN-BJ CN-XZ CN-SH CN-GD CN-AH CN-LN CN-SN CN-NX CN-540100 CN-540200 CN-540400 CN-540500
CN-410225 CN-341221 CN-141032 GN TT BF VU LY YUCS LK KW ZM FJ PG AG JM 002 MG
"""


@pytest.fixture
def history(db: None) -> None:
    world = places()
    codes = {code for name in NAMED.split() for code in world[name].path.split("/") if code}
    load_areas(areas=[world[c] for c in world if c in codes], aliases=[], by=OFFICE, at=NOW)
    demo.fill(OFFICE, NOW)


@pytest.fixture
def visitor(history: None) -> Client:
    """A stranger who reads the public pages in English."""
    return Client(headers={"accept-language": "en"})
