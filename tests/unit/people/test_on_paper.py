"""A person's page on paper is for a board: what only the two and their units see is not on it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from marrow.directory.models import Area
from marrow.people.actions import say_wish, tell_couple
from tests.builders import NOW, OFFICE, a_person

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_neither_wishes_nor_a_couple_are_printed(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    person, other = a_person("One Test"), a_person("Two Test")
    say_wish(person=person.pk, kind="REFUSES", area=places["GN"], by=OFFICE, at=NOW)
    tell_couple(person=person.pk, other=other.pk, rule="APART", by=OFFICE, at=NOW)
    shown = signed_in["office"].get(f"/people/{person.pk}/").content.decode()
    private = re.search(
        r'<section class="([^"]*)"><h2>Where they wish to go.*?</section>', shown, re.S
    )
    assert private
    assert "A couple with Two Test" in private[0]
    assert "noprint" in private[1].split()
    assert "A couple with" not in shown.replace(private[0], "")
