"""An account that is a person's: the office says so, its owner agrees."""

from __future__ import annotations

import datetime as dt

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.people.actions import answer_link, link_account
from marrow.people.models import Person
from tests.builders import NOW, OFFICE


def linked(person: Person, account: Account, at: dt.datetime = NOW) -> Person:
    link_account(person=person.pk, account=account.pk, by=OFFICE, at=at)
    return answer_link(person=person.pk, mine=True, by=viewer_of(account), at=at)
