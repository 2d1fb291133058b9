"""One change of a need's state, with who said it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.need.models import Need, NeedChange
from marrow.people.actions.wording import prove_no_patient


@dataclass(frozen=True, slots=True)
class Said:
    """Why, and of a paper: who signed it, and its document."""

    reason: str = ""
    by_name: str = ""
    document: UUID | None = None


def change(
    page: Page, row: Need, state: str, by: Viewer, at: dt.datetime, said: Said | None = None
) -> NeedChange:
    """The need comes into a state; a new need is made by it."""
    if by.person is None:
        raise Refused(_("Sign in first."))
    said = said or Said()
    prove_no_patient(said.reason)
    new = row._state.adding
    told = NeedChange(
        id=uuid4(), need=row, state=state, before="" if new else row.state,
        by_name=(said.by_name or by.name)[:200], reason=said.reason.strip()[:300],
        way=NeedChange.Way.PAPER if said.document else NeedChange.Way.OWN, document=said.document,
        changed_by=by.person, changed_at=at,
    )  # fmt: skip
    row.state = state
    if state == Need.State.MET:
        row.met_on = at.date()
    page.save(row)
    page.save(told)
    return told


def scope(row: Need) -> str:
    return f"organisation:{row.organisation_id}"
