"""While a page is read the same question is answered once; whoever changes something asks anew."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from marrow.accounts.models import Account, RoleGrant
from marrow.core.remembering import reading, remembered, steady, taking

ASKED: list[int] = []


@remembered
def double(number: int) -> int:
    ASKED.append(number)
    return 2 * number


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    ASKED.clear()


def test_outside_of_reading_every_question_is_asked() -> None:
    assert [double(2), double(2)] == [4, 4]
    assert ASKED == [2, 2]


def test_while_reading_each_question_is_asked_once_and_forgotten_at_the_end() -> None:
    with reading():
        assert [double(2), double(2), double(3)] == [4, 4, 6]
        assert ASKED == [2, 3]
    double(2)
    assert ASKED == [2, 3, 2]


def test_an_error_is_not_an_answer() -> None:
    @remembered
    def fails() -> None:
        ASKED.append(0)
        raise LookupError("nothing")

    with reading():
        for _again in range(2):
            with pytest.raises(LookupError):
                fails()
    assert ASKED == [0, 0]


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
def test_a_role_that_ended_between_two_pages_is_not_remembered(
    people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    assert signed_in["office"].get(reverse("sources:findings")).status_code == 200
    RoleGrant.objects.filter(account=people["office"]).delete()
    assert signed_in["office"].get(reverse("sources:findings")).status_code == 403


def test_what_is_steady_is_asked_once_while_lines_are_taken_and_each_time_else() -> None:
    asked: list[int] = []

    @steady
    def ask(number: int) -> int:
        asked.append(number)
        return number

    assert [ask(1), ask(1)] == [1, 1]
    with taking():
        assert [ask(2), ask(2), ask(3)] == [2, 2, 3]
    with reading():
        assert [ask(4), ask(4)] == [4, 4]
    assert asked == [1, 1, 2, 3, 4, 4]
