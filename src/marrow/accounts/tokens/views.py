"""A person's own tokens: make one, see it once, end it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marrow.accounts.tokens import actions, queries
from marrow.accounts.tokens.forms import TokenForm
from marrow.core.refusals import Refused
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_http_methods(["GET", "POST"])
@gate("signed-in")
@never_cache
def tokens(request: MarrowRequest) -> HttpResponse:
    """The list and the form. The secret stands in the answer alone: it is kept nowhere."""
    at, secret = timezone.now(), ""
    carries = queries.roles_to_carry(request.viewer)
    form = TokenForm(request.POST or None, carries=carries)
    if request.method == "POST" and form.is_valid():
        told = {"roles": [], **form.cleaned_data}
        try:
            _row, secret = actions.make_token(**told, by=request.viewer, at=at)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            form = TokenForm(carries=carries)
    page = {"form": form, "secret": secret, "tokens": queries.tokens_of(request.viewer, at)}
    return render(request, "accounts/tokens.html", page, status=422 if form.errors else 200)


@require_POST
@gate("signed-in")
def end(request: MarrowRequest, token: UUID) -> HttpResponse:
    actions.end_token(token=token, by=request.viewer, at=timezone.now())
    messages.success(request, _("The token is ended. It opens nothing from now on."))
    return redirect("accounts:tokens")
