"""Files of phones that somebody brings, the receipts that go back, and the key they sign with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from marrow.accounts.queries import names_of
from marrow.core.refusals import NotAllowed, Refused
from marrow.sync import access, queries
from marrow.sync import carried as files
from marrow.sync.mrw import LARGEST_FILE
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest

AT_ONCE = 20


@csrf_exempt  # the phone's own token proves it; no cookie is looked at
@require_POST
@gate("public")
def key(request: HttpRequest) -> HttpResponse:
    """A phone that was made known before phones signed tells its key."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    phone = access.installation_of(token) if kind == "Marrow" else None
    if phone is None:
        return HttpResponse(status=401)
    told = files.tell_key(phone=phone, key=request.headers.get("Marrow-Key", ""))
    return HttpResponse(status=204 if told else 409)


@require_safe
@gate("signed-in")
def brought(request: MarrowRequest) -> HttpResponse:
    """Bring a phone's file; what was in those that were brought."""
    rows = queries.carried_by(request.viewer)
    who = names_of({r.installation.account for r in rows} | {r.brought_by for r in rows})
    shown = [(r, who.get(r.installation.account, ""), who.get(r.brought_by, "")) for r in rows]
    return render(request, "sync/brought.html", {"files": shown})


@require_POST
@gate("signed-in")
def bring(request: MarrowRequest) -> HttpResponse:
    """One file after the other: what can be taken is, of the others it is told why not."""
    given = request.FILES.getlist("files")[:AT_ONCE]
    if not given:
        messages.error(request, _("Choose the phone’s file first."))
    for file in given:
        try:
            files.take_file(
                data=file.read(LARGEST_FILE + 1), by=request.viewer, at=timezone.now()
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refused:
            told = _("%(name)s: %(why)s") % {"name": file.name, "why": refused.message}
            messages.error(request, told)
        else:
            messages.success(request, _("Taken. Give the phone its receipt."))
    return redirect("sync:brought")


@require_safe
@gate("signed-in")
def receipt(request: MarrowRequest, carried: int) -> HttpResponse:
    """What the phone reads in, to know what has arrived. It alone can open it."""
    row = access.carried_for(request.viewer, carried)
    answer = HttpResponse(bytes(row.answer), content_type="application/octet-stream")
    name = f"marrow-{row.installation_id.hex[:8]}-{row.ack}.ack"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
