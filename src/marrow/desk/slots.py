"""The desk's entries in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marrow.sources.queries import work_count
from marrow.ui.rail import Entry, add

EVERYBODY = (
    "member", "leader", "recipient", "head", "specialist", "unit", "office", "auditor", "admin",
)  # fmt: skip
add(Entry(10, _("Today"), "desk:today", EVERYBODY, work_count))
add(Entry(90, _("Journal"), "desk:journal", ("office", "auditor", "admin")))
