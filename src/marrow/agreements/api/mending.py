"""Correcting an entry of agreement work of any kind, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from marrow.agreements import access, actions, plain, queries
from marrow.agreements.api.reading import router
from marrow.agreements.api.told import EntryOut, EntryPatch
from marrow.agreements.forms import FORMS, PartForm, begun_with, change_of
from marrow.core.refusals import Unseen
from marrow.ui.rest.answers import done, read, unless_changed
from marrow.ui.rest.bodies import Why, filled_over
from marrow.ui.rest.faults import SENTENCES
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.problems import Invalid, fault

OFFICE = by("office")
WHERE = "/agreement-entries/{entry_kind}/{uuid:entry}"


def _entry(request: ApiRequest, entry_kind: str, entry: UUID) -> queries.Entry:
    if entry_kind not in FORMS:
        raise Unseen(_("There is no such entry, or it is not for your eyes."))
    return access.entry_to_keep(request.viewer, queries.ENTRIES[entry_kind], entry)


@router.get(WHERE, auth=OFFICE, response=EntryOut)
def get_agreement_entry(request: ApiRequest, entry_kind: str, entry: UUID) -> HttpResponse:
    """An entry, for who may correct it.

    Kinds: period, requirement, sheet, task, target, benefit, first, value, office, lesson, taken.
    """
    return read(request, plain.entry(_entry(request, entry_kind, entry)))


@router.patch(WHERE, auth=OFFICE, response=EntryOut)
def mend_agreement_entry(
    request: ApiRequest, entry_kind: str, entry: UUID, told: EntryPatch
) -> HttpResponse:
    """Correct an entry: only the fields that are sent. Null empties one."""
    row, kind = _entry(request, entry_kind, entry), FORMS[entry_kind]
    _of_this_kind(kind, told)
    owner, begun = access.owner_of(row), begun_with(row, kind)
    form = filled_over(lambda data: change_of(kind)(data, programme=owner, initial=begun), told)
    with unless_changed(request, lambda: plain.entry(row)):
        mended = actions.mend_entry(
            model=type(row), entry=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
    return done(plain.entry(mended))


def _of_this_kind(kind: type[PartForm], told: EntryPatch) -> None:
    """Refuse fields that this kind of entry does not have."""
    known = {"names" if name == "name_en" else name for name in kind.base_fields}
    wrong = sorted(told.model_fields_set - known)
    if wrong:
        sentence = str(SENTENCES["extra_forbidden"])
        raise Invalid([fault(name, "extra_forbidden", sentence) for name in wrong])


@router.post(f"{WHERE}/take-back", auth=OFFICE, response={204: None})
def take_back_agreement_entry(
    request: ApiRequest, entry_kind: str, entry: UUID, told: Why
) -> HttpResponse:
    """Take an entry back: it leaves every page, the history keeps what it said, and why."""
    row = _entry(request, entry_kind, entry)
    actions.take_back_entry(
        model=type(row), entry=row.pk, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return HttpResponse(status=204)
