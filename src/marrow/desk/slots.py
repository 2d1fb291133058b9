"""The desk's entries in the rail, and what backups are called in histories."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.core.journal.column_words import name_columns
from marrow.core.models import Backup, Drill
from marrow.core.subjects import Subject, tell
from marrow.desk.models import Wish
from marrow.ui.rail import BOOKS, Entry, add

EVERYBODY = (
    "member", "leader", "recipient", "head", "specialist", "unit", "office", "auditor", "admin",
)  # fmt: skip
add(Entry(10, _("Today"), "desk:today", EVERYBODY))
add(Entry(8, _("Our hospital"), "desk:hospitals", ("recipient", "head")))
add(Entry(90, _("Journal"), "desk:journal", ("office", "auditor", "admin"), group=BOOKS))
name_columns(
    {
        "every": _("letters"), "sealed_address": _("e-mail address"),
        "confirmed_at": _("confirmed"), "site": _("address of Marrow"),
        "feed_sha256": _("fingerprint of the calendar's address"),
        "feed_made_at": _("calendar's address made"),
    }
)  # fmt: skip
tell(
    Subject(
        Wish, _("letters and calendar"), lambda _row: reverse("desk:letters"),
        lambda viewer, row: viewer.holds("admin", "auditor") or viewer.person == row.account_id,  # type: ignore[attr-defined]
        lambda _viewer, _row: False,
    )
)  # fmt: skip
for kind, word in ((Backup, _("backup")), (Drill, _("restore drill"))):
    tell(
        Subject(
            kind, word, lambda _row: reverse("desk:backups"),
            lambda viewer, _row: viewer.holds("admin", "auditor"),
            lambda _viewer, _row: False,
        )
    )  # fmt: skip
