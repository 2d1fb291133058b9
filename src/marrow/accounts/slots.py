"""What accounts hand in: the rail's entry and the subjects of their records."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.accounts.models import AccountMark, PrintedCode, RoleGrant, Token
from marrow.accounts.queries import names_of
from marrow.core.journal.told_values import PEOPLE
from marrow.core.subjects import Subject, tell
from marrow.ui.rail import Entry, add

PEOPLE.append(names_of)
add(
    Entry(
        99,
        _("Settings"),
        "accounts:settings",
        (
            "member",
            "leader",
            "recipient",
            "head",
            "specialist",
            "unit",
            "office",
            "auditor",
            "admin",
        ),
    )
)
tell(
    Subject(
        AccountMark,
        _("account"),
        lambda row: reverse("accounts:account", args=[row.account_id]),  # type: ignore[attr-defined]
        lambda viewer, _row: viewer.holds("admin", "auditor"),
        lambda viewer, _row: viewer.holds("admin"),
    )
)
tell(
    Subject(
        RoleGrant,
        _("role"),
        lambda row: reverse("accounts:account", args=[row.account_id]),  # type: ignore[attr-defined]
        lambda viewer, _row: viewer.holds("admin", "auditor"),
        lambda viewer, _row: viewer.holds("admin"),
    )
)
tell(
    Subject(
        Token,
        _("access token"),
        lambda _row: reverse("accounts:tokens"),
        lambda viewer, row: viewer.holds("admin", "auditor") or viewer.person == row.account_id,  # type: ignore[attr-defined]
        lambda viewer, row: viewer.person == row.account_id,  # type: ignore[attr-defined]
    )
)
tell(
    Subject(
        PrintedCode,
        _("printed code"),
        # the page of invitations is not for auditors, who read of them in the journal
        lambda row: reverse("desk:history", args=["accounts.printedcode", row.pk]),
        lambda viewer, _row: viewer.holds("admin", "auditor"),
        lambda _viewer, _row: False,
    )
)
