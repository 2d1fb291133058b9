"""R40, R45: the words of the service, and honours in a row, stand where honours stand."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.core.journal import Act, journal
from marrow.sources.actions import Source, tell_source
from tests.builders import NOW, OFFICE, a_batch, a_programme, a_series, an_honour

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
MOTTO = "不畏艰苦、甘于奉献、救死扶伤、大爱无疆"


def test_r45_the_motto_is_shown_with_its_source() -> None:
    programme = a_programme()
    with journal(Act("test_motto", "Told"), by=OFFICE, at=NOW) as page:
        source = Source("A speech", f"“{MOTTO}”")
        tell_source(page, about=programme, told={"motto": MOTTO}, source=source, at=NOW)
    for address in (f"/programmes/{programme.key}/", "/honours/"):
        shown = Client().get(address).content.decode()
        assert MOTTO in shown
        assert f"{programme.pk}/motto/" in shown


def test_r45_an_office_tells_the_motto_once_and_everybody_reads_it(
    signed_in: dict[str, Client],
) -> None:
    programme = a_programme()
    told = {"text": MOTTO, "source": "A speech", "words": f"“{MOTTO}”"}
    here = f"/agreements/of/{programme.key}/add/motto/"
    assert signed_in["auditor"].post(here, told).status_code == 403
    assert signed_in["office"].post(here, told).status_code == 302
    for address in (f"/programmes/{programme.key}/", f"/agreements/about/{programme.key}/"):
        assert Client().get(address).content.decode().count(MOTTO) == 1


def test_r40_a_streak_is_computed_and_shown_on_the_programme() -> None:
    programme = a_programme()
    series = a_series(programme)
    for number in (24, 25, 26, 28):
        an_honour(a_batch(number, series), "Certificate of the President")
    page = Client().get(f"/programmes/{programme.key}/").content.decode()
    assert "3 batches in a row, from No. 24 to No. 26" in page
