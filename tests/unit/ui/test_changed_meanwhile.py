"""Where two change a record at once, the second reads what stands there now in words."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.people.actions import change_person
from tests.builders import NOW, OFFICE, a_person

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("now it is: nurse.", "now it is: urology.", "now it is: no professional title.")),
        ("fr", ("infirmier", "urologie", "sans titre")),
        ("zh-hans", ("护士", "泌尿外科", "无职称")),
    ],
)
def test_what_another_chose_meanwhile_is_told_in_words_and_not_as_a_code(
    signed_in: dict[str, Client], language: str, words: tuple[str, ...]
) -> None:
    person, office = a_person(), signed_in["office"]
    address = f"/people/{person.pk}/change/"
    told = {}
    for bound in office.get(address).context["form"]:
        told[bound.html_name] = told[bound.html_initial_name] = str(bound.value() or "")
    change_person(
        person=person.pk, kind="NURSE", specialty="UROLOGY", grade="NONE", by=OFFICE, at=NOW
    )
    mine = {"kind": "COOK", "specialty": "CARDIOLOGY", "grade": "CHIEF"}
    answer = office.post(address, told | mine, headers={"accept-language": language})
    assert answer.status_code == 409
    wrong = " ".join(str(e) for errors in answer.context["form"].errors.values() for e in errors)
    for code in ("NURSE", "UROLOGY", "NONE"):
        assert code not in wrong
    for word in words:
        assert word in wrong
