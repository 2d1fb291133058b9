"""What is sent twice is done once: a person's key, and the answer that the first request had.

The answer is kept in the transaction of the change itself: both are there, or neither. Of two that
arrive at once the second waits for the first, and gets its answer. What was refused changed
nothing; its key is free again. What is kept is in clear: an answer tells nothing that is sealed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marrow.core.models import Answered
from marrow.core.refusals import Refused

KEPT = dt.timedelta(hours=24)
LONGEST = 200  # characters of a key
REFUSED = 400  # the first status of an answer that is not kept


class KeyTaken(Refused):
    """The key came with another request before."""

    code, status = "key-taken", 422


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; `again` where it had been before."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    again: bool = False


def once(
    *, person: UUID, key: str, asked: str, at: dt.datetime, act: Callable[[], Answer]
) -> Answer:
    """Do `act` once for this key of this person, and answer the same for a day.

    `asked` is the fingerprint of the request; another one under the same key raises KeyTaken.
    """
    with transaction.atomic():
        Answered.objects.filter(person=person, key=key, at__lte=at - KEPT).delete()
        try:
            with transaction.atomic():
                row = Answered.objects.create(person=person, key=key, asked=asked, at=at)
        except IntegrityError:
            return _before(person, key, asked)
        answer = act()
        if answer.status >= REFUSED:
            row.delete()
            return answer
        row.status, row.headers, row.body = answer.status, dict(answer.headers), answer.body
        row.save()
        return answer


def _before(person: UUID, key: str, asked: str) -> Answer:
    row = Answered.objects.get(person=person, key=key)
    if row.asked != asked:
        raise KeyTaken(_("This key was sent with another request. Use each key for one alone."))
    return Answer(row.status, row.headers, bytes(row.body), again=True)


def forget(at: dt.datetime) -> int:
    """Forget answers that are older than a day; returns how many."""
    return Answered.objects.filter(at__lte=at - KEPT).delete()[0]
