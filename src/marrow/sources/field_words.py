"""Columns in the words of a page, for the pages of facts and findings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FIELD_WORDS = {
    "number": _("number of the batch"),
    "size": _("persons"),
    "sender": _("sent by"),
    "sender_id": _("sender"),
    "site": _("place of work"),
    "organisation": _("sending unit"),
    "signed_on": _("agreement signed"),
    "departed_on": _("left"),
    "arrived_on": _("arrived"),
    "returned_on": _("returned"),
    "planned_end_on": _("planned end"),
    "months": _("work period, months"),
    "status": _("status"),
    "tags": _("what marks it"),
    "since": _("since"),
    "started_on": _("since"),
    "ended_on": _("ended"),
    "stopped_on": _("stopped"),
    "resumed_on": _("sent again"),
    "authority_id": _("approved by"),
    "role": _("role in the tasking chain"),
    "mode": _("partnership"),
    "code": _("policy goal"),
    "names": _("what it is"),
    "held_on": _("when it was held"),
    "persons": _("persons"),
    "grade": _("grade"),
    "label": _("label"),
    "purposes": _("purpose"),
    "kind": _("kind"),
    "patient_words": _("a patient's words"),
    "motto": _("motto"),
    "claim": _("claim"),
}
