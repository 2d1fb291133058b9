"""What members say of themselves: whom to call, and how one of them is. Sealed, and invented."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.accounts.demo import persona
from marrow.core.book import same_id
from marrow.people.actions import keep_contact, say_how_i_am

DAY = dt.timedelta(days=1)
#: who, through which account; name, what they are to them, telephone (of no country)
CONTACTS = (
    ("Yang He", "demo-leader", "杨念（虚构）", "配偶", "000 0000 0001"),
    ("Sun Feng", "demo-member", "孙平（虚构）", "父亲", "000 0000 0002"),
)
WORDS = "想家，睡得少一些；能坚持（虚构）"


def fill_members(at: dt.datetime) -> None:
    for name, username, called, relation, phone in CONTACTS:
        mine = persona(username)
        keep_contact(
            person=_person(name), name=called, relation=relation, phone=phone, by=mine,
            at=at - 205 * DAY,
        )  # fmt: skip
    member = persona("demo-member")
    say_how_i_am(
        person=_person("Sun Feng"), feeling="STRAINED", words=WORDS, by=member, at=at - 4 * DAY
    )


def _person(name: str) -> UUID:
    return same_id("person", "demonstration", name)
