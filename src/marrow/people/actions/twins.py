"""Nobody is there twice, also by the journal."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.core.journal.undoing import HELD_AS_IT_STANDS, becoming, changed_by
from marrow.core.models import Operation
from marrow.people.actions.people import same_person
from marrow.people.models import Person

WHO = {"names", "birth_year", "unit_id"}


def entered_meanwhile(lines: list[Operation]) -> str:
    """Why somebody does not come back, or become who they were: they are entered anew."""
    if not any(WHO & changed_by(line).keys() for line in lines):
        return ""
    for row in becoming(lines):
        if isinstance(row, Person) and (twin := same_person(row)):
            return _("%s is entered already, with this name, year of birth and unit.") % twin
    return ""


HELD_AS_IT_STANDS.setdefault(Person._meta.label_lower, []).append(entered_meanwhile)
