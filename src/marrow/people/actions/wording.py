"""Words that may not be kept: what looks like a patient's name, a telephone or identity number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from marrow.core.refusals import Refused
from marrow.core.spoken import Spoken
from marrow.core.words import Names
from marrow.people.rules import privacy
from marrow.people.rules.findable import findable_in

Rule = Callable[..., None]
#: what a record's words are held to, by its label and column; '' is every other column
_RULES: dict[tuple[str, str], Rule] = {}


def hold_words(rule: Rule, *models: type[Spoken], columns: tuple[str, ...] = ("",)) -> None:
    """A room says what its records' words are held to, in whatever language they are said."""
    _RULES.update({(model._meta.label_lower, name): rule for model in models for name in columns})


def prove_also(row: Spoken, also: Mapping[str, Names]) -> None:
    """The same words in other languages are held to the rule of the record's own."""
    label = row._meta.label_lower
    for column, told in also.items():
        rule = _RULES.get((label, column)) or _RULES.get((label, ""), prove_no_patient)
        rule(*told.values())


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


def prove_no_patient_by_name(*texts: str) -> None:
    """In words of regard: nobody called a patient by name. Of a colleague it may be told that they
    died."""
    for text in texts:
        if found := privacy.called_patient_in(text):
            raise Refused(_named(found))


def prove_nobody_treated(*texts: str) -> None:
    """In words about care that strangers read: no patient, no number by which one may be found, and
    nobody who is called by a title without an office beside."""
    prove_none_findable(*texts)
    prove_nobody_called(*texts)


def prove_none_findable(*texts: str) -> None:
    """No telephone, identity or file number; figures, years and codes of illnesses may stand."""
    for text in texts:
        if found := findable_in(text):
            raise Refused(
                _(
                    "“%s” looks like a number by which a person may be found: a telephone, an"
                    " identity card, a file. Leave it out; figures, years and codes of illnesses"
                    " may stand."
                )
                % found
            )


def prove_nobody_called(*texts: str) -> None:
    """No patient, and nobody who is called by a title without an office beside; the telephone of a
    hospital, which one calls, may be written."""
    for text in texts:
        if found := privacy.titled_in(text):
            raise Refused(
                _(
                    "“%s” looks like a person’s name. Of patients write how many and what they"
                    " need, never who. Of a colleague write the office right before the name (nurse"
                    " Mrs Barry), or the office alone."
                )
                % found
            )


def prove_called_after_nobody(*texts: str) -> None:
    """In what a machine is called: as in words about care, but MR Ingenia is no mister."""
    for text in texts:
        if found := privacy.named_on_machine_in(text):
            raise Refused(
                _(
                    "“%s” looks like a person’s name. Write who made the machine, which model it is"
                    " or where it stands."
                )
                % found
            )


def prove_no_names(*texts: str) -> None:
    """Nothing that looks like a person's name."""
    for text in texts:
        if found := privacy.name_in(text):
            raise Refused(_named(found))


def _named(found: str) -> str:
    return _(
        "“%s” looks like a person’s name. Write how many patients and what they need, never who;"
        " write names of things in small letters."
    ) % found  # fmt: skip
