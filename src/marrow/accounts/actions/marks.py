"""What the journal is told of an account's own doings: staff mode, passkeys and apps."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy

from marrow.accounts import access
from marrow.accounts.models import AccountMark
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.viewer import Viewer

STAFF = Act("staff_mode", gettext_lazy("Entered or left staff mode"), undo=NEVER)
FACTOR = Act("change_factors", gettext_lazy("Changed passkeys and apps"), undo=NEVER)


def enter_staff_mode(*, by: Viewer, at: dt.datetime) -> None:
    access.may_manage_accounts(by)
    _mark(STAFF, AccountMark.What.STAFF_ON, by, at)


def leave_staff_mode(*, by: Viewer, at: dt.datetime) -> None:
    """Left by its button, by signing out, or because the time was over: then at that time."""
    _mark(STAFF, AccountMark.What.STAFF_OFF, by, at)


def note_factor(*, added: bool, by: Viewer, at: dt.datetime) -> None:
    """A passkey, an app or codes were added or removed by their owner."""
    what = AccountMark.What.FACTOR_ADDED if added else AccountMark.What.FACTOR_REMOVED
    _mark(FACTOR, what, by, at)


def _mark(act: Act, what: AccountMark.What, by: Viewer, at: dt.datetime) -> None:
    if by.person:  # whoever has an account
        with journal(act, by=by, at=at) as page:
            page.save(AccountMark(account_id=by.person, what=what))
