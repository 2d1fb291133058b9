"""Letters go out in the background: a mail server that is away is tried again."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone, translation

from marrow.accounts.queries import viewer_by_id
from marrow.core.jobs import Lease, handles
from marrow.desk.actions import ASK, LETTER, ask_to_confirm, send_letter
from marrow.desk.queries import reader_of


@handles(LETTER)
def letter(lease: Lease) -> None:
    wish = UUID(lease.payload["wish"])
    account, language = reader_of(wish)
    with translation.override(language):
        send_letter(wish=wish, who=viewer_by_id(account), at=timezone.now())


@handles(ASK)
def ask(lease: Lease) -> None:
    wish = UUID(lease.payload["wish"])
    with translation.override(reader_of(wish)[1]):
        ask_to_confirm(wish=wish)
