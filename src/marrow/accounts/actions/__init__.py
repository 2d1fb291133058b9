"""Accounts, roles, codes on paper, and staff mode."""

from __future__ import annotations

from marrow.accounts.actions.accounts import (
    choose_language,
    close_account,
    give_role,
    open_account,
    reopen_account,
    revoke_role,
    set_password,
)
from marrow.accounts.actions.marks import enter_staff_mode, leave_staff_mode, note_factor
from marrow.accounts.actions.printed_codes import (
    accept_invitation,
    choose_new_password,
    invite,
    print_reset,
    withdraw,
)

__all__ = [
    "accept_invitation", "choose_language", "choose_new_password", "close_account",
    "enter_staff_mode", "give_role", "invite", "leave_staff_mode", "note_factor", "open_account",
    "print_reset", "reopen_account", "revoke_role", "set_password", "withdraw",
]  # fmt: skip
