"""Codes on paper: inviting, printing, and what their holder does with them. Needs no e-mail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marrow.accounts import actions, queries
from marrow.accounts.doors import home_of
from marrow.accounts.forms import (
    CodeForm,
    InvitationForm,
    NewAccountForm,
    PasswordForm,
    SecondRoleForm,
)
from marrow.accounts.queries import viewer_of
from marrow.accounts.rules import BY_OFFICE
from marrow.accounts.staff import staff
from marrow.core.refusals import Refused
from marrow.core.viewer import EVERYWHERE, Grant
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest

if TYPE_CHECKING:
    from marrow.accounts.models import PrintedCode

IN_HAND = "code_in_hand"  # in the session: which code, and until when
FOR_A_WHILE = dt.timedelta(minutes=30)
LIMITS = {"printed_code": "10/15m/ip"}


@require_http_methods(["GET", "POST"])
@gate("office", "admin")
@staff
@never_cache
def invitations(request: MarrowRequest) -> HttpResponse:
    """Invite, and see what became of invitations. The answer to inviting is the paper itself."""
    roles = None if request.viewer.holds("admin") else BY_OFFICE
    form = InvitationForm(request.POST or None, roles=roles)
    also = SecondRoleForm(_with_scope(request), roles=roles)
    if request.method == "POST" and all([form.is_valid(), also.is_valid()]):
        told = form.cleaned_data
        grants = [_grant(one.cleaned_data) for one in (form, also) if one.cleaned_data["role"]]
        try:
            row, code = actions.invite(
                full_name=told["full_name"], grants=grants, by=request.viewer, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            return _paper(request, row, code, told["paper"])
    page = {
        "form": form, "also": also,
        "invitations": queries.invitations(request.viewer, timezone.now()),
    }  # fmt: skip
    status = 422 if form.errors or also.errors else 200
    return render(request, "accounts/invitations.html", page, status=status)


def _with_scope(request: MarrowRequest) -> dict[str, str] | None:
    """A second role that nobody chose is limited to nothing."""
    if request.method != "POST":
        return None
    return {"also-scope": EVERYWHERE} | request.POST.dict()


def _grant(told: dict[str, Any]) -> Grant:
    return Grant(told["role"], told["scope"], told["thing"])


@require_POST
@gate("office", "admin")
@staff
def withdraw(request: MarrowRequest, invitation: UUID) -> HttpResponse:
    actions.withdraw(invitation=invitation, by=request.viewer, at=timezone.now())
    messages.success(request, _("The code on that paper opens nothing any more."))
    return redirect("accounts:invitations")


@require_POST
@gate("admin")
@staff
@never_cache
def reset(request: MarrowRequest, account: UUID) -> HttpResponse:
    """A paper with which the owner of the account chooses a new password."""
    row, code = actions.print_reset(
        account=account, clears_factors=bool(request.POST.get("clears_factors")),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    owner = queries.account_for(request.viewer, account)
    return _paper(request, row, code, owner.language or translation.get_language() or "en")


def _paper(request: MarrowRequest, row: PrintedCode, code: str, language: str) -> HttpResponse:
    """The one time that the code is told: the sheet is in the language of who will hold it."""
    with translation.override(language):
        told = {
            "row": row, "code": code, "name": row.full_name or str(row.account or ""),
            "grants": queries.grants_shown(queries.grants_of(row)), "paper_language": language,
            "address": request.build_absolute_uri(reverse("accounts:code")),
        }  # fmt: skip
        sheet = render_to_string("accounts/sheet.html", told)
    return render(request, "accounts/paper.html", {"row": row, "sheet": sheet})


@require_http_methods(["GET", "POST"])
@gate("public")
@never_cache
def code(request: MarrowRequest) -> HttpResponse:
    """Type the code from the paper."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = 422
        app = "allauth.account"
        if not ratelimit.consume(request, app=app, action="printed_code", config=LIMITS):
            form.add_error(None, _("Too many attempts. Wait a quarter of an hour."))
            status = 429
        else:
            try:
                row = queries.code_in_hand(form.cleaned_data["code"], timezone.now())
            except Refused as refused:
                form.add_error("code", str(refused.message))
            else:
                until = timezone.now() + FOR_A_WHILE
                request.session[IN_HAND] = [str(row.pk), until.timestamp()]
                return redirect("accounts:use-code")
    return render(request, "accounts/code.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@gate("public")
@never_cache
def use_code(request: MarrowRequest) -> HttpResponse:
    """Choose a user name and a password, or the new password."""
    held, until = request.session.get(IN_HAND, ("", 0.0))
    now = timezone.now()
    if not held or until < now.timestamp():
        return redirect("accounts:code")
    row = queries.code_by_id(UUID(held), now)
    inviting = queries.invites(row)
    owner = row.account.username if row.account else ""
    sent = request.POST or None
    form = NewAccountForm(sent) if inviting else PasswordForm(sent, owner=owner)
    if request.method == "POST" and form.is_valid():
        try:
            return (_join if inviting else _renew)(request, row, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    page = {
        "form": form, "inviting": inviting, "name": row.full_name or str(row.account or ""),
        "username": owner,
        "grants": queries.grants_shown(queries.grants_of(row)),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "accounts/use_code.html", page, status=status)


def _join(request: MarrowRequest, row: PrintedCode, told: dict[str, str]) -> HttpResponse:
    account = actions.accept_invitation(code=row.pk, **told, at=timezone.now())
    del request.session[IN_HAND]
    language = translation.get_language() or ""
    actions.choose_language(account=account.pk, language=language)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, _("Welcome. You are signed in; the paper can be thrown away."))
    return redirect(home_of(grant.role for grant in viewer_of(account).grants))


def _renew(request: MarrowRequest, row: PrintedCode, told: dict[str, str]) -> HttpResponse:
    actions.choose_new_password(code=row.pk, **told, at=timezone.now())
    del request.session[IN_HAND]
    ended = _(
        "The new password holds. Sign in with it. All sessions, access tokens and phones of this"
        " account have ended: enrol your phone anew. What an ended phone still sends is set aside"
        " for the office."
    )
    messages.success(request, ended)
    return redirect("account_login")
