"""Words that may not be kept: what looks like a patient's name, a telephone or identity number."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.core.refusals import Refused
from marrow.people.rules import privacy


def prove_no_numbers(*texts: str) -> None:
    """No number by which somebody may be found, and nobody called a patient by name."""
    for text in texts:
        if found := privacy.number_in(text):
            raise Refused(
                _(
                    "“%s” looks like a telephone or identity number. Leave it out: nobody may be"
                    " found by it."
                )
                % found
            )
    prove_no_patient(*texts)


def prove_no_patient(*texts: str) -> None:
    """Nobody called a patient by name; a telephone number, of an office say, may be written."""
    for text in texts:
        if found := privacy.patient_in(text):
            raise Refused(_named(found))


def prove_nobody_treated(*texts: str) -> None:
    """In words about care that strangers read: no patient, and nobody who is called by a title and
    is no colleague there."""
    for text in texts:
        if found := privacy.titled_in(text):
            raise Refused(_named(found))


def prove_no_names(text: str) -> None:
    """Nothing that looks like a person's name."""
    if found := privacy.name_in(text):
        raise Refused(_named(found))


def _named(found: str) -> str:
    return _(
        "“%s” looks like a person’s name. Write how many patients and what they need, never who;"
        " write names of things in small letters."
    ) % found  # fmt: skip
