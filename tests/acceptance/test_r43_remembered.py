"""R43: those who did not come home are remembered with dignity, by name where a family wishes."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.programmes.models import Programme
from marrow.recognition.models import Remembered
from tests.builders import NOW, a_programme
from tests.builders.honouring import the_fallen

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
NAME = "Zhang Remembered Test"
CONSENT = {
    "family_name": "Li Test", "relation": "child", "covers": "NAME",
    "given_on": NOW.date().isoformat(), "paper": "letter of the family",
}  # fmt: skip
OPEN = ("/memorial/", "/honours/", "/", "/programmes/")


def test_r43_a_name_is_shown_only_while_the_family_consents(
    signed_in: dict[str, Client],
) -> None:
    office, anybody = signed_in["office"], Client()
    fallen = the_fallen(a_programme())
    assert "3 in Guinea" in anybody.get("/memorial/").content.decode()
    add = f"/recognition/names/{fallen.pk}/add/"
    without = office.post(add, {"name": NAME, "words": "A doctor."})
    assert without.status_code == 422
    told = {"name": NAME, "words": "A doctor.", "fell_on": "1975", **CONSENT}
    assert office.post(add, told).status_code == 302
    page = anybody.get("/memorial/").content.decode()
    assert NAME in page
    assert "A doctor." not in page, "the consent covers the name alone"
    row = Remembered.objects.get()
    office.post(f"/recognition/name/{row.pk}/withdraw/")
    for address in OPEN:
        assert NAME not in anybody.get(address).content.decode(), address
    assert NAME in office.get("/recognition/names/").content.decode()


def test_r43_nobody_but_the_office_reads_what_is_sealed(signed_in: dict[str, Client]) -> None:
    fallen = the_fallen(a_programme())
    told = {"name": NAME, **CONSENT}
    signed_in["office"].post(f"/recognition/names/{fallen.pk}/add/", told)
    row = Remembered.objects.get()
    for who in ("auditor", "leader", "admin"):
        assert signed_in[who].get("/recognition/names/").status_code == 403
        answer = signed_in[who].post(f"/recognition/name/{row.pk}/withdraw/")
        assert answer.status_code in (302, 403)
        history = signed_in[who].get(f"/history/recognition.remembered/{row.pk}/")
        assert NAME not in history.content.decode()
    assert row.consents.get().withdrawn_on is None


def test_r43_nobody_invented_stands_beside_the_real(signed_in: dict[str, Client]) -> None:
    real, shown = the_fallen(a_programme()), Client()
    fallen = the_fallen(a_programme(), persons=1)
    Programme.objects.filter(pk=fallen.programme_id).update(invented=True)
    for row, name in ((real, NAME), (fallen, "Invented Name")):
        signed_in["office"].post(f"/recognition/names/{row.pk}/add/", {"name": name, **CONSENT})
    page = shown.get("/memorial/").content.decode()
    assert "1 in Guinea" not in page
    above, below = page.split("Nobody here is real")
    assert NAME in above
    assert "Invented Name" not in above
    assert "Invented Name" in below
