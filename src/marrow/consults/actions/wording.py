"""Words of a case that would say who the patient is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.consults.rules import naming
from marrow.core.refusals import Refused
from marrow.people.rules import privacy


def prove_nobody_named(*texts: str) -> None:
    """No telephone or identity number, and no patient called by name."""
    for text in texts:
        if found := naming.who_is_told(text):
            raise Refused(
                _(
                    "“%s” looks like a name or a number by which the patient may be found. Leave it"
                    " out: the specialist needs the case, never who it is. Write names of"
                    " illnesses in small letters."
                )
                % found
            )


def prove_a_reference(text: str) -> None:
    """The hospital's own number for the patient, never a name."""
    if found := privacy.name_in(text):
        raise Refused(
            _("“%s” looks like a person’s name. Write the number of your own register.") % found
        )
    if found := naming.number_in_reference(text):
        raise Refused(
            _("“%s” looks like a telephone or identity number. Write that of your own register.")
            % found
        )
