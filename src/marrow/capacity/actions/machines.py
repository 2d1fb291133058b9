"""A machine arrives, works, breaks, is repaired, goes."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity import access
from marrow.capacity.models import Equipment, EquipmentChange
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_called_after_nobody, prove_nobody_treated

RECEIVE = Act("receive_machine", gettext_lazy("Entered a machine"), own=True)
TELL = Act("tell_of_machine", gettext_lazy("Told how a machine is"), own=True)


def receive_machine(
    *, organisation: UUID, machine: Equipment, by: Viewer, at: dt.datetime
) -> Equipment:
    """Enter a machine; one that is installed works from that day on."""
    machine.organisation = access.hospital_to_equip(by, organisation)
    days = [d for d in (machine.received_on, machine.installed_on) if d]
    machine.label, machine.machine = machine.label.strip(), machine.machine.strip()
    if not machine.label:
        raise Refused(_("Say which machine it is."))
    prove_called_after_nobody(machine.label)
    if any(d > at.date() for d in days) or days != sorted(days):
        raise Refused(_("It is received, then installed, none of it still to come."))
    with journal(RECEIVE, by=by, at=at, scope=_scope(machine)) as page:
        page.save(machine)
        if machine.installed_on:
            page.save(_change(machine, EquipmentChange.State.WORKS, machine.installed_on, by, at))
    return machine


def tell_of_machine(
    *, equipment: UUID, state: str, on: dt.date, words: str, by: Viewer, at: dt.datetime
) -> EquipmentChange:
    """Say that a machine works (who repaired it), is down (what broke) or is gone. One that was
    only received is installed on the day from which it works."""
    row = access.machine_to_keep(by, equipment)
    if state not in EquipmentChange.State.values:
        raise Refused(_("Say whether it works, is down or gone."))
    if on > at.date():
        raise Refused(_("This day is still to come."))
    last = row.changes.last()
    if last and (last.state == EquipmentChange.State.GONE or on < last.on):
        raise Refused(_("What is told later than this day stands already."))
    if last and last.state == state:
        raise Refused(_("This stands already."))
    if row.received_on and on < row.received_on:
        raise Refused(_("It is received, then installed, none of it still to come."))
    prove_nobody_treated(words)
    said = _change(row, state, on, by, at)
    said.words = words.strip()[:300]
    with journal(TELL, by=by, at=at, scope=_scope(row)) as page:
        page.save(said)
        if state == EquipmentChange.State.WORKS and not row.installed_on and last is None:
            row.installed_on = on
            page.save(row)
    return said


def _change(
    row: Equipment, state: str, on: dt.date, by: Viewer, at: dt.datetime
) -> EquipmentChange:
    if by.person is None:
        raise Refused(_("Sign in first."))
    return EquipmentChange(
        id=uuid4(), equipment=row, state=state, on=on, told_at=at, told_by=by.person
    )


def _scope(row: Equipment) -> str:
    return f"organisation:{row.organisation_id}"
